package io.graphqlfiles.spi;

/**
 * A part of a blob.
 *
 * @param offset the first byte, from 0
 * @param length how many bytes at most, 1 or more
 */
public record ByteRange(long offset, long length) {

    private static final ByteRange WHOLE = new ByteRange(0, Long.MAX_VALUE);

    /** @throws IllegalArgumentException if the offset is negative or the length is below 1 */
    public ByteRange {
        if (offset < 0) {
            throw new IllegalArgumentException("offset: expected 0 or more, found " + offset);
        }
        if (length < 1) {
            throw new IllegalArgumentException("length: expected 1 or more, found " + length);
        }
    }

    /** All of the blob, however long it is. */
    public static ByteRange whole() {
        return WHOLE;
    }

    /** The first bytes of the blob. */
    public static ByteRange first(long length) {
        return new ByteRange(0, length);
    }
}
