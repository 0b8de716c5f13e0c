package io.graphqlfiles.internal.maintenance;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.attachments.FileReviews;
import io.graphqlfiles.internal.blob.AttachmentLifecycle;
import io.graphqlfiles.internal.blob.BlobPages;
import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.maintenance.ReconcileOptions;
import io.graphqlfiles.maintenance.ReconcileResult;
import io.graphqlfiles.maintenance.ReconcileResult.Finding.Kind;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentRow.State;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the attachment store with the blob stores, while both are in use. One use.
 *
 * <p>Both directions rest on the order in which rows and bytes come and go. A blob that is there after its row was
 * found missing has none for good: its row came before it and goes after it, and what is gone stays gone. A row that is
 * attached before and after its blob was found missing has missed it all the time.
 */
final class Reconciler {

    private static final int PAGE = 1000;

    private final AttachmentLifecycle lifecycle;
    private final FileReviews reviews;
    private final AttachmentStore rows;
    private final BlobStores stores;
    private final Set<String> fields;
    private final @Nullable String tenant;
    private final ReconcileOptions options;
    private final Instant orphanedBefore;
    private final Consumer<ReconcileResult.Finding> findings;

    private final SeenBlobs seen = new SeenBlobs();
    private long blobs;
    private long attached;
    private long orphans;
    private long deletedOrphans;
    private long missing;
    private long ownerless;
    private long unknown;
    private final Set<String> unknownFields = new TreeSet<>();

    /**
     * @param fields coordinates of the attached fields that there are; empty if that is not known
     * @param tenant whose database it is; null without tenants
     */
    Reconciler(
            AttachmentLifecycle lifecycle,
            FileReviews reviews,
            BlobStores stores,
            Set<String> fields,
            @Nullable String tenant,
            ReconcileOptions options,
            Instant now,
            Consumer<ReconcileResult.Finding> findings) {
        this.lifecycle = lifecycle;
        this.reviews = reviews;
        this.rows = lifecycle.rows();
        this.stores = stores;
        this.fields = Set.copyOf(fields);
        this.tenant = tenant;
        this.options = options;
        this.orphanedBefore = now.minus(options.orphanGrace());
        this.findings = findings;
    }

    ReconcileResult run() {
        boolean isComplete = lookAtBlobs() && lookAtRows();
        return new ReconcileResult(blobs, attached, orphans, deletedOrphans, missing, ownerless, unknown, isComplete);
    }

    private boolean lookAtBlobs() {
        ProgressMeter meter = new ProgressMeter("reconcile blobs", null, options.progress());
        for (String store : stores.names()) {
            for (String prefix : FileKeys.attachedPrefixes(tenant)) {
                BlobPages pages = new BlobPages(stores.store(store), prefix, PAGE);
                do {
                    List<BlobInfo> page = pages.next().blobs();
                    lookAt(store, page);
                    meter.done(page.size());
                    if (!SweepTally.rest(options.pause())) {
                        return false;
                    }
                } while (pages.hasNext());
            }
        }
        return true;
    }

    private void lookAt(String store, List<BlobInfo> listed) {
        List<BlobInfo> page = listed.stream()
                .filter(blob -> !blob.key().equals(FileKeys.identityOf(tenant)))
                .toList();
        blobs += page.size();
        page.forEach(blob -> seen.add(new BlobReference(store, blob.key())));
        List<BlobReference> old = page.stream()
                .filter(blob -> blob.createdAt().isBefore(orphanedBefore))
                .map(blob -> new BlobReference(store, blob.key()))
                .toList();
        if (old.isEmpty()) {
            return;
        }
        Set<BlobReference> known =
                rows.rows(old).stream().map(AttachmentRow::blob).collect(Collectors.toSet());
        // One that was deleted properly since it was listed has lost its bytes before its row.
        List<BlobReference> found = old.stream()
                .filter(blob -> !known.contains(blob) && stores.store(store).stat(blob.key()) != null)
                .toList();
        if (found.isEmpty()) {
            return;
        }
        orphans += found.size();
        if (options.deletesOrphans()) {
            stores.delete(store, found.stream().map(BlobReference::key).toList());
            deletedOrphans += found.size();
        }
        found.forEach(blob ->
                findings.accept(new ReconcileResult.Finding(Kind.ORPHAN, blob, null, options.deletesOrphans())));
    }

