package io.graphqlfiles.example;

import io.graphqlfiles.StoredFile;
import org.jspecify.annotations.Nullable;

/**
 * A new product. Its files are already stored when it reaches the controller; those of the gallery are attached after
 * it has been inserted.
 */
record ProductInput(
        String name,
        @Nullable StoredFile image,
        @Nullable StoredFile manual,
        @Nullable StoredFile attachment) {}
