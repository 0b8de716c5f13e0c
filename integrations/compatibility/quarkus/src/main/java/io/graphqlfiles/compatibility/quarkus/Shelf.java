package io.graphqlfiles.compatibility.quarkus;

import org.eclipse.microprofile.graphql.NonNull;

/** Where documents are, and how many shelves were loaded in one go with this one. */
public record Shelf(@NonNull String name, int loadedTogether) {}
