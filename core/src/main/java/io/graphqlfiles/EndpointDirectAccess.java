package io.graphqlfiles;

import io.graphqlfiles.internal.token.PathSigner;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.SignGet;
import io.graphqlfiles.spi.SignPut;
import io.graphqlfiles.spi.SignedRequest;
import java.net.URI;
import java.util.Map;

/** Placeholder. */
final class EndpointDirectAccess implements DirectAccess {

    private final String prefix;
    private final PathSigner signer;

    EndpointDirectAccess(String store, String basePath, PathSigner signer) {
        this.prefix = basePath + "/" + store + "/";
        this.signer = signer;
    }

    @Override
    public SignedRequest signPut(SignPut put) {
        return new SignedRequest(
                "PUT", URI.create(prefix + put.key() + "?signature=" + signer.sign(put.key())), Map.of());
    }

    @Override
    public URI signGet(SignGet get) {
        return URI.create(prefix + get.key() + "?signature=" + signer.sign(get.key() + get.expiresAt()));
    }
}
