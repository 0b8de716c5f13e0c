/**
 * File fields for any GraphQL schema: what a server developer uses. Start at {@link io.graphqlfiles.GraphQLFiles}.
 *
 * <p>The promise of this package is to callers: code that compiles against one release compiles against the next.
 */
@NullMarked
package io.graphqlfiles;

import org.jspecify.annotations.NullMarked;
