package io.graphqlfiles.compatibility.day.shop;

import io.graphqlfiles.StoredFile;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

@Controller
class ProductController {

    record Product(String id, String name, StoredFile image) {}

    record ProductInput(String name, StoredFile image) {}

    @QueryMapping
    Product product(@Argument String id) {
        return null;
    }

    @MutationMapping
    Product createProduct(@Argument ProductInput product) {
        return new Product("1", product.name(), product.image());
    }
}
