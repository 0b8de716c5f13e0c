package io.graphqlfiles.compatibility.jpa;

import graphql.GraphQLError;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.PageRequest;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.GraphQlExceptionHandler;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.execution.ErrorType;
import org.springframework.stereotype.Controller;

/** Has no transaction of its own: what it calls has. */
@Controller
public class ProductController {

    private final Products products;
    private final ProductService service;
    private final Attempts attempts;

    ProductController(Products products, ProductService service, Attempts attempts) {
        this.products = products;
        this.service = service;
        this.attempts = attempts;
    }

    /** What clients send. */
    public record ProductInput(String name) {}

    /** What went wrong, and with which record. */
    public record ProductPayload(Product product, List<String> userErrors) {}

    /** One for each input, null for one that was refused. */
    public record ProductsPayload(List<Product> products, List<String> userErrors) {}

    @QueryMapping
    List<Product> products(@Argument int count) {
        return products.findAll(PageRequest.ofSize(count)).getContent();
    }

    @MutationMapping
    Product createProduct(@Argument String name) {
        return products.save(new Product(name));
    }

    @MutationMapping
    ProductPayload saveProduct(@Argument ProductInput input) {
        try {
            return new ProductPayload(service.create(input.name()), List.of());
        } catch (IllegalArgumentException e) {
            return new ProductPayload(null, List.of(e.getMessage()));
        }
    }

    /** Says what is wrong together with the record as it is. */
    @MutationMapping
    ProductPayload changeProduct(@Argument long id, @Argument ProductInput input) {
        Product product = products.findById(id).orElse(null);
        if (input.name().startsWith("bad")) {
            return new ProductPayload(product, List.of("no product is called " + input.name()));
        }
        product.setName(input.name());
        return new ProductPayload(products.save(product), List.of());
    }

    @MutationMapping
    ProductsPayload saveProducts(@Argument List<ProductInput> inputs) {
        List<Product> saved = new ArrayList<>();
        List<String> userErrors = new ArrayList<>();
        for (ProductInput input : inputs) {
            try {
                saved.add(service.create(input.name()));
            } catch (IllegalArgumentException e) {
                saved.add(null);
                userErrors.add(e.getMessage());
            }
        }
        return new ProductsPayload(saved, userErrors);
    }

    @MutationMapping
    ProductPayload tryProduct(@Argument ProductInput input) {
        service.tryOut(input.name());
        return new ProductPayload(null, List.of("only tried"));
    }

    @MutationMapping
    Product renameProduct(@Argument long id, @Argument long version, @Argument String name) {
        return service.rename(id, version, name);
    }

    @MutationMapping
    Product replaceImage(@Argument long id) {
        return service.lock(id);
    }

    /** Uses its entity after the transaction, for the answer alone. */
    @MutationMapping
    Product shoutProduct(@Argument String name) {
        Product product = service.create(name);
        product.setName(name + "!");
        return product;
    }

    /** Reads after it has written. */
    @MutationMapping
    Product createAndRead(@Argument String name) {
        Long id = service.create(name).getId();
        return products.findById(id).orElseThrow();
    }

    @MutationMapping
    Product createSerializable() {
        return service.createSerializable();
    }

    @MutationMapping
    Product createLate(@Argument String name) {
        return service.createLate(name);
    }

    @MutationMapping
    Product createWithNote(@Argument String name) {
        return service.createWithNote(name);
    }

    /** Fails after it has noted the attempt. */
    @MutationMapping
    Product createForbidden(@Argument String name) {
        attempts.save(new Attempt(name));
        throw new IllegalStateException("forbidden");
    }

    @MutationMapping
    boolean deleteProduct(@Argument long id) {
        if (!products.existsById(id)) {
            return false;
        }
        products.deleteById(id);
        return true;
    }

    @MutationMapping
    Product removeProduct(@Argument long id) {
        Product product = products.findById(id).orElse(null);
        if (product != null) {
            products.delete(product);
        }
        return product;
    }

    @MutationMapping
    boolean deleteInCode(@Argument long id) {
        return service.deleteInCode(id);
    }

    @GraphQlExceptionHandler
    GraphQLError refuse(IllegalStateException e) {
        return error(e.getMessage());
    }

    @GraphQlExceptionHandler
    GraphQLError changed(OptimisticLockingFailureException e) {
        return error("changed by someone else");
    }

    private static GraphQLError error(String message) {
        return GraphQLError.newError()
                .errorType(ErrorType.BAD_REQUEST)
                .message("%s", message)
                .build();
    }
}
