package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.Attachments;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileReviewer;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.attachments.FileReviews;
import io.graphqlfiles.internal.blob.AttachmentLifecycle;
import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.blob.Tenancy;
import io.graphqlfiles.internal.execution.FileListeners;
import io.graphqlfiles.internal.schema.FileFields;
import io.graphqlfiles.internal.variant.VariantMaking;
import io.graphqlfiles.maintenance.FileMaintenance;
import io.graphqlfiles.maintenance.FileStatus;
import io.graphqlfiles.maintenance.FileStoreDoctor;
import io.graphqlfiles.maintenance.MigrateOptions;
import io.graphqlfiles.maintenance.MigrateResult;
import io.graphqlfiles.maintenance.ReconcileOptions;
import io.graphqlfiles.maintenance.ReconcileResult;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.maintenance.SweepResult;
import io.graphqlfiles.maintenance.VariantSweepResult;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sweeps, compares and examines the stores of one instance. */
public final class StoreMaintenance implements FileMaintenance {

    /**
     * A bucket that is well answers in a fraction of it, with a new connection too; one that hangs must not keep an
     * application from its start until whoever has started it gives it up, after half a minute or so.
     */
    private static final Duration STORE_CHECK_LIMIT = Duration.ofSeconds(5);

    private final BlobStores stores;
    private final StagedSweeper staged;
    private final @Nullable AttachedStores attached;
    private final VariantMaking variants;
    private final StatusCheck status;
    private final Migrations migrations;
    private final FileListeners listeners;
    private final Supplier<FileFields> fields;
    private final Supplier<FileStoreDoctor> doctor;
    private final Clock clock;
    private final Tenancy tenancy;

    /** What there is with an attachment store only. */
    public record AttachedStores(
            AttachmentLifecycle lifecycle,
            StoreIdentities identities,
            Attachments attachments,
            FileReviews reviews,
            @Nullable FileReviewer reviewer) {}

    /**
     * Maintains the stores.
     *
     * @param attached null without an attachment store
     * @param fields those of the schemas that were applied
     * @param doctor for the same
     */
    public StoreMaintenance(
            BlobStores stores,
            StagedSweeper staged,
            @Nullable AttachedStores attached,
            VariantMaking variants,
            StatusCheck status,
            Migrations migrations,
            FileListeners listeners,
            Supplier<FileFields> fields,
            Supplier<FileStoreDoctor> doctor,
            Clock clock,
            Tenancy tenancy) {
        this.stores = stores;
        this.staged = staged;
        this.attached = attached;
        this.variants = variants;
        this.status = status;
        this.migrations = migrations;
        this.listeners = listeners;
        this.fields = fields;
        this.doctor = doctor;
        this.clock = clock;
        this.tenancy = tenancy;
    }

    @Override
    public SweepResult sweep() {
        return sweep(SweepOptions.newSweepOptions().build());
    }

    @Override
    public SweepResult sweep(SweepOptions options) {
        return options.isDryRun() ? sweepOnce(options) : listeners.sweeping(() -> sweepOnce(options));
    }

    private SweepResult sweepOnce(SweepOptions options) {
        SweepTally tally = new SweepTally();
        StagedSweeper.Swept swept = staged.sweep(options, tally);
        SweepResult.Attachments attachments = sweepAttachments(options, tally);
        AttachedStores known = attached;
        if (known != null && !options.isDryRun() && known.reviews().areThere()) {
            forEachTenant(
                    tally, tenant -> tally.attempt(SweepTally.attachmentStoreOf(tenant), () -> reviewOnce(known)));
        }
        return new SweepResult(swept.deleted(), swept.removed(), attachments, tally.failures());
    }

    private SweepResult.@Nullable Attachments sweepAttachments(SweepOptions options, SweepTally tally) {
        if (attached == null) {
            return null;
        }
        AttachmentSweeper sweeper =
                new AttachmentSweeper(attached.lifecycle().rows(), stores, attached.identities(), clock);
        SweptAttachments all = new SweptAttachments();
        forEachTenant(tally, tenant -> all.add(sweeper.sweep(options, tenant, tally)));
        return all.sum();
    }

    /** A tenant that cannot be worked for does not keep the others from being swept. */
    private void forEachTenant(SweepTally tally, Consumer<@Nullable String> work) {
        tenancy.forEach(work, (tenant, failure) -> tally.add(SweepTally.attachmentStoreOf(tenant), failure));
    }

    @Override
    public Reviewed review() {
        AttachedStores known = requireAttached("review");
        List<Reviewed> all = new ArrayList<>();
        tenancy.forEach(tenant -> all.add(reviewOnce(known)));
        return new Reviewed(
                all.stream().mapToLong(Reviewed::released).sum(),
                all.stream().mapToLong(Reviewed::rejected).sum(),
                all.stream().mapToLong(Reviewed::waiting).sum());
    }

    private Reviewed reviewOnce(AttachedStores known) {
        return new ReviewJob(
                        known.lifecycle().rows(),
                        known.reviews(),
                        stores,
                        known.identities(),
                        known.reviewer(),
                        fields,
                        clock)
                .run();
    }

