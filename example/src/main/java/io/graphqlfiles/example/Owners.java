package io.graphqlfiles.example;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.Visibility;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Who may do what: everyone everything, unless the profile {@code secured} is on. Then whoever creates a product owns
 * it. Public is what expressions at methods call.
 */
@Component
class Owners {

    private static final AuthenticationTrustResolver USERS = new AuthenticationTrustResolverImpl();

    private final JdbcClient database;
    private final ProductRepository products;
    /** Asked for later: it is made with what asks here. */
    private final ObjectProvider<GraphQLFiles> files;

    private final boolean secured;

    Owners(
            JdbcClient database,
            ProductRepository products,
            ObjectProvider<GraphQLFiles> files,
            Environment environment) {
        this.files = files;
        this.database = database;
        this.products = products;
        this.secured = environment.acceptsProfiles(Profiles.of("secured"));
    }

    /** Name of the signed-in user; null for guests. */
    @Nullable
    String user() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && USERS.isAuthenticated(authentication) ? authentication.getName() : null;
    }

    public boolean mayCreate() {
        return !secured || user() != null;
    }

    /** Whether the user may change the product and see its private files. */
    public boolean mayChange(long productId) {
        // A product that was created without the profile has no owner: nobody changes it, not even a guest.
        return !secured
                || ownerOf(productId).filter(owner -> owner.equals(user())).isPresent();
    }

    /** Whether a product has this file now, and it is public or the product the user's. */
    boolean mayRead(String fileId) {
        if (!secured) {
            return true;
        }
        List<Product> all = products.findAll();
        Map<String, List<StoredFile>> galleries = files.getObject()
                .attachments()
                .list("Product.gallery", all.stream().map(Product::id).toList());
        return all.stream()
                .anyMatch(product -> Stream.concat(
                                product.files().stream(),
                                galleries.getOrDefault(Long.toString(product.id()), List.of()).stream())
                        .filter(file -> file.id().equals(fileId))
                        .anyMatch(file -> file.visibility() == Visibility.PUBLIC || mayChange(product.id())));
    }

    /** Makes the user the owner of a product; does nothing for guests. */
    void claim(long productId) {
        String user = user();
        if (user != null) {
            database.sql("insert into product_owner (product_id, name) values (:id, :name)")
                    .param("id", productId)
                    .param("name", user)
                    .update();
        }
    }

    private Optional<String> ownerOf(long productId) {
        return database.sql("select name from product_owner where product_id = :id")
                .param("id", productId)
                .query(String.class)
                .optional();
    }
}
