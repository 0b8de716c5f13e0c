package io.graphqlfiles.testkit;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyBlob;
import io.graphqlfiles.spi.PutBlob;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A store that fails when it is told to, and otherwise passes every call on to another.
 *
 * <pre>{@code
 * FaultyBlobStore store = new FaultyBlobStore(new InMemoryBlobStore());
 * store.fail(Operation.PUT).atCall(2).after();       // the second put stores the blob, and then fails
 * store.fail(Operation.OPEN).afterBytes(1000);       // every stream that is read breaks off
 * store.heal();
 * }</pre>
 *
 * <p>Mutable and thread-safe: settings made before a call starts hold for that call.
 */
public final class FaultyBlobStore implements BlobStore {

    private static final String NAME = "faulty store";

    /** What can be made to fail. */
    public enum Operation {
        PUT("put"),
        OPEN("open"),
        STAT("stat"),
        COPY("copy"),
        DELETE("delete"),
        LIST("list"),
        REMOVE_UNFINISHED_WRITES("removeUnfinishedWrites");

        private final String method;

        Operation(String method) {
            this.method = method;
        }
    }

    private enum Moment {
        BEFORE,
        HALF_WAY,
        AFTER
    }

    private record Planned(Operation operation, int call, Moment moment, long bytes) {

        boolean isFor(Operation called, int number) {
            return operation == called && (call == 0 || call == number);
        }
    }

    private final BlobStore delegate;
    private final Map<Operation, Integer> calls = new EnumMap<>(Operation.class);
    private final List<Planned> plans = new ArrayList<>();
    private final AtomicInteger openStreams = new AtomicInteger();

    /** A store that does not fail yet. */
    public FaultyBlobStore(BlobStore delegate) {
        this.delegate = requireNonNull(delegate, "delegate");
    }

    /**
     * Starts to plan a fault of every call of an operation, or of one call. Nothing is planned until the moment is
     * said.
     */
    public Fault fail(Operation operation) {
        return new Fault(requireNonNull(operation, "operation"), 0);
    }

    /** Forgets all planned faults. Calls stay counted. */
    public synchronized void heal() {
        plans.clear();
    }

    /** How often an operation was called, whether it failed or not. */
    public synchronized int calls(Operation operation) {
        return calls.getOrDefault(operation, 0);
    }

    /** How many streams that {@link #open} gave have not been closed. */
    public int openStreams() {
        return openStreams.get();
    }

