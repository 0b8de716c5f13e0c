package io.graphqlfiles.maintenance;

import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep has done, or would do.
 *
 * @param deletedBlobs how many abandoned direct uploads were deleted; blobs that another node deleted at the same
 *     moment may be counted on both
 * @param removedUnfinishedWrites how many leftovers of writes that never finished were removed; none are counted in a
 *     dry run
 * @param attachments what was done about attached files, of all tenants together; null without an attachment store, or
 *     if its database failed
 * @param failures what went wrong, by the name of the store, and under {@value #ATTACHMENT_STORE} for the attachment
 *     store, with {@code of} and the tenant after it if there are tenants; empty if all went well. The next sweep tries
 *     again.
 */
public record SweepResult(
        long deletedBlobs,
        long removedUnfinishedWrites,
        SweepResult.@Nullable Attachments attachments,
        Map<String, RuntimeException> failures) {

    /** Under which {@link #failures()} has those of the attachment store; no other store can have this name. */
    public static final String ATTACHMENT_STORE = "attachment store";

    // Not the compact form: javac loses there that a nested type may be null, and Kotlin refuses those who give null.
    public SweepResult(
            long deletedBlobs,
            long removedUnfinishedWrites,
            SweepResult.@Nullable Attachments attachments,
            Map<String, RuntimeException> failures) {
        this.deletedBlobs = deletedBlobs;
        this.removedUnfinishedWrites = removedUnfinishedWrites;
        this.attachments = attachments;
        this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    /**
     * What a sweep has done about attached files.
     *
     * @param abandoned how many files were found that had been announced and never attached
     * @param deleted how many blobs that nothing refers to were deleted, with their rows
     * @param backlog what there is left to be done after the sweep
     */
    public record Attachments(long abandoned, long deleted, AttachmentStatistics.Backlog backlog) {}
}
