package io.graphqlfiles;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Content that came as base64 text (RFC 4648 section 4, with or without padding) or as a {@code data:} URL (RFC 2397)
 * with base64. Its length is told by arithmetic, before anything is decoded; it is decoded a piece at a time, without a
 * second copy of the text.
 */
final class Base64Content {

    private static final String DATA_URL = "data:";
    private static final int MAX_DATA_URL_HEAD = 256;
    /** Characters decoded at once; a multiple of four. */
    private static final int PIECE = 32 * 1024;

    private final String text;
    private final int start;
    private final int end;
    private final @Nullable String mimeType;

    private Base64Content(String text, int start, int end, @Nullable String mimeType) {
        this.text = text;
        this.start = start;
        this.end = end;
        this.mimeType = mimeType;
    }

    /** @throws FileException if the text cannot be base64 by its length, or is a data URL of another kind */
    static Base64Content of(String text) {
        int start = 0;
        String mimeType = null;
        if (text.regionMatches(true, 0, DATA_URL, 0, DATA_URL.length())) {
            int comma = text.indexOf(',');
            if (comma < 0 || comma > MAX_DATA_URL_HEAD) {
                throw invalid("a data URL has a comma after its type");
            }
            String head = text.substring(DATA_URL.length(), comma).toLowerCase(Locale.ROOT);
            if (!head.endsWith(";base64")) {
                throw invalid("a data URL must say ;base64 before its comma");
            }
            String type = head.substring(0, head.indexOf(';'));
            mimeType = type.isEmpty() ? null : type;
            start = comma + 1;
        }
        int end = text.length();
        int padding = 0;
        while (padding < 2 && end > start && text.charAt(end - 1) == '=') {
            end--;
            padding++;
        }
        int digits = end - start;
        if (digits % 4 == 1 || (padding > 0 && (digits + padding) % 4 != 0)) {
            throw invalid("no base64 text has this length");
        }
        return new Base64Content(text, start, end, mimeType);
    }

    /** Length of the content in bytes. */
    long byteSize() {
        return (long) (end - start) * 3 / 4;
    }

    /** The type that a data URL names; null if none is named. */
    @Nullable
    String mimeType() {
        return mimeType;
    }

    /** The content; reading throws a {@link FileException} where the text is not base64. */
    InputStream open() {
        return new Decoder();
    }

    private static FileException invalid(String reason) {
        return new FileException(FileErrorCode.FILE_BASE64_INVALID, "The text is not base64: " + reason + ".");
    }

    private final class Decoder extends InputStream {

        private int position = start;
        private byte[] decoded = new byte[0];
        private int next;

        @Override
        public int read() {
            return fill() ? decoded[next++] & 0xff : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, decoded.length - next);
            System.arraycopy(decoded, next, buffer, offset, count);
            next += count;
            return count;
        }

        private boolean fill() {
            if (next < decoded.length) {
                return true;
            }
            if (position == end) {
                return false;
            }
            int pieceEnd = Math.min(end, position + PIECE);
            // Characters outside Latin-1 become '?', which is no base64 digit either; '=' inside is caught by the
            // length.
            byte[] piece = text.substring(position, pieceEnd).getBytes(StandardCharsets.ISO_8859_1);
            try {
                decoded = Base64.getDecoder().decode(piece);
            } catch (IllegalArgumentException e) {
                throw invalid("it has characters other than A-Z, a-z, 0-9, + and /");
            }
            if (decoded.length != piece.length * 3 / 4) {
                throw invalid("it has padding before its end");
            }
            position = pieceEnd;
            next = 0;
            return true;
        }
    }
}
