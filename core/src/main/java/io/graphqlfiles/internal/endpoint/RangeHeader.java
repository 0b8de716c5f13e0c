package io.graphqlfiles.internal.endpoint;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code Range} header asks of content of a known length (RFC 9110, section 14).
 *
 * @param first offset of the first byte
 * @param length how many bytes; 0 if the header asks for none that exist, which must be answered with 416
 */
public record RangeHeader(long first, long length) {

    /** One range of bytes. Several are answered with the whole content, which a server may always do (section 14.2). */
    private static final Pattern SINGLE = Pattern.compile("(?i:bytes)=[ \\t]*(\\d{0,18})-(\\d{0,18})[ \\t]*");

    private static final RangeHeader UNSATISFIABLE = new RangeHeader(0, 0);

    /**
     * Reads the header.
     *
     * @param header null if the request has none
     * @param size length of the whole content
     * @return null if all of the content must be sent: no header, one that is malformed, or more than one range
     */
    public static @Nullable RangeHeader parse(@Nullable String header, long size) {
        Matcher matcher = SINGLE.matcher(header == null ? "" : header.strip());
        if (!matcher.matches()) {
            return null;
        }
        String from = matcher.group(1);
        String to = matcher.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? null : suffix(Long.parseLong(to), size);
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? Long.MAX_VALUE : Long.parseLong(to);
        if (last < first) {
            return null;
        }
        return first >= size ? UNSATISFIABLE : new RangeHeader(first, Math.min(last, size - 1) - first + 1);
    }

    private static RangeHeader suffix(long wanted, long size) {
        long length = Math.min(wanted, size);
        return length == 0 ? UNSATISFIABLE : new RangeHeader(size - length, length);
    }

    /** Whether none of the bytes asked for exist. */
    public boolean isUnsatisfiable() {
        return length == 0;
    }

    /** The value of {@code Content-Range}. */
    public String contentRange(long size) {
        return isUnsatisfiable() ? "bytes */" + size : "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}
