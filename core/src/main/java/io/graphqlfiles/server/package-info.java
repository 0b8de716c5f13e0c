/**
 * What adapters of HTTP servers use, from {@link io.graphqlfiles.engine.GraphQLFiles#server}: a multipart request goes
 * in and comes out as JSON with handles, a request for a file goes in and comes out as a response. Contracts only; the
 * work is done in {@code internal.multipart} and {@code internal.endpoint}.
 *
 * <p>Applications do not need this package; the servlet module and the Spring Boot starter are written against it.
 */
@NullMarked
package io.graphqlfiles.server;

import org.jspecify.annotations.NullMarked;
