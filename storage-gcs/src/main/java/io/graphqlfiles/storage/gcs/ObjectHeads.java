package io.graphqlfiles.storage.gcs;

import static java.util.Objects.requireNonNullElse;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.cloud.storage.StorageException;
import io.graphqlfiles.spi.BlobHead;
import io.graphqlfiles.spi.BlobInfo;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads how an object begins and what is known of it with one request. The vendor's client keeps the headers of such an
 * answer to itself, so this is a request of our own over the same transport, with the same credentials.
 *
 * @see <a href="https://cloud.google.com/storage/docs/xml-api/get-object-download">GET of an object</a>
 */
final class ObjectHeads {

    private static final Pattern CRC32C = Pattern.compile("crc32c=([A-Za-z0-9+/]{6}==)");

    private static final int NOT_SATISFIABLE = 416;

    private final HttpRequestFactory requests;
    private final Retries retries;
    private final String base;

    /** @param base URL of all objects: endpoint, bucket and prefix, with a slash at its end */
    ObjectHeads(HttpRequestFactory requests, Retries retries, String base) {
        this.requests = requests;
        this.retries = retries;
        this.base = base;
    }

    /**
     * Asks.
     *
     * @param key valid, and so the same in a URL
     * @return null if this cannot be known with one request: of an empty object, which has no range, or by a server
     *     that does not say all in its headers
     * @throws StorageException if the request fails
     */
    @Nullable
    BlobHead read(String key, int length) {
        try {
            return retries.call(() -> attempt(key, length)).orElse(null);
        } catch (StorageException e) {
            if (e.getCode() == NOT_SATISFIABLE) {
                return null;
            }
            throw e;
        }
    }

    private Optional<BlobHead> attempt(String key, int length) throws IOException {
        HttpRequest request = requests.buildGetRequest(new GenericUrl(base + key, true))
                // What the object has is wanted, also if it is packed.
                .setResponseReturnRawInputStream(true);
        request.getHeaders().setRange("bytes=0-" + (length - 1)).setAcceptEncoding("gzip");
        HttpResponse answer = request.execute();
        try (InputStream content = requireNonNullElse(answer.getContent(), InputStream.nullInputStream())) {
            HttpHeaders headers = answer.getHeaders();
            String size = headers.getFirstHeaderStringValue("x-goog-stored-content-length");
            String generation = headers.getFirstHeaderStringValue("x-goog-generation");
            String lastModified = headers.getLastModified();
            if (size == null || generation == null || lastModified == null) {
                return Optional.empty();
            }
            BlobInfo info = info(
                    headers,
                    BlobInfo.newBlobInfo(key, Long.parseLong(size), time(lastModified))
                            .version(generation));
            byte[] bytes = content.readNBytes(length);
            if (bytes.length < Math.min(length, info.byteSize())) {
                throw new EOFException(
                        "expected " + Math.min(length, info.byteSize()) + " bytes, found " + bytes.length);
            }
            return Optional.of(new BlobHead(info, bytes));
        }
    }

    private static BlobInfo info(HttpHeaders headers, BlobInfo.Builder info) {
        info.contentType(requireNonNullElse(headers.getContentType(), "application/octet-stream"))
                .contentDisposition(
                        requireNonNullElse(headers.getFirstHeaderStringValue("Content-Disposition"), "attachment"));
        for (String hashes : headers.getHeaderStringValues("x-goog-hash")) {
            Matcher crc32c = CRC32C.matcher(hashes);
            if (crc32c.find()) {
                info.checksum(
                        "crc32c:" + HexFormat.of().formatHex(Base64.getDecoder().decode(crc32c.group(1))));
            }
        }
        return info.build();
    }

    /** To the second; the facts of a blob never change, so it was last modified when it was made. */
    private static Instant time(String lastModified) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(lastModified, Instant::from);
    }
}
