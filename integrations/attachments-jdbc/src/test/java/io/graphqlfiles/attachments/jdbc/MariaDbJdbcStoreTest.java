package io.graphqlfiles.attachments.jdbc;

class MariaDbJdbcStoreTest extends JdbcStoreTests {

    @Override
    TestDatabase open() {
        return TestDatabase.mariaDb();
    }

    @Override
    String nowAsLiteral() {
        return "'2026-11-21 10:20:30.123456'";
    }
}
