package io.graphqlfiles.compatibility.day.shop;

import io.graphqlfiles.StoredFile;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Repository;

@Repository
class Products {

    private final Map<String, Product> rows = new ConcurrentHashMap<>();

    Product find(String id) {
        return rows.get(id);
    }

    Product save(String name, StoredFile image) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A product needs a name");
        }
        Product product = new Product(UUID.randomUUID().toString(), name, image);
        rows.put(product.id(), product);
        return product;
    }
}
