package io.graphqlfiles.benchmarks.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
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
import org.springframework.web.multipart.MultipartFile;

/** What users of Spring for GraphQL do today: a library that takes the container's parts, and {@code transferTo}. */
@EnableAutoConfiguration
@Import(SpringLibraryServer.Uploads.class)
public class SpringLibraryServer {

    /** Started by {@link ServerProcess}. */
    public static void main(String[] args) throws Exception {
        SpringApplication application = new SpringApplication(SpringLibraryServer.class);
        application.setDefaultProperties(Map.of(
                "server.address", "127.0.0.1",
                "server.port", "0",
                "server.tomcat.max-keep-alive-requests", "-1",
                "spring.servlet.multipart.max-file-size", "-1",
                "spring.servlet.multipart.max-request-size", "-1",
                "spring.graphql.schema.locations", "classpath:spring-library/",
                "logging.level.root", "WARN",
                "spring.main.banner-mode", "off",
                "upload.directory", args[0]));
        var context = (ServletWebServerApplicationContext) application.run();
        ServerControl.serve(requireNonNull(context.getWebServer()).getPort());
    }

    /** One mutation. */
    @Controller
    static class Uploads {

        private final Path directory;

        Uploads(@Value("${upload.directory}") Path directory) {
            this.directory = directory;
        }

        @MutationMapping
        String upload(@Argument MultipartFile file) throws IOException {
            file.transferTo(directory.resolve(UUID.randomUUID().toString()));
            return Long.toString(file.getSize());
        }
    }
}
