package io.graphqlfiles.compatibility.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spring.GraphQLFilesAutoConfiguration;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.graphql.GraphQlAutoConfiguration;
import org.springframework.boot.autoconfigure.graphql.GraphQlSourceBuilderCustomizer;
import org.springframework.boot.autoconfigure.graphql.servlet.GraphQlWebMvcAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.io.ByteArrayResource;

/** Boot 3.5 has health in other packages than Boot 4, whose tests are in the starter. */
class ActuatorTest {

    private static final String SDL = """
            type Query { thing: Thing }
            type Thing { id: ID! picture: StoredFile @file }
            """;

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    GraphQlAutoConfiguration.class,
                    GraphQlWebMvcAutoConfiguration.class,
                    GraphQLFilesAutoConfiguration.class))
            .withPropertyValues(
                    "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more",
                    "graphql.files.sweep.enabled=false")
            .withBean(
                    GraphQlSourceBuilderCustomizer.class,
                    () -> builder -> builder.schemaResources(
                            new ByteArrayResource(SDL.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
            .withBean(BlobStore.class, InMemoryBlobStore::new);

    @Test
    void health_isThere() {
        runner.run(context -> {
            Health health = context.getBean("graphqlFilesHealthIndicator", HealthIndicator.class)
                    .health();

            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).isEqualTo(Map.of("stores", Map.of("default", "reachable")));
        });
    }

    @Test
    void endpoint_exposed_isThere() {
        runner.withPropertyValues("management.endpoints.web.exposure.include=*")
                .run(context -> assertThat(context.getBeansWithAnnotation(Endpoint.class))
                        .containsKey("graphQLFilesEndpoint"));
    }
}
