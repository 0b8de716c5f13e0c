package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BlobKeys;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Where the blobs are, and what to call them there.
 *
 * @param client the application's, whose failures are all the SDK's
 * @param name of the bucket
 * @param keyPrefix what comes before every key; empty, or whole segments that end in {@code /}
 */
record Bucket(S3Client client, String name, String keyPrefix) {

    /** The bucket's name for a blob. */
    String objectKey(String key) {
        return keyPrefix + key;
    }

    /** Our name for an object; null if it is none of ours. */
    @Nullable
    String key(String objectKey) {
        if (!objectKey.startsWith(keyPrefix)) {
            return null;
        }
        String key = objectKey.substring(keyPrefix.length());
        return BlobKeys.isValid(key) ? key : null;
    }

    /**
     * Gives a request that follows a failure a quarter of the time that the client has for a call: the caller has
     * waited for one already. None where the client has no limit.
     */
    void inAHurry(AwsRequestOverrideConfiguration.Builder request) {
        try {
            client.serviceClientConfiguration()
                    .overrideConfiguration()
                    .apiCallTimeout()
                    .ifPresent(limit -> request.apiCallTimeout(limit.dividedBy(4)));
        } catch (UnsupportedOperationException e) {
            // A client that the application wrote itself does not say.
        }
    }
}
