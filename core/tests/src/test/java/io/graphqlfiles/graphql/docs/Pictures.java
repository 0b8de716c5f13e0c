package io.graphqlfiles.graphql.docs;

import io.graphqlfiles.Attachments;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Shown in docs/attachments.md. */
public final class Pictures {

    private final GraphQLFiles files;

    public Pictures(GraphQLFiles files) {
        this.files = files;
    }

    // tag::move
    /** Called in a transaction that has locked both products, the one with the smaller id first. */
    public void move(long from, long to) throws IOException {
        Attachments attachments = files.attachments();
        List<StoredFile> copies = new ArrayList<>();
        for (StoredFile picture : attachments.list("Product.gallery", from)) {
            copies.add(attachments.copyOf("Product.gallery", picture));
        }
        attachments.replace("Product.gallery", to, copies);
        attachments.replace("Product.gallery", from, List.of());
    }
    // end::move

    // tag::restore
    /** Brings back the picture that left the product last. */
    public boolean restore(long product) {
        Attachments attachments = files.attachments();
        List<Attachments.Restorable> lost = attachments.restorable("Product.image", product);
        return !lost.isEmpty()
                && attachments.restore(
                        "Product.image", product, lost.get(0).file().id());
    }
    // end::restore

    // tag::detach
    /** Called in a transaction; what it returns goes into a column. */
    public StoredFile detach(long product) throws IOException {
        Attachments attachments = files.attachments();
        StoredFile picture = attachments.list("Product.image", product).get(0);
        return attachments.detach("Product.image", product, picture.id(), "Product.manual");
    }
    // end::detach
}
