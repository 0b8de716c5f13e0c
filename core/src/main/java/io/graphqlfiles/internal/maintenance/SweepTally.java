package io.graphqlfiles.internal.maintenance;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What goes wrong in a sweep, which goes on with the rest. */
final class SweepTally {

    /** Enough to see whether they are all the same. */
    private static final int MAX_SUPPRESSED = 9;

    private final Map<String, RuntimeException> failures = new LinkedHashMap<>();

    /** What failed, by the name of the store. */
    Map<String, RuntimeException> failures() {
        return failures;
    }

    /** What the work returned; null if it failed. */
    <T> @Nullable T attempt(String store, Supplier<@Nullable T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            RuntimeException first = failures.putIfAbsent(store, e);
            if (first != null && first != e && first.getSuppressed().length < MAX_SUPPRESSED) {
                first.addSuppressed(e);
            }
            return null;
        }
    }

    /** Rests; false if the thread was interrupted, which ends the sweep early. */
    static boolean rest(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
