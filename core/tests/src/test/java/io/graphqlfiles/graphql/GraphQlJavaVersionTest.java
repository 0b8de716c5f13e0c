package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.GraphQL;
import org.junit.jupiter.api.Test;

/** A run on another graphql-java would prove nothing if it ran on the usual one. */
class GraphQlJavaVersionTest {

    @Test
    void engine_isTheOneAskedFor() {
        // Unless asked for another, the oldest that is promised; the pom says so too.
        String version = System.getProperty("graphql-java.test.version", "22.4");

        assertThat(GraphQL.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .endsWith("/graphql-java-" + version + ".jar");
    }
}
