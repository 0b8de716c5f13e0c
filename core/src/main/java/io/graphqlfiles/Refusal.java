package io.graphqlfiles;

import java.util.List;

/**
 * A mistake in a client's input.
 *
 * @param path where it stands in the arguments
 */
record Refusal(FileException exception, List<Object> path) {}
