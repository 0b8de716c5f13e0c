package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.maintenance.SweepResult;
import io.graphqlfiles.spi.attachment.AttachmentStatistics.Backlog;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What sweeps have done about attached files, of one tenant after the other. Not thread-safe. */
final class SweptAttachments {

    private SweepResult.@Nullable Attachments sum;

    /** @param more null if the tenant's database failed */
    void add(SweepResult.@Nullable Attachments more) {
        SweepResult.Attachments before = sum;
        if (before == null || more == null) {
            sum = before == null ? more : before;
            return;
        }
        sum = new SweepResult.Attachments(
                before.abandoned() + more.abandoned(),
                before.deleted() + more.deleted(),
                new Backlog(
                        before.backlog().announced() + more.backlog().announced(),
                        before.backlog().discarded() + more.backlog().discarded(),
                        before.backlog().kept() + more.backlog().kept(),
                        earlier(
                                before.backlog().oldestAnnounced(),
                                more.backlog().oldestAnnounced()),
                        earlier(
                                before.backlog().oldestDiscarded(),
                                more.backlog().oldestDiscarded())));
    }

    /** Null if every database failed, or there is none. */
    SweepResult.@Nullable Attachments sum() {
        return sum;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
