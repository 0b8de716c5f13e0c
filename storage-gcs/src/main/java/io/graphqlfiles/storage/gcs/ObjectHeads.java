package io.graphqlfiles.storage.gcs;

import static java.util.Objects.requireNonNullElse;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import io.graphqlfiles.spi.BlobHead;
import io.graphqlfiles.spi.BlobInfo;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
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

    private final HttpRequestFactory requests;
    private final String base;

    /** @param base URL of all objects: endpoint, bucket and prefix, with a slash at its end */
    ObjectHeads(HttpRequestFactory requests, String base) {
        this.requests = requests;
        this.base = base;
    }

    /**
     * Sends the request, once.
     *
     * @param key valid, and so the same in a URL
     * @throws com.google.api.client.http.HttpResponseException if it is refused, as that for an empty object is: it has
     *     no range
     * @throws IOException if there is no answer, or not all of it
     */
    BlobHead read(String key, int length) throws IOException {
        HttpRequest request = requests.buildGetRequest(new GenericUrl(base + key, true))
                .setNumberOfRetries(0)
                // What the object has is wanted, also if it is packed.
                .setResponseReturnRawInputStream(true);
        request.getHeaders().setRange("bytes=0-" + (length - 1)).setAcceptEncoding("gzip");
        HttpResponse answer = request.execute();
        try (InputStream content = requireNonNullElse(answer.getContent(), InputStream.nullInputStream())) {
            BlobInfo info = info(key, answer.getHeaders());
            byte[] bytes = content.readNBytes(length);
            if (bytes.length < Math.min(length, info.byteSize())) {
                throw new EOFException(
                        "expected " + Math.min(length, info.byteSize()) + " bytes, found " + bytes.length);
            }
            return new BlobHead(info, bytes);
        }
    }

    private static BlobInfo info(String key, HttpHeaders headers) throws IOException {
        BlobInfo.Builder info = BlobInfo.newBlobInfo(
                        key, Long.parseLong(require(headers, "x-goog-stored-content-length")), createdAt(headers))
                .version(require(headers, "x-goog-generation"))
                .contentType(requireNonNullElse(headers.getContentType(), "application/octet-stream"))
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
    private static Instant createdAt(HttpHeaders headers) throws IOException {
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(require(headers, "Last-Modified"), Instant::from);
    }

    private static String require(HttpHeaders headers, String name) throws IOException {
        @Nullable String value = headers.getFirstHeaderStringValue(name);
        if (value == null) {
            throw new IOException("expected a header " + name + " in the answer, found none");
        }
        return value;
    }
}
