package io.graphqlfiles.spring;

import io.graphqlfiles.FileTenants;
import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.attachments.jdbc.CurrentTransaction;
import io.graphqlfiles.attachments.jdbc.JdbcAttachmentStore;
import io.graphqlfiles.attachments.jdbc.JdbcFileQuota;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Attached files in the application's database, where it has one and the module for it, in its transactions. Of several
 * databases or transaction managers one must be the primary one: to guess would part records and files.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(DataSource.class)
@ConditionalOnBooleanProperty(name = "graphql.files.attachments.enabled", matchIfMissing = true)
class AttachmentsConfiguration {

    /** Unless the application has transactions of its own kind. Comes first, as it looks for those. */
    @Bean
    @ConditionalOnMissingBean(UnitOfWork.class)
    static DeferringManagers graphQLFilesDeferringManagers() {
        return new DeferringManagers();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(PlatformTransactionManager.class)
    UnitOfWork graphQLFilesUnitOfWork(PlatformTransactionManager manager) {
        return new SpringUnitOfWork(manager);
    }

    /** In an application without transactions each change of attached files is one of its own. */
    @Bean
    @ConditionalOnMissingBean
    CurrentTransaction graphQLFilesCurrentTransaction(
            DataSource dataSource, ObjectProvider<PlatformTransactionManager> managers) {
        PlatformTransactionManager manager = managers.getIfUnique();
        CommitDeferral deferral = manager == null ? null : DeferringManagers.deferralOf(manager);
        return new ThreadConnections(dataSource, deferral == null ? () -> {} : deferral::requireTransaction);
    }

    /** Once the application's own scripts have run: they may make the schema, or these very tables. */
    @Bean
    @ConditionalOnMissingBean(AttachmentStore.class)
    @DependsOnDatabaseInitialization
    JdbcAttachmentStore jdbcAttachmentStore(
            DataSource dataSource,
            CurrentTransaction currentTransaction,
            GraphQLFilesProperties properties,
            ObjectProvider<DataSourcePoolMetadataProvider> pools,
            ObjectProvider<FileTenants> tenants) {
        PoolSize.check(dataSource, pools);
        GraphQLFilesProperties.Attachments attachments = properties.attachments();
        JdbcAttachmentStore.Builder builder =
                JdbcAttachmentStore.newJdbcAttachmentStore(dataSource).currentTransaction(currentTransaction);
        if (attachments.schema() != null) {
            builder.schema(attachments.schema());
        }
        JdbcAttachmentStore store = builder.build();
        forEachTenant(tenants, attachments.createTables() ? store::createTables : store::requireTables);
        return store;
    }

    private static void forEachTenant(ObjectProvider<FileTenants> tenants, Runnable work) {
        FileTenants known = tenants.getIfAvailable();
        if (known == null) {
            work.run();
        } else {
            known.all().forEach(tenant -> known.run(tenant, work));
        }
    }

    /** Once the schema is there, and before there are requests. */
    @Bean
    SmartInitializingSingleton graphQLFilesStoreCheck(ObjectProvider<GraphQLFiles> files) {
        return () -> files.ifAvailable(each -> each.maintenance().checkStores());
    }

    /** A quota of the application is a check like its others; what it needs is looked after here. */
    @Bean
    SmartInitializingSingleton graphQLFilesQuotaCheck(
            ObjectProvider<GraphQLFiles> files,
            ObjectProvider<JdbcFileQuota> quotas,
            GraphQLFilesProperties properties,
            ObjectProvider<FileTenants> tenants) {
        return () -> quotas.forEach(quota -> {
            if (properties.attachments().createTables()) {
                forEachTenant(tenants, quota::createTables);
            }
            files.ifAvailable(each -> quota.requireAttached(each.fields()));
        });
    }

    @Bean
    static TransactionThreads graphQLFilesTransactionThreads() {
        return new TransactionThreads();
    }
}
