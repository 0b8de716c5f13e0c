package io.graphqlfiles.internal.copyurl;

import io.graphqlfiles.internal.io.BulkInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks {@code Content-Encoding: gzip} (RFC 1952) and {@code deflate} (RFC 1950, and RFC 1951 alone, as some servers
 * send it). Unlike the streams of the JDK it reads nothing before it is read, takes several gzip members without
 * recursion and does not close what it reads. Closing frees memory outside the heap.
 */
final class UnpackedStream extends BulkInputStream {

    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int CHECKSUM_OF_HEADER = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final InputStream packed;
    private final boolean isGzip;
    private final byte[] buffer = new byte[8192];
    private final CRC32 checksum = new CRC32();
    private Inflater inflater = new Inflater(true);
    private int position;
    private int limit;
    private boolean isBegun;
    private boolean isEnded;
    private boolean isClosed;

    UnpackedStream(InputStream packed, boolean isGzip) {
        this.packed = packed;
        this.isGzip = isGzip;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (isClosed) {
            throw new IOException("closed");
        }
        if (!isBegun) {
            begin();
        }
        while (!isEnded) {
            int count = inflate(target, offset, length);
            if (count > 0) {
                checksum.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                position = limit - inflater.getRemaining();
                isEnded = !isGzip || !isNextMember();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("a dictionary is needed");
            } else if (inflater.needsInput()) {
                require(fill());
                feed();
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) throws ZipException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            ZipException failure = new ZipException("not packed as announced");
            failure.initCause(e);
            throw failure;
        }
    }

    private void begin() throws IOException {
        isBegun = true;
        limit = packed.readNBytes(buffer, 0, 2);
        if (limit == 0) {
            isEnded = true;
        } else if (isGzip) {
            readHeader();
            feed();
        } else {
            require(limit == 2);
            // RFC 1950, section 2.2: what no deflate data begins with that encoders write.
            int head = (buffer[0] & 0xff) << 8 | (buffer[1] & 0xff);
            if ((buffer[0] & 0x0f) == 8 && head % 31 == 0) {
                inflater.end();
                inflater = new Inflater();
            }
            feed();
        }
    }

    /** What is behind the end and is no further member is of no meaning, as for gzip itself. */
    private boolean isNextMember() throws IOException {
        long crc = littleEndian();
        long size = littleEndian();
        if (crc != checksum.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new ZipException("a checksum is wrong");
        }
        if ((position == limit && !fill()) || (buffer[position] & 0xff) != GZIP_MAGIC >> 8) {
            return false;
        }
        readHeader();
        inflater.reset();
        checksum.reset();
        feed();
        return true;
    }

    private void readHeader() throws IOException {
        if ((next() << 8 | next()) != GZIP_MAGIC || next() != 8) {
            throw new ZipException("no gzip header");
        }
        int flags = next();
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & CHECKSUM_OF_HEADER) != 0) {
            skip(2);
        }
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // Up to its end.
        }
    }

    private long littleEndian() throws IOException {
        return next() | (long) next() << 8 | (long) next() << 16 | (long) next() << 24;
    }

    private int next() throws IOException {
        if (position == limit) {
            require(fill());
        }
        return buffer[position++] & 0xff;
    }

    private void feed() {
        inflater.setInput(buffer, position, limit - position);
        position = limit;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, packed.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    private static void require(boolean isThere) throws EOFException {
        if (!isThere) {
            throw new EOFException("packed content breaks off");
        }
    }

    @Override
    public void close() {
        isClosed = true;
        inflater.end();
    }
}
