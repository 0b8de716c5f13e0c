package io.graphqlfiles.compatibility.spring;

import graphql.GraphQL;
import graphql.execution.preparsed.persisted.ApolloPersistedQuerySupport;
import graphql.execution.preparsed.persisted.InMemoryPersistedQueryCache;
import graphql.schema.GraphQLSchema;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.graphql.execution.GraphQlSource;

/** Lets clients send the hash of an operation in its place, once the server has seen it. */
public final class PersistedQueries implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof GraphQlSource source
                ? new PersistedSource(
                        source.schema(),
                        source.graphQl()
                                .transform(builder -> builder.preparsedDocumentProvider(new ApolloPersistedQuerySupport(
                                        InMemoryPersistedQueryCache.newInMemoryPersistedQueryCache()
                                                .build()))))
                : bean;
    }

    private record PersistedSource(GraphQLSchema schema, GraphQL graphQl) implements GraphQlSource {}
}
