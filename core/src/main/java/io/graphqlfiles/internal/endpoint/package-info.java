/**
 * Serves files, and takes direct uploads, for stores whose own server cannot. A request of HTTP goes in and a response
 * comes out; a signature in the URL says what is permitted, and nothing here knows users. {@code EndpointDirectAccess}
 * makes the URLs, {@code SignedFileEndpoint} answers them.
 */
@NullMarked
package io.graphqlfiles.internal.endpoint;

import org.jspecify.annotations.NullMarked;
