package io.graphqlfiles.compatibility.day.shop;

import io.graphqlfiles.StoredFile;
import java.util.List;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

@Controller
class ProductController {

    record ProductInput(String name, StoredFile image) {}

    private final Products products;

    ProductController(Products products) {
        this.products = products;
    }

    @QueryMapping
    Product product(@Argument String id) {
        return products.find(id);
    }

    @MutationMapping
    Product createProduct(@Argument ProductInput product) {
        return products.save(product.name(), product.image());
    }

    @MutationMapping
    List<Product> createProducts(@Argument List<ProductInput> products) {
        return products.stream().map(this::createProduct).toList();
    }
}
