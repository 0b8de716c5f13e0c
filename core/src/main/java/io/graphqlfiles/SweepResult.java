package io.graphqlfiles;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a sweep has done.
 *
 * @param deletedBlobs how many abandoned direct uploads were deleted; blobs that another node deleted at the same
 *     moment may be counted on both
 * @param removedUnfinishedWrites how many leftovers of writes that never finished were removed
 * @param failures what went wrong, by the name of the store; empty if all went well. The next sweep tries again.
 */
public record SweepResult(long deletedBlobs, long removedUnfinishedWrites, Map<String, RuntimeException> failures) {

    public SweepResult {
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }
}
