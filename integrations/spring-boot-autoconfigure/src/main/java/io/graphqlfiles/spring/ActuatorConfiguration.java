package io.graphqlfiles.spring;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.FileStatus;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An endpoint and a health indicator, where the actuator is there. Boot 4 has health in packages of its own. Conditions
 * of the actuator are on the methods: those of a class must all be there.
 */
final class ActuatorConfiguration {

    private static final String HEALTH = "graphql-files";

    private ActuatorConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    static class OfFiles {

        @Bean
        @ConditionalOnAvailableEndpoint(FilesEndpoint.class)
        FilesEndpoint graphQLFilesEndpoint(GraphQLFiles files, GraphQLFilesProperties properties) {
            return new FilesEndpoint(files, properties.sweep().options(false));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class HealthOfBoot4 {

        @Bean
        @org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator(HEALTH)
        org.springframework.boot.health.contributor.HealthIndicator graphqlFilesHealthIndicator(GraphQLFiles files) {
            return () -> {
                FileStatus status = files.maintenance().status();
                return (status.isReachable()
                                ? org.springframework.boot.health.contributor.Health.up()
                                : org.springframework.boot.health.contributor.Health.down())
                        .withDetails(FileStatusDetails.of(status))
                        .build();
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class HealthOfBoot3 {

        @Bean
        @org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator(HEALTH)
        org.springframework.boot.actuate.health.HealthIndicator graphqlFilesHealthIndicator(GraphQLFiles files) {
            return () -> {
                FileStatus status = files.maintenance().status();
                return (status.isReachable()
                                ? org.springframework.boot.actuate.health.Health.up()
                                : org.springframework.boot.actuate.health.Health.down())
                        .withDetails(FileStatusDetails.of(status))
                        .build();
            };
        }
    }
}
