package io.graphqlfiles.storage.s3;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.PutBlob;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a caller's stream piece by piece, and holds it to the length that was promised. Not thread-safe. */
final class ContentReader {

    private static final int SMALLEST = 64 * 1024;
    private static final int NONE = -1;

    private final InputStream content;
    private final long promised;
    private final int pieceByteSize;
    private final Mismatch mismatch;

    private int ahead = NONE;
    private long read;
    private boolean ended;

    /**
     * @param promised the length of the content, or {@link PutBlob#UNKNOWN_SIZE}
     * @param pieceByteSize of every piece but the last
     * @param mismatch says what is thrown if the length is another one
     */
    ContentReader(InputStream content, long promised, int pieceByteSize, Mismatch mismatch) {
        this.content = requireNonNull(content, "content");
        this.promised = promised;
        this.pieceByteSize = pieceByteSize;
        this.mismatch = mismatch;
    }

    /**
     * Reads on. The array grows with what comes, so that small content takes little memory.
     *
     * @param reused the array of a piece that is done with; null to allocate
     * @throws BlobIntegrityException if the content is longer or shorter than promised
     * @throws IOException the very exception of the stream
     */
    Piece next(byte @Nullable [] reused) throws IOException {
        byte[] bytes = reused != null ? reused : new byte[firstCapacity()];
        int length = 0;
        if (ahead != NONE) {
            bytes = withRoom(bytes, 0);
            bytes[length++] = (byte) ahead;
            ahead = NONE;
        }
        while (length < pieceByteSize && !ended) {
            if (length == bytes.length) {
                int next = content.read();
                if (next < 0) {
                    ended = true;
                } else {
                    bytes = withRoom(bytes, length);
                    bytes[length++] = (byte) next;
                }
            } else {
                int count = content.read(bytes, length, bytes.length - length);
                ended = count < 0;
                length += Math.max(0, count);
            }
            requireNotLonger(read + length);
        }
        read += length;
        if (!ended) {
            // Whether this was the last piece decides how it is sent.
            ahead = content.read();
            ended = ahead < 0;
            requireNotLonger(ended ? read : read + 1);
        }
        if (ended && promised != PutBlob.UNKNOWN_SIZE && read != promised) {
            throw mismatch.of(promised + " bytes", read + " bytes");
        }
        return new Piece(bytes, length);
    }

    /** Whether the last piece was the last. */
    boolean hasEnded() {
        return ended;
    }

    private void requireNotLonger(long found) {
        if (promised != PutBlob.UNKNOWN_SIZE && found > promised) {
            throw mismatch.of(promised + " bytes", "more");
        }
    }

    private int firstCapacity() {
        long likely = promised == PutBlob.UNKNOWN_SIZE ? SMALLEST : promised - read;
        return (int) Math.min(likely, pieceByteSize);
    }

    private byte[] withRoom(byte[] bytes, int length) {
        if (length < bytes.length) {
            return bytes;
        }
        return Arrays.copyOf(bytes, (int) Math.min(pieceByteSize, Math.max(SMALLEST, 2L * bytes.length)));
    }

    /**
     * Some of the content.
     *
     * @param bytes holds it; perhaps longer
     * @param length from the beginning of the array
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Piece(byte[] bytes, int length) {}

    /** Says what to throw. */
    interface Mismatch {
        BlobIntegrityException of(String expected, String found);
    }
}
