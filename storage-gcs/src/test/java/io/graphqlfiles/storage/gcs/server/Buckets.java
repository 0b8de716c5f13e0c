package io.graphqlfiles.storage.gcs.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All buckets, and how much of them is given in one answer. */
final class Buckets {

    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final int maxPageSize;
    private final long bytesPerRewrite;

    Buckets(int maxPageSize, long bytesPerRewrite) {
        this.maxPageSize = maxPageSize;
        this.bytesPerRewrite = bytesPerRewrite;
    }

    void add(Bucket bucket) {
        buckets.put(bucket.name(), bucket);
    }

    Bucket require(String name) {
        Bucket bucket = buckets.get(name);
        if (bucket == null) {
            throw new Refusal(404, "notFound", "NoSuchBucket", "The specified bucket does not exist.");
        }
        return bucket;
    }

    int pageSize(String asked) {
        return asked == null ? maxPageSize : Math.min(maxPageSize, Integer.parseInt(asked));
    }

    long bytesPerRewrite() {
        return bytesPerRewrite;
    }
}
