/**
 * File fields for GraphQL servers on Vert.x Web, 4.5 and 5: a handler in front of the server's own that takes multipart
 * requests, and one for the library's file endpoint. Both read what clients send as a stream, in threads that may
 * block, and no faster than it is stored; event loops wait for nothing.
 */
@NullMarked
package io.graphqlfiles.vertx;

import org.jspecify.annotations.NullMarked;
