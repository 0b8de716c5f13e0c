package io.graphqlfiles.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests that clients then send straight to the store. A {@link BlobStore} implements this too when its own
 * server takes signed requests; for one that does not, the library signs requests to its own file endpoint.
 *
 * <p>Signing is local: no I/O, no blocking, and the same answer for the same question on every node with the same
 * configuration, so that URLs can be cached. Thread-safe.
 *
 * <p>The caller guarantees valid keys and {@code signedAt < expiresAt}. Where the signer's credentials expire before
 * {@code expiresAt}, so does what they sign, and the answer says when.
 */
public interface DirectAccess {

    /**
     * Signs the upload of one whole blob.
     *
     * <p>The request must be refused by the store's server after it has expired, with any other method or key, or when
     * anything of its signature was altered; where the server can bind them, also with another length or content type.
     * Where it cannot, {@link BlobStore#stat} and {@link BlobStore#head} tell what came, and the library refuses it
     * when the upload is claimed.
     *
     * @return the request for the client to send, with exactly the headers that it must send
     */
    SignedRequest signPut(SignPutRequest put);

    /** Signs the download of one blob, or gives its permanent URL when it is public. */
    SignedUrl signGet(SignGetRequest get);

    /**
     * The longest time from {@code signedAt} to {@code expiresAt} that a request can be signed for. The library refuses
     * to start with settings that need more. Null, the default, if there is no such limit. The same answer for as long
     * as the store lives.
     */
    default @Nullable Duration maxValidity() {
        return null;
    }

    /**
     * Returns whether a signature costs so much (an RSA one does, about a millisecond) that many are better made in
     * several threads at once. The same answer for as long as the store lives.
     */
    default boolean isSlowToSign() {
        return false;
    }
}
