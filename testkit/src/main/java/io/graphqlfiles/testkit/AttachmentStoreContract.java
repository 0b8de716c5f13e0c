package io.graphqlfiles.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentChange;
import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import io.graphqlfiles.spi.attachment.AttachmentEdit;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentRow.State;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link AttachmentStore} must do, as tests, together with the {@link UnitOfWork} whose transactions it
 * takes part in. A store proves itself with a class of a few lines:
 *
 * <pre>{@code
 * class MyAttachmentStoreTest extends AttachmentStoreContract {
 *     @Override
 *     protected AttachmentStore createStore() {
 *         return new MyAttachmentStore(emptied(dataSource));
 *     }
 *
 *     @Override
 *     protected UnitOfWork createUnitOfWork() {
 *         return new MyUnitOfWork(dataSource);
 *     }
 * }
 * }</pre>
 *
 * <p>Up to 16 threads use the store at once, each with up to two connections.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class AttachmentStoreContract {

    private static final int RACERS = 16;
    private static final Instant NOW = Instant.parse("2026-11-21T10:20:30.125Z");
    private static final Instant DUE = NOW.plusSeconds(600);
    private static final AttachmentSlot SLOT = new AttachmentSlot("Product", "1", "gallery");
    private static final AttachmentSlot OTHER = new AttachmentSlot("Product", "2", "gallery");

    private AttachmentStore store = new InMemoryAttachmentStore();
    private UnitOfWork unitOfWork = new InMemoryAttachmentStore().unitOfWork();

    /**
     * Gives the store to be tested, without any rows. Called before every test, in the thread of the test; whoever
     * opens something for it closes it in an {@code @AfterEach} method of its own.
     */
    protected abstract AttachmentStore createStore() throws Exception;

    /** Gives what runs transactions that the store of the last {@link #createStore()} takes part in. */
    protected abstract UnitOfWork createUnitOfWork() throws Exception;

    @BeforeEach
    final void prepare() throws Exception {
        store = createStore();
        unitOfWork = createUnitOfWork();
    }

    @Nested
    class Announce {

        @Test
        void announce_rowWithItsTime() {
            BlobReference blob = announced();

            assertThat(store.rows(List.of(blob))).containsExactly(new AttachmentRow(blob, State.ANNOUNCED, NOW, null));
            assertThat(store.statistics())
                    .isEqualTo(new AttachmentStatistics(0, new AttachmentStatistics.Backlog(1, 0, 0, NOW, null)));
        }

        @Test
        void announce_oneThatHasARow_noneIsAnnounced() {
            BlobReference known = announced();
            BlobReference fresh = blob();

            assertThatThrownBy(() -> store.announce(List.of(fresh, known), NOW))
                    .isInstanceOf(AttachmentStoreException.class);
            assertThat(store.rows(List.of(fresh))).isEmpty();
        }

        @Test
        void announce_sameKeyInTwoStores_twoRows() {
            BlobReference blob = announced();
            BlobReference twin = new BlobReference("other", blob.key());
            store.announce(List.of(twin), NOW);

            assertThat(store.rows(List.of(blob, twin))).hasSize(2);
        }

        @Test
        void announce_inATransactionThatRollsBack_stays() {
            BlobReference blob = blob();

            rollBack(() -> store.announce(List.of(blob), NOW));

            assertThat(stateOf(blob)).isEqualTo(State.ANNOUNCED);
        }

        @Test
        void announce_race_oneWins() throws InterruptedException {
            BlobReference blob = blob();

            List<Racers.Outcome<Boolean>> outcomes = Racers.race(RACERS, i -> () -> {
                store.announce(List.of(blob), NOW);
                return true;
            });

            assertThat(outcomes)
                    .filteredOn(outcome -> outcome.failure() == null)
                    .hasSize(1);
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome.failure() != null)
                    .allSatisfy(outcome -> assertThat(outcome.failure()).isInstanceOf(AttachmentStoreException.class));
        }

        @Test
        void emptyCollections_doNothing() {
            store.announce(List.of(), NOW);
            store.forget(List.of());

            assertThat(store.discard(List.of(), DUE)).isEmpty();
            assertThat(store.change(List.of(), DUE)).isEmpty();
            assertThat(store.find("Product", "gallery", List.of())).isEmpty();
            assertThat(store.rows(List.of())).isEmpty();
        }
    }

    @Nested
    class Discard {

        @Test
        void discard_announced_isDueFromThen() {
            BlobReference blob = announced();

            assertThat(store.discard(List.of(blob), DUE)).containsExactly(blob);

            assertThat(store.rows(List.of(blob))).containsExactly(new AttachmentRow(blob, State.DISCARDED, DUE, null));
        }

        @Test
        void discard_attached_isPassedOver() {
            BlobReference blob = attached(SLOT);

            assertThat(store.discard(List.of(blob), DUE)).isEmpty();

            assertThat(stateOf(blob)).isEqualTo(State.ATTACHED);
        }

        @Test
        void discard_discarded_isTold_andKeepsItsTime() {
            BlobReference blob = announced();
            store.discard(List.of(blob), DUE);

            assertThat(store.discard(List.of(blob), DUE.plusSeconds(1))).containsExactly(blob);

            assertThat(store.rows(List.of(blob))).containsExactly(new AttachmentRow(blob, State.DISCARDED, DUE, null));
        }

        @Test
        void discard_withoutRow_isTold() {
            BlobReference blob = blob();

            assertThat(store.discard(List.of(blob), DUE)).containsExactly(blob);

            assertThat(store.rows(List.of(blob))).isEmpty();
        }

        @Test
        void discard_mixedAndRepeated_eachByItsState() {
            BlobReference announced = announced();
            BlobReference attached = attached(SLOT);
            BlobReference unknown = blob();

            assertThat(store.discard(List.of(announced, attached, unknown, announced), DUE))
                    .containsExactlyInAnyOrder(announced, unknown);
        }

        @Test
        void discard_inATransactionThatRollsBack_stays() {
            BlobReference blob = announced();

            rollBack(() -> store.discard(List.of(blob), DUE));

            assertThat(stateOf(blob)).isEqualTo(State.DISCARDED);
        }

        @Test
        void discard_whileATransactionAttaches_doesNotWait_andLeavesIt() throws Exception {
            BlobReference blob = announced();

            unitOfWork.run(() -> {
                replace(SLOT, blob);
                // In this thread too: what failed after the change is cleaned up before the transaction ends.
                assertThat(store.discard(List.of(blob), DUE)).isEmpty();
                assertThat(elsewhere(() -> store.discard(List.of(blob), DUE))).isEmpty();
                return null;
            });

            assertThat(stateOf(blob)).isEqualTo(State.ATTACHED);
            assertThat(blobs(SLOT)).containsExactly(blob);
        }

        @Test
        void discard_whileATransactionDetaches_doesNotTellIt() throws Exception {
            BlobReference blob = attached(SLOT);

            unitOfWork.run(() -> {
                replace(SLOT);
                assertThat(elsewhere(() -> store.discard(List.of(blob), DUE))).isEmpty();
                assertThat(store.discard(List.of(blob), DUE)).isEmpty();
                return null;
            });

            assertThat(store.discard(List.of(blob), DUE)).containsExactly(blob);
        }

        @Test
        void discard_afterTheTransactionRolledBack_discards() {
            BlobReference blob = announced();
            rollBack(() -> replace(SLOT, blob));

            assertThat(store.discard(List.of(blob), DUE)).containsExactly(blob);
            assertThat(stateOf(blob)).isEqualTo(State.DISCARDED);
        }
    }

    @Nested
    class Change {

        @Test
        void change_attaches_inOrder() {
            List<BlobReference> blobs = announced(3);

            List<AttachmentChange> changes = replace(SLOT, blobs.toArray(BlobReference[]::new));

            assertThat(changes).containsExactly(new AttachmentChange(SLOT, List.of(), files(blobs)));
            assertThat(blobs(SLOT)).containsExactlyElementsOf(blobs);
            assertThat(store.rows(List.of(blobs.get(1))))
                    .containsExactly(new AttachmentRow(blobs.get(1), State.ATTACHED, null, SLOT));
        }

        @Test
        void change_replaces_andDiscardsWhatIsGone() {
            List<BlobReference> blobs = announced(4);
            replace(SLOT, blobs.get(0), blobs.get(1), blobs.get(2));

            AttachmentChange change = replace(SLOT, blobs.get(3), blobs.get(1)).get(0);

            assertThat(change.before()).isEqualTo(files(blobs.subList(0, 3)));
            assertThat(change.after()).isEqualTo(files(List.of(blobs.get(3), blobs.get(1))));
            assertThat(change.discarded()).containsExactly(blobs.get(0), blobs.get(2));
            assertThat(change.attached()).containsExactly(blobs.get(3));
            assertThat(blobs(SLOT)).containsExactly(blobs.get(3), blobs.get(1));
            assertThat(store.rows(List.of(blobs.get(0))))
                    .containsExactly(new AttachmentRow(blobs.get(0), State.DISCARDED, DUE, null));
        }

        @Test
        void change_reordersALongList() {
            List<BlobReference> blobs = new ArrayList<>(announced(40));
            replace(SLOT, blobs.toArray(BlobReference[]::new));
            Collections.reverse(blobs);

            replace(SLOT, blobs.toArray(BlobReference[]::new));

            assertThat(blobs(SLOT)).containsExactlyElementsOf(blobs);
            assertThat(store.statistics().attached()).isEqualTo(40);
        }

        @Test
        void change_toNothing_discardsAll_andBack() {
            BlobReference first = attached(SLOT);
            replace(SLOT);
            assertThat(store.find("Product", "gallery", List.of("1"))).isEmpty();

            BlobReference second = attached(SLOT);

            assertThat(blobs(SLOT)).containsExactly(second);
            assertThat(stateOf(first)).isEqualTo(State.DISCARDED);
        }

        @Test
        void change_same_changesNothing() {
            BlobReference blob = attached(SLOT);

            List<AttachmentChange> changes = change(SLOT, present -> present);

            assertThat(changes.get(0).discarded()).isEmpty();
            assertThat(changes.get(0).attached()).isEmpty();
            assertThat(blobs(SLOT)).containsExactly(blob);
        }

        @Test
        void change_json_isKeptExactly_andReplaced() {
            BlobReference blob = announced();
            String first = "{\"name\":\"Füße \uD83D\uDC31 \\\\ ' \\u0000\"}";
            String second = "x".repeat(AttachedFile.MAX_JSON_LENGTH);
            change(SLOT, present -> List.of(new AttachedFile(blob, first)));
            assertThat(find(SLOT)).containsExactly(new AttachedFile(blob, first));

            change(SLOT, present -> List.of(new AttachedFile(blob, second)));

            assertThat(find(SLOT)).containsExactly(new AttachedFile(blob, second));
        }

        @Test
        void change_severalSlots_toldInTheOrderOfTheEdits() {
            BlobReference first = announced();
            BlobReference second = announced();

            List<AttachmentChange> changes = store.change(List.of(edit(OTHER, second), edit(SLOT, first)), DUE);

            assertThat(changes).extracting(AttachmentChange::slot).containsExactly(OTHER, SLOT);
            assertThat(blobs(SLOT)).containsExactly(first);
            assertThat(blobs(OTHER)).containsExactly(second);
        }

        @Test
        void change_fileThatIsNotAnnounced_conflict() {
            BlobReference kept = attached(SLOT);
            BlobReference unknown = blob();

            assertThatThrownBy(() -> replace(SLOT, unknown)).isInstanceOf(AttachmentConflictException.class);

            assertThat(blobs(SLOT)).containsExactly(kept);
            assertThat(store.rows(List.of(unknown))).isEmpty();
        }

        @Test
        void change_fileThatIsDiscarded_conflict() {
            BlobReference discarded = announced();
            store.discard(List.of(discarded), DUE);

            assertThatThrownBy(() -> replace(SLOT, discarded)).isInstanceOf(AttachmentConflictException.class);

            assertThat(stateOf(discarded)).isEqualTo(State.DISCARDED);
        }

        @Test
        void change_fileOfAnotherSlot_conflict() {
            BlobReference blob = attached(OTHER);

            assertThatThrownBy(() -> replace(SLOT, blob)).isInstanceOf(AttachmentConflictException.class);

            assertThat(blobs(OTHER)).containsExactly(blob);
            assertThat(find(SLOT)).isEmpty();
        }

        @Test
        void change_secondEditConflicts_firstIsNotDone_evenIfCommitted() throws Exception {
            BlobReference old = attached(SLOT);
            BlobReference fresh = announced();

            unitOfWork.run(() -> {
                assertThatThrownBy(() -> store.change(List.of(edit(SLOT, fresh), edit(OTHER, blob())), DUE))
                        .isInstanceOf(AttachmentConflictException.class);
                return null;
            });

            assertThat(blobs(SLOT)).containsExactly(old);
            assertThat(stateOf(fresh)).isEqualTo(State.ANNOUNCED);
        }

        @Test
        void change_secondEditThrows_itsExceptionIsPassedOn_andNothingIsDone() throws Exception {
            BlobReference old = attached(SLOT);
            BlobReference fresh = announced();
            IllegalStateException mine = new IllegalStateException("mine");
            AttachmentEdit failing = new AttachmentEdit(OTHER, present -> {
                throw mine;
            });

            unitOfWork.run(() -> {
                assertThat(catchThrowable(() -> store.change(List.of(edit(SLOT, fresh), failing), DUE)))
                        .isSameAs(mine);
                return null;
            });

            assertThat(blobs(SLOT)).containsExactly(old);
            assertThat(stateOf(fresh)).isEqualTo(State.ANNOUNCED);
            replace(OTHER, fresh);
        }

        @Test
        void change_twoEditsOfOneSlot_refused() {
            assertThatThrownBy(() -> store.change(List.of(edit(SLOT), edit(SLOT)), DUE))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void change_blobNamedTwice_refused() {
            BlobReference blob = announced();

            assertThatThrownBy(() -> replace(SLOT, blob, blob)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.change(List.of(edit(SLOT, blob), edit(OTHER, blob)), DUE))
                    .isInstanceOf(IllegalArgumentException.class);

            assertThat(stateOf(blob)).isEqualTo(State.ANNOUNCED);
        }

        @Test
        void change_presentListCannotBeChanged() {
            attached(SLOT);

            assertThatThrownBy(() -> change(SLOT, present -> {
                        present.clear();
                        return present;
                    }))
                    .isInstanceOf(UnsupportedOperationException.class);
        }

        @Test
        void change_editsAreCalledOnce_inTheCallingThread() {
            AtomicInteger calls = new AtomicInteger();
            Thread caller = Thread.currentThread();

            change(SLOT, present -> {
                calls.incrementAndGet();
                assertThat(Thread.currentThread()).isSameAs(caller);
                return present;
            });

            assertThat(calls).hasValue(1);
        }
    }

    @Nested
    class Keep {

        @Test
        void keep_leavesTheList_andIsListedWithItsTime_lastFirst() {
            BlobReference first = kept(SLOT, DUE);
            BlobReference second = kept(new AttachmentSlot("Product", "1", "image"), DUE.plusSeconds(1));
            kept(OTHER, DUE);

            assertThat(find(SLOT)).isEmpty();
            assertThat(store.rows(List.of(first))).containsExactly(new AttachmentRow(first, State.KEPT, DUE, SLOT));
            assertThat(store.kept("Product", "1"))
                    .containsExactly(
                            new AttachmentStore.Kept(
                                    new AttachmentSlot("Product", "1", "image"), file(second), DUE.plusSeconds(1)),
                            new AttachmentStore.Kept(SLOT, file(first), DUE));
            assertThat(store.kept("product", "1")).isEmpty();
            assertThat(store.kept("Product", "none")).isEmpty();
        }

        @Test
        void keep_eachSlotAsItsEditSays() {
            BlobReference kept = attached(SLOT);
            BlobReference discarded = attached(OTHER);

            store.change(List.of(new AttachmentEdit(SLOT, present -> List.of(), true), edit(OTHER)), DUE);

            assertThat(stateOf(kept)).isEqualTo(State.KEPT);
            assertThat(stateOf(discarded)).isEqualTo(State.DISCARDED);
        }

        @Test
        void keep_allOfARecord() {
            BlobReference blob = attached(SLOT);
            BlobReference other = attached(OTHER);

            assertThat(store.discardAll("Product", "1", DUE, true)).containsExactly(blob);

            assertThat(store.rows(List.of(blob))).containsExactly(new AttachmentRow(blob, State.KEPT, DUE, SLOT));
            assertThat(blobs(OTHER)).containsExactly(other);
            assertThat(store.similarOwners("Product", List.of("1"))).isEmpty();
        }

        @Test
        void discardAll_leavesWhatWasKeptBefore() {
            BlobReference blob = kept(SLOT, DUE);

            assertThat(store.discardAll("Product", "1", DUE.plusSeconds(9))).isEmpty();

            assertThat(store.rows(List.of(blob))).containsExactly(new AttachmentRow(blob, State.KEPT, DUE, SLOT));
        }

        @Test
        void kept_isNobodysToDiscardOrForget() {
            BlobReference blob = kept(SLOT, DUE);

            assertThat(store.discard(List.of(blob), NOW)).isEmpty();
            store.forget(List.of(blob));

            assertThat(store.rows(List.of(blob))).containsExactly(new AttachmentRow(blob, State.KEPT, DUE, SLOT));
        }

        @Test
        void restore_toItsSlot_attached() {
            BlobReference blob = kept(SLOT, DUE);
            BlobReference present = attached(SLOT);

            append(SLOT, blob);

            assertThat(blobs(SLOT)).containsExactly(present, blob);
            assertThat(store.kept("Product", "1")).isEmpty();
            assertThat(store.rows(List.of(blob))).containsExactly(new AttachmentRow(blob, State.ATTACHED, null, SLOT));
            assertThat(store.backlog()).isEqualTo(AttachmentStatistics.Backlog.NONE);
        }

        @Test
        void restore_toAnotherSlot_conflict() {
            BlobReference blob = kept(SLOT, DUE);

            for (AttachmentSlot other : List.of(OTHER, new AttachmentSlot("Product", "1", "image"))) {
                assertThatThrownBy(() -> replace(other, blob)).isInstanceOf(AttachmentConflictException.class);
            }

            assertThat(stateOf(blob)).isEqualTo(State.KEPT);
        }

        @Test
        void restore_rolledBack_isUndone() {
            BlobReference blob = kept(SLOT, DUE);

            rollBack(() -> replace(SLOT, blob));

            assertThat(store.rows(List.of(blob))).containsExactly(new AttachmentRow(blob, State.KEPT, DUE, SLOT));
        }

        @Test
        void keep_rolledBack_isUndone_andCommittedIsSeenInside() throws Exception {
            BlobReference blob = attached(SLOT);

            rollBack(() -> {
                store.discardAll("Product", "1", DUE, true);
                assertThat(store.kept("Product", "1")).hasSize(1);
                assertThat(elsewhere(() -> store.kept("Product", "1"))).isEmpty();
            });

            assertThat(blobs(SLOT)).containsExactly(blob);
            assertThat(store.kept("Product", "1")).isEmpty();
        }

        @Test
        void keep_andRestore_again() {
            BlobReference blob = kept(SLOT, DUE);
            replace(SLOT, blob);

            store.discardAll("Product", "1", DUE.plusSeconds(5), true);
            assertThat(store.kept("Product", "1"))
                    .containsExactly(new AttachmentStore.Kept(SLOT, file(blob), DUE.plusSeconds(5)));
            replace(SLOT, blob);

            assertThat(blobs(SLOT)).containsExactly(blob);
        }

        @Test
        void leaseDiscarded_keptOnlyWhenDue_andForGood() {
            BlobReference blob = kept(SLOT, NOW);
            kept(SLOT, NOW.plusMillis(1));

            assertThat(store.leaseDiscarded(NOW, NOW.plusSeconds(60), 10)).containsExactly(blob);

            assertThat(store.rows(List.of(blob))).containsExactly(new AttachmentRow(blob, State.DISCARDED, NOW, null));
            assertThat(store.kept("Product", "1")).hasSize(1);
            assertThatThrownBy(() -> replace(SLOT, blob)).isInstanceOf(AttachmentConflictException.class);
            store.forget(List.of(blob));
            assertThat(store.rows(List.of(blob))).isEmpty();
        }

        @Test
        void restore_dueButNotGivenOut_attached() {
            BlobReference blob = kept(SLOT, NOW.minusSeconds(1));

            replace(SLOT, blob);

            assertThat(store.leaseDiscarded(NOW, NOW.plusSeconds(60), 10)).isEmpty();
            assertThat(blobs(SLOT)).containsExactly(blob);
        }

        @Test
        void restore_againstLeases_eachIsEitherAttachedOrGivenOut() throws InterruptedException {
            List<AttachmentSlot> slots = IntStream.range(0, 40)
                    .mapToObj(i -> new AttachmentSlot("Product", "p" + i, "image"))
                    .toList();
            List<BlobReference> kept =
                    slots.stream().map(slot -> kept(slot, NOW)).toList();

            List<Racers.Outcome<Integer>> outcomes = Racers.race(8, racer -> () -> {
                int mine = 0;
                for (int i = racer; i < 40; i += 4) {
                    if (racer >= 4) {
                        mine += store.leaseDiscarded(NOW, NOW.plusSeconds(60), 2)
                                .size();
                        continue;
                    }
                    try {
                        replace(slots.get(i), kept.get(i));
                        mine++;
                    } catch (AttachmentConflictException e) {
                        assertThat(stateOf(kept.get(i))).isEqualTo(State.DISCARDED);
                    }
                }
                return mine;
            });

            int decided = values(outcomes).stream().mapToInt(count -> count).sum();
            AttachmentStatistics statistics = store.statistics();
            assertThat(statistics.backlog().kept()).isZero();
            assertThat(statistics.attached() + statistics.backlog().discarded())
                    .isEqualTo(40)
                    .isEqualTo(decided);
        }

        @Test
        void statistics_keptAreCountedApart() {
            discarded(NOW.plusSeconds(7));
            kept(SLOT, NOW.plusSeconds(5));

            assertThat(store.backlog()).isEqualTo(new AttachmentStatistics.Backlog(0, 1, 1, null, NOW.plusSeconds(5)));
        }

        @Test
        void list_keptAndDiscarded_eachInItsState() {
            BlobReference discarded = discarded(DUE);
            BlobReference kept = kept(SLOT, DUE);

            assertThat(listed(State.KEPT, 10)).containsExactly(new AttachmentRow(kept, State.KEPT, DUE, SLOT));
            assertThat(listed(State.DISCARDED, 10))
                    .extracting(AttachmentRow::blob)
                    .containsExactly(discarded);
            assertThat(listed(State.ATTACHED, 10)).isEmpty();
        }

        private BlobReference kept(AttachmentSlot slot, Instant dueAt) {
            BlobReference blob = announced();
            append(slot, blob);
            store.change(
                    List.of(new AttachmentEdit(
                            slot,
                            present -> present.stream()
                                    .filter(file -> !file.blob().equals(blob))
                                    .toList(),
                            true)),
                    dueAt);
            return blob;
        }
    }

    @Nested
    class Due {

        @Test
        void attached_withATime_givenOutFromThenOn_longestDueFirst() {
            BlobReference second = dueAt(SLOT, NOW);
            BlobReference first = dueAt(OTHER, NOW.minusSeconds(5));
            dueAt(new AttachmentSlot("Product", "3", "gallery"), NOW.plusMillis(1));
            attached(new AttachmentSlot("Product", "4", "gallery"));

            assertThat(store.leaseAttached(NOW, NOW.plusSeconds(60), 10))
                    .containsExactly(
                            new AttachmentRow(first, State.ATTACHED, null, OTHER),
                            new AttachmentRow(second, State.ATTACHED, null, SLOT));
        }

        @Test
        void time_isKept_andReplacedByTheLeaseAndByChanges() {
            BlobReference blob = dueAt(SLOT, NOW);
            assertThat(find(SLOT)).containsExactly(due(blob, NOW));

            store.leaseAttached(NOW, NOW.plusSeconds(60), 10);
            assertThat(find(SLOT)).containsExactly(due(blob, NOW.plusSeconds(60)));

            change(SLOT, present -> List.of(due(blob, NOW.plusSeconds(5))));
            assertThat(store.leaseAttached(NOW.plusSeconds(5), NOW.plusSeconds(60), 10))
                    .hasSize(1);

            change(SLOT, present -> List.of(file(blob)));
            assertThat(find(SLOT)).containsExactly(file(blob));
            assertThat(store.leaseAttached(NOW.plusSeconds(99), NOW.plusSeconds(100), 10))
                    .isEmpty();
        }

        @Test
        void lease_notAgainBeforeItEnds() {
            dueAt(SLOT, NOW);
            Instant end = NOW.plusSeconds(60);
            store.leaseAttached(NOW, end, 10);

            assertThat(store.leaseAttached(end.minusMillis(1), end.plusSeconds(1), 10))
                    .isEmpty();
            assertThat(store.leaseAttached(end, end.plusSeconds(1), 10)).hasSize(1);
        }

        @Test
        void lease_limit_andBounds() {
            IntStream.range(0, 3).forEach(i -> dueAt(new AttachmentSlot("Product", "p" + i, "image"), NOW));

            assertThat(store.leaseAttached(NOW, DUE, 2)).hasSize(2);
            assertThat(store.leaseAttached(NOW, DUE, 2)).hasSize(1);
            assertThatThrownBy(() -> store.leaseAttached(NOW, NOW, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.leaseAttached(NOW, DUE, 0)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void lease_inATransactionThatRollsBack_stays() {
            dueAt(SLOT, NOW);

            rollBack(() -> store.leaseAttached(NOW, DUE, 3));

            assertThat(store.leaseAttached(NOW, DUE, 3)).isEmpty();
        }

        @Test
        void lease_whileATransactionChangesIt_doesNotWait_andLeavesIt() throws Exception {
            BlobReference blob = dueAt(SLOT, NOW);

            unitOfWork.run(() -> {
                change(SLOT, present -> List.of(file(blob)));
                assertThat(elsewhere(() -> store.leaseAttached(NOW, DUE, 3))).isEmpty();
                return null;
            });

            assertThat(find(SLOT)).containsExactly(file(blob));
        }

        @Test
        void discardedAndKept_areNotGivenOut() {
            dueAt(SLOT, NOW);
            dueAt(OTHER, NOW);
            store.discardAll("Product", "1", DUE);
            store.discardAll("Product", "2", DUE, true);

            assertThat(store.leaseAttached(DUE.plusSeconds(1), DUE.plusSeconds(2), 3))
                    .isEmpty();
            assertThat(store.kept("Product", "2"))
                    .extracting(kept -> kept.file().dueAt())
                    .containsOnlyNulls();
            assertThat(store.leaseDiscarded(NOW, NOW.plusSeconds(60), 3)).isEmpty();
        }

        @Test
        void due_isNoBacklog() {
            dueAt(SLOT, NOW);

            assertThat(store.statistics()).isEqualTo(new AttachmentStatistics(1, AttachmentStatistics.Backlog.NONE));
            assertThat(listed(State.ATTACHED, 10))
                    .extracting(AttachmentRow::time)
                    .containsOnlyNulls();
        }

        @Test
        void lease_race_eachToOne() throws InterruptedException {
            IntStream.range(0, 60).forEach(i -> dueAt(new AttachmentSlot("Product", "p" + i, "image"), NOW));

            List<Racers.Outcome<List<BlobReference>>> outcomes = Racers.race(8, i -> () -> {
                List<BlobReference> mine = new ArrayList<>();
                List<AttachmentRow> some;
                do {
                    some = store.leaseAttached(NOW, DUE, 4);
                    some.forEach(row -> mine.add(row.blob()));
                } while (!some.isEmpty());
                return mine;
            });

            List<BlobReference> leased =
                    values(outcomes).stream().flatMap(List::stream).toList();
            assertThat(leased).doesNotHaveDuplicates();
            // What somebody works on is passed over, so that a few may be left.
            assertThat(leased.size() + store.leaseAttached(NOW, DUE, 60).size()).isEqualTo(60);
        }

        private BlobReference dueAt(AttachmentSlot slot, Instant time) {
            BlobReference blob = announced();
            change(slot, present -> List.of(due(blob, time)));
            return blob;
        }

        private static AttachedFile due(BlobReference blob, Instant time) {
            return new AttachedFile(blob, file(blob).json(), time);
        }
    }

    @Nested
    class Names {

        @ParameterizedTest
        @ValueSource(strings = {"a", "A", "a ", " a", "ä", "á", "aa", "%", "_", "'", "\\", "\uD83D\uDC31", "ß", "ss"})
        void ownerId_isComparedExactly(String id) {
            List<String> all =
                    List.of("a", "A", "a ", " a", "ä", "á", "aa", "%", "_", "'", "\\", "\uD83D\uDC31", "ß", "ss");
            BlobReference blob = attached(new AttachmentSlot("Product", id, "gallery"));

            assertThat(store.find("Product", "gallery", all)).isEqualTo(Map.of(id, files(List.of(blob))));
            all.stream()
                    .filter(other -> !other.equals(id))
                    .forEach(other ->
                            assertThat(store.discardAll("Product", other, DUE)).isEmpty());
            assertThat(store.discardAll("Product", id, DUE)).containsExactly(blob);
        }

        @Test
        void typeAndField_areComparedExactly() {
            BlobReference blob = attached(SLOT);

            for (AttachmentSlot other : List.of(
                    new AttachmentSlot("product", "1", "gallery"),
                    new AttachmentSlot("Product", "1", "Gallery"),
                    new AttachmentSlot("Product", "1", "image"))) {
                assertThat(find(other)).isEmpty();
                attached(other);
            }

            assertThat(blobs(SLOT)).containsExactly(blob);
        }

        @Test
        void longest_isKept() {
            AttachmentSlot longest = new AttachmentSlot("T".repeat(128), "\uD83D\uDC31".repeat(127), "f".repeat(128));
            BlobReference blob =
                    new BlobReference("s".repeat(32), String.join("/", Collections.nCopies(5, "k".repeat(64))));
            store.announce(List.of(blob), NOW);

            replace(longest, blob);

            assertThat(blobs(longest)).containsExactly(blob);
        }
    }

    @Nested
    class Transactions {

        @Test
        void change_rolledBack_isUndone() {
            BlobReference old = attached(SLOT);
            BlobReference fresh = announced();

            rollBack(() -> replace(SLOT, fresh));

            assertThat(blobs(SLOT)).containsExactly(old);
            assertThat(stateOf(fresh)).isEqualTo(State.ANNOUNCED);
        }

        @Test
        void change_committed_isSeenByAllFromThenOn() throws Exception {
            BlobReference old = attached(SLOT);
            BlobReference fresh = announced();

            unitOfWork.run(() -> {
                replace(SLOT, fresh);
                assertThat(blobs(SLOT)).containsExactly(fresh);
                assertThat(elsewhere(() -> blobs(SLOT))).containsExactly(old);
                return null;
            });

            assertThat(elsewhere(() -> blobs(SLOT))).containsExactly(fresh);
        }

        @Test
        void change_twiceInOneTransaction_secondSeesTheFirst() throws Exception {
            BlobReference first = announced();
            BlobReference second = announced();

            unitOfWork.run(() -> {
                replace(SLOT, first);
                return change(
                        SLOT,
                        present -> Stream.concat(present.stream(), Stream.of(file(second)))
                                .toList());
            });

            assertThat(blobs(SLOT)).containsExactly(first, second);
        }

        @Test
        void discardAll_rolledBack_isUndone() {
            BlobReference blob = attached(SLOT);

            rollBack(() -> store.discardAll("Product", "1", DUE));

            assertThat(blobs(SLOT)).containsExactly(blob);
        }

        @Test
        void discarded_inATransaction_isNotLeasedBeforeTheCommit() throws Exception {
            BlobReference blob = attached(SLOT);

            unitOfWork.run(() -> {
                replace(SLOT);
                assertThat(store.leaseDiscarded(DUE, DUE.plusSeconds(1), 10)).isEmpty();
                assertThat(elsewhere(() -> store.leaseDiscarded(DUE, DUE.plusSeconds(1), 10)))
                        .isEmpty();
                return null;
            });

            assertThat(store.leaseDiscarded(DUE, DUE.plusSeconds(1), 10)).containsExactly(blob);
        }

        @Test
        void attached_inATransaction_isNotDiscardedAsUnattached() throws Exception {
            BlobReference blob = announced();

            unitOfWork.run(() -> {
                replace(SLOT, blob);
                assertThat(elsewhere(() -> store.discardUnattached(NOW.plusSeconds(1), 10, DUE)))
                        .isZero();
                return null;
            });

            assertThat(blobs(SLOT)).containsExactly(blob);
        }

        @Test
        void run_passesOnWhatTheWorkReturns_andThrows() throws Exception {
            IOException mine = new IOException("mine");

            assertThat(unitOfWork.<String>run(() -> "value")).isEqualTo("value");
            assertThat(unitOfWork.<Object>run(() -> null)).isNull();
            assertThat(catchThrowable(() -> unitOfWork.run(() -> {
                        throw mine;
                    })))
                    .isSameAs(mine);
        }

        @Test
        void run_error_rollsBack() {
            BlobReference blob = announced();

            assertThatThrownBy(() -> unitOfWork.run(() -> {
                        replace(SLOT, blob);
                        throw new AssertionError("mine");
                    }))
                    .isInstanceOf(AssertionError.class);

            assertThat(stateOf(blob)).isEqualTo(State.ANNOUNCED);
        }

        @Test
        void run_inside_joins() throws Exception {
            BlobReference blob = announced();

            rollBack(() -> {
                unitOfWork.run(() -> replace(SLOT, blob));
                assertThat(elsewhere(() -> find(SLOT))).isEmpty();
            });

            assertThat(stateOf(blob)).isEqualTo(State.ANNOUNCED);
        }

        @Test
        void afterCommit_withoutTransaction_atOnce() {
            List<String> order = new ArrayList<>();

            unitOfWork.afterCommit(() -> order.add("action"));
            order.add("after");

            assertThat(order).containsExactly("action", "after");
        }

        @Test
        void afterCommit_inside_runsOnceAfterTheOuterCommit() throws Exception {
            BlobReference blob = announced();
            List<List<BlobReference>> seen = new ArrayList<>();

            unitOfWork.run(() -> {
                unitOfWork.run(() -> {
                    replace(SLOT, blob);
                    unitOfWork.afterCommit(() -> seen.add(elsewhereUnchecked(() -> blobs(SLOT))));
                    return null;
                });
                assertThat(seen).isEmpty();
                return null;
            });

            assertThat(seen).containsExactly(List.of(blob));
        }

        @Test
        void afterCommit_rolledBack_never() {
            List<String> seen = new ArrayList<>();

            rollBack(() -> unitOfWork.afterCommit(() -> seen.add("action")));

            assertThat(seen).isEmpty();
        }

        @Test
        void afterRollback_runsOnceAfterTheOuterRollback() {
            BlobReference blob = announced();
            List<List<BlobReference>> seen = new ArrayList<>();

            rollBack(() -> {
                unitOfWork.run(() -> {
                    replace(SLOT, blob);
                    unitOfWork.afterRollback(() -> seen.add(elsewhereUnchecked(
                            () -> store.discard(List.of(blob), DUE).stream().toList())));
                    return null;
                });
                assertThat(seen).isEmpty();
            });

            assertThat(seen).containsExactly(List.of(blob));
        }

        @Test
        void afterRollback_committedOrWithoutTransaction_never() throws Exception {
            List<String> seen = new ArrayList<>();

            unitOfWork.run(() -> {
                unitOfWork.afterRollback(() -> seen.add("committed"));
                return null;
            });
            unitOfWork.afterRollback(() -> seen.add("no transaction"));

            assertThat(seen).isEmpty();
        }

        @Test
        void afterRollback_actionThrows_theReasonIsThrown() {
            IllegalStateException reason = new IllegalStateException("the reason");

            assertThatThrownBy(() -> unitOfWork.run(() -> {
                        unitOfWork.afterRollback(() -> {
                            throw new IllegalStateException("the action's");
                        });
                        throw reason;
                    }))
                    .isSameAs(reason);
        }

        @Test
        void afterCommit_actionThrows_transactionStaysCommitted() {
            BlobReference blob = announced();

            Throwable passedOn = catchThrowable(() -> unitOfWork.run(() -> {
                replace(SLOT, blob);
                unitOfWork.afterCommit(() -> {
                    throw new IllegalStateException("the action's");
                });
                return null;
            }));

            assertThat(passedOn)
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            some -> assertThat(some).hasStackTraceContaining("the action's"));
            assertThat(blobs(SLOT)).containsExactly(blob);
        }

        @Test
        void afterCommit_actionCanUseTheStore() throws Exception {
            BlobReference blob = attached(SLOT);

            unitOfWork.run(() -> {
                replace(SLOT);
                unitOfWork.afterCommit(() -> {
                    assertThat(store.discard(List.of(blob), DUE)).containsExactly(blob);
                    store.forget(List.of(blob));
                });
                return null;
            });

            assertThat(store.rows(List.of(blob))).isEmpty();
        }
    }

    @Nested
    class DiscardAll {

        @Test
        void discardAll_allFieldsOfTheRecord_andNothingElse() {
            AttachmentSlot image = new AttachmentSlot("Product", "1", "image");
            BlobReference first = attached(SLOT);
            BlobReference second = attached(image);
            BlobReference otherRecord = attached(OTHER);
            BlobReference otherType = attached(new AttachmentSlot("Person", "1", "gallery"));

            assertThat(store.discardAll("Product", "1", DUE)).containsExactlyInAnyOrder(first, second);

            assertThat(find(SLOT)).isEmpty();
            assertThat(store.rows(List.of(first)))
                    .containsExactly(new AttachmentRow(first, State.DISCARDED, DUE, null));
            assertThat(stateOf(otherRecord)).isEqualTo(State.ATTACHED);
            assertThat(stateOf(otherType)).isEqualTo(State.ATTACHED);
        }

        @Test
        void discardAll_again_nothing() {
            attached(SLOT);
            store.discardAll("Product", "1", DUE);

            assertThat(store.discardAll("Product", "1", DUE)).isEmpty();
        }

        @Test
        void discardAll_recordWithoutFiles_nothing() {
            assertThat(store.discardAll("Product", "none", DUE)).isEmpty();
        }
    }

    @Nested
    class Find {

        @Test
        void find_manyRecords_eachWithItsList() {
            List<BlobReference> blobs = announced(1500);
            List<AttachmentEdit> edits = IntStream.range(0, 1500)
                    .mapToObj(i -> edit(new AttachmentSlot("Product", "p" + i, "image"), blobs.get(i)))
                    .toList();
            for (int i = 0; i < 1500; i += 100) {
                store.change(edits.subList(i, i + 100), DUE);
            }
            List<String> ids = IntStream.range(0, 2000).mapToObj(i -> "p" + i).toList();

            Map<String, List<AttachedFile>> found = store.find("Product", "image", ids);

            assertThat(found).hasSize(1500);
            assertThat(found).containsEntry("p77", files(blobs.subList(77, 78)));
        }

        @Test
        void find_repeatedIds_toldOnce() {
            BlobReference blob = attached(SLOT);

            assertThat(store.find("Product", "gallery", List.of("1", "1", "2")))
                    .isEqualTo(Map.of("1", files(List.of(blob))));
        }

        @Test
        void similarOwners_recordsWithFilesWhoseIdsMayBeSpellingsOfThese() {
            attached(new AttachmentSlot("Product", "7", "image"));
            attached(new AttachmentSlot("Product", "ABC-1", "image"));
            attached(new AttachmentSlot("Product", "abc-1", "image"));
            attached(new AttachmentSlot("Product", "8", "image"));
            attached(new AttachmentSlot("Person", "07", "image"));

            assertThat(store.similarOwners("Product", List.of("0x7", "0x7", "Abc-1", "none", "", "x".repeat(300))))
                    .containsExactlyInAnyOrder("7", "ABC-1", "abc-1");
            assertThat(store.similarOwners("Product", List.of("8"))).containsExactly("8");
            assertThat(store.similarOwners("Product", List.of())).isEmpty();
        }

        @Test
        void similarOwners_recordHasNoFilesAnyMore_absent() {
            attached(new AttachmentSlot("Product", "7", "image"));
            store.change(
                    List.of(new AttachmentEdit(new AttachmentSlot("Product", "7", "image"), present -> List.of())),
                    DUE);

            assertThat(store.similarOwners("Product", List.of("07"))).isEmpty();
        }

        @Test
        void find_idNoSlotCanHave_absent() {
            attached(SLOT);

            assertThat(store.find("Product", "gallery", List.of("1", "", "x".repeat(300))))
                    .containsOnlyKeys("1");
        }
    }

    @Nested
    class Sweeping {

        @Test
        void discardUnattached_onlyOldOnes_exclusive() {
            BlobReference old = announcedAt(NOW.minusMillis(1));
            BlobReference atTheTime = announcedAt(NOW);
            BlobReference attached = attached(SLOT, NOW.minusSeconds(100));

            assertThat(store.discardUnattached(NOW, 10, DUE)).isEqualTo(1);

            assertThat(store.rows(List.of(old))).containsExactly(new AttachmentRow(old, State.DISCARDED, DUE, null));
            assertThat(stateOf(atTheTime)).isEqualTo(State.ANNOUNCED);
            assertThat(stateOf(attached)).isEqualTo(State.ATTACHED);
        }

        @Test
        void discardUnattached_limit() {
            announced(5);

            assertThat(store.discardUnattached(NOW.plusSeconds(1), 3, DUE)).isEqualTo(3);
            assertThat(store.discardUnattached(NOW.plusSeconds(1), 3, DUE)).isEqualTo(2);
            assertThat(store.discardUnattached(NOW.plusSeconds(1), 3, DUE)).isZero();
        }

        @Test
        void discardUnattached_inATransactionThatRollsBack_stays() {
            BlobReference blob = announced();

            rollBack(() -> store.discardUnattached(NOW.plusSeconds(1), 3, DUE));

            assertThat(stateOf(blob)).isEqualTo(State.DISCARDED);
        }

        @Test
        void discardUnattached_race_eachOnce() throws InterruptedException {
            announced(100);

            List<Racers.Outcome<Integer>> outcomes = Racers.race(8, i -> () -> {
                int all = 0;
                int some;
                do {
                    some = store.discardUnattached(NOW.plusSeconds(1), 7, DUE);
                    all += some;
                } while (some > 0);
                return all;
            });

            assertThat(values(outcomes).stream().mapToInt(count -> count).sum()).isEqualTo(100);
        }

        @Test
        void discardUnattached_againstChanges_eachIsEitherAttachedOrDiscarded() throws InterruptedException {
            List<BlobReference> blobs = announced(40);
            List<AttachmentSlot> slots = IntStream.range(0, 40)
                    .mapToObj(i -> new AttachmentSlot("Product", "p" + i, "image"))
                    .toList();

            List<Racers.Outcome<Integer>> outcomes = Racers.race(8, racer -> () -> {
                int attached = 0;
                for (int i = racer; i < 40; i += 4) {
                    if (racer >= 4) {
                        store.discardUnattached(NOW.plusSeconds(1), 2, DUE);
                        continue;
                    }
                    try {
                        replace(slots.get(i), blobs.get(i));
                        attached++;
                    } catch (AttachmentConflictException e) {
                        assertThat(stateOf(blobs.get(i))).isEqualTo(State.DISCARDED);
                    }
                }
                return attached;
            });

            int attached = values(outcomes).stream().mapToInt(count -> count).sum();
            AttachmentStatistics statistics = store.statistics();
            assertThat(statistics.attached()).isEqualTo(attached);
            assertThat(statistics.attached()
                            + statistics.backlog().discarded()
                            + statistics.backlog().announced())
                    .isEqualTo(40);
        }

        @Test
        void leaseDiscarded_onlyWhatIsDue_oldestFirst() {
            BlobReference later = discarded(NOW.plusMillis(1));
            BlobReference second = discarded(NOW);
            BlobReference first = discarded(NOW.minusSeconds(5));

            assertThat(store.leaseDiscarded(NOW, NOW.plusSeconds(60), 10)).containsExactly(first, second);
            assertThat(stateOf(later)).isEqualTo(State.DISCARDED);
        }

        @Test
        void leaseDiscarded_notAgainBeforeTheLeaseEnds() {
            BlobReference blob = discarded(NOW);
            Instant end = NOW.plusSeconds(60);
            store.leaseDiscarded(NOW, end, 10);

            assertThat(store.leaseDiscarded(end.minusMillis(1), end.plusSeconds(60), 10))
                    .isEmpty();
            assertThat(store.leaseDiscarded(end, end.plusSeconds(60), 10)).containsExactly(blob);
        }

        @Test
        void leaseDiscarded_limit() {
            IntStream.range(0, 5).forEach(i -> discarded(NOW));

            assertThat(store.leaseDiscarded(NOW, NOW.plusSeconds(60), 3)).hasSize(3);
            assertThat(store.leaseDiscarded(NOW, NOW.plusSeconds(60), 3)).hasSize(2);
        }

        @Test
        void leaseDiscarded_inATransactionThatRollsBack_stays() {
            discarded(NOW);

            rollBack(() -> store.leaseDiscarded(NOW, NOW.plusSeconds(60), 3));

            assertThat(store.leaseDiscarded(NOW, NOW.plusSeconds(60), 3)).isEmpty();
        }

        @Test
        void leaseDiscarded_doesNotChangeHowLongItIsDue() {
            BlobReference blob = discarded(NOW);
            store.leaseDiscarded(NOW, NOW.plusSeconds(60), 3);

            assertThat(store.backlog().oldestDiscarded()).isEqualTo(NOW);
            assertThat(store.rows(List.of(blob)))
                    .extracting(AttachmentRow::time)
                    .containsExactly(NOW);
        }

        @Test
        void leaseDiscarded_leaseEndsBeforeItBegins_refused() {
            assertThatThrownBy(() -> store.leaseDiscarded(NOW, NOW, 1)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void leaseDiscarded_race_eachToOne() throws InterruptedException {
            store.discard(announced(200), NOW);

            List<Racers.Outcome<List<BlobReference>>> outcomes = Racers.race(RACERS, i -> () -> {
                List<BlobReference> mine = new ArrayList<>();
                List<BlobReference> some;
                do {
                    some = store.leaseDiscarded(NOW, NOW.plusSeconds(60), 7);
                    mine.addAll(some);
                } while (!some.isEmpty());
                return mine;
            });

            List<BlobReference> leased =
                    values(outcomes).stream().flatMap(List::stream).toList();
            assertThat(leased).doesNotHaveDuplicates();
            // What somebody works on is passed over, so that a few may be left.
            leased = Stream.concat(leased.stream(), store.leaseDiscarded(NOW, NOW.plusSeconds(60), 200).stream())
                    .toList();
            assertThat(leased).hasSize(200).doesNotHaveDuplicates();
        }

        @Test
        void forget_discarded_isGone() {
            BlobReference blob = discarded(NOW);

            store.forget(List.of(blob));
            store.forget(List.of(blob));

            assertThat(store.rows(List.of(blob))).isEmpty();
            assertThat(store.leaseDiscarded(NOW, NOW.plusSeconds(60), 10)).isEmpty();
        }

        @Test
        void forget_othersArePassedOver() {
            BlobReference announced = announced();
            BlobReference attached = attached(SLOT);
            BlobReference discarded = discarded(NOW);

            store.forget(List.of(announced, attached, blob(), discarded));

            assertThat(stateOf(announced)).isEqualTo(State.ANNOUNCED);
            assertThat(stateOf(attached)).isEqualTo(State.ATTACHED);
            assertThat(store.rows(List.of(discarded))).isEmpty();
        }

        @Test
        void forget_whileATransactionDetaches_doesNotWait_andLeavesIt() throws Exception {
            BlobReference blob = attached(SLOT);

            unitOfWork.run(() -> {
                replace(SLOT);
                store.forget(List.of(blob));
                return null;
            });

            assertThat(stateOf(blob)).isEqualTo(State.DISCARDED);
        }

        @Test
        void forget_inATransactionThatRollsBack_stays() {
            BlobReference blob = discarded(NOW);

            rollBack(() -> store.forget(List.of(blob)));

            assertThat(store.rows(List.of(blob))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, -1})
        void limitBelowOne_refused(int limit) {
            assertThatThrownBy(() -> store.discardUnattached(NOW, limit, DUE))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.leaseDiscarded(NOW, DUE, limit))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.list(State.ATTACHED, null, limit))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Listing {

        @Test
        void storeIdentity_theFirstIsKept_eachForItsStore() {
            assertThat(store.storeIdentity("default", null)).isNull();
            assertThat(store.storeIdentity("default", "one")).isEqualTo("one");
            assertThat(store.storeIdentity("default", "two")).isEqualTo("one");
            assertThat(store.storeIdentity("Default", null)).isNull();
            assertThat(store.storeIdentity("s".repeat(32), "x".repeat(64))).isEqualTo("x".repeat(64));
            assertThat(store.storeIdentity("default", null)).isEqualTo("one");
        }

        @Test
        void storeIdentity_race_allAreToldTheSame() throws InterruptedException {
            List<Racers.Outcome<String>> outcomes = Racers.race(
                    RACERS, racer -> () -> Objects.requireNonNull(store.storeIdentity("default", "i" + racer)));

            assertThat(values(outcomes).stream().distinct()).hasSize(1);
        }

        @Test
        void statistics_empty() {
            assertThat(store.statistics()).isEqualTo(new AttachmentStatistics(0, AttachmentStatistics.Backlog.NONE));
            assertThat(store.backlog()).isEqualTo(AttachmentStatistics.Backlog.NONE);
        }

        @Test
        void statistics_eachState_withTheOldest() {
            announcedAt(NOW.plusSeconds(1));
            announcedAt(NOW.minusSeconds(2));
            attached(SLOT, NOW.minusSeconds(50));
            discarded(NOW.plusSeconds(4));
            discarded(NOW.plusSeconds(3));

            assertThat(store.statistics()).isEqualTo(new AttachmentStatistics(1, store.backlog()));
            assertThat(store.backlog())
                    .isEqualTo(new AttachmentStatistics.Backlog(2, 2, 0, NOW.minusSeconds(2), NOW.plusSeconds(3)));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 7, 24, 25, 1000})
        void list_pages_eachRowOnce(int limit) {
            List<BlobReference> blobs = announced(25);
            attached(SLOT);
            discarded(NOW);

            assertThat(listed(State.ANNOUNCED, limit))
                    .extracting(AttachmentRow::blob)
                    .containsExactlyInAnyOrderElementsOf(blobs);
        }

        @Test
        void list_eachState_withItsFacts() {
            BlobReference announced = announced();
            BlobReference attached = attached(SLOT);
            BlobReference discarded = discarded(DUE);

            assertThat(listed(State.ANNOUNCED, 10))
                    .containsExactly(new AttachmentRow(announced, State.ANNOUNCED, NOW, null));
            assertThat(listed(State.ATTACHED, 10))
                    .containsExactly(new AttachmentRow(attached, State.ATTACHED, null, SLOT));
            assertThat(listed(State.DISCARDED, 10))
                    .containsExactly(new AttachmentRow(discarded, State.DISCARDED, DUE, null));
        }

        @Test
        void list_whileRowsComeAndGo_thoseThatStayOnce() {
            List<BlobReference> blobs = announced(30);
            List<BlobReference> listed = new ArrayList<>();
            List<BlobReference> gone = new ArrayList<>();
            String cursor = null;
            do {
                AttachmentStore.Page page = store.list(State.ANNOUNCED, cursor, 4);
                page.rows().forEach(row -> listed.add(row.blob()));
                page.rows().stream().findFirst().ifPresent(row -> gone.add(row.blob()));
                store.discard(gone, DUE);
                store.forget(gone);
                announced();
                cursor = page.nextCursor();
            } while (cursor != null && listed.size() < 1000);

            assertThat(listed).doesNotHaveDuplicates().containsAll(blobs);
        }

        @Test
        void list_moreThanAPage_refused() {
            assertThatThrownBy(() -> store.list(State.ATTACHED, null, 1001))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void rows_aThousand_withUnknownOnes() {
            List<BlobReference> blobs = new ArrayList<>(announced(990));
            IntStream.range(0, 10).forEach(i -> blobs.add(blob()));

            assertThat(store.rows(blobs)).hasSize(990);
        }

        @Test
        void rows_inATransaction_doNotShowWhatIsNotCommitted() throws Exception {
            BlobReference blob = announced();

            unitOfWork.run(() -> {
                replace(SLOT, blob);
                assertThat(stateOf(blob)).isEqualTo(State.ANNOUNCED);
                assertThat(store.statistics().attached()).isZero();
                return null;
            });

            assertThat(stateOf(blob)).isEqualTo(State.ATTACHED);
        }
    }

    @Nested
    class Races {

        @Test
        void change_appendsToOneList_noneIsLost() throws InterruptedException {
            List<BlobReference> blobs = announced(RACERS * 5);

            List<Racers.Outcome<Boolean>> outcomes = Racers.race(RACERS, racer -> () -> {
                for (int i = 0; i < 5; i++) {
                    append(SLOT, blobs.get(racer * 5 + i));
                }
                return true;
            });

            values(outcomes);
            assertThat(blobs(SLOT)).containsExactlyInAnyOrderElementsOf(blobs);
        }

        @Test
        void change_appendsInTransactions_noneIsLost() throws InterruptedException {
            List<BlobReference> blobs = announced(RACERS * 5);

            List<Racers.Outcome<Boolean>> outcomes = Racers.race(RACERS, racer -> () -> {
                for (int i = 0; i < 5; i++) {
                    BlobReference blob = blobs.get(racer * 5 + i);
                    unitOfWork.run(() -> {
                        append(SLOT, blob);
                        return null;
                    });
                }
                return true;
            });

            values(outcomes);
            assertThat(blobs(SLOT)).containsExactlyInAnyOrderElementsOf(blobs);
        }

        @Test
        void change_replacesOneFile_eachSeesTheOneBefore() throws InterruptedException {
            List<BlobReference> blobs = announced(RACERS * 5);

            List<Racers.Outcome<List<BlobReference>>> outcomes = Racers.race(RACERS, racer -> () -> {
                List<BlobReference> discarded = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    discarded.addAll(
                            replace(SLOT, blobs.get(racer * 5 + i)).get(0).discarded());
                }
                return discarded;
            });

            List<BlobReference> discarded =
                    values(outcomes).stream().flatMap(List::stream).toList();
            assertThat(discarded).hasSize(blobs.size() - 1).doesNotHaveDuplicates();
            assertThat(blobs(SLOT)).hasSize(1).doesNotContainAnyElementsOf(discarded);
            assertThat(store.statistics())
                    .isEqualTo(new AttachmentStatistics(
                            1, new AttachmentStatistics.Backlog(0, blobs.size() - 1, 0, null, DUE)));
        }

        @Test
        void change_severalSlotsInDifferentOrders_noDeadlock() throws InterruptedException {
            List<AttachmentSlot> slots = IntStream.range(0, 4)
                    .mapToObj(i -> new AttachmentSlot("Product", "p" + i, "image"))
                    .toList();

            List<Racers.Outcome<Boolean>> outcomes = Racers.race(8, racer -> () -> {
                for (int i = 0; i < 5; i++) {
                    List<AttachmentSlot> order = new ArrayList<>(slots);
                    Collections.rotate(order, racer);
                    List<BlobReference> fresh = announced(4);
                    List<AttachmentEdit> edits = IntStream.range(0, 4)
                            .mapToObj(n -> edit(order.get(n), fresh.get(n)))
                            .toList();
                    unitOfWork.run(() -> store.change(edits, DUE));
                }
                return true;
            });

            values(outcomes);
            assertThat(store.statistics())
                    .isEqualTo(new AttachmentStatistics(
                            4, new AttachmentStatistics.Backlog(0, 8 * 5 * 4 - 4, 0, null, DUE)));
        }

        @Test
        void change_sameFileToManySlots_oneWins() throws InterruptedException {
            BlobReference blob = announced();

            List<Racers.Outcome<AttachmentSlot>> outcomes = Racers.race(RACERS, racer -> () -> {
                AttachmentSlot slot = new AttachmentSlot("Product", "p" + racer, "image");
                replace(slot, blob);
                return slot;
            });

            List<AttachmentSlot> winners = outcomes.stream()
                    .filter(outcome -> outcome.failure() == null)
                    .map(Racers.Outcome::value)
                    .toList();
            assertThat(winners).hasSize(1);
            assertThat(blobs(winners.get(0))).containsExactly(blob);
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome.failure() != null)
                    .allSatisfy(
                            outcome -> assertThat(outcome.failure()).isInstanceOf(AttachmentConflictException.class));
        }

        @Test
        void change_waitsForTheTransactionBefore_andSeesWhatItLeft() throws Exception {
            BlobReference first = announced();
            BlobReference second = announced();
            CountDownLatch changed = new CountDownLatch(1);
            ExecutorService other = Executors.newSingleThreadExecutor();
            try {
                Future<?> later = unitOfWork.run(() -> {
                    append(SLOT, first);
                    Future<?> waiting = other.submit(() -> {
                        changed.countDown();
                        append(SLOT, second);
                    });
                    assertThat(changed.await(30, TimeUnit.SECONDS)).isTrue();
                    assertThat(waiting.isDone()).isFalse();
                    return waiting;
                });
                later.get(30, TimeUnit.SECONDS);
            } finally {
                other.shutdownNow();
            }

            assertThat(blobs(SLOT)).containsExactly(first, second);
        }

        @Test
        void change_andDiscardAll_happenOneAfterTheOther() throws InterruptedException {
            List<BlobReference> blobs = announced(RACERS * 5);

            List<Racers.Outcome<List<BlobReference>>> outcomes = Racers.race(RACERS, racer -> () -> {
                List<BlobReference> discarded = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    if (racer % 4 == 0) {
                        discarded.addAll(store.discardAll("Product", "1", DUE));
                    } else {
                        append(SLOT, blobs.get(racer * 5 + i));
                    }
                }
                return discarded;
            });

            List<BlobReference> discarded =
                    values(outcomes).stream().flatMap(List::stream).toList();
            assertThat(discarded).doesNotHaveDuplicates();
            assertThat(Stream.concat(discarded.stream(), blobs(SLOT).stream()))
                    .doesNotHaveDuplicates()
                    .hasSize(RACERS * 5 * 3 / 4);
        }
    }

    private static BlobReference blob() {
        return new BlobReference("default", "private/attached/" + UUID.randomUUID());
    }

    private BlobReference announced() {
        return announcedAt(NOW);
    }

    private BlobReference announcedAt(Instant time) {
        BlobReference blob = blob();
        store.announce(List.of(blob), time);
        return blob;
    }

    private List<BlobReference> announced(int count) {
        List<BlobReference> blobs =
                Stream.generate(AttachmentStoreContract::blob).limit(count).toList();
        store.announce(blobs, NOW);
        return blobs;
    }

    private BlobReference discarded(Instant dueAt) {
        BlobReference blob = announced();
        store.discard(List.of(blob), dueAt);
        return blob;
    }

    private BlobReference attached(AttachmentSlot slot) {
        return attached(slot, NOW);
    }

    private BlobReference attached(AttachmentSlot slot, Instant announced) {
        BlobReference blob = announcedAt(announced);
        replace(slot, blob);
        return blob;
    }

    private static AttachedFile file(BlobReference blob) {
        return new AttachedFile(blob, "{\"key\":\"" + blob.key() + "\"}");
    }

    private static List<AttachedFile> files(Collection<BlobReference> blobs) {
        return blobs.stream().map(AttachmentStoreContract::file).toList();
    }

    private static AttachmentEdit edit(AttachmentSlot slot, BlobReference... blobs) {
        return new AttachmentEdit(slot, present -> files(Arrays.asList(blobs)));
    }

    private List<AttachmentChange> replace(AttachmentSlot slot, BlobReference... blobs) {
        return store.change(List.of(edit(slot, blobs)), DUE);
    }

    private List<AttachmentChange> change(AttachmentSlot slot, UnaryOperator<List<AttachedFile>> edit) {
        return store.change(List.of(new AttachmentEdit(slot, edit)), DUE);
    }

    private void append(AttachmentSlot slot, BlobReference blob) {
        change(
                slot,
                present ->
                        Stream.concat(present.stream(), Stream.of(file(blob))).toList());
    }

    private List<AttachedFile> find(AttachmentSlot slot) {
        return store.find(slot.ownerType(), slot.field(), List.of(slot.ownerId()))
                .getOrDefault(slot.ownerId(), List.of());
    }

    private List<BlobReference> blobs(AttachmentSlot slot) {
        List<AttachedFile> found = find(slot);
        assertThat(found).isEqualTo(files(found.stream().map(AttachedFile::blob).toList()));
        return found.stream().map(AttachedFile::blob).toList();
    }

    private State stateOf(BlobReference blob) {
        List<AttachmentRow> rows = store.rows(List.of(blob));
        assertThat(rows).hasSize(1);
        return rows.get(0).state();
    }

    private List<AttachmentRow> listed(State state, int limit) {
        List<AttachmentRow> listed = new ArrayList<>();
        String cursor = null;
        do {
            AttachmentStore.Page page = store.list(state, cursor, limit);
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(limit);
            listed.addAll(page.rows());
            cursor = page.nextCursor();
        } while (cursor != null && listed.size() < 10_000);
        return listed;
    }

    private static <T> List<T> values(List<Racers.Outcome<T>> outcomes) {
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.failure()).isNull());
        return outcomes.stream().map(Racers.Outcome::value).toList();
    }

    private void rollBack(ThrowingCallable work) {
        RollBack rollBack = new RollBack();
        assertThat(catchThrowable(() -> unitOfWork.run(() -> {
                    call(work);
                    throw rollBack;
                })))
                .isSameAs(rollBack);
    }

    private static void call(ThrowingCallable work) throws Exception {
        try {
            work.call();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** What another thread gets, which is in no transaction. */
    private static <T> T elsewhere(Callable<T> work) throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            return other.submit(work).get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            other.shutdownNow();
        }
    }

    private static <T> T elsewhereUnchecked(Callable<T> work) {
        try {
            return elsewhere(work);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static final class RollBack extends Exception {

        private static final long serialVersionUID = 1;

        RollBack() {
            super("roll back");
        }
    }
}
