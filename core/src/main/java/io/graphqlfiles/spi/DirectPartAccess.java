package io.graphqlfiles.spi;

/**
 * Signs single parts too. A store that is both {@link DirectAccess} and {@link PartUploads} implements this, so that
 * clients send parts straight to it; without it, they send each file whole. Signing is as {@link DirectAccess} says.
 */
public interface DirectPartAccess extends DirectAccess {

    /**
     * Signs the upload of one part.
     *
     * <p>The request must be refused by the store's server after it has expired, with any other method or key, or when
     * anything of its signature was altered; where the server can bind them, also with another upload, part number or
     * length. Where it cannot, {@link PartUploads#listParts} tells what came.
     *
     * @return the request for the client to send, with exactly the headers that it must send
     */
    SignedRequest signPart(SignPartRequest part);
}
