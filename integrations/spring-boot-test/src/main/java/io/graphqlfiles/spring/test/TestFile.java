package io.graphqlfiles.spring.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A file that a test uploads. Put it into the variables of an operation, where the schema has an {@code Upload}, and
 * send the operation through one of {@link FileUploads}. Immutable.
 *
 * <pre>{@code
 * Map.of("name", "Cup", "image", Map.of("file", TestFile.png("cup.png")))
 * }</pre>
 */
public final class TestFile {

    /** No text of an application's begins like this; all that it stands for follows, so that nothing is kept aside. */
    private static final String MARK = "graphql-files-test-file:";

    /** One black pixel. */
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg==");

    private final String fileName;
    private final String mimeType;
    private final byte[] content;

    private TestFile(String fileName, String mimeType, byte[] content) {
        this.fileName = requireNonNull(fileName, "fileName");
        this.mimeType = requireNonNull(mimeType, "mimeType");
        this.content = content;
    }

    /**
     * Any file.
     *
     * @param fileName as a browser would send it; need not be a good one
     * @param mimeType as a browser would send it; the server looks at the content
     * @param content copied
     */
    public static TestFile of(String fileName, String mimeType, byte[] content) {
        return new TestFile(fileName, mimeType, content.clone());
    }

    /** A picture of one pixel, of the type {@code image/png}. */
    public static TestFile png(String fileName) {
        return new TestFile(fileName, "image/png", PNG);
    }

    /** A text in UTF-8, of the type {@code text/plain}. */
    public static TestFile text(String fileName, String text) {
        return new TestFile(fileName, "text/plain", text.getBytes(UTF_8));
    }

    /** The name that the client claims. */
    public String fileName() {
        return fileName;
    }

    /** The type that the client claims. */
    public String mimeType() {
        return mimeType;
    }

    /** The bytes; a copy. */
    public byte[] content() {
        return content.clone();
    }

    /** The bytes as a client gives them for {@code base64}, where there is no HTTP to upload through. */
    public String base64() {
        return Base64.getEncoder().encodeToString(content);
    }

    /** What JSON has in its place until {@link FileUploads} finds it there. */
    @JsonValue
    String mark() {
        return MARK + base64(fileName) + ":" + base64(mimeType) + ":" + base64();
    }

    /** The file that a text stands for; null if it is a text like any other. */
    static @Nullable TestFile ofMark(String text) {
        if (!text.startsWith(MARK)) {
            return null;
        }
        String[] parts = text.substring(MARK.length()).split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("expected a TestFile as it writes itself, found a text of "
                    + text.length() + " characters that begins like one");
        }
        Base64.Decoder decoder = Base64.getDecoder();
        return new TestFile(
                new String(decoder.decode(parts[0]), UTF_8),
                new String(decoder.decode(parts[1]), UTF_8),
                decoder.decode(parts[2]));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    /** Name, type and length. */
    @Override
    public String toString() {
        return "TestFile[" + fileName + ", " + mimeType + ", " + content.length + " bytes]";
    }
}
