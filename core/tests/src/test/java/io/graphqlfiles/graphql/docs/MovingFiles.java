package io.graphqlfiles.graphql.docs;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.BlobStore;
import java.io.IOException;
import java.util.function.Consumer;

/** What the documents show. */
final class MovingFiles {

    private MovingFiles() {}

    static GraphQLFiles moving(BlobStore newStore, BlobStore oldStore, String secret) {
        // tag::migrate
        GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                .store(newStore)
                .migrateFrom(oldStore)
                .secret(secret)
                .build();
        // end::migrate
        return files;
    }

    static void relocate(GraphQLFiles files, StoredFile file, Consumer<StoredFile> update) throws IOException {
        // tag::relocate
        StoredFile copy = files.copyOf("Product.manual", file);
        update.accept(copy); // the column, in place of the file
        files.delete(file); // once that is committed
        // end::relocate
    }
}
