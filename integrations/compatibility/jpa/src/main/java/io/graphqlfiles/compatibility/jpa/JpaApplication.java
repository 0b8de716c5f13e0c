package io.graphqlfiles.compatibility.jpa;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * With the defaults of a new project: a session for each request, ten connections, a transaction for each repository
 * call.
 */
@SpringBootApplication
public class JpaApplication {

    /** Starts it. */
    public static void main(String[] arguments) {
        SpringApplication.run(JpaApplication.class, arguments);
    }
}
