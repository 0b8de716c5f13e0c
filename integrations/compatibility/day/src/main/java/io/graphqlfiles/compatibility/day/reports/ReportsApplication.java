package io.graphqlfiles.compatibility.day.reports;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application whose own code makes, reads and takes files. */
@SpringBootApplication
public class ReportsApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(ReportsApplication.class, arguments);
    }
}
