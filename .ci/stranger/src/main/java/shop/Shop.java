package shop;

import io.graphqlfiles.StoredFile;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

@SpringBootApplication
public class Shop {

    public static void main(String[] args) {
        SpringApplication.run(Shop.class, args);
    }

    record ProductInput(String name, StoredFile image) {}

    record Product(String name, StoredFile image) {}

    @Controller
    static class Products {

        @MutationMapping
        Product createProduct(@Argument ProductInput product) {
            return new Product(product.name(), product.image());
        }
    }
}
