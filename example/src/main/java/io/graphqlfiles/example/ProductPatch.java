package io.graphqlfiles.example;

import io.graphqlfiles.StoredFile;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;

/** Changes to a product: what the client left out stays as it is, what it set to null is cleared. */
record ProductPatch(
        ArgumentValue<String> name,
        ArgumentValue<StoredFile> image,
        ArgumentValue<StoredFile> manual,
        ArgumentValue<StoredFile> attachment) {

    /**
     * The product with the changes made.
     *
     * @throws InvalidProductException if the name would be cleared
     */
    Product applyTo(Product product) {
        String newName = changed(name, product.name());
        if (newName == null) {
            throw new InvalidProductException("a product needs a name: leave the name out to keep it");
        }
        return new Product(
                product.id(),
                newName,
                changed(image, product.image()),
                changed(manual, product.manual()),
                changed(attachment, product.attachment()));
    }

    private static <T> @Nullable T changed(ArgumentValue<T> change, @Nullable T current) {
        return change.isOmitted() ? current : change.value();
    }
}
