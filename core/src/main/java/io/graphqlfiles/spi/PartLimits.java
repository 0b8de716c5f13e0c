package io.graphqlfiles.spi;

/**
 * What a store's server takes of an upload in parts. All inclusive, in bytes.
 *
 * @param minPartByteSize the smallest part, but for the last, which may be smaller
 * @param maxPartByteSize the largest part
 * @param maxParts how many parts a blob may have
 * @param maxByteSize the largest blob
 */
public record PartLimits(long minPartByteSize, long maxPartByteSize, int maxParts, long maxByteSize) {

    /** @throws IllegalArgumentException if one is below 1, or the smallest is larger than the largest */
    public PartLimits {
        if (minPartByteSize < 1 || maxPartByteSize < minPartByteSize || maxParts < 1 || maxByteSize < 1) {
            throw new IllegalArgumentException("expected 1 <= minPartByteSize <= maxPartByteSize, 1 or more parts and"
                    + " bytes, found " + minPartByteSize + ", " + maxPartByteSize + ", " + maxParts + ", "
                    + maxByteSize);
        }
    }
}
