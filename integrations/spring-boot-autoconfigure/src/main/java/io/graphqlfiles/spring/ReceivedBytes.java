package io.graphqlfiles.spring;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;

/**
 * Bytes on their way from one thread to another, in two arrays that change hands: one is filled while the other is
 * read. Neither thread ever waits for the other, as one of them is the server's and must not. Grows with what comes and
 * is read late; who fills it sees to it that this is not much.
 */
final class ReceivedBytes {

    private static final int SMALL = 4 * 1024;

    /** Some bytes, of whoever has them in hand. */
    static final class Piece {

        private byte[] bytes = new byte[SMALL];
        private int length;

        byte[] bytes() {
            return bytes;
        }

        int length() {
            return length;
        }

        private void append(DataBuffer buffer) {
            int count = buffer.readableByteCount();
            if (length + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
            }
            buffer.read(bytes, length, count);
            length += count;
        }
    }

    private final AtomicReference<@Nullable Piece> filled = new AtomicReference<>();
    private final AtomicReference<@Nullable Piece> free = new AtomicReference<>();

    /**
     * Adds to what has not been taken. By one thread at a time.
     *
     * @param buffer stays the caller's
     * @return what can be taken now; to be looked at only while nobody takes
     */
    Piece add(DataBuffer buffer) {
        Piece piece = filled.getAndSet(null);
        if (piece == null) {
            piece = free.getAndSet(null);
        }
        if (piece == null) {
            piece = new Piece();
        }
        piece.append(buffer);
        return piece;
    }

    /** Lets what {@link #add} has returned be taken. */
    void publish(Piece piece) {
        filled.set(piece);
    }

    /** Takes all that has come; null if that is nothing, or if more is just being added. */
    @Nullable
    Piece take() {
        return filled.getAndSet(null);
    }

    boolean isTaken() {
        return filled.get() == null;
    }

    /** Gives back what {@link #take} has returned. */
    void reuse(Piece piece) {
        piece.length = 0;
        free.set(piece);
    }
}
