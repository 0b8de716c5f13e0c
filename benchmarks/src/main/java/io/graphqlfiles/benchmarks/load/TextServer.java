package io.graphqlfiles.benchmarks.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

/**
 * What Spring for GraphQL itself takes for a mutation of this size: an application without files, which gets the bytes
 * as a string and stores nothing.
 */
@EnableAutoConfiguration
@Import(TextServer.Texts.class)
public class TextServer {

    /** Started by {@link ServerProcess}. */
    public static void main(String[] args) throws IOException {
        SpringApplication application = new SpringApplication(TextServer.class);
        application.setDefaultProperties(Map.of(
                "server.address", "127.0.0.1",
                "server.port", "0",
                "server.tomcat.max-keep-alive-requests", "-1",
                "spring.graphql.schema.locations", "classpath:text/",
                "logging.level.root", "WARN",
                "spring.main.banner-mode", "off"));
        var context = (ServletWebServerApplicationContext) application.run();
        ServerControl.serve(requireNonNull(context.getWebServer()).getPort());
    }

    /** What is answered, in place of a file. */
    record Text(int byteSize) {}

    /** One mutation. */
    @Controller
    static class Texts {

        @MutationMapping
        Text upload(@Argument String text) {
            return new Text(text.getBytes(StandardCharsets.UTF_8).length);
        }
    }
}