    private boolean lookAtRows() {
        AttachmentPages pages = new AttachmentPages(rows, State.ATTACHED);
        ProgressMeter meter = new ProgressMeter("reconcile files", null, options.progress());
        while (pages.hasNext()) {
            List<AttachmentRow> page = pages.next();
            attached += page.size();
            page.stream().filter(row -> isMissing(row.blob())).forEach(row -> {
                missing++;
                findings.accept(new ReconcileResult.Finding(Kind.MISSING, row.blob(), row.slot(), false));
            });
            lookAtFields(page);
            lookAtOwners(page);
            meter.done(page.size());
            if (!SweepTally.rest(options.pause())) {
                return false;
            }
        }
        return true;
    }

    private static AttachmentSlot slot(AttachmentRow row) {
        if (row.slot() == null) {
            throw new AttachmentStoreException(
                    "list: expected the rows that are ATTACHED, found one that is attached to nothing", null);
        }
        return row.slot();
    }

    private void lookAtFields(List<AttachmentRow> page) {
        if (fields.isEmpty()) {
            return;
        }
        for (AttachmentRow row : page) {
            AttachmentSlot slot = slot(row);
            String coordinate = slot.ownerType() + "." + slot.field();
            if (!fields.contains(coordinate)) {
                unknown++;
                if (unknownFields.add(coordinate)) {
                    findings.accept(new ReconcileResult.Finding(Kind.UNKNOWN_FIELD, row.blob(), slot, false));
                }
            }
        }
    }

    private void lookAtOwners(List<AttachmentRow> page) {
        BiFunction<String, Set<String>, Set<String>> existing = options.existingOwners();
        if (existing == null) {
            return;
        }
        Map<String, Map<String, List<AttachmentRow>>> byOwner = new TreeMap<>();
        for (AttachmentRow row : page) {
            AttachmentSlot slot = slot(row);
            byOwner.computeIfAbsent(slot.ownerType(), type -> new TreeMap<>())
                    .computeIfAbsent(slot.ownerId(), id -> new ArrayList<>())
                    .add(row);
        }
        byOwner.forEach((type, owners) -> {
            Set<String> gone = new TreeSet<>(owners.keySet());
            gone.removeAll(existing.apply(type, Set.copyOf(gone)));
            for (String id : gone) {
                boolean discards = options.deletesOrphans();
                if (discards) {
                    lifecycle.abandonAll(type, id);
                }
                for (AttachmentRow row : requireNonNull(owners.get(id))) {
                    ownerless++;
                    findings.accept(new ReconcileResult.Finding(Kind.OWNERLESS, row.blob(), row.slot(), discards));
                }
            }
        });
    }

    /** Its content is gone on purpose. */
    private boolean isRejected(AttachmentRow row) {
        try {
            StoredFile file = reviews.find(slot(row), row.blob());
            return file != null && file.status() == StoredFile.Status.REJECTED;
        } catch (IllegalArgumentException e) {
            return false; // Facts that a later release has written: no reason not to find what is missing.
        }
    }

    /** A blob that was not listed may be younger than the listing. */
    private boolean isMissing(BlobReference blob) {
        return !seen.contains(blob)
                && (!stores.names().contains(blob.store())
                        || stores.store(blob.store()).stat(blob.key()) == null)
                && rows.rows(List.of(blob)).stream().anyMatch(row -> row.state() == State.ATTACHED && !isRejected(row));
    }
}
