package io.graphqlfiles.storage.gcs;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which requests are signed, and what in them is bound. */
final class SignedAccess implements DirectPartAccess {

    private static final String LENGTH = "x-goog-content-length-range";
    private static final String CREATE_ONLY = "x-goog-if-generation-match";
    /** What clients send with uploads, in lower case. */
    static final List<String> UPLOAD_HEADERS = List.of("content-type", LENGTH, CREATE_ONLY);

    private static final SortedMap<String, String> NONE = new TreeMap<>();

    private final UrlSigner signer;
    private final String path;
    private final String publicBase;
    private final @Nullable CloudCdnSigner cdn;

    /**
     * Signs for one bucket.
     *
     * @param path of all objects: bucket and prefix, between slashes
     * @param publicBase URL of the objects for everyone, with a slash at its end
     * @param cdn signs downloads; null if the service's own URLs are given out
     */
    SignedAccess(UrlSigner signer, String path, String publicBase, @Nullable CloudCdnSigner cdn) {
        this.signer = signer;
        this.path = path;
        this.publicBase = publicBase;
        this.cdn = cdn;
    }

    /**
     * The length is bound by a header of the service's own that it documents for this; the last header lets the request
     * create only.
     */
    @Override
    public SignedRequest signPut(SignPutRequest put) {
        String key = put.key();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", put.contentType());
        headers.put(LENGTH, put.byteSize() + "," + put.byteSize());
        headers.put(CREATE_ONLY, "0");
        SortedMap<String, String> signed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value));
        Instant end = UrlSigner.end(put.signedAt(), put.expiresAt());
        String url = signer.sign("PUT", path + key, signed, NONE, put.signedAt(), end);
        return new SignedRequest("PUT", URI.create(url), headers, end);
    }

    /** The service takes another disposition than the stored one in signed URLs only, and those end. */
    @Override
    public SignedUrl signGet(SignGetRequest get) {
        String key = get.key();
        if (get.visibility() == Visibility.PUBLIC) {
            return new SignedUrl(publicBase + key, null);
        }
        if (cdn != null) {
            return cdn.signGet(get);
        }
        SortedMap<String, String> query = new TreeMap<>();
        if (get.contentDisposition() != null) {
            query.put("response-content-disposition", get.contentDisposition());
        }
        Instant end = UrlSigner.end(get.signedAt(), get.expiresAt());
        return new SignedUrl(signer.sign("GET", path + key, NONE, query, get.signedAt(), end), end);
    }

    @Override
    public SignedRequest signPart(SignPartRequest part) {
        String key = part.upload().key();
        SortedMap<String, String> signed = new TreeMap<>();
        signed.put("content-length", Long.toString(part.byteSize()));
        SortedMap<String, String> query = new TreeMap<>();
        query.put("partNumber", Integer.toString(part.number()));
        query.put("uploadId", part.upload().uploadId());
        Instant end = UrlSigner.end(part.signedAt(), part.expiresAt());
        String url = signer.sign("PUT", path + key, signed, query, part.signedAt(), end);
        return new SignedRequest("PUT", URI.create(url), Map.of(), end);
    }

    @Override
    public Duration maxValidity() {
        return UrlSigner.MAX_VALIDITY;
    }

    @Override
    public boolean isSlowToSign() {
        return cdn == null && signer.isSlow();
    }
}
