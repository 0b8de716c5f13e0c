package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.FileCandidate;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileReviewer;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.StoredFile.Status;
import io.graphqlfiles.internal.attachments.FileReviews;
import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.schema.FileFields;
import io.graphqlfiles.maintenance.FileMaintenance;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.ListingProgress;
import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has files reviewed that wait, and deletes the content of rejected ones. Any number of nodes may do so at once: a file
 * is given to one for as long as its lease runs, and decided about once, even if two look at it.
 */
final class ReviewJob {

    private static final Logger LOG = LoggerFactory.getLogger(ReviewJob.class);

    /** Longer than a scanner looks at one file. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    private static final Duration LAST_RETRY = Duration.ofMinutes(10);
    /** Then the reviewer is away, rather than one file a strange one. */
    private static final int FAILURES_IN_A_ROW = 3;
    /** Without a reviewer there is little to do with each. */
    private static final int BATCH = 100;

    private final AttachmentStore rows;
    private final FileReviews reviews;
    private final BlobStores stores;
    private final StoreIdentities identities;
    private final @Nullable FileReviewer reviewer;
    private final Supplier<FileFields> fields;
    private final Clock clock;

    private long released;
    private long rejected;
    private long waiting;
    private int failures;

    /** For one run. */
    ReviewJob(
            AttachmentStore rows,
            FileReviews reviews,
            BlobStores stores,
            StoreIdentities identities,
            @Nullable FileReviewer reviewer,
            Supplier<FileFields> fields,
            Clock clock) {
        this.rows = rows;
        this.reviews = reviews;
        this.stores = stores;
        this.identities = identities;
        this.reviewer = reviewer;
        this.fields = fields;
        this.clock = clock;
    }

    FileMaintenance.Reviewed run() {
        // The same for all: what is put off meanwhile is for the next run.
        Instant begun = clock.instant();
        ListingProgress progress = new ListingProgress();
        List<AttachmentRow> leased;
        do {
            leased = rows.leaseAttached(begun, clock.instant().plus(LEASE), reviewer == null ? BATCH : 1);
            if (!leased.isEmpty() && !progress.advancesTo(leased.get(0).blob().toString())) {
                throw new AttachmentStoreException(
                        "leaseAttached: expected each file once while its lease runs, found one again", null);
            }
            for (AttachmentRow row : leased) {
                if (row.slot() != null) {
                    look(row.slot(), row.blob());
                }
            }
        } while (!leased.isEmpty() && failures < FAILURES_IN_A_ROW && SweepTally.rest(Duration.ZERO));
        return new FileMaintenance.Reviewed(released, rejected, waiting);
    }

    private void look(AttachmentSlot slot, BlobReference blob) {
        StoredFile file = reviews.find(slot, blob);
        if (file == null) {
            return; // replaced, and so nobody's concern
        }
        try {
            switch (file.status()) {
                case PENDING -> review(slot, blob, file);
                case REJECTED -> deleteContent(slot, blob);
                case READY -> reviews.due(slot, blob, null);
            }
        } catch (AttachmentConflictException e) {
            LOG.debug("{} is being changed; looked at again when its lease ends", blob, e);
        }
    }

    private void review(AttachmentSlot slot, BlobReference blob, StoredFile file) {
        FileField field = fields.get().find(slot.ownerType() + "." + slot.field());
        if (reviewer == null || field == null) {
            waiting++;
            return;
        }
        try {
            reviewer.review(new FileCandidate(field, file, stores.store(file.store())));
        } catch (FileException e) {
            if (e.code() == FileErrorCode.FILE_CHECK_FAILED) {
                putOff(slot, blob, file, e);
            } else {
                reject(slot, blob, e);
            }
            return;
        } catch (IOException | RuntimeException e) {
            putOff(slot, blob, file, e);
            return;
        }
        failures = 0;
        released += reviews.decide(slot, blob, Status.READY) == FileReviews.Outcome.DECIDED ? 1 : 0;
    }

    private void reject(AttachmentSlot slot, BlobReference blob, FileException reason) {
        failures = 0;
        FileReviews.Outcome outcome = reviews.decide(slot, blob, Status.REJECTED);
        if (outcome == FileReviews.Outcome.DECIDED) {
            rejected++;
            LOG.info("{} of {} was rejected: {}", blob, slot, reason.getMessage());
        }
        if (outcome != FileReviews.Outcome.REFUSED) {
            deleteContent(slot, blob);
        }
    }

    private void putOff(AttachmentSlot slot, BlobReference blob, StoredFile file, Exception reason) {
        waiting++;
        failures++;
        LOG.warn("{} of {} could not be reviewed; it waits, and is tried again", blob, slot, reason);
        Instant now = clock.instant();
        Duration age = Duration.between(file.createdAt(), now);
        Duration delay = age.compareTo(FIRST_RETRY) < 0 ? FIRST_RETRY : age;
        reviews.due(slot, blob, now.plus(delay.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : delay));
    }

    private void deleteContent(AttachmentSlot slot, BlobReference blob) {
        identities.require(blob.store());
        stores.delete(blob.store(), List.of(blob.key()));
        reviews.due(slot, blob, null);
    }
}
