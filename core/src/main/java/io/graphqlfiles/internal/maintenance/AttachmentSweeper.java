package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.internal.blob.AttachmentLifecycle;
import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.maintenance.SweepResult;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.ListingProgress;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finishes what others have left: discards what was announced and never attached, and deletes what is discarded. Any
 * number of nodes may sweep at once; leases keep them from doing the same twice.
 */
final class AttachmentSweeper {

    /** Nobody sends one file for a day. */
    private static final Duration LONGEST_WRITE = Duration.ofHours(24);

    /** Longer than a batch takes to delete. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final AttachmentStore rows;
    private final BlobStores stores;
    private final StoreIdentities identities;
    private final Clock clock;

    AttachmentSweeper(AttachmentStore rows, BlobStores stores, StoreIdentities identities, Clock clock) {
        this.rows = rows;
        this.stores = stores;
        this.identities = identities;
        this.clock = clock;
    }

    /**
     * Sweeps; failures are reported to the tally. Blocks.
     *
     * @param tenant in whose database; null without tenants
     */
    SweepResult.@Nullable Attachments sweep(SweepOptions options, @Nullable String tenant, SweepTally tally) {
        return tally.attempt(SweepTally.attachmentStoreOf(tenant), () -> {
            Instant abandonedBefore = clock.instant().minus(LONGEST_WRITE);
            Instant dueBefore = clock.instant().plusMillis(1);
            long abandoned = options.isDryRun()
                    ? count(AttachmentRow.State.ANNOUNCED, abandonedBefore)
                    : discard(abandonedBefore, options);
            long deleted = options.isDryRun()
                    ? abandoned
                            + count(AttachmentRow.State.DISCARDED, dueBefore)
                            + count(AttachmentRow.State.KEPT, dueBefore)
                    : delete(options, tally);
            return new SweepResult.Attachments(abandoned, deleted, rows.backlog());
        });
    }

    private long count(AttachmentRow.State state, Instant before) {
        long count = 0;
        AttachmentPages pages = new AttachmentPages(rows, state);
        while (pages.hasNext()) {
            count += pages.next().stream()
                    .filter(row -> row.time() != null && row.time().isBefore(before))
                    .count();
        }
        return count;
    }

    private long discard(Instant abandonedBefore, SweepOptions options) {
        long count = 0;
        int some;
        do {
            some = rows.discardUnattached(abandonedBefore, options.batchSize(), clock.instant());
            count += some;
        } while (some == options.batchSize() && SweepTally.rest(options.pause()));
        return count;
    }

    private long delete(SweepOptions options, SweepTally tally) {
        long count = 0;
        List<BlobReference> leased;
        // The same for all batches, or the first come again when their leases have ended while others failed slowly.
        Instant begun = clock.instant();
        ListingProgress batches = new ListingProgress();
        Long total =
                options.progress() == null ? null : Long.valueOf(rows.backlog().discarded());
        ProgressMeter meter = new ProgressMeter("sweep files", total, options.progress());
        do {
            leased = rows.leaseDiscarded(begun, clock.instant().plus(LEASE), options.batchSize());
            if (!leased.isEmpty() && !batches.advancesTo(leased.get(0).toString())) {
                throw new AttachmentStoreException(
                        "leaseDiscarded: expected each blob once while its lease runs, found one again", null);
            }
            count += delete(leased, tally);
            meter.done(leased.size());
        } while (!leased.isEmpty() && SweepTally.rest(options.pause()));
        return count;
    }

    private long delete(List<BlobReference> leased, SweepTally tally) {
        long[] count = {0};
        AttachmentLifecycle.byStore(leased)
                .forEach((store, keys) -> tally.attempt(store, () -> {
                    identities.require(store);
                    stores.delete(store, keys);
                    List<BlobReference> gone = keys.stream()
                            .map(key -> new BlobReference(store, key))
                            .toList();
                    rows.forget(gone);
                    count[0] += gone.size();
                    return null;
                }));
        return count[0];
    }
}
