package io.graphqlfiles.spi;

import java.net.URI;

/**
 * Signs requests that clients then send straight to the store. A {@link BlobStore} implements this too when its own
 * server takes signed requests; for one that does not, the library signs requests to its own file endpoint.
 *
 * <p>Signing is local: no I/O, no blocking, and the same answer for the same question on every node with the same
 * configuration, so that URLs can be cached. Thread-safe.
 *
 * <p>The caller guarantees valid keys and {@code signedAt < expiresAt}.
 */
public interface DirectAccess {

    /**
     * Signs the upload of one whole blob.
     *
     * <p>The request must be refused by the store's server after {@link SignPut#expiresAt()}, with any other method,
     * key, length or content type, or when anything of it was altered.
     *
     * @return the request for the client to send, with exactly the headers that it must send
     */
    SignedRequest signPut(SignPut put);

    /**
     * Signs the download of one blob, or gives its permanent URL when it is public.
     *
     * @return an absolute URL, or one that starts with {@code /} and is relative to the base URL of the application's
     *     server
     */
    URI signGet(SignGet get);
}
