package io.graphqlfiles.internal.multipart;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a {@code multipart/form-data} body one after another, each as far as the caller pulls it. Not
 * thread-safe.
 *
 * <p>A body that is cut off ends in {@link TruncatedMultipartException}, never in a short part: a part ends only where
 * a whole delimiter line, or the closing delimiter, has been seen. Line ends are CRLF and nothing else, so that a
 * file's own line feeds stay content (RFC 2046, 5.1.1). A line that begins with the boundary and goes on with something
 * other than white space is content too.
 *
 * <p>Bytes of a part go from the source straight into the caller's array where that is large enough; the small buffer
 * here takes the headers, what was read beyond the end of a part, and the few bytes of which only the next read can
 * tell whether they begin a delimiter.
 */
public final class MultipartParser {

    /** Header lines of one part, and what may stand before the first part: at most this many bytes. */
    public static final int MAX_HEADER_BYTES = 8 * 1024;

    private static final int BUFFER_SIZE = 2 * MAX_HEADER_BYTES;
    /** White space between a boundary and its line end. */
    private static final int MAX_PADDING = 256;
    /** Smaller arrays are served from the buffer, larger ones past it. */
    private static final int MIN_DIRECT_READ = 4 * 1024;

    private enum Tail {
        DELIMITER,
        CLOSE,
        CONTENT,
        UNDECIDED
    }

    private final InputStream in;
    private final Delimiter delimiter;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int position;
    private int limit;
    /** Up to here the buffer is known to hold content of the part. */
    private int contentEnd;
    /** What stands at {@link #contentEnd}; undecided while the part goes on. */
    private Tail end = Tail.UNDECIDED;

    private boolean started;

    /**
     * Reads nothing yet.
     *
     * @param in stays open
     * @param boundary as {@link MultipartType#boundary} gives it
     */
    public MultipartParser(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = new Delimiter(boundary);
        // The first delimiter has no line before it; with this CRLF all are alike.
        buffer[0] = '\r';
        buffer[1] = '\n';
        limit = 2;
    }

    /**
     * Skips what is left of the part and reads the next one's header. Blocks.
     *
     * @return null after the last part
     * @throws TruncatedMultipartException if the body ends before its closing boundary
     * @throws MalformedMultipartException if what comes is not the header of a part; the parser is of no more use then
     */
    public @Nullable PartHeader nextPart() throws IOException {
        skipPart();
        if (end == Tail.CLOSE) {
            return null;
        }
        // From the line end of the delimiter on, so that a part without header lines looks like any other.
        position = contentEnd + delimiter.length();
        while (buffer[position] != '\r') {
            position++;
        }
        int blankLine = findBlankLine();
        PartHeader header = PartHeader.parse(buffer, position + 2, blankLine + 2);
        position = blankLine + 2;
        contentEnd = position;
        if (isDelimiterAtPosition()) {
            return header;
        }
        position += 2;
        contentEnd = position;
        end = Tail.UNDECIDED;
        scan();
        return header;
    }

    /** Whether the closing delimiter has been seen: nothing that counts comes any more. */
    public boolean isAtEnd() {
        return end == Tail.CLOSE;
    }

    private void skipPart() throws IOException {
        long skipped = 0;
        for (int n = skip(); n >= 0; n = skip()) {
            skipped += n;
            if (!started && skipped > MAX_HEADER_BYTES) {
                throw new MalformedMultipartException(
                        "expected the boundary of the Content-Type at the beginning of the body, found none");
            }
        }
        started = true;
    }

