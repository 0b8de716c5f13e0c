/**
 * How the library's data fetchers run, whatever they do: in which threads, who is told, and how a refusal becomes a
 * GraphQL error. Used by every room whose code runs inside a request.
 */
@NullMarked
package io.graphqlfiles.internal.execution;

import org.jspecify.annotations.NullMarked;
