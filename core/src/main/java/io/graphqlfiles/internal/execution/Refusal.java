package io.graphqlfiles.internal.execution;

import io.graphqlfiles.FileException;
import java.util.List;

/**
 * A mistake in a client's input.
 *
 * @param path where it stands in the arguments
 */
public record Refusal(FileException exception, List<Object> path) {}
