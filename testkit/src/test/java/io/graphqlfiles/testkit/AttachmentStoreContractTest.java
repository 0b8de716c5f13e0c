package io.graphqlfiles.testkit;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The contract must find each of the mistakes that it was written against. */
class AttachmentStoreContractTest {

    private static volatile Supplier<BrokenAttachmentStores.Spoilt> tested = BrokenAttachmentStores.ForgetsNothing::new;

    /** Not found by the build's own search for tests, as it is nested and static. */
    static class Subject extends AttachmentStoreContract {

        private BrokenAttachmentStores.Spoilt store = tested.get();

        @Override
        protected AttachmentStore createStore() {
            store = tested.get();
            return store;
        }

        @Override
        protected UnitOfWork createUnitOfWork() {
            return store.unitOfWork();
        }
    }

    static Stream<Arguments> brokenStores() {
        return Stream.of(
                broken("announce_oneThatHasARow_noneIsAnnounced", BrokenAttachmentStores.AnnouncesOneByOne::new),
                broken("announce_race_oneWins", BrokenAttachmentStores.AnnouncesWhatIsKnown::new),
                broken("discard_attached_isPassedOver", BrokenAttachmentStores.ReportsAttachedBlobsAsDiscarded::new),
                broken("discard_withoutRow_isTold", BrokenAttachmentStores.ReportsOnlyBlobsWithRows::new),
                broken("change_attaches_inOrder", BrokenAttachmentStores.ReversesTheOrder::new),
                broken("change_editsAreCalledOnce_inTheCallingThread", BrokenAttachmentStores.EditsTwice::new),
                broken(
                        "change_secondEditThrows_itsExceptionIsPassedOn_andNothingIsDone",
                        BrokenAttachmentStores.WrapsWhatEditsThrow::new),
                broken("change_presentListCannotBeChanged", BrokenAttachmentStores.LetsThePresentListBeChanged::new),
                broken(
                        "change_secondEditConflicts_firstIsNotDone_evenIfCommitted",
                        BrokenAttachmentStores.ChangesOneSlotAfterTheOther::new),
                broken("change_fileThatIsNotAnnounced_conflict", BrokenAttachmentStores.SwallowsConflicts::new),
                broken(
                        "change_severalSlots_toldInTheOrderOfTheEdits",
                        BrokenAttachmentStores.ReportsChangesBackwards::new),
                broken("ownerId_isComparedExactly", BrokenAttachmentStores.IgnoresTheCaseOfIds::new),
                broken("find_manyRecords_eachWithItsList", BrokenAttachmentStores.FindsEmptyLists::new),
                broken(
                        "similarOwners_recordsWithFilesWhoseIdsMayBeSpellingsOfThese",
                        BrokenAttachmentStores.KnowsNoOtherSpellings::new),
                broken(
                        "discardAll_allFieldsOfTheRecord_andNothingElse",
                        BrokenAttachmentStores.DiscardsAnotherRecordToo::new),
                broken("keep_leavesTheList_andIsListedWithItsTime_lastFirst", BrokenAttachmentStores.KeepsNothing::new),
                broken("keep_eachSlotAsItsEditSays", BrokenAttachmentStores.KeepsAllOfACall::new),
                broken("keep_allOfARecord", BrokenAttachmentStores.DiscardsWhatRecordsWouldKeep::new),
                broken("kept_isNobodysToDiscardOrForget", BrokenAttachmentStores.ReportsKeptBlobsAsDiscarded::new),
                broken("leaseDiscarded_keptOnlyWhenDue_andForGood", BrokenAttachmentStores.LeasesKeptBlobsEarly::new),
                broken(
                        "keep_leavesTheList_andIsListedWithItsTime_lastFirst",
                        BrokenAttachmentStores.ListsTheFirstKeptFirst::new),
                broken("statistics_keptAreCountedApart", BrokenAttachmentStores.CountsKeptAsDiscarded::new),
                broken(
                        "attached_withATime_givenOutFromThenOn_longestDueFirst",
                        BrokenAttachmentStores.NeverGivesOutWhatIsDue::new),
                broken(
                        "time_isKept_andReplacedByTheLeaseAndByChanges",
                        BrokenAttachmentStores.ForgetsWhatIsToBeDone::new),
                broken("lease_notAgainBeforeItEnds", BrokenAttachmentStores.GivesOutDueFilesTwice::new),
                broken("discardUnattached_onlyOldOnes_exclusive", BrokenAttachmentStores.TakesTheAgeAsInclusive::new),
                broken("discardUnattached_limit", BrokenAttachmentStores.DiscardsBeyondTheLimit::new),
                broken("leaseDiscarded_notAgainBeforeTheLeaseEnds", BrokenAttachmentStores.LeasesAgainAtOnce::new),
                broken("leaseDiscarded_onlyWhatIsDue_oldestFirst", BrokenAttachmentStores.LeasesWhatIsNotDue::new),
                broken("leaseDiscarded_onlyWhatIsDue_oldestFirst", BrokenAttachmentStores.LeasesTheNewestFirst::new),
                broken("forget_discarded_isGone", BrokenAttachmentStores.ForgetsNothing::new),
                broken("list_pages_eachRowOnce", BrokenAttachmentStores.LosesARowAtPageBorders::new),
                broken("list_eachState_withItsFacts", BrokenAttachmentStores.ListsOtherStatesToo::new),
                broken(
                        "storeIdentity_theFirstIsKept_eachForItsStore",
                        BrokenAttachmentStores.KeepsTheLastIdentity::new),
                broken("statistics_eachState_withTheOldest", BrokenAttachmentStores.CountsNoAttachedRows::new),
                broken(
                        "afterCommit_inside_runsOnceAfterTheOuterCommit",
                        BrokenAttachmentStores.RunsActionsBeforeTheCommit::new),
                broken(
                        "afterRollback_runsOnceAfterTheOuterRollback",
                        BrokenAttachmentStores.ForgetsActionsAfterARollback::new),
                broken("change_rolledBack_isUndone", BrokenAttachmentStores.CommitsWhatFailed::new));
    }

