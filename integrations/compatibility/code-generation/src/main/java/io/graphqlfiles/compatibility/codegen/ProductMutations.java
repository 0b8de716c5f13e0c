package io.graphqlfiles.compatibility.codegen;

import com.example.shop.generated.types.Product;
import com.example.shop.generated.types.ProductInput;
import com.netflix.graphql.dgs.DgsComponent;
import com.netflix.graphql.dgs.DgsMutation;
import com.netflix.graphql.dgs.DgsQuery;
import com.netflix.graphql.dgs.InputArgument;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

@DgsComponent
class ProductMutations {

    private final Map<String, Product> products = new ConcurrentHashMap<>();

    // tag::mutation
    @DgsMutation
    public Product createProduct(@InputArgument ProductInput product) {
        return save(Product.newBuilder()
                .name(product.getName())
                .image(product.getImage()) // an io.graphqlfiles.StoredFile
                .gallery(Objects.requireNonNullElse(product.getGallery(), List.of()))
                .build());
    }
    // end::mutation

    @DgsQuery
    public Product product(@InputArgument String id) {
        return products.get(id);
    }

    private Product save(Product product) {
        product.setId(String.valueOf(products.size() + 1));
        products.put(product.getId(), product);
        return product;
    }
}
