package io.graphqlfiles.compatibility.dgs.docs;

import com.netflix.graphql.dgs.DgsComponent;
import com.netflix.graphql.dgs.DgsMutation;
import com.netflix.graphql.dgs.InputArgument;
import io.graphqlfiles.StoredFile;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Shown in README. */
@DgsComponent
class ProductMutations {

    private final Products products = new Products();

    // tag::mutations
    record ProductInput(String name, StoredFile image) {}

    @DgsMutation
    Product createProduct(@InputArgument ProductInput product) {
        return products.save(product.name(), product.image());
    }
    // end::mutations

    record Product(String id, String name, StoredFile image) {}

    private static final class Products {

        private final Map<String, Product> all = new ConcurrentHashMap<>();

        Product save(String name, StoredFile image) {
            Product product = new Product(UUID.randomUUID().toString(), name, image);
            all.put(product.id(), product);
            return product;
        }
    }
}
