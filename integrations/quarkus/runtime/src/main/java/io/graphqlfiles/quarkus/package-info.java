/**
 * File fields for SmallRye GraphQL on Quarkus. Applications use {@link io.graphqlfiles.quarkus.File} and inject
 * {@link io.graphqlfiles.engine.GraphQLFiles}; the rest is public because Quarkus needs it so.
 */
@NullMarked
package io.graphqlfiles.quarkus;

import org.jspecify.annotations.NullMarked;
