package io.graphqlfiles.example;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Tells the page who is asking and what it can offer them. */
@Controller
class MeController {

    private final Owners owners;

    MeController(Owners owners) {
        this.owners = owners;
    }

    /** Who is asking. */
    record Me(@Nullable String name, boolean mayCreate) {}

    @QueryMapping
    Me me() {
        return new Me(owners.user(), owners.mayCreate());
    }

    @SchemaMapping
    boolean mayChange(Product product) {
        return owners.mayChange(product.id());
    }
}
