package io.graphqlfiles.example;

import graphql.GraphQLError;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileChanges;
import io.graphqlfiles.StoredFile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.GraphQlExceptionHandler;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.execution.ErrorType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;

/** Who may do what is in force with the profile {@code secured}. */
@Controller
class ProductController {

    private final Catalogue catalogue;

    ProductController(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @QueryMapping
    List<Product> products() {
        return catalogue.products();
    }

    @QueryMapping
    @Nullable
    Product product(@Argument long id) {
        return catalogue.product(id);
    }

    @MutationMapping
    @PreAuthorize("@owners.mayCreate()")
    Product createProduct(@Argument ProductInput product) {
        return catalogue.create(product);
    }

    @MutationMapping
    @PreAuthorize("@owners.mayChange(#id)")
    Product updateProduct(@Argument long id, @Argument ProductPatch product, DataFetchingEnvironment environment) {
        Catalogue.Change change = catalogue.update(id, product);
        deleteReplaced(change.before().files(), change.after().files(), environment);
        return change.after();
    }

    /** The library changes the gallery of the product that is returned here. */
    @MutationMapping
    @PreAuthorize("@owners.mayChange(#id)")
    Product editGallery(@Argument long id) {
        return catalogue.require(id);
    }

    @MutationMapping
    @PreAuthorize("@owners.mayChange(#id)")
    boolean deleteProduct(@Argument long id, DataFetchingEnvironment environment) {
        Product deleted = catalogue.delete(id);
        if (deleted == null) {
            return false;
        }
        deleteReplaced(deleted.files(), Set.of(), environment);
        return true;
    }

    /** The library deletes them once the field has succeeded and the transaction around it is committed. */
    private static void deleteReplaced(
            Set<StoredFile> before, Set<StoredFile> after, DataFetchingEnvironment environment) {
        Set<StoredFile> replaced = new LinkedHashSet<>(before);
        replaced.removeAll(after);
        FileChanges.of(environment).deleteOnSuccess(replaced);
    }

    @GraphQlExceptionHandler
    GraphQLError refuse(InvalidProductException e, DataFetchingEnvironment environment) {
        return GraphQLError.newError()
                .errorType(ErrorType.BAD_REQUEST)
                .message("%s", e.getMessage())
                .path(environment.getExecutionStepInfo().getPath())
                .location(environment.getField().getSourceLocation())
                .build();
    }
}
