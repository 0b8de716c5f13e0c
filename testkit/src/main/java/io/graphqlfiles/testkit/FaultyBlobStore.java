package io.graphqlfiles.testkit;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PutRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A store that fails on demand, and otherwise passes every call on to another.
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

    /** @param bytes how many still pass, half way */
    private record Planned(Moment moment, long bytes) {}

    private final BlobStore delegate;
    private final FaultPlans<Operation, Planned> plans = new FaultPlans<>(Operation.class);
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
    public void heal() {
        plans.clear();
    }

    /** How often an operation was called, whether it failed or not. */
    public int calls(Operation operation) {
        return plans.calls(operation);
    }

    /** How many streams that {@link #open} gave have not been closed. */
    public int openStreams() {
        return openStreams.get();
    }

    @Override
    public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
        Planned plan = plans.count(Operation.PUT);
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
        Planned plan = plans.count(Operation.OPEN);
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
        Planned plan = plans.count(Operation.STAT);
        failIf(plan, Moment.BEFORE, Operation.STAT, key);
        BlobInfo info = delegate.stat(key);
        failIf(plan, Moment.AFTER, Operation.STAT, key);
        return info;
    }

    @Override
    public BlobInfo copy(CopyRequest copy) {
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
        Planned plan = plans.count(operation);
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
         * @throws IllegalArgumentException if it is less
         */
        public Fault atCall(int n) {
            return new Fault(operation, plans.callFromNow(operation, n));
        }

        /** The call fails with a {@link BlobStoreException}, and nothing was done. */
        public void before() {
            plans.add(operation, call, new Planned(Moment.BEFORE, 0));
        }

        /**
         * The call does all of its work and then fails with a {@link BlobStoreException}, as when the answer is lost.
         */
        public void after() {
            plans.add(operation, call, new Planned(Moment.AFTER, 0));
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
            plans.add(operation, call, new Planned(Moment.HALF_WAY, bytes));
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
