package io.graphqlfiles.compatibility.spring;

import io.graphqlfiles.compatibility.Directories;
import io.graphqlfiles.testkit.ServerUnderTest;
import io.graphqlfiles.testkit.ServerUnderTest.Feature;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** A running application. */
public final class SpringServer implements AutoCloseable {

    private final Directories directories = Directories.create();
    private final ConfigurableApplicationContext context;
    private final Set<Feature> features = EnumSet.complementOf(EnumSet.of(Feature.BATCHED_OPERATIONS));

    /** Starts it on a free port, with further properties if there are any. */
    public SpringServer(Class<?> application, WebApplicationType type, String... properties) {
        if (type == WebApplicationType.REACTIVE) {
            features.remove(Feature.BREAKS_OFF);
        }
        context = new SpringApplicationBuilder(application)
                .web(type)
                .properties(
                        "server.port=0",
                        "server.tomcat.basedir=" + directories.temporaryFiles(),
                        "spring.main.banner-mode=off",
                        "spring.graphql.schema.locations=classpath:io/graphqlfiles/testkit/,"
                                + "classpath:io/graphqlfiles/compatibility/spring/",
                        // Documents keep their files themselves; albums do not.
                        "graphql.files.attachments.by-default=false",
                        "graphql.files.fs.root=" + directories.files(),
                        "graphql.files.secret=a secret for the tests of compatibility",
                        "graphql.files.multipart.temporary-directory=" + directories.temporaryFiles(),
                        "graphql.files.upload.tus=true",
                        "graphql.files.copy-url.allowed-networks=127.0.0.0/8")
                .properties(properties)
                .run();
    }

    /** For the contract. No server on Spring for GraphQL executes batches. */
    public ServerUnderTest description() {
        Environment environment = context.getEnvironment();
        return new ServerUnderTest(
                URI.create("http://localhost:" + environment.getProperty("local.server.port")
                        + environment.getProperty("spring.graphql.path", "/graphql")),
                directories.files(),
                directories.temporaryFiles(),
                features);
    }

    /** A bean of the application. */
    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
