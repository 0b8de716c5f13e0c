/**
 * The GraphQL types that the library brings along, and their names: as SDL, for schemas in code, and the scalar
 * {@code URL}. They go into the application's schema before it is finished; what is then read from the finished schema
 * is {@code internal.schema}.
 */
@NullMarked
package io.graphqlfiles.internal.types;

import org.jspecify.annotations.NullMarked;
