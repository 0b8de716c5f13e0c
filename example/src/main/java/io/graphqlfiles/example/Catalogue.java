package io.graphqlfiles.example;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The products, and changes to them. Each change is a transaction: its own, or that of the mutation, in which the
 * library attaches files after the method has returned.
 */
@Service
@Transactional
class Catalogue {

    private final ProductRepository products;
    private final Owners owners;

    Catalogue(ProductRepository products, Owners owners) {
        this.products = products;
        this.owners = owners;
    }

    /** What a product was and what it is now. */
    record Change(Product before, Product after) {}

    @Transactional(readOnly = true)
    public List<Product> products() {
        return products.findAll();
    }

    @Transactional(readOnly = true)
    public @Nullable Product product(long id) {
        return products.find(id);
    }

    public Product create(ProductInput input) {
        requireName(input.name());
        Product created = products.insert(input);
        owners.claim(created.id());
        return created;
    }

    /**
     * Changes a product.
     *
     * @throws InvalidProductException if there is no such product, or the changes cannot be made
     */
    public Change update(long id, ProductPatch patch) {
        Product before = require(id);
        Product after = patch.applyTo(before);
        requireName(after.name());
        products.update(after);
        return new Change(before, after);
    }

    /**
     * A product, which nobody else changes until the end of the transaction.
     *
     * @throws InvalidProductException if there is none
     */
    public Product require(long id) {
        Product product = products.findLocked(id);
        if (product == null) {
            throw new InvalidProductException("there is no product " + id);
        }
        return product;
    }

    /** What the product was; null if there was no such product. */
    public @Nullable Product delete(long id) {
        Product before = products.findLocked(id);
        if (before != null) {
            products.delete(id);
        }
        return before;
    }

    private static void requireName(String name) {
        if (name.isBlank() || name.length() > 200) {
            throw new InvalidProductException("the name of a product has 1 to 200 characters");
        }
    }
}
