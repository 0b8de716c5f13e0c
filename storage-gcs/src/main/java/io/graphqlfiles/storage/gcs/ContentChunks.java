package io.graphqlfiles.storage.gcs;

import io.graphqlfiles.spi.PutBlob;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a caller's stream in chunks, one byte ahead, so that of each chunk it is known whether it is the last, and that
 * a stream of the wrong length is noticed before its last chunk is sent. All chunks share one buffer, which grows to a
 * chunk only if there is so much. Not thread-safe.
 */
final class ContentChunks {

    private static final int FIRST_BUFFER = 16 * 1024;

    private final InputStream content;
    private final long promised;
    private final int chunkSize;
    private byte[] buffer;
    private int next = -1;
    private long size;
    private boolean ended;

    /** @param promised how many bytes there must be, or {@link PutBlob#UNKNOWN_SIZE} */
    ContentChunks(InputStream content, long promised, int chunkSize) {
        this.content = content;
        this.promised = promised;
        this.chunkSize = chunkSize;
        long expected = promised == PutBlob.UNKNOWN_SIZE ? FIRST_BUFFER : Math.max(1, promised);
        this.buffer = new byte[(int) Math.min(chunkSize, expected)];
    }

    /**
     * Reads the next chunk; to be called until {@link #ended()}.
     *
     * @return how many bytes there are in {@link #buffer()}: a chunk, except for the last
     * @throws IOException the very exception of the stream
     */
    int next() throws IOException {
        int length = 0;
        if (next >= 0) {
            buffer[length++] = (byte) next;
            next = -1;
        }
        while (length < chunkSize) {
            if (length == buffer.length) {
                if (isBeyondPromise(length)) {
                    break;
                }
                buffer = Arrays.copyOf(buffer, (int) Math.min(chunkSize, 2L * length));
            }
            int read = content.read(buffer, length, buffer.length - length);
            if (read < 0) {
                ended = true;
                break;
            }
            length += read;
        }
        size += length;
        if (!ended) {
            next = content.read();
            ended = next < 0;
        }
        return length;
    }

    /** Holds the chunk that was read last, from its start, until the next call. */
    byte[] buffer() {
        return buffer;
    }

    /** Whether the chunk that was read last is the last one. */
    boolean ended() {
        return ended;
    }

    /** What is wrong with the length, as far as the stream was read; null if nothing is. */
    @Nullable
    String wrongSize() {
        if (promised == PutBlob.UNKNOWN_SIZE) {
            return null;
        }
        if (size > promised || (size == promised && !ended)) {
            return "more";
        }
        return ended && size < promised ? size + " bytes" : null;
    }

    /** A buffer of the promised length is full: only a stream that goes on can need a larger one. */
    private boolean isBeyondPromise(int length) {
        return promised != PutBlob.UNKNOWN_SIZE && size + length >= promised;
    }
}
