package io.graphqlfiles.internal.buffer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the content of an upload, in memory. It grows by segments: nothing is copied, and no array is so large that a
 * heap needs a free place of its own for it. Filled by one thread, and then read by others.
 */
public final class Piece implements AutoCloseable {

    /** What every upload may hold in addition to the memory that all share, so that small files never wait for it. */
    public static final int FIRST_SEGMENT = 64 * 1024;

    private static final int SEGMENT = 128 * 1024;

    private final BufferMemory.@Nullable Share memory;
    private final List<byte[]> segments = new ArrayList<>();
    private int lengthBefore;
    private int lengthOfLast;

    /** Starts empty. */
    public Piece(BufferMemory.Share memory) {
        this.memory = memory;
    }

    private Piece() {
        this.memory = null;
    }

    /** One that is empty for ever. */
    public static Piece empty() {
        return new Piece();
    }

    /** How many bytes there are. */
    public int length() {
        return lengthBefore + lengthOfLast;
    }

    /**
     * Makes room.
     *
     * @param wanted how many bytes there will be at most; more than none
     * @throws RuntimeException if there is no memory for them
     */
    void grow(long wanted) {
        int size = (int) Math.min(wanted, segments.isEmpty() ? FIRST_SEGMENT : SEGMENT);
        if (memory != null && !segments.isEmpty()) {
            memory.take(size);
        }
        lengthBefore += lengthOfLast;
        lengthOfLast = 0;
        segments.add(new byte[size]);
    }

    /** Adds one byte, for which there is room. */
    void add(int value) {
        segments.get(segments.size() - 1)[lengthOfLast++] = (byte) value;
    }

    /** How many bytes can be added without {@link #grow}. */
    int room() {
        return segments.isEmpty() ? 0 : segments.get(segments.size() - 1).length - lengthOfLast;
    }

    /**
     * Reads once, as much as there is room for; there must be some.
     *
     * @return how many bytes were read; -1 at the end
     */
    int read(InputStream content) throws IOException {
        int count = content.read(segments.get(segments.size() - 1), lengthOfLast, room());
        lengthOfLast += Math.max(0, count);
        return count;
    }

    /** Needs no more memory. */
    void settle() {
        if (memory != null && segments.size() > 1) {
            memory.settle();
        }
    }

    /** The bytes, from the start. */
    public InputStream stream() {
        List<InputStream> streams = new ArrayList<>(segments.size());
        for (int i = 0; i < segments.size(); i++) {
            byte[] segment = segments.get(i);
            boolean isLast = i == segments.size() - 1;
            streams.add(new ByteArrayInputStream(segment, 0, isLast ? lengthOfLast : segment.length));
        }
        return streams.size() == 1 ? streams.get(0) : new SequenceInputStream(Collections.enumeration(streams));
    }

    /** The bytes, in order: the piece's own memory, read only. */
    public List<ByteBuffer> buffers() {
        List<ByteBuffer> buffers = new ArrayList<>(segments.size());
        for (int i = 0; i < segments.size(); i++) {
            byte[] segment = segments.get(i);
            int length = i == segments.size() - 1 ? lengthOfLast : segment.length;
            buffers.add(ByteBuffer.wrap(segment, 0, length).asReadOnlyBuffer());
        }
        return buffers;
    }

    /** Writes the bytes from one on; those before it are passed over. */
    public void writeTo(OutputStream out, int from) throws IOException {
        int start = 0;
        for (int i = 0; i < segments.size(); i++) {
            byte[] segment = segments.get(i);
            int length = i == segments.size() - 1 ? lengthOfLast : segment.length;
            int skipped = Math.min(length, Math.max(0, from - start));
            out.write(segment, skipped, length - skipped);
            start += length;
        }
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        segments.clear();
        if (memory != null) {
            memory.close();
        }
    }
}
