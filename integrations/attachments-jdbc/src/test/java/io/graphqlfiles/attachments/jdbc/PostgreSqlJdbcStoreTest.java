package io.graphqlfiles.attachments.jdbc;

class PostgreSqlJdbcStoreTest extends JdbcStoreTests {

    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }

    @Override
    String nowAsLiteral() {
        return "TIMESTAMP WITH TIME ZONE '2026-11-21 10:20:30.123456+00:00'";
    }
}
