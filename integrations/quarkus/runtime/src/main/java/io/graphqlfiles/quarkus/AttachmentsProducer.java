package io.graphqlfiles.quarkus;

import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.attachments.jdbc.JdbcAttachmentStore;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionManager;
import javax.sql.DataSource;

/**
 * Attached files in the application's default database, in its JTA transactions. An application with beans of its own
 * for the attachment store or the unit of work has those.
 */
@Singleton
public class AttachmentsProducer {

    /** After what makes the schema of the application, and before what uses it. */
    private static final int AFTER_MIGRATIONS = 1;

    private final JdbcAttachmentStore jdbc;
    private final TransactionManager manager;
    private final FilesConfig.Attachments config;

    AttachmentsProducer(DataSource dataSource, TransactionManager manager, FilesConfig config) {
        this.manager = manager;
        this.config = config.attachments();
        JdbcAttachmentStore.Builder builder = JdbcAttachmentStore.newJdbcAttachmentStore(dataSource)
                .currentTransaction(() -> Transactions.isActive(manager) ? dataSource.getConnection() : null);
        this.config.schema().ifPresent(builder::schema);
        this.jdbc = builder.build();
    }

    @Produces
    @Singleton
    @DefaultBean
    AttachmentStore store() {
        return new JtaAttachmentStore(jdbc, manager);
    }

    @Produces
    @Singleton
    @DefaultBean
    UnitOfWork unitOfWork() {
        return new JtaUnitOfWork(manager);
    }

    void makeTables(@Observes @Priority(AFTER_MIGRATIONS) StartupEvent start, GraphQLFiles files) {
        if (!config.enabled()) {
            return;
        }
        if (config.createTables()) {
            jdbc.createTables();
        } else {
            jdbc.requireTables();
        }
        files.maintenance().checkStores();
    }
}
