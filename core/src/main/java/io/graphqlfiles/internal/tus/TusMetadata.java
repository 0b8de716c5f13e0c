package io.graphqlfiles.internal.tus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.graphqlfiles.internal.endpoint.EndpointRefusal;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of the file that it uploads: name and type, under the names that clients give them. Everything
 * else is read and forgotten.
 */
record TusMetadata(@Nullable String fileName, @Nullable String mimeType) {

    private static final int MAX_LENGTH = 8192;

    /** @throws EndpointRefusal if it is not as the protocol says */
    static TusMetadata parse(@Nullable String header) throws EndpointRefusal {
        Map<String, String> pairs = new HashMap<>();
        if (header != null && !header.isBlank()) {
            if (header.length() > MAX_LENGTH) {
                throw malformed();
            }
            for (String pair : header.split(",", -1)) {
                String text = pair.strip();
                int space = text.indexOf(' ');
                String key = space < 0 ? text : text.substring(0, space);
                String value = space < 0 ? "" : decoded(text.substring(space + 1));
                if (key.isEmpty() || pairs.put(key, value) != null) {
                    throw malformed();
                }
            }
        }
        return new TusMetadata(first(pairs, "filename", "name"), first(pairs, "filetype", "type"));
    }

    private static String decoded(String value) throws EndpointRefusal {
        try {
            return new String(Base64.getDecoder().decode(value), UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static @Nullable String first(Map<String, String> pairs, String key, String otherKey) {
        String value = pairs.getOrDefault(key, pairs.get(otherKey));
        return value == null || value.isBlank() ? null : value;
    }

    private static EndpointRefusal malformed() {
        return new EndpointRefusal(
                400, "Upload-Metadata: expected pairs of a key and a base64 value, at most 8192 characters.");
    }

    /** As a header says it, in characters that any header may have. */
    static String format(String fileName, String mimeType) {
        return "filename " + encoded(fileName) + ",filetype " + encoded(mimeType);
    }

    private static String encoded(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(UTF_8));
    }
}
