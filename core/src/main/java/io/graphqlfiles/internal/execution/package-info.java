/**
 * How the library's data fetchers run, whatever they do: in which threads, which listeners are called, and how a
 * refusal becomes a GraphQL error. Used by every package that runs inside a request.
 */
@NullMarked
package io.graphqlfiles.internal.execution;

import org.jspecify.annotations.NullMarked;
