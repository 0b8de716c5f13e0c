package io.graphqlfiles.maintenance;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@link FileMaintenance#migrate} has done, or would do.
 *
 * @param there how many blobs were there already, where they go
 * @param copied how many were copied, or would be
 * @param copiedBytes how many bytes these have
 * @param left how many are still to be copied: all of them in a dry run, otherwise those that failed, or come after an
 *     interrupt
 * @param failures what went wrong, by the name of the store; empty if all went well
 * @param isComplete whether everything was looked at; false if the thread was interrupted, or a store did not answer
 */
public record MigrateResult(
        long there,
        long copied,
        long copiedBytes,
        long left,
        Map<String, RuntimeException> failures,
        boolean isComplete) {

    public MigrateResult {
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    /** Whether every blob that was there at the beginning is now where it goes. */
    public boolean isDone() {
        return isComplete && left == 0 && failures.isEmpty();
    }
}
