package io.graphqlfiles.attachments.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachmentRow.State;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What PostgreSQL does for the store's own statements, with 100,000 rows. */
class PostgreSqlPlansTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:20:30Z");
    private static TestDatabase database;
    private static JdbcAttachmentStore store;

    @BeforeAll
    static void fill() throws SQLException {
        database = TestDatabase.postgreSql();
        store = database.store(database.dataSource(), () -> null);
        store.createTables();
        database.execute("INSERT INTO graphql_files_attachment (blob_store, blob_key, state, owner_type, owner_id,"
                + " field_name, list_position, file_json, announced_at)"
                + " SELECT 'default', 'private/' || i, 'ATTACHED', 'Product', 'p' || i / 2, 'gallery', i % 2, '{}',"
                + " '2026-11-21T10:20:30Z' FROM generate_series(1, 100000) i");
        database.execute("INSERT INTO graphql_files_attachment (blob_store, blob_key, state, announced_at)"
                + " SELECT 'default', 'private/a' || i, 'ANNOUNCED', '2026-11-21T10:20:30Z'"
                + " FROM generate_series(1, 2000) i");
        database.execute("INSERT INTO graphql_files_attachment (blob_store, blob_key, state, announced_at, due_at)"
                + " SELECT 'default', 'private/d' || i, 'DISCARDED', '2026-11-21T10:20:30Z', '2026-11-21T10:20:30Z'"
                + " FROM generate_series(1, 2000) i");
        database.execute("ANALYZE graphql_files_attachment");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void find_aThousandOfFiftyThousandRecords_usesTheOwnersIndex() throws SQLException {
        List<String> ids = IntStream.range(1000, 2000).mapToObj(i -> "p" + i).toList();

        assertThat(plan(other ->
                        assertThat(other.find("Product", "gallery", ids)).hasSize(1000)))
                .contains("graphql_files_ix_owner")
                .doesNotContain("Seq Scan");
    }

    @Test
    void lease_usesTheIndexOfWhatIsDiscarded() throws SQLException {
        assertThat(plan(other -> assertThat(other.leaseDiscarded(NOW, NOW.plusSeconds(60), 100))
                        .hasSize(100)))
                .contains("graphql_files_ix_discarded")
                .doesNotContain("Seq Scan");
    }

    @Test
    void discardUnattached_usesTheIndexOfWhatIsAnnounced() throws SQLException {
        assertThat(plan(other -> assertThat(other.discardUnattached(NOW.plusSeconds(1), 100, NOW))
                        .isEqualTo(100)))
                .contains("graphql_files_ix_announced")
                .doesNotContain("Seq Scan");
    }

    @Test
    void backlog_readsOnlyWhatWaits() throws SQLException {
        assertThat(plan(other -> assertThat(other.backlog().announced()).isEqualTo(2000)))
                .contains("graphql_files_ix_announced", "graphql_files_ix_discarded")
                .doesNotContain("Seq Scan");
    }

    @Test
    void discardAll_usesTheOwnersIndex() throws SQLException {
        assertThat(plan(other ->
                        assertThat(other.discardAll("Product", "p7", NOW)).hasSize(2)))
                .contains("graphql_files_ix_owner")
                .doesNotContain("Seq Scan");
    }

    @Test
    void rows_andForget_useThePrimaryKey() throws SQLException {
        List<BlobReference> blobs = IntStream.range(5000, 5100)
                .mapToObj(i -> new BlobReference("default", "private/" + i))
                .toList();

        assertThat(plan(other -> assertThat(other.rows(blobs)).hasSize(100)))
                .contains("graphql_files_attachment_pkey")
                .doesNotContain("Seq Scan");
        assertThat(plan(other -> other.forget(blobs)))
                .contains("graphql_files_attachment_pkey")
                .doesNotContain("Seq Scan");
    }

    @Test
    void list_fromTheMiddle_usesThePrimaryKey() throws SQLException {
        String cursor = store.list(State.ATTACHED, null, 1000).nextCursor();

        assertThat(plan(other -> assertThat(
                                other.list(State.ATTACHED, cursor, 100).rows())
                        .hasSize(100)))
                .contains("graphql_files_attachment_pkey")
                .doesNotContain("Seq Scan");
    }

    private interface Call {
        void on(JdbcAttachmentStore store);
    }

    /** The plans of all statements with which the call is answered. */
    private static String plan(Call call) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            ExplainingConnection explaining = new ExplainingConnection(connection);
            call.on(database.store(explaining.dataSource(), () -> null));
            return String.join("\n", explaining.plans());
        }
    }

    /** Runs EXPLAIN before each statement, with the same parameters. */
    private static final class ExplainingConnection {

        private final Connection connection;
        private final List<String> plans = new ArrayList<>();

        ExplainingConnection(Connection connection) {
            this.connection = connection;
        }

        List<String> plans() {
            return plans;
        }

        DataSource dataSource() {
            return Proxies.of(DataSource.class, (method, arguments) -> switch (method.getName()) {
                case "getConnection" -> Proxies.of(Connection.class, this::onConnection);
                default -> throw new UnsupportedOperationException(method.getName());
            });
        }

        private Object onConnection(Method method, Object[] arguments) throws Throwable {
            Object result = switch (method.getName()) {
                case "close" -> null;
                default -> method.invoke(connection, arguments);
            };
            if (!method.getName().equals("prepareStatement")) {
                return result;
            }
            PreparedStatement explain = connection.prepareStatement("EXPLAIN " + arguments[0]);
            return Proxies.of(PreparedStatement.class, (called, parameters) -> {
                if (called.getName().startsWith("set")) {
                    called.invoke(explain, parameters);
                } else if (called.getName().startsWith("execute")) {
                    try (ResultSet lines = explain.executeQuery()) {
                        while (lines.next()) {
                            plans.add(lines.getString(1));
                        }
                    }
                } else if (called.getName().equals("getConnection")) {
                    return connection;
                }
                return called.invoke(result, parameters);
            });
        }
    }
}
