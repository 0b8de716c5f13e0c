package io.graphqlfiles.spring;

import io.graphqlfiles.engine.GraphQLFiles;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the library gets at the schema: by the same interface, which Boot 4 has in another package than Boot 3. */
@Configuration(proxyBeanMethods = false)
class SchemaConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer")
    static class Boot4 {

        @Bean
        org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer graphQLFilesSchemaCustomizer(
                GraphQLFiles files) {
            return new FileSchemaCustomizer(files)::customize;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.autoconfigure.graphql.GraphQlSourceBuilderCustomizer")
    static class Boot3 {

        @Bean
        org.springframework.boot.autoconfigure.graphql.GraphQlSourceBuilderCustomizer graphQLFilesSchemaCustomizer(
                GraphQLFiles files) {
            return new FileSchemaCustomizer(files)::customize;
        }
    }
}
