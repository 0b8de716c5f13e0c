package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import graphql.GraphQL;
import org.junit.jupiter.api.Test;

/** A run on another graphql-java would prove nothing if it ran on the usual one. */
class GraphQlJavaVersionTest {

    @Test
    void engine_isTheOneAskedFor() {
        String version = System.getProperty("graphql-java.test.version");
        assumeTrue(version != null);

        assertThat(GraphQL.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .endsWith("/graphql-java-" + version + ".jar");
    }
}
