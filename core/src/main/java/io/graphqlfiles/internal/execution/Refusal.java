package io.graphqlfiles.internal.execution;

import io.graphqlfiles.FileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mistake in a client's input.
 *
 * @param path of the input in the arguments; null if it is not about one
 */
public record Refusal(FileException exception, @Nullable List<Object> path) {}
