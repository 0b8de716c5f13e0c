package io.graphqlfiles.storage.azure;

import io.graphqlfiles.spi.DirectPartAccess;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPartRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are signed. A shared access signature permits one kind of access to one blob until a time, and covers
 * neither headers nor parameters.
 */
final class SignedAccess implements DirectPartAccess {

    private static final String BLOB_TYPE = "x-ms-blob-type";
    /** What clients send with uploads, in lower case. */
    static final List<String> UPLOAD_HEADERS = List.of("content-type", BLOB_TYPE);

    private static final String READ = "r";
    /** Creates only: what is there is not replaced. */
    private static final String CREATE = "c";

    private static final String WRITE = "w";

    private final UrlSigner signer;
    private final Containers containers;
    private final String publicBase;
    private final @Nullable Duration maxValidity;

    /** @param publicBase URL of the blobs for everyone, with a slash at its end */
    SignedAccess(UrlSigner signer, Containers containers, String publicBase, @Nullable Duration maxValidity) {
        this.signer = signer;
        this.containers = containers;
        this.publicBase = publicBase;
        this.maxValidity = maxValidity;
    }

    /** Put Blob. */
    @Override
    public SignedRequest signPut(SignPutRequest put) {
        UrlSigner.Signature signature = signer.sign(CREATE, containers.path(put.key()), null, put.expiresAt());
        return new SignedRequest(
                "PUT",
                URI.create(containers.url(put.key()) + "?" + signature.query()),
                Map.of(BLOB_TYPE, "BlockBlob", "Content-Type", put.contentType()),
                signature.expiresAt());
    }

    /** The service takes another disposition than the stored one in signed URLs only, and those end. */
    @Override
    public SignedUrl signGet(SignGetRequest get) {
        if (get.visibility() == Visibility.PUBLIC) {
            return new SignedUrl(publicBase + get.key(), null);
        }
        UrlSigner.Signature signature =
                signer.sign(READ, containers.path(get.key()), get.contentDisposition(), get.expiresAt());
        return new SignedUrl(containers.url(get.key()) + "?" + signature.query(), signature.expiresAt());
    }

    /** Put Block. */
    @Override
    public SignedRequest signPart(SignPartRequest part) {
        String key = part.upload().key();
        String block = BlockId.ofSignedPart(part.upload().uploadId(), part.number(), part.signedAt())
                .encoded();
        UrlSigner.Signature signature = signer.sign(WRITE, containers.path(key), null, part.expiresAt());
        return new SignedRequest(
                "PUT",
                URI.create(containers.url(key) + "?comp=block&blockid=" + UrlSigner.encode(block) + "&"
                        + signature.query()),
                Map.of(),
                signature.expiresAt());
    }

    /** The URL by which the service itself reads a blob that it copies. */
    String copySource(String key, Instant expiresAt) {
        return containers.url(key) + "?"
                + signer.sign(READ, containers.path(key), null, expiresAt).query();
    }

    @Override
    public @Nullable Duration maxValidity() {
        return maxValidity;
    }
}
