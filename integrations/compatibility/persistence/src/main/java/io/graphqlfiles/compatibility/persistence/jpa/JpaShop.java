package io.graphqlfiles.compatibility.persistence.jpa;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class JpaShop {

    public static void main(String[] args) {
        SpringApplication.run(JpaShop.class, args);
    }
}
