package io.graphqlfiles.testkit;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/**
 * A running GraphQL server for {@link GraphQLServerContract}, and what it can do.
 *
 * @param graphQl URL of its GraphQL endpoint
 * @param files the directory in which its store keeps its files
 * @param temporaryFiles the directory for temporary files of the library and, if it can be set there, of the server
 * @param features what the server can do; of what is not named here the contract says that it is refused, or absent
 */
public record ServerUnderTest(URI graphQl, Path files, Path temporaryFiles, Set<Feature> features) {

    public ServerUnderTest {
        features = Set.copyOf(features);
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** What one server can do and another cannot, whatever this library does. */
    public enum Feature {
        /** Executes JSON arrays of operations. Without it they are refused with status 400. */
        BATCHED_OPERATIONS,
        /**
         * Breaks the connection off when a request was answered and its client does not stop sending. Without it the
         * server reads on, as it does with every request that it refuses, and how much is not tried.
         */
        BREAKS_OFF,
        /** Passes the language that the client prefers on to data fetchers. Without it all get the same. */
        LOCALE,
        /**
         * Its file endpoint is mapped for all methods, and {@code GraphQLFiles} is built with {@code tus(true)}.
         * Without it, whether tus works there is not tried.
         */
        TUS,
        /** Has DataLoaders. Without them {@code Shelf.loadedTogether} is 1. */
        DATA_LOADERS
    }
}
