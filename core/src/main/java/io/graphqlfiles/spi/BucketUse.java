package io.graphqlfiles.spi;

import java.util.List;

/**
 * What the fields of an application need of a bucket.
 *
 * @param publicBlobs whether some blobs, those below {@code public/}, are read by everyone
 * @param directUploads whether clients send blobs straight to the store, below {@code staged/}
 * @param allowedOrigins origins whose scripts do so and read, such as {@code https://shop.example.com}; {@code *} for
 *     all; copied
 * @param leftoverDays after how many days nobody can claim what clients have sent, so that it may be removed; 1 or more
 */
public record BucketUse(boolean publicBlobs, boolean directUploads, List<String> allowedOrigins, int leftoverDays) {

    /** @throws IllegalArgumentException if the days are below 1 */
    public BucketUse {
        allowedOrigins = List.copyOf(allowedOrigins);
        if (leftoverDays < 1) {
            throw new IllegalArgumentException("leftoverDays: expected 1 or more, found " + leftoverDays);
        }
    }
}
