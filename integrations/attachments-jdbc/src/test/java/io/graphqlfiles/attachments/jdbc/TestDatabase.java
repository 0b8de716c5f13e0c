package io.graphqlfiles.attachments.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** A database on a server that runs as long as this JVM, with the tables in it. */
final class TestDatabase implements AutoCloseable {

    private final String url;
    private final HikariDataSource pool;

    private TestDatabase(String url) {
        this.url = url;
        this.pool = pool(40);
    }

    static TestDatabase h2() {
        return h2("");
    }

    /** @param settings each after a semicolon */
    static TestDatabase h2(String settings) {
        return new TestDatabase(
                "jdbc:h2:mem:" + UniqueNames.next() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000" + settings);
    }

    static TestDatabase postgreSql() {
        return new TestDatabase(PostgreSql.newDatabase());
    }

    static TestDatabase mariaDb() {
        return new TestDatabase(MariaDb.newDatabase());
    }

    String url() {
        return url;
    }

    /** For names of schemas, which MariaDB has one of for all databases. */
    String schemaSuffix() {
        return Integer.toHexString(System.identityHashCode(this));
    }

    DataSource dataSource() {
        return pool;
    }

    /** A pool of its own, to be closed by the caller; whoever waits for five seconds gets none. */
    HikariDataSource pool(int size) {
        return pool(size, true);
    }

    HikariDataSource pool(int size, boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(size);
        config.setAutoCommit(autoCommit);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(5_000);
        return new HikariDataSource(config);
    }

    JdbcAttachmentStore store(DataSource dataSource, CurrentTransaction current) {
        return JdbcAttachmentStore.newJdbcAttachmentStore(dataSource)
                .currentTransaction(current)
                .build();
    }

    void empty() throws SQLException {
        for (String table : List.of("graphql_files_attachment", "graphql_files_owner", "graphql_files_store")) {
            execute("DELETE FROM " + table);
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
