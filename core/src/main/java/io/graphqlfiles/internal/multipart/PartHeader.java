package io.graphqlfiles.internal.multipart;

import io.graphqlfiles.internal.header.FileNameParameter;
import io.graphqlfiles.internal.header.HeaderSyntaxException;
import io.graphqlfiles.internal.header.HeaderValue;
import io.graphqlfiles.internal.header.TextBytes;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the bytes of a part. All of it is claimed by the client.
 *
 * @param name the form field
 * @param fileName as the disposition says it, its extended form first; null for neither, and for an empty one
 * @param contentType the {@code Content-Type} as it stands; null for none
 */
public record PartHeader(
        String name, @Nullable String fileName, @Nullable String contentType) {

    private static final List<String> IDENTITY_ENCODINGS = List.of("7bit", "8bit", "binary");

    /** Reads header lines, each ended by CRLF. */
    static PartHeader parse(byte[] buffer, int from, int to) throws MalformedMultipartException {
        Map<String, String> fields = fields(TextBytes.decode(buffer, from, to));
        HeaderValue disposition = disposition(fields.getOrDefault("content-disposition", ""));
        String name = disposition.parameter("name");
        if (!disposition.value().equals("form-data") || name == null) {
            throw new MalformedMultipartException("expected a part to have Content-Disposition: form-data with a name");
        }
        // Nobody sends these any more (RFC 7578, 4.7); taking the encoded text for the file would spoil it silently.
        String encoding = fields.get("content-transfer-encoding");
        if (encoding != null && !IDENTITY_ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
            throw new MalformedMultipartException("expected a part to have no Content-Transfer-Encoding");
        }
        return new PartHeader(
                HeaderValue.unescape(name), FileNameParameter.of(disposition), fields.get("content-type"));
    }

    private static HeaderValue disposition(String text) throws MalformedMultipartException {
        try {
            return HeaderValue.parse(text);
        } catch (HeaderSyntaxException e) {
            throw new MalformedMultipartException(e.getMessage());
        }
    }

    private static Map<String, String> fields(String text) throws MalformedMultipartException {
        Map<String, String> fields = new HashMap<>();
        String unfolded = text.replace("\r\n ", " ").replace("\r\n\t", " ");
        for (int start = 0; start < unfolded.length(); ) {
            int end = unfolded.indexOf("\r\n", start);
            String line = unfolded.substring(start, end);
            start = end + 2;
            int colon = line.indexOf(':');
            if (colon < 1 || line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0 || line.indexOf('\0') >= 0) {
                throw new MalformedMultipartException("expected \"name: value\" in each header line of a part");
            }
            String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            if (fields.putIfAbsent(name, line.substring(colon + 1).strip()) != null) {
                throw new MalformedMultipartException("expected each header of a part once");
            }
        }
        return fields;
    }
}
