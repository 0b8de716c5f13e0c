package io.graphqlfiles.attachments.jdbc.shop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.graphqlfiles.attachments.jdbc.TestDatabases;
import java.sql.SQLException;

/** Makes connections to a new PostgreSQL schema with the tables of a shop. */
final class ShopPool {

    private ShopPool() {}

    static HikariDataSource open(int size) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(TestDatabases.newPostgreSqlSchema());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        HikariDataSource pool = new HikariDataSource(config);
        Shop.createTables(pool);
        return pool;
    }
}
