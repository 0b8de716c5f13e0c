package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.spi.BlobReference;
import java.util.Arrays;

/**
 * Remembers blobs by a hash of 64 bits, so that a million takes 8 to 16 MB. That it takes one for another is possible
 * and, with a million of them, as likely as one in ten million.
 */
final class SeenBlobs {

    private long[] hashes = new long[1024];
    private int count;
    private boolean isSorted = true;

    void add(BlobReference blob) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        hashes[count++] = hash(blob);
        isSorted = false;
    }

    boolean contains(BlobReference blob) {
        if (!isSorted) {
            Arrays.sort(hashes, 0, count);
            isSorted = true;
        }
        return Arrays.binarySearch(hashes, 0, count, hash(blob)) >= 0;
    }

    /** FNV-1a. */
    private static long hash(BlobReference blob) {
        String text = blob.toString();
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
