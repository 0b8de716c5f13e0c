package io.graphqlfiles.compatibility.persistence.jpa;

import io.graphqlfiles.StoredFile;
import java.util.List;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

@Controller
class ProductController {

    record ProductInput(String name, StoredFile image, StoredFile manual, List<StoredFile> gallery) {}

    private final Products products;

    ProductController(Products products) {
        this.products = products;
    }

    @QueryMapping
    Product product(@Argument Long id) {
        return products.findById(id).orElse(null);
    }

    @QueryMapping
    List<Product> withManuals(@Argument String mimeType) {
        return products.findByManualType(mimeType);
    }

    @MutationMapping
    Product createProduct(@Argument ProductInput product) {
        List<StoredFile> gallery = product.gallery() == null ? List.of() : product.gallery();
        return products.save(new Product(product.name(), product.image(), product.manual(), gallery));
    }
}
