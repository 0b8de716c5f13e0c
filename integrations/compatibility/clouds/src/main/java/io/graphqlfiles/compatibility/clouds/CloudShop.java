package io.graphqlfiles.compatibility.clouds;

import io.graphqlfiles.StoredFile;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

@SpringBootApplication
public class CloudShop {

    public static void main(String[] arguments) {
        SpringApplication.run(CloudShop.class, arguments);
    }

    record Product(String name, StoredFile image) {}

    @Controller
    static class ProductController {

        @MutationMapping
        Product createProduct(@Argument String name, @Argument StoredFile image) {
            return new Product(name, image);
        }
    }
}
