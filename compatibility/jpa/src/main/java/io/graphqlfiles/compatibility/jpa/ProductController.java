package io.graphqlfiles.compatibility.jpa;

import java.util.List;
import org.springframework.data.domain.PageRequest;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Calls repositories, and has no transaction of its own. */
@Controller
public class ProductController {

    private final Products products;

    ProductController(Products products) {
        this.products = products;
    }

    @QueryMapping
    List<Product> products(@Argument int count) {
        return products.findAll(PageRequest.ofSize(count)).getContent();
    }

    @MutationMapping
    Product createProduct(@Argument String name) {
        return products.save(new Product(name));
    }

    @MutationMapping
    boolean deleteProduct(@Argument long id) {
        if (!products.existsById(id)) {
            return false;
        }
        products.deleteById(id);
        return true;
    }
}
