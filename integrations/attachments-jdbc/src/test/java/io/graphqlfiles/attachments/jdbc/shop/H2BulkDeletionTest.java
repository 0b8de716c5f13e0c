package io.graphqlfiles.attachments.jdbc.shop;

import io.graphqlfiles.attachments.jdbc.TestDatabases;

class H2BulkDeletionTest extends BulkDeletionTests {

    @Override
    String newDatabase() {
        return TestDatabases.newH2Database();
    }
}
