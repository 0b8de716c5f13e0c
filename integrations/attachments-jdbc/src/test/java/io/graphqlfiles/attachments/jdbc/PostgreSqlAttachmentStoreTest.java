package io.graphqlfiles.attachments.jdbc;

import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.testkit.AttachmentStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgreSqlAttachmentStoreTest extends AttachmentStoreContract {

    private static TestDatabase database;
    private JdbcUnitOfWork unitOfWork;

    @BeforeAll
    static void open() {
        database = TestDatabase.postgreSql();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    protected AttachmentStore createStore() throws Exception {
        unitOfWork = JdbcUnitOfWork.of(database.dataSource());
        JdbcAttachmentStore store = database.store(database.dataSource(), unitOfWork);
        store.createTables();
        database.empty();
        return store;
    }

    @Override
    protected UnitOfWork createUnitOfWork() {
        return unitOfWork;
    }
}
