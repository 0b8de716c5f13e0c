package io.graphqlfiles.testkit;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import io.graphqlfiles.spi.BlobStore;
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
class BlobStoreContractTest {

    private static volatile Supplier<BlobStore> tested = InMemoryBlobStore::new;

    /** Not found by the build's own search for tests, as it is nested and static. */
    static class Subject extends BlobStoreContract {

        @Override
        protected BlobStore createStore() {
            return tested.get();
        }
    }

    static Stream<Arguments> brokenStores() {
        return Stream.of(
                broken("put_contentType_isKeptExactly", BrokenStores.ForgetsTheContentType::new),
                broken("put_contentDisposition_isKeptExactly", BrokenStores.ChangesTheContentDisposition::new),
                broken("put_streamFails", BrokenStores.LeavesHalfABlob::new),
                broken("anyOperation_badKey", BrokenStores.AcceptsAnyKey::new),
                broken("put_takenKey", BrokenStores.ReplacesABlob::new),
                broken("put_streamIsNotClosed", BrokenStores.ClosesTheStream::new),
                broken("head_tellsFactsAndFirstBytes", BrokenStores.ShowsTheWholeBlobAsItsHead::new),
                broken("head_missingKey", BrokenStores.HasAHeadForAMissingKey::new),
                broken("copy_sourceReplacedSinceSeen", BrokenStores.IgnoresTheVersion::new),
                broken("put_unfinished_isInvisible", BrokenStores.ListsUnfinishedWrites::new),
                broken("put_unfinished_isInvisible", BrokenStores.ShowsUnfinishedWrites::new),
                broken("open_range", BrokenStores.TakesTheRangeEndAsInclusive::new),
                broken("open_range", BrokenStores.RefusesRangesPastTheEnd::new),
                broken("put_streamFails", BrokenStores.WrapsTheStreamsFailure::new),
                broken("put_streamFailsUnchecked", BrokenStores.WrapsTheStreamsUncheckedFailure::new),
                broken("delete_twice", BrokenStores.ThrowsOnRepeatedDelete::new),
                broken("delete_manyWithMissingAndRepeated", BrokenStores.StopsDeletingAtAMissingKey::new),
                broken("delete_badKeyAmongGoodOnes_deletesNothing", BrokenStores.DeletesBeforeItChecksAllKeys::new),
                broken("delete_moreThanAThousand", BrokenStores.DeletesAtMostAThousand::new),
                broken("list_pages_eachBlobOnce", BrokenStores.LosesABlobAtPageBorders::new),
                broken("list_pages_eachBlobOnce", BrokenStores.RepeatsABlobAtPageBorders::new),
                broken("list_pages_eachBlobOnce", BrokenStores.ListsItsLastPageForEver::new),
                broken("list_deletingPageByPage", BrokenStores.PagesByPosition::new),
                broken("list_prefixEndsAtASegment", BrokenStores.TakesAPrefixForText::new),
                broken("copy_sourceReplacedLater", BrokenStores.CopiesByReference::new),
                broken("copy_sameBytes_newAttributes", BrokenStores.CopiesTheSourcesAttributes::new),
                broken("copy_takenTarget", BrokenStores.CopiesOverATarget::new),
                broken("put_streamGoesOn", BrokenStores.CutsWhatIsTooLong::new),
                broken("put_streamEndsEarly", BrokenStores.AcceptsWhatIsTooShort::new),
                broken("put_streamGivesFewBytesAtATime", BrokenStores.ReadsTheStreamOnce::new),
                broken("put_interruptedThread_staysInterrupted", BrokenStores.SwallowsTheInterrupt::new),
                broken("open_missingKey", BrokenStores.GivesAnEmptyStreamForAMissingKey::new),
                broken("open_deletedWhileOpen_neverEndsEarlyUnnoticed", BrokenStores.EndsEarlyWhenDeleted::new),
                broken("open_twice_independentStreams", BrokenStores.SharesOnePosition::new),
                broken("put_version_changesWithTheBytes", BrokenStores.KeepsOneVersionForEver::new),
                broken("put_race_oneWins", BrokenStores.LosesRacingWrites::new),
                broken("removeUnfinishedWrites_leavesBlobs", BrokenStores.RemovesBlobsAsUnfinished::new));
    }

    private static Arguments broken(String test, Supplier<BlobStore> store) {
        return arguments(store.get().getClass().getSimpleName(), test, store);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("brokenStores")
    void brokenStore_isFound(String name, String test, Supplier<BlobStore> store) {
        assertThat(failures(store, selectTest(test))).contains(test);
    }

    @Test
    void everyBrokenStore_isTried() {
        assertThat(brokenStores().map(arguments -> arguments.get()[0]))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(BrokenStores.class.getDeclaredClasses())
                        .map(Class::getSimpleName)
                        .filter(name -> !name.equals("Spoilt"))
                        .toList());
    }

    @Test
    void rightStore_passes() {
        assertThat(failures(InMemoryBlobStore::new, selectClass(Subject.class))).isEmpty();
    }

    private static DiscoverySelector selectTest(String name) {
        return Arrays.stream(BlobStoreContract.class.getDeclaredClasses())
                .flatMap(nested -> Arrays.stream(nested.getDeclaredMethods())
                        .filter(method -> method.getName().equals(name))
                        .map(method -> selectNestedMethod(List.of(Subject.class), nested, method)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected a test " + name + ", found none"));
    }

    private static Set<String> failures(Supplier<BlobStore> store, DiscoverySelector tests) {
        tested = store;
        return EngineTestKit.engine("junit-jupiter")
                .selectors(tests)
                .execute()
                .testEvents()
                .failed()
                .map(BlobStoreContractTest::methodName)
                .collect(toSet());
    }

    private static String methodName(Event event) {
        return event.getTestDescriptor()
                .getSource()
                .map(source -> ((org.junit.platform.engine.support.descriptor.MethodSource) source).getMethodName())
                .orElseThrow();
    }
}
