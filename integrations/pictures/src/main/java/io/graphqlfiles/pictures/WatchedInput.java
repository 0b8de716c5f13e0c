package io.graphqlfiles.pictures;

import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import javax.imageio.stream.ImageInputStreamImpl;
import org.jspecify.annotations.Nullable;

/**
 * The file that a decoder reads, in memory. Decoders tell of their progress seldom or never while they read what was
 * made to keep them busy, but all of them read: each time it is asked whether to go on.
 */
final class WatchedInput extends ImageInputStreamImpl {

    /** Single bytes that are read between two looks at the clock. */
    private static final int READS = 512;

    /** Some decoders read a little past the end of a sound picture; who goes on and on has lost its way. */
    private static final int READS_AT_END = 1000;

    private final byte[] bytes;
    private final Decoders.Deadline deadline;
    private final int scans;
    private int reads;
    private int readsAtEnd;
    private int cut = -1;
    private byte @Nullable [] cutInto;

    /**
     * @param scans from where on a JPEG is given out scan by scan, for a decoder that goes over the whole picture for
     *     each of them; the length if it is no JPEG
     */
    WatchedInput(byte[] bytes, int scans, Decoders.Deadline deadline) {
        this.bytes = bytes;
        this.scans = scans;
        this.deadline = deadline;
    }

    /** Goes through any decoder: none of them handles it. */
    static final class StoppedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        StoppedException(String message) {
            super(message, null, false, false);
        }
    }

    private void requireTime() {
        reads = 0;
        if (deadline.isOver()) {
            throw new StoppedException("the time for decoding is over");
        }
    }

    private void count() {
        if (++reads >= READS) {
            requireTime();
        }
    }

    private boolean isAtEnd() {
        if (streamPos < bytes.length) {
            return false;
        }
        if (++readsAtEnd > READS_AT_END) {
            throw new StoppedException("the picture ends before it is complete");
        }
        return true;
    }

    @Override
    public int read() {
        bitOffset = 0;
        count();
        return isAtEnd() ? -1 : bytes[(int) streamPos++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        bitOffset = 0;
        requireTime();
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        boolean isForTheRest = cut == streamPos && cutInto == into && offset > 0;
        cut = -1;
        cutInto = null;
        if (isForTheRest) {
            // The filter before the decoder of JPEG fills its array up unless it is told that there is no more.
            return -1;
        }
        int begin = (int) streamPos;
        int end = begin + Math.min(length, bytes.length - begin);
        int scan = nextScan(Math.max(begin + 1, scans), end);
        if (scan >= 0) {
            cut = scan;
            cutInto = into;
            end = scan;
        }
        System.arraycopy(bytes, begin, into, offset, end - begin);
        streamPos = end;
        return end - begin;
    }

    /** These two bytes are in the data of a scan only where it ends. */
    private int nextScan(int begin, int end) {
        for (int i = begin; i < end - 1; i++) {
            if (bytes[i] == (byte) 0xff && bytes[i + 1] == (byte) 0xda) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void readFully(byte[] into, int offset, int length) throws EOFException {
        Objects.checkFromIndexSize(offset, length, into.length);
        bitOffset = 0;
        requireTime();
        if (length > bytes.length - streamPos) {
            streamPos = Math.max(streamPos, bytes.length);
            isAtEnd();
            throw new EOFException();
        }
        System.arraycopy(bytes, (int) streamPos, into, offset, length);
        streamPos += length;
    }

    @Override
    public void seek(long position) throws IOException {
        count();
        super.seek(position);
    }

    /** Before each symbol that a decoder of WebP reads, be it of no bits. */
    @Override
    public long getStreamPosition() throws IOException {
        count();
        return super.getStreamPosition();
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
