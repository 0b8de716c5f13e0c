package io.graphqlfiles.attachments.jdbc.shop;

import io.graphqlfiles.attachments.jdbc.TestDatabases;

class MariaDbBulkDeletionTest extends BulkDeletionTests {

    @Override
    String newDatabase() {
        return TestDatabases.newMariaDbDatabase();
    }
}
