package io.graphqlfiles.compatibility.spqr;

import io.graphqlfiles.compatibility.Directories;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.graphqlfiles.testkit.ServerUnderTest;
import io.graphqlfiles.testkit.ServerUnderTest.Feature;
import java.net.URI;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Types from classes, by SPQR. */
class SpqrTest extends GraphQLServerContract {

    private static final Directories DIRECTORIES = Directories.create();
    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void start() {
        context = new SpringApplicationBuilder(SpqrApplication.class)
                .properties(
                        "server.port=0",
                        "server.tomcat.basedir=" + DIRECTORIES.temporaryFiles(),
                        "spring.main.banner-mode=off",
                        "graphql.spqr.base-packages=io.graphqlfiles.compatibility")
                .initializers(starting -> starting.getBeanFactory().registerSingleton("directories", DIRECTORIES))
                .run();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Override
    protected ServerUnderTest server() {
        return new ServerUnderTest(
                URI.create(
                        "http://localhost:" + context.getEnvironment().getProperty("local.server.port") + "/graphql"),
                DIRECTORIES.files(),
                DIRECTORIES.temporaryFiles(),
                EnumSet.complementOf(EnumSet.of(Feature.BATCHED_OPERATIONS)));
    }
}
