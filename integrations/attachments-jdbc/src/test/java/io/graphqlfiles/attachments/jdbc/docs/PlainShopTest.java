package io.graphqlfiles.attachments.jdbc.docs;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlainShopTest {

    private static final String SAVE =
            "mutation { saveProduct(id: \"1\", image: {base64: \"QQ==\"}) { image { byteSize } } }";

    private final JdbcConnectionPool database =
            JdbcConnectionPool.create("jdbc:h2:mem:plain;DB_CLOSE_DELAY=-1", "", "");
    private final InMemoryBlobStore blobs = new InMemoryBlobStore();

    @AfterEach
    void dispose() throws SQLException {
        execute("shutdown");
        database.dispose();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void recordAndFile_areCommittedTogether_orNotAtAll() throws SQLException {
        execute("create table product (id varchar(50) primary key)");
        PlainShop shop = new PlainShop(database, blobs, "a secret of the tests, long enough to be one");

        ExecutionResult saved = shop.graphQl.execute(SAVE);
        ExecutionResult again = shop.graphQl.execute(SAVE);

        assertThat(saved.getErrors()).isEmpty();
        assertThat(saved.<Map<String, Object>>getData())
                .isEqualTo(Map.of("saveProduct", Map.of("image", Map.of("byteSize", 1L))));
        assertThat(again.getErrors()).hasSize(1);
        assertThat(blobs.keys()).hasSize(1);
        assertThat(shop.files.attachments().statistics().attached()).isEqualTo(1);
    }
}
