package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import graphql.schema.DataFetcher;
import io.graphqlfiles.FileChanges;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stores block: with an executor, files are deleted in its threads, whoever calls or completes a data fetcher. */
class ThreadsThatDeleteTest {

    private static final String THREAD = "of the executor";

    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, THREAD));
    private final ConcurrentLinkedQueue<Deletion> deletions = new ConcurrentLinkedQueue<>();
    private final Catalogue catalogue = catalogue(executor);
    private StoredFile old;

    private record Deletion(String thread, boolean isInterrupted) {}

    @BeforeEach
    void storeAnOldFile() throws IOException {
        catalogue.files().apply(catalogue.unapplied());
        old = catalogue.files().store("Query.file", FileSource.of(new byte[1]));
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    private Catalogue catalogue(Executor used) {
        Catalogue made = new Catalogue().sdl("""
                type Query { file: StoredFile @file }
                type Mutation { change: Boolean  replace(file: StoredFileInput): Boolean }
                """).settings(builder -> builder.executor(used));
        return made.store(new ForwardingBlobStore(made.store) {
            @Override
            public void delete(Collection<String> keys) {
                Thread thread = Thread.currentThread();
                deletions.add(new Deletion(thread.getName(), thread.isInterrupted()));
                super.delete(keys);
            }
        });
    }

    @Test
    void fetcherWithoutFiles_deletesInTheExecutorsThread() throws Exception {
        catalogue.mutation("change", environment -> {
            FileChanges.of(environment).deleteOnSuccess(old);
            return true;
        });

        assertThat(catalogue.execute("mutation { change }").getErrors()).isEmpty();

        executor.submit(() -> {}).get(20, TimeUnit.SECONDS); // behind the deletion
        assertThat(deletions).containsExactly(new Deletion(THREAD, false));
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void resultThatComesLater_deletesInTheExecutorsThread_beforeTheAnswer() {
        CompletableFuture<Boolean> later = new CompletableFuture<>();
        CompletableFuture<ExecutionResult> result = replace(environment -> {
            FileChanges.of(environment).deleteOnSuccess(old);
            return later;
        });

        later.complete(true);

        assertThat(result.orTimeout(20, TimeUnit.SECONDS).join().getErrors()).isEmpty();
        assertThat(deletions).containsExactly(new Deletion(THREAD, false));
        assertThat(catalogue.store.keys()).hasSize(1).doesNotContain(old.key());
    }

    @Test
    void failureThatComesLater_deletesInTheExecutorsThread_beforeTheAnswer() {
        CompletableFuture<Boolean> later = new CompletableFuture<>();
        CompletableFuture<ExecutionResult> result = replace(environment -> later);

        later.completeExceptionally(new IllegalStateException("no"));

        assertThat(result.orTimeout(20, TimeUnit.SECONDS).join().getErrors()).hasSize(1);
        assertThat(deletions).containsExactly(new Deletion(THREAD, false));
        assertThat(catalogue.store.keys()).containsExactly(old.key());
    }

    @Test
    void successThatDeletesNothing_isNotKeptWaitingForTheExecutor() throws Exception {
        CompletableFuture<Boolean> later = new CompletableFuture<>();
        CompletableFuture<ExecutionResult> result = replace(environment -> later);
        executor.submit(() -> {}).get(20, TimeUnit.SECONDS); // behind the call
        CountDownLatch busy = new CountDownLatch(1);
        executor.execute(() -> waitFor(busy));

        later.complete(true);

        assertThat(result.orTimeout(20, TimeUnit.SECONDS).join().getErrors()).isEmpty();
        assertThat(deletions).isEmpty();
        busy.countDown();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What has succeeded does not fail because its old file is deleted in another thread than it should be. */
    @Test
    void executorWithoutRoom_deletesInTheThreadThatThereIs() {
        CompletableFuture<Boolean> later = new CompletableFuture<>();
        catalogue.mutation("change", environment -> {
            FileChanges.of(environment).deleteOnSuccess(old);
            return later;
        });
        CompletableFuture<ExecutionResult> result =
                catalogue.graphQl().executeAsync(builder -> builder.query("mutation { change }"));
        executor.shutdown();

        later.complete(true);

        assertThat(result.join().getErrors()).isEmpty();
        assertThat(catalogue.store.keys()).isEmpty();
    }

    /** Clients of stores refuse interrupted threads, and nobody else would delete the file. */
    @Test
    void interruptedThread_deletesAllTheSame_andStaysInterrupted() {
        Catalogue withoutExecutor = catalogue(null);
        withoutExecutor.mutation("replace", environment -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("no");
        });

        ExecutionResult result = withoutExecutor.execute("mutation { replace(file: {base64: \"QQ==\"}) }");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.getErrors()).hasSize(1);
        assertThat(deletions)
                .containsExactly(new Deletion(Thread.currentThread().getName(), false));
        assertThat(withoutExecutor.store.keys()).isEmpty();
    }

    /** Returns once the data fetcher has been called. */
    private CompletableFuture<ExecutionResult> replace(DataFetcher<CompletableFuture<Boolean>> fetcher) {
        CompletableFuture<Void> called = new CompletableFuture<>();
        catalogue.mutation("replace", environment -> {
            CompletableFuture<Boolean> later = fetcher.get(environment);
            called.complete(null);
            return later;
        });
        CompletableFuture<ExecutionResult> result = catalogue
                .graphQl()
                .executeAsync(builder -> builder.query("mutation { replace(file: {base64: \"QQ==\"}) }"));
        called.orTimeout(20, TimeUnit.SECONDS).join();
        return result;
    }
}
