package io.graphqlfiles.spring;

import io.graphqlfiles.engine.GraphQLFiles;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.data.method.annotation.support.AnnotatedControllerConfigurer;

/** How the library gets at the schema: by the same interface, which Boot 4 has in another package than Boot 3. */
final class SchemaConfiguration {

    private SchemaConfiguration() {}

    /** Which methods of the application's execute fields, and handle what they throw. */
    @Configuration(proxyBeanMethods = false)
    static class Controllers {

        @Bean
        ControllerMethods graphQLFilesControllerMethods(ApplicationContext beans) {
            return new ControllerMethods(beans);
        }

        @Bean
        ControllerExceptionResolver graphQLFilesControllerExceptionResolver(
                ObjectProvider<AnnotatedControllerConfigurer> controllers,
                ControllerMethods methods,
                ApplicationContext beans) {
            return new ControllerExceptionResolver(controllers, methods, beans);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Boot4 {

        @Bean
        org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer graphQLFilesSchemaCustomizer(
                GraphQLFiles files, ObjectProvider<FieldGuard> guard) {
            return new FileSchemaCustomizer(files, guard.getIfAvailable())::customize;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Boot3 {

        @Bean
        org.springframework.boot.autoconfigure.graphql.GraphQlSourceBuilderCustomizer graphQLFilesSchemaCustomizer(
                GraphQLFiles files, ObjectProvider<FieldGuard> guard) {
            return new FileSchemaCustomizer(files, guard.getIfAvailable())::customize;
        }
    }
}
