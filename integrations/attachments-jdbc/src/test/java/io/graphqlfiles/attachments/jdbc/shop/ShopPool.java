package io.graphqlfiles.attachments.jdbc.shop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.graphqlfiles.attachments.jdbc.TestDatabases;
import java.sql.SQLException;

/** Makes connections to a new database with the tables of a shop. */
final class ShopPool {

    private ShopPool() {}

    /** To PostgreSQL. */
    static HikariDataSource open(int size) throws SQLException {
        return open(TestDatabases.newPostgreSqlSchema(), size);
    }

    static HikariDataSource open(String url, int size) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        HikariDataSource pool = new HikariDataSource(config);
        Shop.createTables(pool);
        return pool;
    }
}
