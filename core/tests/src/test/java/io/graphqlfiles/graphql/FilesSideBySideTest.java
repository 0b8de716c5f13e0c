package io.graphqlfiles.graphql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import graphql.ExecutionResult;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.FileListener;
import io.graphqlfiles.FileListener.Ending;
import io.graphqlfiles.FileListener.Storing;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several files of one mutation, which need not wait for each other. */
@Timeout(60)
class FilesSideBySideTest {

    private static final String SDL = """
            type Query { product: Product }
            type Product { gallery: [StoredFile!] @file(maxCount: 50) }
            type Mutation {
              setGallery(files: [StoredFileInput!] @file(field: "Product.gallery")): Boolean
            }
            """;

    private final List<StoredFile> received = new ArrayList<>();
    private final Catalogue catalogue = new Catalogue().sdl(SDL);
    private final WatchedStore store = new WatchedStore(catalogue.store);
    private final Thread caller = Thread.currentThread();
    private Consumer<GraphQLFiles.Builder> settings = builder -> {};

    FilesSideBySideTest() {
        catalogue
                .store(store)
                .settings(builder -> {
                    builder.limits(limits().build());
                    settings.accept(builder);
                })
                .mutation("setGallery", environment -> {
                    received.addAll(environment.getArgument("files"));
                    return true;
                });
    }

    @AfterEach
    void close() {
        catalogue.files().close();
    }

    @Test
    void severalFiles_areStoredAtOnce_andComeOutInOrder() {
        // Opens only when eight are in progress.
        CyclicBarrier eight = new CyclicBarrier(8);
        store.beforePut = content -> meet(eight);

        assertThat(set(8).getErrors()).isEmpty();

        assertThat(received).extracting(this::text).containsExactlyElementsOf(texts(8));
    }

    @Test
    void moreFiles_areBounded() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        store.beforePut = content -> most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        store.afterPut = underWay::decrementAndGet;

        assertThat(set(40).getErrors()).isEmpty();

