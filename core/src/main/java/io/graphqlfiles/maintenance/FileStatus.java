package io.graphqlfiles.maintenance;

import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether files can be stored and read just now; from {@link FileMaintenance#status}. Immutable.
 *
 * @param stores the names of all stores
 * @param backlog what waits for sweeps; null without an attachment store, if its database failed, or if there are
 *     tenants: sweeps say what waits in their databases
 * @param failures of what did not answer, or not in time: by the name of the store, and under
 *     {@link SweepResult#ATTACHMENT_STORE} for the attachment store. Their messages are the stores' own, for operators.
 */
public record FileStatus(
        Set<String> stores, AttachmentStatistics.@Nullable Backlog backlog, Map<String, RuntimeException> failures) {

    // Not the compact form: javac loses there that a nested type may be null, and Kotlin refuses those who give null.
    public FileStatus(
            Set<String> stores,
            AttachmentStatistics.@Nullable Backlog backlog,
            Map<String, RuntimeException> failures) {
        this.stores = Set.copyOf(stores);
        this.backlog = backlog;
        this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    /** Whether every store, and the database, has answered. */
    public boolean isReachable() {
        return failures.isEmpty();
    }
}
