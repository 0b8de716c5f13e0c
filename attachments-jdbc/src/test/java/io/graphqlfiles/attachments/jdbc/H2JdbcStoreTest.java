package io.graphqlfiles.attachments.jdbc;

class H2JdbcStoreTest extends JdbcStoreTests {

    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }

    @Override
    String nowAsLiteral() {
        return "TIMESTAMP WITH TIME ZONE '2026-11-21 10:20:30.123456+00:00'";
    }
}
