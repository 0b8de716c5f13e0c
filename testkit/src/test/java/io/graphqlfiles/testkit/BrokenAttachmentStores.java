package io.graphqlfiles.testkit;

import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentChange;
import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import io.graphqlfiles.spi.attachment.AttachmentEdit;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Attachment stores with one mistake each, such as one makes. */
final class BrokenAttachmentStores {

    private BrokenAttachmentStores() {}

    /** A right store, to be spoilt in one place. */
    abstract static class Spoilt extends ForwardingAttachmentStore {

        final InMemoryAttachmentStore right;

        Spoilt() {
            this(new InMemoryAttachmentStore());
        }

        private Spoilt(InMemoryAttachmentStore right) {
            super(right);
            this.right = right;
        }

        UnitOfWork unitOfWork() {
            return right.unitOfWork();
        }
    }

    static final class AnnouncesOneByOne extends Spoilt {
        @Override
        public void announce(Collection<BlobReference> blobs, Instant now) {
            blobs.forEach(blob -> super.announce(List.of(blob), now));
        }
    }

    static final class AnnouncesWhatIsKnown extends Spoilt {
        @Override
        public void announce(Collection<BlobReference> blobs, Instant now) {
            try {
                super.announce(blobs, now);
            } catch (AttachmentStoreException e) {
                // taken for a repetition
            }
        }
    }

    static final class ReportsAttachedBlobsAsDiscarded extends Spoilt {
        @Override
        public Set<BlobReference> discard(Collection<BlobReference> blobs, Instant dueAt) {
            super.discard(blobs, dueAt);
            return Set.copyOf(blobs);
        }
    }

    static final class ReportsOnlyBlobsWithRows extends Spoilt {
        @Override
        public Set<BlobReference> discard(Collection<BlobReference> blobs, Instant dueAt) {
            Set<BlobReference> discarded = new HashSet<>(super.discard(blobs, dueAt));
            Set<BlobReference> known = new HashSet<>();
            rows(List.copyOf(new LinkedHashSet<>(blobs))).forEach(row -> known.add(row.blob()));
            discarded.retainAll(known);
            return discarded;
        }
    }

    /** Edits of another kind. */
    private abstract static class EditsOtherwise extends Spoilt {

        abstract List<AttachedFile> edit(UnaryOperator<List<AttachedFile>> edit, List<AttachedFile> present);

        @Override
        public List<AttachmentChange> change(List<AttachmentEdit> edits, Instant dueAt) {
            return super.change(
                    edits.stream()
                            .map(each -> new AttachmentEdit(
                                    each.slot(), present -> edit(each.edit(), present), each.keeps()))
                            .toList(),
                    dueAt);
        }
    }

    static final class ReversesTheOrder extends EditsOtherwise {
        @Override
        List<AttachedFile> edit(UnaryOperator<List<AttachedFile>> edit, List<AttachedFile> present) {
            List<AttachedFile> files = new ArrayList<>(edit.apply(present));
            Collections.reverse(files);
            return files;
        }
    }

    static final class EditsTwice extends EditsOtherwise {
        @Override
        List<AttachedFile> edit(UnaryOperator<List<AttachedFile>> edit, List<AttachedFile> present) {
            List<AttachedFile> first = edit.apply(present);
            List<AttachedFile> second = edit.apply(present);
            return first.isEmpty() ? first : second;
        }
    }

    static final class WrapsWhatEditsThrow extends EditsOtherwise {
        @Override
        List<AttachedFile> edit(UnaryOperator<List<AttachedFile>> edit, List<AttachedFile> present) {
            try {
                return edit.apply(present);
            } catch (RuntimeException e) {
                throw new AttachmentStoreException("failed", e);
            }
        }
    }

    static final class LetsThePresentListBeChanged extends EditsOtherwise {
        @Override
        List<AttachedFile> edit(UnaryOperator<List<AttachedFile>> edit, List<AttachedFile> present) {
            return edit.apply(new ArrayList<>(present));
        }
    }

    static final class ChangesOneSlotAfterTheOther extends Spoilt {
        @Override
        public List<AttachmentChange> change(List<AttachmentEdit> edits, Instant dueAt) {
            List<AttachmentChange> changes = new ArrayList<>();
            edits.forEach(edit -> changes.addAll(super.change(List.of(edit), dueAt)));
            return changes;
        }
    }

    static final class SwallowsConflicts extends Spoilt {
        @Override
        public List<AttachmentChange> change(List<AttachmentEdit> edits, Instant dueAt) {
            try {
                return super.change(edits, dueAt);
            } catch (AttachmentConflictException e) {
                return List.of();
            }
        }
    }

    static final class ReportsChangesBackwards extends Spoilt {
        @Override
        public List<AttachmentChange> change(List<AttachmentEdit> edits, Instant dueAt) {
            List<AttachmentChange> changes = new ArrayList<>(super.change(edits, dueAt));
            Collections.reverse(changes);
            return changes;
        }
    }