        assertThat(most.get()).isBetween(1, 8);
        assertThat(received).extracting(this::text).containsExactlyElementsOf(texts(40));
    }

    @Test
    void oneFile_startsNoThread() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        store.beforePut = content -> threads.add(Thread.currentThread());

        set(1);

        assertThat(threads).containsExactly(caller);
    }

    @Test
    void oneAtATime_ifSoWanted_inTheCallingThread() {
        settings = builder -> builder.filesAtOnce(1);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        store.beforePut = content -> threads.add(Thread.currentThread());

        set(5);

        assertThat(threads).containsExactly(caller);
        assertThat(received).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65})
    void filesAtOnce_outOfBounds(int filesAtOnce) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GraphQLFiles.newGraphQLFiles().filesAtOnce(filesAtOnce))
                .withMessage("filesAtOnce: expected 1 to 64, found " + filesAtOnce);
    }

    @Test
    void afterClosing_theCallingThreadDoesAllItself() {
        catalogue.graphQl();
        catalogue.files().close();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        store.beforePut = content -> threads.add(Thread.currentThread());

        assertThat(set(5).getErrors()).isEmpty();

        assertThat(threads).containsExactly(caller);
    }

    @Test
    void severalFail_theFirstInOrderIsTold_andNothingIsLeft() {
        // The second fails before the first does.
        CountDownLatch secondHasFailed = new CountDownLatch(1);
        store.beforePut = content -> {
            if (content.startsWith("10 ")) {
                await(secondHasFailed);
                throw failure();
            }
            if (content.startsWith("11 ")) {
                secondHasFailed.countDown();
                throw FileException.invalid("not the second");
            }
        };

        ExecutionResult result = set(6);

        assertThat(ClientError.of(result))
                .containsExactly(new ClientError(
                        "The file could not be stored; try again later.",
                        List.of("setGallery"),
                        "FILE_STORE_UNAVAILABLE",
                        List.of("files", 0)));
        assertThat(catalogue.store.keys()).isEmpty();
        assertThat(received).isEmpty();
    }

    @Test
    void oneIsRefused_theOthersGo() {
        settings = builder -> builder.validator(file -> {
            if (file.byteSize() == text(3).length()) {
                throw FileException.invalid("not the fourth");
            }
        });
        List<Map<String, Object>> files = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            files.add(Catalogue.text(i == 3 ? text(3) : text(i) + "and more"));
        }

        ExecutionResult result = set(files);

        assertThat(ClientError.of(result))
                .containsExactly(
                        new ClientError("not the fourth", List.of("setGallery"), "FILE_INVALID", List.of("files", 3)));
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void oneFails_thoseUnderWayAfterItAreInterrupted_thoseBeforeItAreNot() {
        CyclicBarrier four = new CyclicBarrier(4);
        CountDownLatch laterOnes = new CountDownLatch(2);
        Set<String> given = ConcurrentHashMap.newKeySet();
        store.beforePut = content -> {
            meet(four);
            if (content.startsWith("11 ")) {
                throw failure();
            }
            if (content.startsWith("10 ")) {
                await(laterOnes);
            } else if (Thread.currentThread() == caller) {
                // The thread of the call, which may have any of them, is the application's to interrupt.
                given.add(content);
                laterOnes.countDown();
            } else {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    given.add(content);
                    laterOnes.countDown();
                    Thread.currentThread().interrupt();
                    throw failure();
                }
            }
        };

        ExecutionResult result = set(4);

        assertThat(ClientError.of(result)).extracting(ClientError::code).containsExactly("FILE_STORE_UNAVAILABLE");
        assertThat(given).containsExactlyInAnyOrder(text(2), text(3));
        assertThat(catalogue.store.keys()).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void callerIsInterrupted_soAreTheOthers_andNothingIsLeft() {
        CyclicBarrier two = new CyclicBarrier(2);
        store.beforePut = content -> {
            meet(two);
            if (Thread.currentThread() == caller) {
                Thread.currentThread().interrupt();
                throw failure();
            }
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failure();
            }
        };

        ExecutionResult result = set(2);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.getErrors()).hasSize(1);
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void error_ofAnyThread_isPassedOn_andNothingIsLeft() {
        CyclicBarrier all = new CyclicBarrier(4);
        store.beforePut = content -> {
            meet(all);
            if (Thread.currentThread() != caller) {
                throw new IllegalStateException("a fault of the store");
            }
        };

        ExecutionResult result = set(4);

        assertThat(result.getErrors())
                .singleElement()
                .satisfies(error -> assertThat(error.getMessage()).contains("a fault of the store"));
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void budget_holdsForAllTogether() {
        settings = builder -> builder.limits(
                limits().bytesPerRequest(ByteSize.bytes(3L * text(0).length())).build());

        assertThat(ClientError.of(set(4))).extracting(ClientError::code).containsExactly("FILE_TOO_LARGE");
        assertThat(catalogue.store.keys()).isEmpty();
        assertThat(set(3).getErrors()).isEmpty();
    }

    @Test
    void context_isCarriedToTheOtherThreads_andListenersAreToldThere() {
        ThreadLocal<String> user = new ThreadLocal<>();
        Set<String> users = ConcurrentHashMap.newKeySet();
        AtomicInteger ended = new AtomicInteger();
        CyclicBarrier four = new CyclicBarrier(4);
        settings = builder -> builder.threadContext(work -> {
                    String captured = user.get();
                    return () -> {
                        user.set(captured);
                        try {
                            work.run();
                        } finally {
                            user.remove();
                        }
                    };
                })
                .listener(new FileListener() {
                    @Override
                    public Ending storing(Storing storing, @Nullable DataFetchingEnvironment environment) {
                        Thread begun = Thread.currentThread();
                        users.add(user.get() + " of " + environment.getField().getName());
                        return (isStored, code) -> {
                            if (isStored && Thread.currentThread() == begun) {
                                ended.incrementAndGet();
                            }
                        };
                    }
                });
        store.beforePut = content -> meet(four);
        user.set("alice");

        set(4);

        assertThat(users).containsExactly("alice of setGallery");
        assertThat(ended).hasValue(4);
        user.remove();
    }

    @Test
    void brokenContext_losesNoFileAndBlocksNobody() {
        settings = builder -> builder.threadContext(work -> () -> {
            throw new IllegalStateException("no context");
        });

        assertThat(set(5).getErrors()).isEmpty();
        assertThat(received).hasSize(5);
    }

    @Test
    void threads_areDaemonsOfTheLibraryAndInheritNothing() {
        InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();
        inherited.set("of another request");
        AtomicReference<Thread> helper = new AtomicReference<>();
        AtomicReference<String> found = new AtomicReference<>();
        CyclicBarrier two = new CyclicBarrier(2);
        store.beforePut = content -> {
            if (Thread.currentThread() != caller) {
                helper.set(Thread.currentThread());
                found.set(inherited.get());
            }
            meet(two);
        };

        set(2);

        assertThat(helper.get().getName()).startsWith("graphql-files-side-");
        assertThat(helper.get().isDaemon()).isTrue();
        assertThat(found.get()).isNull();
        inherited.remove();
    }

    private static FileLimits.Builder limits() {
        return FileLimits.newFileLimits().filesPerRequest(50);
    }

    private ExecutionResult set(int count) {
        return set(texts(count).stream().map(Catalogue::text).toList());
    }

    private ExecutionResult set(List<Map<String, Object>> files) {
        return catalogue.execute("mutation($f: [StoredFileInput!]) { setGallery(files: $f) }", Map.of("f", files));
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(FilesSideBySideTest::text).toList();
    }

    private static String text(int number) {
        return 10 + number + " is the number of this file";
    }

    private String text(StoredFile file) {
        return new String(catalogue.store.bytes(file.key()), UTF_8);
    }

    private static BlobStoreException failure() {
        return new BlobStoreException("watched", "put", null, true, "injected fault", null);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class WatchedStore extends ForwardingBlobStore {

        private Consumer<String> beforePut = content -> {};
        private Runnable afterPut = () -> {};

        WatchedStore(InMemoryBlobStore delegate) {
            super(delegate);
        }

        @Override
        public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
            byte[] bytes = content.readAllBytes();
            beforePut.accept(new String(bytes, UTF_8));
            try {
                return super.put(blob, new ByteArrayInputStream(bytes));
            } finally {
                afterPut.run();
            }
        }
    }
}
