package io.graphqlfiles.compatibility.quarkus;

// tag::shop
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.quarkus.File;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Query;

@GraphQLApi
public class Shop {

    public record Product(
            String name,
            @File(accept = "image/*", maxSize = "5MB") StoredFile image,
            @File(maxSize = "300MB") StoredFile manual) {}

    private final List<Product> products = new CopyOnWriteArrayList<>();

    @Query
    public List<Product> products() {
        return products;
    }

    @Mutation
    public Product createProduct(Product product) {
        products.add(product); // the files are stored: keep StoredFile.toJson() in a column
        return product;
    }
}
// end::shop
