package io.graphqlfiles.internal.value;

import io.graphqlfiles.spi.BlobKeys;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What {@link io.graphqlfiles.StoredFile#id()} stands for. */
public record FileId(String store, String key) {

    private static final int MAX_LENGTH = 1024;

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((store + ':' + key).getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads an id; null for whatever is none, or is not spelled as {@link #toString()} spells it. */
    public static @Nullable FileId parse(String id) {
        if (id.length() > MAX_LENGTH) {
            return null;
        }
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(id), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return null;
        }
        int colon = text.indexOf(':');
        if (colon < 0 || !BlobKeys.isValid(text.substring(colon + 1))) {
            return null;
        }
        FileId file = new FileId(text.substring(0, colon), text.substring(colon + 1));
        return file.toString().equals(id) ? file : null;
    }
}
