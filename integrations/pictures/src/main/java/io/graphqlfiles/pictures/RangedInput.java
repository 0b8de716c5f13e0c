package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.media.StoredContent;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stored file in ranges: what is passed over is not downloaded, where that is worth a request. A film whose
 * index is at its end costs two or three small ranges.
 */
final class RangedInput extends InputStream {

    private static final int RANGE = 65_536;
    private static final int MOST_RANGES = 64;

    private final StoredContent content;
    private long position;
    private @Nullable InputStream range;
    private long rangeEnd;
    private int ranges;
    private @Nullable IOException failure;

    RangedInput(StoredContent content) {
        this.content = content;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position >= content.byteSize()) {
            return -1;
        }
        int read = readRange(buffer, offset, length);
        position += read;
        if (position == rangeEnd) {
            close();
        }
        return read;
    }

    private int readRange(byte[] buffer, int offset, int length) throws IOException {
        InputStream open = range();
        try {
            int read = open.read(buffer, offset, (int) Math.min(length, rangeEnd - position));
            if (read < 0) {
                throw new IOException("the blob ended before its " + content.byteSize() + " bytes");
            }
            return read;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * Parsers take every exception for the end of a damaged file; a store that fails is something else.
     *
     * @throws IOException if the store's bytes could not be read
     */
    void requireIntact() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private InputStream range() throws IOException {
        InputStream open = range;
        if (open != null) {
            return open;
        }
        if (++ranges > MOST_RANGES) {
            throw new IOException("expected the header within " + MOST_RANGES + " ranges, found more");
        }
        rangeEnd = Math.min(content.byteSize(), position + RANGE);
        open = content.open(new ByteRange(position, rangeEnd - position));
        range = open;
        return open;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = Math.max(0, Math.min(count, content.byteSize() - position));
        InputStream open = range;
        if (open != null && position + skipped < rangeEnd) {
            skipInRange(open, skipped);
        } else {
            close();
        }
        position += skipped;
        return skipped;
    }

    private void skipInRange(InputStream open, long count) throws IOException {
        try {
            open.skipNBytes(count);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        InputStream open = range;
        range = null;
        if (open != null) {
            open.close();
        }
    }
}