    private static Arguments broken(String test, Supplier<BrokenAttachmentStores.Spoilt> store) {
        return arguments(store.get().getClass().getSimpleName(), test, store);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("brokenStores")
    void brokenStore_isFound(String name, String test, Supplier<BrokenAttachmentStores.Spoilt> store) {
        assertThat(failures(store, selectTest(test))).contains(test);
    }

    @Test
    void everyBrokenStore_isTried() {
        assertThat(brokenStores().map(arguments -> arguments.get()[0]))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(BrokenAttachmentStores.class.getDeclaredClasses())
                        .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                        .map(Class::getSimpleName)
                        .toList());
    }

    private static DiscoverySelector selectTest(String name) {
        return Arrays.stream(AttachmentStoreContract.class.getDeclaredClasses())
                .flatMap(nested -> Arrays.stream(nested.getDeclaredMethods())
                        .filter(method -> method.getName().equals(name))
                        .map(method -> selectNestedMethod(List.of(Subject.class), nested, method)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected a test " + name + ", found none"));
    }

    private static Set<String> failures(Supplier<BrokenAttachmentStores.Spoilt> store, DiscoverySelector test) {
        tested = store;
        return EngineTestKit.engine("junit-jupiter")
                .selectors(test)
                .execute()
                .testEvents()
                .failed()
                .map(AttachmentStoreContractTest::methodName)
                .collect(toSet());
    }

    private static String methodName(Event event) {
        return event.getTestDescriptor()
                .getSource()
                .map(source -> ((org.junit.platform.engine.support.descriptor.MethodSource) source).getMethodName())
                .orElseThrow();
    }
}