    /**
     * Bytes of the part: blocks until the array is full or the part ends.
     *
     * @return how many, or -1 at the end of the part
     * @throws TruncatedMultipartException if the body ends before the part does
     */
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        int done = 0;
        while (done < length) {
            int known = Math.min(contentEnd - position, length - done);
            if (known > 0) {
                System.arraycopy(buffer, position, target, offset + done, known);
                position += known;
                done += known;
            } else if (end != Tail.UNDECIDED) {
                return done == 0 ? -1 : done;
            } else if (position == limit && length - done >= MIN_DIRECT_READ) {
                done += readDirectly(target, offset + done, length - done);
            } else {
                fill();
                scan();
            }
        }
        return done;
    }

    /**
     * Discards some bytes of the part. Blocks until there are any.
     *
     * @return how many, 1 or more, or -1 at the end of the part
     * @throws TruncatedMultipartException if the body ends before the part does
     */
    public int skip() throws IOException {
        while (position == contentEnd) {
            if (end != Tail.UNDECIDED) {
                return -1;
            }
            fill();
            scan();
        }
        int skipped = contentEnd - position;
        position = contentEnd;
        return skipped;
    }

    /** From the source into the target; keeps in the (empty) buffer what is not, or not surely, content of the part. */
    private int readDirectly(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, Math.min(length, BUFFER_SIZE));
        if (read < 0) {
            throw new TruncatedMultipartException();
        }
        int readEnd = offset + read;
        int found = delimiter.find(target, offset, readEnd);
        int content = (found >= 0 ? found : readEnd - delimiter.begun(target, offset, readEnd)) - offset;
        limit = read - content;
        System.arraycopy(target, offset + content, buffer, 0, limit);
        position = 0;
        contentEnd = 0;
        if (found >= 0) {
            scan();
        }
        return content;
    }

    /** Moves the end of what is known to be content, and sets {@link #end} if a delimiter stands there. */
    private void scan() {
        for (int from = contentEnd; ; ) {
            int found = delimiter.find(buffer, from, limit);
            if (found < 0) {
                contentEnd = limit - delimiter.begun(buffer, from, limit);
                return;
            }
            Tail tail = tail(found + delimiter.length());
            if (tail != Tail.CONTENT) {
                contentEnd = found;
                end = tail;
                return;
            }
            from = found + 2;
        }
    }

    /** What the rest of a line makes of a delimiter before it. */
    private Tail tail(int from) {
        if (from + 1 < limit && buffer[from] == '-' && buffer[from + 1] == '-') {
            return Tail.CLOSE;
        }
        if (from + 1 == limit && buffer[from] == '-') {
            return Tail.UNDECIDED;
        }
        for (int i = from; i < limit; i++) {
            if (buffer[i] == '\r') {
                if (i + 1 == limit) {
                    return Tail.UNDECIDED;
                }
                return buffer[i + 1] == '\n' ? Tail.DELIMITER : Tail.CONTENT;
            }
            if ((buffer[i] != ' ' && buffer[i] != '\t') || i - from == MAX_PADDING) {
                return Tail.CONTENT;
            }
        }
        return Tail.UNDECIDED;
    }

    /** The CRLF that ends the header may begin the delimiter as well: such a part has no body (RFC 2046, 5.1.1). */
    private boolean isDelimiterAtPosition() throws IOException {
        end = Tail.UNDECIDED;
        while (true) {
            int matching = delimiter.matching(buffer, position, limit);
            if (matching == delimiter.length()) {
                Tail tail = tail(position + matching);
                if (tail != Tail.UNDECIDED) {
                    end = tail;
                    return tail != Tail.CONTENT;
                }
            } else if (position + matching < limit) {
                return false;
            }
            fill();
        }
    }

    private int findBlankLine() throws IOException {
        for (int length = 0; length <= MAX_HEADER_BYTES; length++) {
            while (position + length + 4 > limit) {
                fill();
            }
            int at = position + length;
            if (buffer[at] == '\r' && buffer[at + 1] == '\n' && buffer[at + 2] == '\r' && buffer[at + 3] == '\n') {
                return at;
            }
        }
        throw new MalformedMultipartException(
                "expected at most " + MAX_HEADER_BYTES + " bytes of header before each part, found more");
    }

    /** Reads once, behind what the buffer still holds, which moves to its beginning. */
    private void fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        contentEnd -= position;
        limit -= position;
        position = 0;
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
            throw new TruncatedMultipartException();
        }
        limit += read;
    }
}
