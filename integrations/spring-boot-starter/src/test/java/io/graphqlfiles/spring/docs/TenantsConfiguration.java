package io.graphqlfiles.spring.docs;

import graphql.GraphQLContext;
import io.graphqlfiles.FileTenants;
import java.util.Collection;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

@Configuration(proxyBeanMethods = false)
public class TenantsConfiguration {

    // tag::tenants
    /** Each tenant's requests, and jobs, use its own database. */
    @Bean
    DataSource dataSource(TenantDatabases databases) {
        AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
            @Override
            protected Object determineCurrentLookupKey() {
                return CurrentTenant.NAME.get();
            }
        };
        routing.setTargetDataSources(Map.copyOf(databases.byTenant()));
        routing.setLenientFallback(false);
        return routing;
    }

    @Bean
    WebGraphQlInterceptor tenantOfRequests() {
        return (request, chain) -> {
            String tenant = CurrentTenant.NAME.get();
            request.configureExecutionInput(
                    (input, builder) -> builder.graphQLContext(context -> context.put("tenant", tenant))
                            .build());
            return chain.next(request);
        };
    }

    @Bean
    FileTenants fileTenants(TenantDatabases databases) {
        return new FileTenants() {
            @Override
            public String ofRequest(GraphQLContext context) {
                return context.get("tenant");
            }

            @Override
            public String ofThread() {
                return CurrentTenant.NAME.get();
            }

            @Override
            public Collection<String> all() {
                return databases.byTenant().keySet();
            }

            @Override
            public void run(String tenant, Runnable work) {
                CurrentTenant.run(tenant, work);
            }
        };
    }
    // end::tenants

    /** The databases that there are. */
    public interface TenantDatabases {

        Map<String, DataSource> byTenant();
    }

    /** The tenant that a thread works for: set by a filter of the application for each request. */
    public static final class CurrentTenant {

        public static final ThreadLocal<String> NAME = new ThreadLocal<>();

        private CurrentTenant() {}

        public static void run(String tenant, Runnable work) {
            String before = NAME.get();
            NAME.set(tenant);
            try {
                work.run();
            } finally {
                NAME.set(before);
            }
        }
    }
}