    @Override
    public FileStatus status() {
        return status.ask(STORE_CHECK_LIMIT);
    }

    @Override
    public void checkStores() {
        if (attached == null) {
            return;
        }
        long end = System.nanoTime() + STORE_CHECK_LIMIT.toNanos();
        tenancy.forEach(tenant -> {
            long left = end - System.nanoTime();
            // Of the others each is checked before a sweep deletes anything.
            if (tenant == null || left > 0) {
                attached.identities().check(storesOf(tenant), Duration.ofNanos(left));
            }
        });
    }

    private Set<String> storesOf(@Nullable String tenant) {
        Set<String> names = new TreeSet<>();
        fields.get()
                .allAttached()
                .forEach(field -> names.add(tenancy.field(field.field(), tenant).store()));
        return names;
    }

    @Override
    public ReconcileResult reconcile(ReconcileOptions options, Consumer<ReconcileResult.Finding> findings) {
        AttachedStores present = requireAttached("reconcile");
        Set<String> known = new TreeSet<>();
        fields.get().allAttached().forEach(field -> known.add(field.ownerType() + "." + field.name()));
        List<ReconcileResult> results = new ArrayList<>();
        tenancy.forEach(tenant -> {
            if (options.deletesOrphans()) {
                stores.names().forEach(present.identities()::require);
            }
            results.add(new Reconciler(
                            present.lifecycle(),
                            present.reviews(),
                            stores,
                            known,
                            tenant,
                            options,
                            clock.instant(),
                            findings)
                    .run());
        });
        return sum(results);
    }

    private static ReconcileResult sum(List<ReconcileResult> results) {
        boolean isComplete = !Thread.currentThread().isInterrupted();
        ReconcileResult sum = new ReconcileResult(0, 0, 0, 0, 0, 0, 0, isComplete);
        for (ReconcileResult each : results) {
            sum = new ReconcileResult(
                    sum.blobs() + each.blobs(),
                    sum.attached() + each.attached(),
                    sum.orphans() + each.orphans(),
                    sum.deletedOrphans() + each.deletedOrphans(),
                    sum.missing() + each.missing(),
                    sum.ownerless() + each.ownerless(),
                    sum.unknown() + each.unknown(),
                    sum.isComplete() && each.isComplete());
        }
        return sum;
    }

    @Override
    public VariantSweepResult sweepVariants(SweepOptions options) {
        return new VariantSweeper(stores, options).sweep();
    }

    @Override
    public long makeVariants(SweepOptions options) {
        AttachedStores present = requireAttached("makeVariants");
        AtomicLong count = new AtomicLong();
        tenancy.forEach(tenant -> count.addAndGet(makeVariants(present, options)));
        return count.get();
    }

    private long makeVariants(AttachedStores present, SweepOptions options) {
        AttachmentStore rows = present.lifecycle().rows();
        Long total = options.progress() == null
                ? null
                : Long.valueOf(rows.statistics().attached());
        ProgressMeter meter = new ProgressMeter("make variants", total, options.progress());
        AttachmentPages pages = new AttachmentPages(rows, AttachmentRow.State.ATTACHED);
        long count = 0;
        do {
            for (AttachmentRow row : pages.next()) {
                AttachmentSlot slot = row.slot();
                FileField field = slot == null ? null : fields.get().find(slot.ownerType() + "." + slot.field());
                if (Thread.currentThread().isInterrupted()) {
                    return count;
                }
                if (slot != null && field != null && isShown(present.reviews(), slot, field, row.blob())) {
                    count += variants.makeAll(field, row.blob());
                }
                meter.done(1);
            }
        } while (pages.hasNext() && SweepTally.rest(options.pause()));
        meter.end();
        return count;
    }

    /** What waits for a review, or was rejected, is shown to nobody: decoders have no business with it either. */
    private static boolean isShown(FileReviews reviews, AttachmentSlot slot, FileField field, BlobReference blob) {
        if (field.variants().isEmpty()) {
            return false;
        }
        if (!field.isReviewed()) {
            return true;
        }
        StoredFile file = reviews.find(slot, blob);
        return file != null && file.status() == StoredFile.Status.READY;
    }

    @Override
    public long relocate(SweepOptions options) {
        AttachedStores present = requireAttached("relocate");
        AtomicLong count = new AtomicLong();
        tenancy.forEach(tenant -> count.addAndGet(new Relocation(
                        present.lifecycle().rows(),
                        present.attachments(),
                        fields.get(),
                        field -> tenancy.field(field, tenant),
                        options)
                .run()));
        return count.get();
    }

    private AttachedStores requireAttached(String operation) {
        if (attached == null) {
            throw new IllegalStateException(operation + ": expected an attachment store in the builder, found none");
        }
        return attached;
    }

    @Override
    public MigrateResult migrate(MigrateOptions options) {
        return migrations.run(options);
    }

    @Override
    public FileStoreDoctor doctor() {
        return doctor.get();
    }
}
