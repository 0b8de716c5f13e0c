package io.graphqlfiles.storage.s3;

/**
 * How much of a blob one request copies.
 *
 * @param whole the largest blob that is copied with one request, in bytes: Amazon takes 5 GiB, but copies several parts
 *     at once faster, and one request must be answered before clients stop waiting
 * @param part of a larger one, in bytes
 */
record CopySizes(long whole, long part) {

    private static final long MIB = 1024 * 1024;

    static final CopySizes DEFAULTS = new CopySizes(1024 * MIB, 256 * MIB);
}