    static final class IgnoresTheCaseOfIds extends Spoilt {
        @Override
        public List<AttachmentChange> change(List<AttachmentEdit> edits, Instant dueAt) {
            return super.change(
                    edits.stream()
                            .map(each -> new AttachmentEdit(
                                    new AttachmentSlot(
                                            each.slot().ownerType(),
                                            each.slot().ownerId().toLowerCase(Locale.ROOT),
                                            each.slot().field()),
                                    each.edit(),
                                    each.keeps()))
                            .toList(),
                    dueAt);
        }

        @Override
        public Map<String, List<AttachedFile>> find(String ownerType, String field, Collection<String> ownerIds) {
            Map<String, List<AttachedFile>> found = new HashMap<>();
            for (String id : ownerIds) {
                List<AttachedFile> files = super.find(ownerType, field, List.of(id.toLowerCase(Locale.ROOT)))
                        .get(id.toLowerCase(Locale.ROOT));
                if (files != null) {
                    found.put(id, files);
                }
            }
            return found;
        }
    }

    static final class FindsEmptyLists extends Spoilt {
        @Override
        public Map<String, List<AttachedFile>> find(String ownerType, String field, Collection<String> ownerIds) {
            Map<String, List<AttachedFile>> found = new HashMap<>(super.find(ownerType, field, ownerIds));
            ownerIds.forEach(id -> found.putIfAbsent(id, List.of()));
            return found;
        }
    }

    static final class KnowsNoOtherSpellings extends Spoilt {
        @Override
        public Set<String> similarOwners(String ownerType, Collection<String> ownerIds) {
            Set<String> similar = new HashSet<>(super.similarOwners(ownerType, ownerIds));
            similar.retainAll(Set.copyOf(ownerIds));
            return similar;
        }
    }

    static final class DiscardsAnotherRecordToo extends Spoilt {
        @Override
        public List<BlobReference> discardAll(String ownerType, String ownerId, Instant dueAt, boolean keeps) {
            super.discardAll(ownerType, ownerId.equals("1") ? "2" : "1", dueAt, keeps);
            return super.discardAll(ownerType, ownerId, dueAt, keeps);
        }
    }

    static final class KeepsNothing extends Spoilt {
        @Override
        public List<AttachmentChange> change(List<AttachmentEdit> edits, Instant dueAt) {
            return super.change(
                    edits.stream()
                            .map(each -> new AttachmentEdit(each.slot(), each.edit()))
                            .toList(),
                    dueAt);
        }
    }

    static final class KeepsAllOfACall extends Spoilt {
        @Override
        public List<AttachmentChange> change(List<AttachmentEdit> edits, Instant dueAt) {
            boolean keeps = edits.stream().anyMatch(AttachmentEdit::keeps);
            return super.change(
                    edits.stream()
                            .map(each -> new AttachmentEdit(each.slot(), each.edit(), keeps))
                            .toList(),
                    dueAt);
        }
    }

    static final class DiscardsWhatRecordsWouldKeep extends Spoilt {
        @Override
        public List<BlobReference> discardAll(String ownerType, String ownerId, Instant dueAt, boolean keeps) {
            return super.discardAll(ownerType, ownerId, dueAt, false);
        }
    }

    static final class ReportsKeptBlobsAsDiscarded extends Spoilt {
        @Override
        public Set<BlobReference> discard(Collection<BlobReference> blobs, Instant dueAt) {
            Set<BlobReference> discarded = new HashSet<>(super.discard(blobs, dueAt));
            rows(List.copyOf(new LinkedHashSet<>(blobs))).stream()
                    .filter(row -> row.state() == AttachmentRow.State.KEPT)
                    .forEach(row -> discarded.add(row.blob()));
            return discarded;
        }
    }

    static final class LeasesKeptBlobsEarly extends Spoilt {
        @Override
        public List<BlobReference> leaseDiscarded(Instant now, Instant leaseEnd, int limit) {
            return super.leaseDiscarded(now.plusSeconds(1), leaseEnd.plusSeconds(1), limit);
        }
    }

    static final class ListsTheFirstKeptFirst extends Spoilt {
        @Override
        public List<AttachmentStore.Kept> kept(String ownerType, String ownerId) {
            List<AttachmentStore.Kept> kept = new ArrayList<>(super.kept(ownerType, ownerId));
            Collections.reverse(kept);
            return kept;
        }
    }

    static final class CountsKeptAsDiscarded extends Spoilt {
        @Override
        public AttachmentStatistics.Backlog backlog() {
            AttachmentStatistics.Backlog right = super.backlog();
            return new AttachmentStatistics.Backlog(
                    right.announced(),
                    right.discarded() + right.kept(),
                    0,
                    right.oldestAnnounced(),
                    right.oldestDiscarded());
        }
    }

    static final class NeverGivesOutWhatIsDue extends Spoilt {
        @Override
        public List<AttachmentRow> leaseAttached(Instant now, Instant leaseEnd, int limit) {
            super.leaseAttached(now, leaseEnd, limit);
            return List.of();
        }
    }

