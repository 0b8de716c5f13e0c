package io.graphqlfiles.benchmarks.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

/**
 * About the least that storing a small file by Spring for GraphQL can take: an application without this library, which
 * gets the bytes as a string and writes them to a new file.
 */
@EnableAutoConfiguration
@Import(TextServer.Texts.class)
public class TextServer {

    /** Started by {@link ServerProcess}. */
    public static void main(String[] args) throws IOException {
        SpringApplication application = new SpringApplication(TextServer.class);
        application.setDefaultProperties(Map.of(
                "text.directory", args[0],
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

        private final Path directory;

        Texts(@Value("${text.directory}") Path directory) {
            this.directory = directory;
        }

        @MutationMapping
        Text upload(@Argument String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            Files.write(directory.resolve(UUID.randomUUID().toString()), bytes, StandardOpenOption.CREATE_NEW);
            return new Text(bytes.length);
        }
    }
}
