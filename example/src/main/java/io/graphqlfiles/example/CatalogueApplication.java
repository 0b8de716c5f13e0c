package io.graphqlfiles.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the catalogue. */
@SpringBootApplication
public class CatalogueApplication {

    /** Takes Spring's usual arguments, such as {@code --server.port=8081}. */
    public static void main(String[] args) {
        SpringApplication.run(CatalogueApplication.class, args);
    }
}
