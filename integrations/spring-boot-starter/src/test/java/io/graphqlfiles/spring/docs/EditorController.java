package io.graphqlfiles.spring.docs;

import io.graphqlfiles.StoredFile;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;

@Controller
class EditorController {

    record ProductInput(String name, StoredFile image) {}

    private final Products products;

    EditorController(Products products) {
        this.products = products;
    }

    // tag::rule
    @MutationMapping
    @PreAuthorize("hasRole('EDITOR')")
    Product createProduct(@Argument ProductInput product) {
        return products.save(product.name(), product.image());
    }
    // end::rule
}