    static final class ForgetsWhatIsToBeDone extends EditsOtherwise {
        @Override
        List<AttachedFile> edit(UnaryOperator<List<AttachedFile>> edit, List<AttachedFile> present) {
            return edit.apply(present).stream()
                    .map(file -> new AttachedFile(file.blob(), file.json()))
                    .toList();
        }
    }

    static final class GivesOutDueFilesTwice extends Spoilt {
        @Override
        public List<AttachmentRow> leaseAttached(Instant now, Instant leaseEnd, int limit) {
            return super.leaseAttached(now, leaseEnd.isAfter(now) ? now.plusMillis(1) : leaseEnd, limit);
        }
    }

    static final class TakesTheAgeAsInclusive extends Spoilt {
        @Override
        public int discardUnattached(Instant announcedBefore, int limit, Instant dueAt) {
            return super.discardUnattached(announcedBefore.plusMillis(1), limit, dueAt);
        }
    }

    static final class DiscardsBeyondTheLimit extends Spoilt {
        @Override
        public int discardUnattached(Instant announcedBefore, int limit, Instant dueAt) {
            return super.discardUnattached(announcedBefore, limit < 1 ? limit : Integer.MAX_VALUE, dueAt);
        }
    }

    static final class LeasesAgainAtOnce extends Spoilt {
        @Override
        public List<BlobReference> leaseDiscarded(Instant now, Instant leaseEnd, int limit) {
            return super.leaseDiscarded(now, leaseEnd.isAfter(now) ? now.plusMillis(1) : leaseEnd, limit);
        }
    }

    static final class LeasesWhatIsNotDue extends Spoilt {
        @Override
        public List<BlobReference> leaseDiscarded(Instant now, Instant leaseEnd, int limit) {
            Instant later = now.plus(Duration.ofDays(1));
            return super.leaseDiscarded(later, leaseEnd.isAfter(now) ? later.plusSeconds(60) : now, limit);
        }
    }

    static final class LeasesTheNewestFirst extends Spoilt {
        @Override
        public List<BlobReference> leaseDiscarded(Instant now, Instant leaseEnd, int limit) {
            List<BlobReference> leased = new ArrayList<>(super.leaseDiscarded(now, leaseEnd, limit));
            Collections.reverse(leased);
            return leased;
        }
    }

    static final class ForgetsNothing extends Spoilt {
        @Override
        public void forget(Collection<BlobReference> blobs) {}
    }

    static final class LosesARowAtPageBorders extends Spoilt {
        @Override
        public AttachmentStore.Page list(AttachmentRow.State state, @Nullable String cursor, int limit) {
            AttachmentStore.Page page = super.list(state, cursor, limit);
            List<AttachmentRow> rows = page.rows();
            return page.nextCursor() == null || rows.isEmpty()
                    ? page
                    : new AttachmentStore.Page(rows.subList(0, rows.size() - 1), page.nextCursor());
        }
    }

    static final class ListsOtherStatesToo extends Spoilt {
        @Override
        public AttachmentStore.Page list(AttachmentRow.State state, @Nullable String cursor, int limit) {
            return super.list(AttachmentRow.State.ANNOUNCED, cursor, limit);
        }
    }

    static final class KeepsTheLastIdentity extends Spoilt {
        @Override
        public @Nullable String storeIdentity(String store, @Nullable String ifNone) {
            String kept = super.storeIdentity(store, ifNone);
            return ifNone != null ? ifNone : kept;
        }
    }

    static final class CountsNoAttachedRows extends Spoilt {
        @Override
        public AttachmentStatistics statistics() {
            return new AttachmentStatistics(0, backlog());
        }
    }

    static final class RunsActionsBeforeTheCommit extends Spoilt {
        @Override
        UnitOfWork unitOfWork() {
            return new SpoiltUnitOfWork(super.unitOfWork()) {
                @Override
                public void afterCommit(Runnable action) {
                    action.run();
                }
            };
        }
    }

    static final class ForgetsActionsAfterARollback extends Spoilt {
        @Override
        UnitOfWork unitOfWork() {
            return new SpoiltUnitOfWork(super.unitOfWork()) {
                @Override
                public void afterRollback(Runnable action) {}
            };
        }
    }

    static final class CommitsWhatFailed extends Spoilt {
        @Override
        UnitOfWork unitOfWork() {
            return new SpoiltUnitOfWork(super.unitOfWork()) {
                @Override
                public <T extends @Nullable Object> T run(Callable<T> work) throws Exception {
                    return work.call();
                }
            };
        }
    }

    private abstract static class SpoiltUnitOfWork implements UnitOfWork {

        private final UnitOfWork right;

        SpoiltUnitOfWork(UnitOfWork right) {
            this.right = right;
        }

        @Override
        public <T extends @Nullable Object> T run(Callable<T> work) throws Exception {
            return right.run(work);
        }

        @Override
        public void afterCommit(Runnable action) {
            right.afterCommit(action);
        }

        @Override
        public void afterRollback(Runnable action) {
            right.afterRollback(action);
        }
    }
}
