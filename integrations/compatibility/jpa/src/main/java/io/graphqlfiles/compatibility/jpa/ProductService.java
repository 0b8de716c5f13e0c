package io.graphqlfiles.compatibility.jpa;

import io.graphqlfiles.engine.GraphQLFiles;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Transactions, each as its method says. */
@Service
@Transactional
public class ProductService {

    private final Products products;
    private final Attempts attempts;
    private final GraphQLFiles files;

    ProductService(Products products, Attempts attempts, GraphQLFiles files) {
        this.products = products;
        this.attempts = attempts;
        this.files = files;
    }

    /** A new product; bad names are refused, after it was written. */
    public Product create(String name) {
        Product product = products.save(new Product(name));
        if (name.startsWith("bad")) {
            throw new IllegalArgumentException("no product is called " + name);
        }
        return product;
    }

    /** Writes a product, and undoes it without an exception. */
    public void tryOut(String name) {
        products.save(new Product(name));
        TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
    }

    /** Changes the version that the client has seen; another one fails when it is written. */
    public Product rename(long id, long version, String name) {
        Product product = products.findById(id).orElseThrow();
        product.setName(name);
        product.setSeenVersion(version);
        return product;
    }

    /** The product, which nobody else changes until the end of the transaction. */
    public Product lock(long id) {
        return products.findByIdForUpdate(id);
    }

    /** Named after the isolation of its transaction. */
    @Transactional(isolation = Isolation.SERIALIZABLE)
    public Product createSerializable() {
        Integer isolation = TransactionSynchronizationManager.getCurrentTransactionIsolationLevel();
        return products.save(new Product("isolation " + isolation));
    }

    /** Fails at the very end of its transaction. */
    public Product createLate(String name) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                throw new IllegalStateException("refused at the commit");
            }
        });
        return products.save(new Product(name));
    }

    /** Writes once more at the very end of its transaction. */
    public Product createWithNote(String name) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                attempts.save(new Attempt(name));
            }
        });
        return products.save(new Product(name));
    }

    /** Deletes in code of the application's own. */
    public boolean deleteInCode(long id) {
        if (!products.existsById(id)) {
            return false;
        }
        products.deleteById(id);
        files.attachments().discardAll("Product", id);
        return true;
    }
}
