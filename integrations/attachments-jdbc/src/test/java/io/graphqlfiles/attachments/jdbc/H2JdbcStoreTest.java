package io.graphqlfiles.attachments.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentEdit;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import java.time.Instant;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class H2JdbcStoreTest extends JdbcStoreTests {

    private static final Instant NOW = Instant.parse("2026-11-21T10:20:30Z");

    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }

    @Override
    String nowAsLiteral() {
        return "TIMESTAMP WITH TIME ZONE '2026-11-21 10:20:30.123456+00:00'";
    }

    private static void attach(JdbcAttachmentStore store, String ownerId) {
        BlobReference blob = new BlobReference("default", "key of " + ownerId);
        store.announce(List.of(blob), NOW);
        store.change(
                List.of(new AttachmentEdit(
                        new AttachmentSlot("Product", ownerId, "image"),
                        present -> List.of(new AttachedFile(blob, "{}")))),
                NOW);
    }

    @Test
    void databaseThatIgnoresCase_idsAreToldApart() {
        try (TestDatabase database = TestDatabase.h2(";IGNORECASE=TRUE")) {
            JdbcAttachmentStore store = database.store(database.dataSource(), () -> null);
            store.createTables();
            attach(store, "abc");
            attach(store, "ABC");

            assertThat(store.find("Product", "image", List.of("abc", "Abc"))).containsOnlyKeys("abc");
            assertThat(store.discardAll("Product", "ABC", NOW)).hasSize(1);
            assertThat(store.find("Product", "image", List.of("abc", "ABC"))).containsOnlyKeys("abc");
        }
    }

    @Test
    void userWithoutTheRightToMakeTables_isNotAskedForIt_whereTheyAre() throws Exception {
        try (TestDatabase database = TestDatabase.h2()) {
            database.execute("CREATE USER clerk PASSWORD 'clerk'");
            database.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA public TO clerk");
            JdbcDataSource clerk = new JdbcDataSource();
            // The settings behind it are for who may make tables.
            clerk.setUrl(database.url().split(";", 2)[0]);
            clerk.setUser("clerk");
            clerk.setPassword("clerk");
            JdbcAttachmentStore store = database.store(clerk, () -> null);

            assertThatThrownBy(store::createTables).isInstanceOf(AttachmentStoreException.class);
            assertThatThrownBy(store::requireTables).isInstanceOf(AttachmentStoreException.class);

            database.store(database.dataSource(), () -> null).createTables();
            store.createTables();
            store.requireTables();
            attach(store, "1");
            assertThat(store.find("Product", "image", List.of("1"))).hasSize(1);
        }
    }
}
