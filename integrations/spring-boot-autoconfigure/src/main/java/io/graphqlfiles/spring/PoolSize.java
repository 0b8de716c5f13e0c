package io.graphqlfiles.spring;

import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;

/** Looks whether the pool is large enough for what must be apart from a transaction that is in progress. */
final class PoolSize {

    private static final Logger LOG = LoggerFactory.getLogger(PoolSize.class);

    private PoolSize() {}

    /** Warns if it is not. */
    static void check(DataSource dataSource, ObjectProvider<DataSourcePoolMetadataProvider> pools) {
        Integer max = pools.orderedStream()
                .map(provider -> provider.getDataSourcePoolMetadata(dataSource))
                .filter(metadata -> metadata != null)
                .findFirst()
                .map(DataSourcePoolMetadata::getMax)
                .orElse(null);
        if (max != null && max == 1) {
            LOG.warn(
                    "The connection pool has one connection. GraphQLFiles.store and copyOf inside a transaction need a "
                            + "second one, to note the file apart from it: they will wait until the pool times out. Set "
                            + "spring.datasource.hikari.maximum-pool-size to more than the number of threads that do so at once, "
                            + "or store files before the transaction begins");
        }
    }
}
