package io.graphqlfiles.internal.mime;

import io.graphqlfiles.internal.header.HeaderSyntaxException;
import io.graphqlfiles.internal.header.HeaderValue;
import org.jspecify.annotations.Nullable;

/**
 * Content types as stores keep them: the type that was found, and of text the encoding as its {@code charset}, which is
 * found while its first bytes are there. Thread-safe.
 */
public final class StoredTypes {

    /**
     * In place of a {@code charset}, so that it is not mistaken for text of which nobody has looked at the encoding. Of
     * no meaning to anybody else; {@code charset=unknown-8bit} (RFC 1428) is refused by much that is made in Java.
     */
    private static final String ENCODING = "encoding";

    private static final String UNKNOWN = "unknown";

    private static final String CHARSET = "charset";

    /** No sender needs more to say a type and a charset. */
    private static final int MAX_CLAIM_LENGTH = 1024;

    private StoredTypes() {}

    /**
     * What a store is to keep.
     *
     * @param type the type that was found
     * @param prefix the first bytes of the file, as for {@link ContentTypes#find}
     * @param length how many bytes of {@code prefix} count
     * @param claimed the type that the client claims, as it came: where the content does not show the encoding, its
     *     {@code charset} counts; null if it claims none
     * @return the type alone if it is not one of text; printable ASCII
     */
    public static String of(String type, byte[] prefix, int length, @Nullable String claimed) {
        if (!isText(type)) {
            return type;
        }
        String charset = TextEncoding.find(prefix, Math.min(length, ContentTypes.PREFIX_LENGTH));
        if (charset == null) {
            charset = claimedCharset(claimed);
        }
        return charset == null ? type + ";" + ENCODING + "=" + UNKNOWN : type + ";" + CHARSET + "=" + charset;
    }

    /** The type that a store keeps, without its parameters; {@code application/octet-stream} if it keeps none. */
    public static String typeOf(String stored) {
        String type = ContentTypes.parse(stored);
        return type == null ? TikaTypes.OCTET_STREAM : type;
    }

    /**
     * The {@code Content-Type} with which content is served. Text without a {@code charset} was stored by a release
     * that looked for none, and said UTF-8 of all text.
     *
     * @param stored the type that a store keeps
     */
    public static String served(String stored) {
        String type = typeOf(stored);
        if (!isText(type)) {
            return type;
        }
        String label = parameter(stored, CHARSET);
        if (label == null) {
            label = UNKNOWN.equals(parameter(stored, ENCODING)) ? UNKNOWN : TextEncoding.UTF_8;
        }
        String charset = TextEncoding.named(label);
        // Without one the browser looks for itself.
        return charset == null ? type : type + "; charset=" + charset;
    }

    /**
     * The encoding that a client claims: only one in which every byte of ASCII stands for itself, so that nobody makes
     * of harmless bytes what they are not, and not one that would have been seen.
     *
     * @param claimed the type that the client claims, as it came; may be null
     * @return its usual name; null if it claims none that counts
     */
    public static @Nullable String claimedCharset(@Nullable String claimed) {
        String label = claimed == null ? null : parameter(claimed, CHARSET);
        return label == null ? null : LegacyEncodings.named(label);
    }

    private static @Nullable String parameter(String contentType, String name) {
        if (contentType.length() > MAX_CLAIM_LENGTH) {
            return null;
        }
        try {
            return HeaderValue.parse(contentType).parameter(name);
        } catch (HeaderSyntaxException e) {
            return null;
        }
    }

    private static boolean isText(String type) {
        return type.startsWith("text/");
    }
}
