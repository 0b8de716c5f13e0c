package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.maintenance.SweepResult;
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

    /** What the attachment store of a tenant is called. */
    static String attachmentStoreOf(@Nullable String tenant) {
        return SweepResult.ATTACHMENT_STORE + (tenant == null ? "" : " of " + tenant);
    }

    /** What the work returned; null if it failed. */
    <T> @Nullable T attempt(String store, Supplier<@Nullable T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            add(store, e);
            return null;
        }
    }

    void add(String store, RuntimeException failure) {
        RuntimeException first = failures.putIfAbsent(store, failure);
        if (first != null && first != failure && first.getSuppressed().length < MAX_SUPPRESSED) {
            first.addSuppressed(failure);
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
