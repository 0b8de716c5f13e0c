package io.graphqlfiles.internal.endpoint;

import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.blob.VariantKeys;
import io.graphqlfiles.internal.token.PathSigner;
import io.graphqlfiles.spi.DirectPartAccess;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPartRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * Signs requests to the library's own {@link io.graphqlfiles.server.FileEndpoint}, for a store that has no server of
 * its own.
 */
public final class EndpointDirectAccess implements DirectPartAccess {

    private final String store;
    private final String prefix;
    private final EndpointSignatures signatures;

    public EndpointDirectAccess(String store, String basePath, PathSigner signer) {
        this.store = store;
        this.prefix = basePath + "/" + store + "/";
        this.signatures = new EndpointSignatures(signer);
    }

    /**
     * Browsers do not let scripts set {@code Content-Length}, so the length is in the URL and not among the headers to
     * send.
     */
    @Override
    public SignedRequest signPut(SignPutRequest put) {
        long expires = put.expiresAt().getEpochSecond();
        StringBuilder url = new StringBuilder(320).append(prefix).append(put.key());
        EndpointQuery.append(url, EndpointQuery.EXPIRES, Long.toString(expires));
        EndpointQuery.append(url, EndpointQuery.SIZE, Long.toString(put.byteSize()));
        EndpointQuery.append(url, EndpointQuery.TYPE, put.contentType());
        EndpointQuery.append(
                url,
                EndpointQuery.SIGNATURE,
                signatures.forPut(store, put.key(), expires, put.byteSize(), put.contentType()));
        return new SignedRequest(
                "PUT",
                URI.create(url.toString()),
                Map.of("Content-Type", put.contentType()),
                Instant.ofEpochSecond(expires));
    }

    /** No header: what a client says of the type of a part means nothing. */
    @Override
    public SignedRequest signPart(SignPartRequest part) {
        String key = part.upload().key();
        String upload = part.upload().uploadId();
        long expires = part.expiresAt().getEpochSecond();
        StringBuilder url = new StringBuilder(320).append(prefix).append(key);
        EndpointQuery.append(url, EndpointQuery.EXPIRES, Long.toString(expires));
        EndpointQuery.append(url, EndpointQuery.SIZE, Long.toString(part.byteSize()));
        EndpointQuery.append(url, EndpointQuery.UPLOAD, upload);
        EndpointQuery.append(url, EndpointQuery.PART, Integer.toString(part.number()));
        EndpointQuery.append(
                url,
                EndpointQuery.SIGNATURE,
                signatures.forPart(store, key, upload, part.number(), expires, part.byteSize()));
        return new SignedRequest("PUT", URI.create(url.toString()), Map.of(), Instant.ofEpochSecond(expires));
    }

    @Override
    public SignedUrl signGet(SignGetRequest get) {
        boolean isPublic =
                get.visibility() == Visibility.PUBLIC && FileKeys.visibilityOf(get.key()) == Visibility.PUBLIC;
        StringBuilder url = new StringBuilder(320).append(prefix).append(get.key());
        if (isPublic && get.contentDisposition() == null && !VariantKeys.isVariant(get.key())) {
            return new SignedUrl(url.toString(), null);
        }
        // A public file under another name is signed as well: nobody else may choose what a download of this server is
        // called; and a variant, which may have to be made first.
        Long expires = isPublic ? null : Long.valueOf(get.expiresAt().getEpochSecond());
        if (expires != null) {
            EndpointQuery.append(url, EndpointQuery.EXPIRES, expires.toString());
        }
        if (get.contentDisposition() != null) {
            EndpointQuery.append(url, EndpointQuery.DISPOSITION, get.contentDisposition());
        }
        EndpointQuery.append(
                url, EndpointQuery.SIGNATURE, signatures.forGet(store, get.key(), expires, get.contentDisposition()));
        return new SignedUrl(url.toString(), expires == null ? null : Instant.ofEpochSecond(expires));
    }
}