    @Override
    public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
        Planned plan = plan(Operation.PUT);
        failIf(plan, Moment.BEFORE, Operation.PUT, blob.key());
        if (plan == null || plan.moment() != Moment.HALF_WAY) {
            BlobInfo info = delegate.put(blob, content);
            failIf(plan, Moment.AFTER, Operation.PUT, blob.key());
            return info;
        }
        try {
            return delegate.put(blob, new BreakingStream(content, plan.bytes(), new InjectedException()));
        } catch (InjectedException e) {
            // What breaks here is the connection to the store, not the caller's stream.
            throw failure(Operation.PUT, blob.key(), e);
        }
    }

    @Override
    public InputStream open(String key, ByteRange range) {
        Planned plan = plan(Operation.OPEN);
        failIf(plan, Moment.BEFORE, Operation.OPEN, key);
        InputStream opened = delegate.open(key, range);
        if (plan != null && plan.moment() == Moment.AFTER) {
            closeQuietly(opened);
            throw failure(Operation.OPEN, key, null);
        }
        openStreams.incrementAndGet();
        InputStream counted = new CountedStream(opened);
        return plan == null ? counted : new BreakingStream(counted, plan.bytes(), new InjectedException());
    }

    @Override
    public @Nullable BlobInfo stat(String key) {
        Planned plan = plan(Operation.STAT);
        failIf(plan, Moment.BEFORE, Operation.STAT, key);
        BlobInfo info = delegate.stat(key);
        failIf(plan, Moment.AFTER, Operation.STAT, key);
        return info;
    }

    @Override
    public BlobInfo copy(CopyBlob copy) {
        return call(Operation.COPY, copy.targetKey(), () -> delegate.copy(copy));
    }

    @Override
    public void delete(Collection<String> keys) {
        call(Operation.DELETE, null, () -> {
            delegate.delete(keys);
            return keys;
        });
    }

    @Override
    public BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
        return call(Operation.LIST, null, () -> delegate.list(prefix, cursor, limit));
    }

    @Override
    public int removeUnfinishedWrites(Instant before) {
        return call(Operation.REMOVE_UNFINISHED_WRITES, null, () -> delegate.removeUnfinishedWrites(before));
    }

    @Override
    public String toString() {
        return "FaultyBlobStore[" + delegate + "]";
    }

    private <T> T call(Operation operation, @Nullable String key, Callable<T> work) {
        Planned plan = plan(operation);
        failIf(plan, Moment.BEFORE, operation, key);
        T result;
        try {
            result = work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("only put throws checked exceptions", e);
        }
        failIf(plan, Moment.AFTER, operation, key);
        return result;
    }

    /** Counts a call, and finds what is planned for it: of several plans the one made last. */
    private synchronized @Nullable Planned plan(Operation operation) {
        int call = calls.merge(operation, 1, Integer::sum);
        for (int i = plans.size() - 1; i >= 0; i--) {
            if (plans.get(i).isFor(operation, call)) {
                return plans.get(i);
            }
        }
        return null;
    }

    private static void failIf(@Nullable Planned plan, Moment moment, Operation operation, @Nullable String key) {
        if (plan != null && plan.moment() == moment) {
            throw failure(operation, key, null);
        }
    }

    private static BlobStoreException failure(Operation operation, @Nullable String key, @Nullable Throwable cause) {
        return new BlobStoreException(NAME, operation.method, key, true, "injected fault", cause);
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new AssertionError("expected a stream that can be closed", e);
        }
    }

    /** When a planned fault happens. Immutable. */
    public final class Fault {

        private final Operation operation;
        private final int call;

        private Fault(Operation operation, int call) {
            this.operation = operation;
            this.call = call;
        }

        /**
         * Only the n-th call from now on; without it, every call.
         *
         * @param n 1 for the next call
         */
        public Fault atCall(int n) {
            if (n < 1) {
                throw new IllegalArgumentException("n: expected 1 or more, found " + n);
            }
            return new Fault(operation, calls(operation) + n);
        }

        /** The call fails with a {@link BlobStoreException}, and nothing was done. */
        public void before() {
            add(new Planned(operation, call, Moment.BEFORE, 0));
        }

        /**
         * The call does all of its work and then fails with a {@link BlobStoreException}, as when the answer is lost.
         */
        public void after() {
            add(new Planned(operation, call, Moment.AFTER, 0));
        }

        /**
         * The bytes break off. A put fails with a {@link BlobStoreException}; an open gives a stream that throws an
         * {@link IOException} when it is read on.
         *
         * @param bytes how many bytes still pass; content that ends before passes whole
         * @throws IllegalArgumentException if the operation is another
         */
        public void afterBytes(long bytes) {
            if (operation != Operation.PUT && operation != Operation.OPEN) {
                throw new IllegalArgumentException("expected PUT or OPEN, found " + operation);
            }
            add(new Planned(operation, call, Moment.HALF_WAY, bytes));
        }

        private void add(Planned plan) {
            synchronized (FaultyBlobStore.this) {
                plans.add(plan);
            }
        }
    }

    private static final class InjectedException extends IOException {

        private static final long serialVersionUID = 1;

        InjectedException() {
            super("injected fault");
        }
    }

    private static final class BreakingStream extends FilterInputStream {

        private final InjectedException failure;
        private long remaining;

        BreakingStream(InputStream in, long remaining, InjectedException failure) {
            super(in);
            this.remaining = remaining;
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            requireRemaining();
            int read = super.read();
            remaining--;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            requireRemaining();
            int read = super.read(buffer, offset, (int) Math.min(length, remaining));
            remaining -= read;
            return read;
        }

        @Override
        public long skip(long n) throws IOException {
            requireRemaining();
            long skipped = super.skip(Math.min(n, remaining));
            remaining -= skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private void requireRemaining() throws IOException {
            if (remaining <= 0) {
                throw failure;
            }
        }
    }

    private final class CountedStream extends FilterInputStream {

        private boolean closed;

        CountedStream(InputStream in) {
            super(in);
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                openStreams.decrementAndGet();
            }
            super.close();
        }
    }
}
