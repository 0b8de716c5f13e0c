package io.graphqlfiles.example;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;

class PostgreSqlGalleryTest extends GalleryTests {

    private EmbeddedPostgres database;

    @Override
    String databaseUrl(Path directory) throws IOException {
        database = EmbeddedPostgres.start();
        return database.getJdbcUrl("postgres", "postgres");
    }

    @Override
    @AfterAll
    void stop() throws Exception {
        super.stop();
        database.close();
    }
}
