package io.graphqlfiles.example;

import io.graphqlfiles.FileAuthorizer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Starts the catalogue. */
@SpringBootApplication
public class CatalogueApplication {

    /** Takes Spring's usual arguments, such as {@code --server.port=8081}. */
    public static void main(String[] args) {
        SpringApplication.run(CatalogueApplication.class, args);
    }

    @Bean
    FileAuthorizer fileAuthorizer() {
        // Lets everyone in: whoever reaches this server may upload to every field and read every file. A real
        // application
        // looks at who is asking, and for which field or file.
        return access -> true;
    }
}
