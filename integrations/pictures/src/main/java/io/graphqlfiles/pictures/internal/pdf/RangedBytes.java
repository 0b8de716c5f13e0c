package io.graphqlfiles.pictures.internal.pdf;

import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.media.StoredContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a file at any place: of a file that is in memory, or of a stored one, of which ranges are read where they
 * are needed, and kept. Holds at most {@value #MOST_RANGES} ranges of 64 KiB. Not thread-safe.
 */
final class RangedBytes {

    static final int RANGE = 65_536;
    static final int MOST_RANGES = 32;

    /** How much of a range is in front of what it is read for: objects that belong together are in any order. */
    private static final int BEFORE = RANGE / 4;

    private final @Nullable StoredContent content;
    private final long size;
    private final List<Part> parts = new ArrayList<>();
    private @Nullable IOException failure;

    /** A file that is in memory. */
    RangedBytes(byte[] all) {
        this.content = null;
        this.size = all.length;
        parts.add(new Part(0, all));
    }

    /** A file in a store. */
    RangedBytes(StoredContent content) {
        this.content = content;
        this.size = content.byteSize();
    }

    private static final class Part {

        private final long from;
        private final byte[] bytes;

        Part(long from, byte[] bytes) {
            this.from = from;
            this.bytes = bytes;
        }

        long end() {
            return from + bytes.length;
        }

        boolean has(long position) {
            return position >= from && position < end();
        }
    }

    long size() {
        return size;
    }

    /**
     * The byte there; -1 behind the end.
     *
     * @throws IOException if the position is negative, too many ranges were read, or the store fails
     */
    int at(long position) throws IOException {
        if (position >= size) {
            return -1;
        }
        Part part = part(position);
        return part.bytes[(int) (position - part.from)] & 0xff;
    }

    /** Reads from there to the end of the file; need not be closed. */
    InputStream from(long position) {
        return new Reading(position);
    }

    /**
     * Parsers take every exception for damage; a store that fails is something else.
     *
     * @throws IOException if the store's bytes could not be read
     */
    void requireIntact() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private Part part(long position) throws IOException {
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (parts.get(i).has(position)) {
                return parts.get(i);
            }
        }
        if (position < 0) {
            throw new IOException("expected a position in the file, found " + position);
        }
        if (content == null || parts.size() == MOST_RANGES) {
            throw new IOException("expected what is needed within " + MOST_RANGES + " ranges, found more");
        }
        Part part = read(content, position);
        parts.add(part);
        return part;
    }

    private Part read(StoredContent stored, long position) throws IOException {
        boolean goesOn = parts.stream().anyMatch(part -> part.end() == position);
        long from = goesOn ? position : Math.max(0, Math.min(position - BEFORE, size - RANGE));
        int length = (int) Math.min(RANGE, size - from);
        try (InputStream range = stored.open(new ByteRange(from, length))) {
            byte[] bytes = range.readNBytes(length);
            if (bytes.length < length) {
                throw new IOException("the blob ended before its " + size + " bytes");
            }
            return new Part(from, bytes);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    private final class Reading extends InputStream {

        private long position;

        Reading(long position) {
            this.position = position;
        }

        @Override
        public int read() throws IOException {
            int next = at(position);
            position += next < 0 ? 0 : 1;
            return next;
        }

        /** Never beyond one part: what is read ahead in vain would cost a range. */
        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (position >= size) {
                return -1;
            }
            Part part = part(position);
            int count = (int) Math.min(length, part.end() - position);
            System.arraycopy(part.bytes, (int) (position - part.from), buffer, offset, count);
            position += count;
            return count;
        }
    }
}
