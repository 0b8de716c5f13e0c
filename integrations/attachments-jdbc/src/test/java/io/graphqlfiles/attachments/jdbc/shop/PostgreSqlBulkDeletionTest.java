package io.graphqlfiles.attachments.jdbc.shop;

import io.graphqlfiles.attachments.jdbc.TestDatabases;

class PostgreSqlBulkDeletionTest extends BulkDeletionTests {

    @Override
    String newDatabase() {
        return TestDatabases.newPostgreSqlSchema();
    }
}
