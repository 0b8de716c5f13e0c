package io.graphqlfiles.spring.docs;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileChanges;
import io.graphqlfiles.StoredFile;
import org.springframework.graphql.data.ArgumentValue;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

// tag::all
@Controller
class ProductController {

    // tag::controller
    record ProductInput(String name, StoredFile image) {}

    // end::controller
    record ProductPatch(ArgumentValue<String> name, ArgumentValue<StoredFile> image) {}

    private final Products products;

    ProductController(Products products) {
        this.products = products;
    }

    @QueryMapping
    Product product(@Argument String id) {
        return products.find(id);
    }

    // tag::controller
    @MutationMapping
    Product createProduct(@Argument ProductInput product) {
        return products.save(product.name(), product.image());
    }
    // end::controller

    @MutationMapping
    Product updateProduct(@Argument String id, @Argument ProductPatch product, DataFetchingEnvironment environment) {
        Product before = products.find(id);
        Product after = products.update(before, product);
        if (!product.image().isOmitted()) {
            FileChanges.of(environment).deleteOnSuccess(before.image());
        }
        return after;
    }

    @MutationMapping
    boolean deleteProduct(@Argument String id, DataFetchingEnvironment environment) {
        Product deleted = products.delete(id);
        FileChanges.of(environment).deleteOnSuccess(deleted.image());
        return true;
    }
}
// end::all
