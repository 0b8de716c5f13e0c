/**
 * GraphQL multipart uploads for any {@code jakarta.servlet} container. Start at
 * {@link io.graphqlfiles.servlet.GraphQLUploadFilter}.
 */
@NullMarked
package io.graphqlfiles.servlet;

import org.jspecify.annotations.NullMarked;
