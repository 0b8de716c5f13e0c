package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.maintenance.FileStatus;
import io.graphqlfiles.maintenance.SweepResult;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks all stores and the database at once, each in a thread of its own, because one that hangs must not keep the
 * answer from who asks. What has not answered yet is not asked again, so that a health check every second does not
 * gather threads. Thread-safe.
 */
public final class StatusCheck implements AutoCloseable {

    private final BlobStores stores;
    private final @Nullable AttachmentStore rows;
    private final ExecutorService threads = CheckThreads.create();
    private final Map<String, CompletableFuture<?>> open = new ConcurrentHashMap<>();

    /** @param rows null without an attachment store */
    public StatusCheck(BlobStores stores, @Nullable AttachmentStore rows) {
        this.stores = stores;
        this.rows = rows;
    }

    /** @param limit how long to wait for all of them */
    FileStatus ask(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        Map<String, CompletableFuture<?>> asked = new LinkedHashMap<>();
        for (String name : stores.names()) {
            // Whether it is there does not matter; that this is answered does.
            asked.put(name, ask(name, () -> stores.store(name).stat(FileKeys.IDENTITY)));
        }
        AttachmentStore database = rows;
        if (database != null) {
            asked.put(SweepResult.ATTACHMENT_STORE, ask(SweepResult.ATTACHMENT_STORE, database::backlog));
        }
        Map<String, RuntimeException> failures = new LinkedHashMap<>();
        AttachmentStatistics.Backlog backlog = null;
        for (Map.Entry<String, CompletableFuture<?>> each : asked.entrySet()) {
            try {
                Object answer = each.getValue().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (answer instanceof AttachmentStatistics.Backlog found) {
                    backlog = found;
                }
            } catch (ExecutionException e) {
                failures.put(each.getKey(), unwrapped(e));
            } catch (TimeoutException e) {
                failures.put(
                        each.getKey(),
                        new IllegalStateException("expected an answer within " + limit + ", found none", e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures.put(each.getKey(), new IllegalStateException("interrupted before it answered", e));
            }
        }
        return new FileStatus(stores.names(), backlog, failures);
    }

    private CompletableFuture<?> ask(String name, Supplier<@Nullable Object> question) {
        CompletableFuture<?> asked =
                open.computeIfAbsent(name, none -> CompletableFuture.supplyAsync(question, threads));
        // Not inside: it may be answered at once, and the map does not take a change of itself.
        CompletableFuture<?> unused = asked.whenComplete((answer, failure) -> open.remove(name, asked));
        return asked;
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }

    /** Interrupts what is in progress. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
