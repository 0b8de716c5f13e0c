package io.graphqlfiles.internal.variant;

import io.graphqlfiles.FileField;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.VariantOptions;
import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.blob.VariantKeys;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.media.VariantFailedException;
import io.graphqlfiles.spi.media.VariantRecipe;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes variants that are asked for: each once, however many ask at the same moment, few at once, and none for a while
 * that could not be made. Between nodes it is the store that decides: it creates only, and who comes second takes what
 * is there. Thread-safe.
 */
public final class VariantMaking implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VariantMaking.class);

    /** What a waiting client is worth beyond the time of the work itself. */
    private static final Duration GRACE = Duration.ofSeconds(2);
    /** For what may go better the next time. */
    private static final Duration PAUSE = Duration.ofMinutes(1);
    /** How long it is believed that a blob is there. */
    private static final Duration KNOWN = Duration.ofHours(24);

    private final BlobStores stores;
    private final VariantChoice choice;
    private final VariantOptions options;
    private final RecentKeys impossible;
    private final RecentKeys failed;
    private final RecentKeys known;
    private final Map<String, VariantRecipe> recipes = new ConcurrentHashMap<>();
    private final Map<BlobReference, Flight> flights = new ConcurrentHashMap<>();
    /** Daemons, started when there is something to make. */
    private final ThreadPoolExecutor threads;

    /** One that is being made, and the work, to be interrupted. */
    private static final class Flight {
        final CompletableFuture<@Nullable BlobInfo> made = new CompletableFuture<>();

        volatile @Nullable Future<?> work;
        volatile boolean isRunning;
    }

    public VariantMaking(BlobStores stores, VariantChoice choice, VariantOptions options, Clock clock) {
        this.stores = stores;
        this.choice = choice;
        this.options = options;
        this.impossible = new RecentKeys(clock);
        this.failed = new RecentKeys(clock);
        this.known = new RecentKeys(clock);
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                options.atOnce(),
                options.atOnce(),
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(options.waiting()),
                task -> {
                    Thread thread =
                            new Thread(null, task, "graphql-files-variants-" + number.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Adds the fields of a schema; to be called for each. */
    public void add(Iterable<FileField> fields) {
        for (FileField field : fields) {
            field.variants().values().forEach(recipe -> recipes.put(recipe.digest(), recipe));
        }
        stores.variants().add(recipes.keySet());
    }

    /** Whether the blob of a variant was there a while ago. No I/O. */
    boolean isKnown(String store, String key) {
        return known.contains(new BlobReference(store, key));
    }

    /**
     * Finds a variant, or makes it. Blocks.
     *
     * @param key of a variant
     * @throws VariantRefusal if there is none
     * @throws BlobStoreException if the store fails
     */
    public BlobInfo get(String store, String key) throws VariantRefusal {
        BlobInfo found = stores.store(store).stat(key);
        if (found == null) {
            found = make(store, key);
        }
        known.add(new BlobReference(store, key), KNOWN);
        return found;
    }

    /**
     * Makes a variant that is not there.
     *
     * @throws VariantRefusal if it cannot be made
     * @throws BlobStoreException if the store fails
     */
    private BlobInfo make(String store, String key) throws VariantRefusal {
        BlobReference blob = new BlobReference(store, key);
        if (impossible.contains(blob)) {
            throw VariantRefusal.impossible();
        }
        if (failed.contains(blob)) {
            throw VariantRefusal.notNow((int) PAUSE.toSeconds());
        }
        Flight flight = flight(blob);
        if (flight == null) {
            throw VariantRefusal.notFound();
        }
        return await(blob, flight);
    }

    /** The one that makes it, begun if there is none; null if no recipe has this key. */
    private @Nullable Flight flight(BlobReference blob) throws VariantRefusal {
        VariantKeys.VariantKey names = VariantKeys.parse(blob.key());
        VariantRecipe recipe = names == null ? null : recipes.get(names.digest());
        if (names == null || recipe == null) {
            return null;
        }
        Flight begun = new Flight();
        Flight other = flights.putIfAbsent(blob, begun);
        if (other != null) {
            return other;
        }
        VariantJob job = new VariantJob(
                stores.store(blob.store()),
                blob.key(),
                names,
                recipe,
                choice,
                options.timeLimit(),
                options.maxSize().bytes());
        try {
            begun.work = threads.submit(() -> run(blob, begun, job));
        } catch (RejectedExecutionException e) {
            flights.remove(blob, begun);
            begun.made.completeExceptionally(e);
            throw VariantRefusal.notNow(1);
        }
        return begun;
    }

    private void run(BlobReference blob, Flight flight, VariantJob job) {
        flight.isRunning = true;
        // Taken out before anybody is told, who might ask again.
        try {
            BlobInfo made = job.make();
            if (made != null) {
                known.add(blob, KNOWN);
            }
            flights.remove(blob, flight);
            flight.made.complete(made);
        } catch (IOException | RuntimeException | Error e) {
            // Also errors: a decoder that has no memory left must not take a thread with it.
            remember(blob, e);
            flights.remove(blob, flight);
            flight.made.completeExceptionally(e);
        }
    }

    private void remember(BlobReference blob, Throwable failure) {
        if (failure instanceof VariantFailedException) {
            LOG.info("Variant {} cannot be made", blob, failure);
            impossible.add(blob, options.failureMemory());
        } else if (!(failure instanceof BlobStoreException)) {
            LOG.error("Variant {} could not be made", blob, failure);
            failed.add(blob, PAUSE);
        }
    }

    private BlobInfo await(BlobReference blob, Flight flight) throws VariantRefusal {
        try {
            BlobInfo made = flight.made.get(options.timeLimit().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
            if (made == null) {
                throw VariantRefusal.notFound();
            }
            return made;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BlobStoreException store) {
                throw store;
            }
            throw e.getCause() instanceof VariantFailedException
                    ? VariantRefusal.impossible()
                    : VariantRefusal.notNow((int) PAUSE.toSeconds());
        } catch (TimeoutException e) {
            abandonIfRunning(blob, flight);
            throw VariantRefusal.notNow((int) PAUSE.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw VariantRefusal.notNow(1);
        }
    }

    /** One that only waits for its turn goes on waiting. */
    private void abandonIfRunning(BlobReference blob, Flight flight) {
        Future<?> work = flight.work;
        if (work != null && flight.isRunning) {
            LOG.error("Variant {} could not be made in {}; the maker has not stopped", blob, options.timeLimit());
            failed.add(blob, PAUSE);
            flights.remove(blob, flight);
            work.cancel(true);
        }
    }

    /**
     * Begins to make all variants of a file that was stored, if that is wanted; what finds no room is left for later,
     * and what has to wait for a review too.
     */
    public void stored(FileField field, StoredFile file) {
        if (options.isEager() && !field.isReviewed()) {
            field.variants().values().forEach(recipe -> begin(file, recipe));
        }
    }

    private void begin(StoredFile file, VariantRecipe recipe) {
        boolean isMade = VariantKeys.hasVariants(file.key()) && choice.ofMakers(file.mimeType(), recipe) != null;
        if (isMade && threads.getQueue().remainingCapacity() > options.waiting() / 2) {
            try {
                flight(new BlobReference(file.store(), VariantKeys.of(file.key(), recipe.digest())));
            } catch (VariantRefusal e) {
                LOG.debug("A variant is made when it is asked for", e);
            }
        }
    }

    /**
     * Makes all variants of a file that are not there. Blocks.
     *
     * @return how many it has now
     * @throws BlobStoreException if the store fails
     */
    public int makeAll(FileField field, BlobReference file) {
        int count = 0;
        for (VariantRecipe recipe : field.variants().values()) {
            if (VariantKeys.hasVariants(file.key())) {
                try {
                    get(file.store(), VariantKeys.of(file.key(), recipe.digest()));
                    count++;
                } catch (VariantRefusal e) {
                    LOG.info("A variant of {} was not made: {}", file, e.text());
                }
            }
        }
        return count;
    }

    /** Interrupts what is being made. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
