package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.FileField;
import io.graphqlfiles.internal.blob.AttachmentLifecycle;
import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.execution.FileListeners;
import io.graphqlfiles.internal.schema.FileFields;
import io.graphqlfiles.internal.variant.VariantMaking;
import io.graphqlfiles.maintenance.FileMaintenance;
import io.graphqlfiles.maintenance.FileStatus;
import io.graphqlfiles.maintenance.FileStoreDoctor;
import io.graphqlfiles.maintenance.ReconcileOptions;
import io.graphqlfiles.maintenance.ReconcileResult;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.maintenance.SweepResult;
import io.graphqlfiles.maintenance.VariantSweepResult;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
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
    private final FileListeners listeners;
    private final Supplier<FileFields> fields;
    private final Supplier<FileStoreDoctor> doctor;
    private final Clock clock;

    /** What there is with an attachment store only. */
    public record AttachedStores(AttachmentLifecycle lifecycle, StoreIdentities identities) {}

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
            FileListeners listeners,
            Supplier<FileFields> fields,
            Supplier<FileStoreDoctor> doctor,
            Clock clock) {
        this.stores = stores;
        this.staged = staged;
        this.attached = attached;
        this.variants = variants;
        this.status = status;
        this.listeners = listeners;
        this.fields = fields;
        this.doctor = doctor;
        this.clock = clock;
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
        SweepResult.Attachments attachments = attached == null
                ? null
                : new AttachmentSweeper(attached.lifecycle().rows(), stores, attached.identities(), clock)
                        .sweep(options, tally);
        return new SweepResult(swept.deleted(), swept.removed(), attachments, tally.failures());
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
        Set<String> names = new TreeSet<>();
        fields.get().allAttached().forEach(field -> names.add(field.field().store()));
        attached.identities().check(names, STORE_CHECK_LIMIT);
    }

    @Override
    public ReconcileResult reconcile(ReconcileOptions options, Consumer<ReconcileResult.Finding> findings) {
        if (attached == null) {
            throw new IllegalStateException("reconcile: expected an attachment store in the builder, found none");
        }
        if (options.deletesOrphans()) {
            stores.names().forEach(attached.identities()::require);
        }
        Set<String> known = new TreeSet<>();
        fields.get().allAttached().forEach(field -> known.add(field.ownerType() + "." + field.name()));
        return new Reconciler(attached.lifecycle().rows(), stores, known, options, clock.instant(), findings).run();
    }

    @Override
    public VariantSweepResult sweepVariants(SweepOptions options) {
        return new VariantSweeper(stores, options).sweep();
    }

    @Override
    public long makeVariants(SweepOptions options) {
        if (attached == null) {
            throw new IllegalStateException("makeVariants: expected an attachment store in the builder, found none");
        }
        AttachmentPages pages = new AttachmentPages(attached.lifecycle().rows(), AttachmentRow.State.ATTACHED);
        long count = 0;
        do {
            for (AttachmentRow row : pages.next()) {
                AttachmentSlot slot = row.slot();
                FileField field = slot == null ? null : fields.get().find(slot.ownerType() + "." + slot.field());
                count += field == null ? 0 : variants.makeAll(field, row.blob());
            }
        } while (pages.hasNext() && SweepTally.rest(options.pause()));
        return count;
    }

    @Override
    public FileStoreDoctor doctor() {
        return doctor.get();
    }
}
