package io.graphqlfiles.spring.docs;

import io.graphqlfiles.StoredFile;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.graphql.data.ArgumentValue;

/** What an application has in its place: a repository. Keeps each file as the text that a column would hold. */
final class Products {

    private record Row(String name, String image) {}

    private final Map<String, Row> rows = new ConcurrentHashMap<>();

    Product find(String id) {
        Row row = rows.get(id);
        return new Product(id, row.name(), row.image() == null ? null : StoredFile.fromJson(row.image()));
    }

    Product save(String name, StoredFile image) {
        String id = Integer.toString(rows.size() + 1);
        return put(new Product(id, name, image));
    }

    Product update(Product before, ProductController.ProductPatch patch) {
        return put(
                new Product(before.id(), changed(patch.name(), before.name()), changed(patch.image(), before.image())));
    }

    Product delete(String id) {
        Product deleted = find(id);
        rows.remove(id);
        return deleted;
    }

    private Product put(Product product) {
        rows.put(
                product.id(),
                new Row(
                        product.name(),
                        product.image() == null ? null : product.image().toJson()));
        return product;
    }

    private static <T> T changed(ArgumentValue<T> change, T current) {
        return change.isOmitted() ? current : change.value();
    }
}
