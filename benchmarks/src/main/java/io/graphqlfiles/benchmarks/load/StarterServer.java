package io.graphqlfiles.benchmarks.load;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.StoredFile;
import java.io.IOException;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

/**
 * This library as users have it: a Spring Boot application with the starter, its defaults and a directory for the
 * files. Runs on Spring MVC or on WebFlux, whichever is on the class path.
 */
@EnableAutoConfiguration
@Import(StarterServer.Uploads.class)
public class StarterServer {

    /** Started by {@link ServerProcess}. */
    public static void main(String[] args) throws IOException {
        SpringApplication application = new SpringApplication(StarterServer.class);
        application.setDefaultProperties(Map.of(
                "server.address", "127.0.0.1",
                "server.port", "0",
                "server.tomcat.max-keep-alive-requests", "-1",
                "spring.graphql.schema.locations", "classpath:starter/",
                "graphql.files.fs.root", args[0],
                "graphql.files.secret", "of the benchmark where nobody reads a file by its URL",
                "graphql.files.limits.file", "100GB",
                "logging.level.root", "WARN",
                "spring.main.banner-mode", "off"));
        var context = (WebServerApplicationContext) application.run();
        ServerControl.serve(requireNonNull(context.getWebServer()).getPort());
    }

    /** One mutation. */
    @Controller
    static class Uploads {

        @MutationMapping
        StoredFile upload(@Argument StoredFile file) {
            return file;
        }
    }
}
