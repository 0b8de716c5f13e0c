package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.media.MalformedContentException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of parts, read part by part: each is copied, replaced or left out, and the bytes of large ones go through
 * without being held. Subclasses say what becomes of the next part; the rest is here.
 */
abstract class StrippedContent extends InputStream {

    /** Enough for every part that is looked into. */
    static final int MOST_HELD = 65_536;

    private final InputStream content;
    private byte[] held = new byte[0];
    private int heldPosition;
    private long copied;
    private boolean ended;

    StrippedContent(InputStream content) {
        this.content = content;
    }

    /**
     * Takes the next part: calls {@link #emit}, {@link #copy}, {@link #drop} or {@link #end}.
     *
     * @throws MalformedContentException if it is none
     */
    abstract void next() throws IOException;

    /** Gives out these bytes; before what is copied after them. */
    final void emit(byte[] bytes) {
        if (heldPosition < held.length) {
            byte[] both = new byte[held.length - heldPosition + bytes.length];
            System.arraycopy(held, heldPosition, both, 0, held.length - heldPosition);
            System.arraycopy(bytes, 0, both, held.length - heldPosition, bytes.length);
            held = both;
        } else {
            held = bytes;
        }
        heldPosition = 0;
    }

    /** Gives out the next bytes of the content as they are; after what is emitted before that. */
    final void copy(long count) {
        copied = count;
    }

    /** Passes over the next bytes of the content. */
    final void drop(long count) throws IOException {
        byte[] buffer = new byte[(int) Math.min(8192, Math.max(1, count))];
        long left = count;
        while (left > 0) {
            int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw ended();
            }
            left -= read;
        }
    }

    /** Nothing comes after what has been given out; what is left of the content is not read. */
    final void end() {
        ended = true;
    }

    /** The next bytes of the content. */
    final byte[] take(int count) throws IOException {
        byte[] bytes = content.readNBytes(count);
        if (bytes.length < count) {
            throw ended();
        }
        return bytes;
    }

    /** The next bytes of the content; fewer if it ends. */
    final byte[] takeUpTo(int count) throws IOException {
        return content.readNBytes(count);
    }

    static MalformedContentException ended() {
        return new MalformedContentException("the content ends within a part");
    }

    static long unsigned(byte[] bytes, int offset, boolean bigEndian) {
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value |= (bytes[offset + i] & 0xffL) << (bigEndian ? 24 - 8 * i : 8 * i);
        }
        return value;
    }

    static boolean isAt(byte[] bytes, int offset, String ascii) {
        if (bytes.length < offset + ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[offset + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte @Nullable [] buffer, int offset, int length) throws IOException {
        if (buffer == null || length == 0) {
            return 0;
        }
        while (true) {
            if (heldPosition < held.length) {
                int count = Math.min(length, held.length - heldPosition);
                System.arraycopy(held, heldPosition, buffer, offset, count);
                heldPosition += count;
                return count;
            }
            if (copied > 0) {
                int read = content.read(buffer, offset, (int) Math.min(length, copied));
                if (read < 0) {
                    throw ended();
                }
                copied -= read;
                return read;
            }
            if (ended) {
                return -1;
            }
            next();
        }
    }
}
