package io.graphqlfiles.maintenance;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@link FileMaintenance#sweepVariants} has done, or would do.
 *
 * @param variants how many variants were looked at
 * @param deleted how many of them were deleted
 * @param failures what went wrong, by the name of the store; empty if all went well
 */
public record VariantSweepResult(long variants, long deleted, Map<String, RuntimeException> failures) {

    public VariantSweepResult {
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }
}
