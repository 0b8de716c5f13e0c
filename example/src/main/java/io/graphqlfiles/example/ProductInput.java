package io.graphqlfiles.example;

import io.graphqlfiles.StoredFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A new product. Its files are already stored when it reaches the controller. */
record ProductInput(
        String name,
        @Nullable StoredFile image,
        @Nullable StoredFile manual,
        @Nullable List<StoredFile> gallery,
        @Nullable StoredFile attachment) {}
