package io.graphqlfiles.internal.buffer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory that the uploads of a store may hold together. Each takes what it needs as its client sends, so that slow
 * clients hold little; and nobody is given memory that would leave too little for the uploads that have begun to end
 * one after the other, so that they never all wait for each other. This is E. W. Dijkstra's banker, with one currency.
 *
 * @see <a href="https://www.cs.utexas.edu/~EWD/transcriptions/EWD01xx/EWD108.html">EWD 108</a>
 */
public final class BufferMemory {

    private final long byteSize;
    private final long patienceNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Share> holders = new ArrayList<>();
    private final Deque<Request> waiting = new ArrayDeque<>();
    private long free;
    private long givenBack;

    /**
     * @param byteSize of all shares together
     * @param patience how long an upload waits while nothing at all is given back
     */
    public BufferMemory(long byteSize, Duration patience) {
        this.byteSize = byteSize;
        this.patienceNanos = patience.toNanos();
        this.free = byteSize;
    }

    /**
     * Opens a share, which holds nothing yet.
     *
     * @param most how many bytes it will take at most
     * @param failures says what is thrown, here and later
     * @throws RuntimeException a failure that is not retryable, if that is more than there is
     */
    public Share share(long most, UploadFailures failures) {
        if (most > byteSize) {
            throw failures.other(
                    false,
                    "expected a part that fits into the " + byteSize + " bytes of the uploads' memory, found one of "
                            + most,
                    null);
        }
        return new Share(most, failures);
    }

    /** How many bytes are held by nobody. */
    long free() {
        lock.lock();
        try {
            return free;
        } finally {
            lock.unlock();
        }
    }

    /** What one part of one upload holds. Used by one thread at a time. */
    public final class Share implements AutoCloseable {

        private final UploadFailures failures;
        private long most;
        private long held;

        private Share(long most, UploadFailures failures) {
            this.most = most;
            this.failures = failures;
        }

        /**
         * Takes more, and waits for it.
         *
         * @throws RuntimeException a retryable failure if nothing is given back for too long; another one if the thread
         *     is interrupted, which it stays
         */
        void take(long bytes) {
            lock.lock();
            try {
                Request request = new Request(this, bytes);
                waiting.add(request);
                grant();
                await(request);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failures.other(false, "the calling thread was interrupted", e);
            } finally {
                lock.unlock();
            }
        }

        /** Needs no more than it has: what it was reading has ended. */
        void settle() {
            lock.lock();
            try {
                most = held;
                grant();
            } finally {
                lock.unlock();
            }
        }

        /** Gives all of it back. */
        @Override
        public void close() {
            lock.lock();
            try {
                if (held > 0) {
                    free += held;
                    givenBack++;
                    held = 0;
                    holders.remove(this);
                    grant();
                }
            } finally {
                lock.unlock();
            }
        }

        private void await(Request request) throws InterruptedException {
            long seen = givenBack;
            long nanos = patienceNanos;
            try {
                while (!request.granted) {
                    if (nanos <= 0) {
                        throw failures.other(true, "expected memory for more of the upload, found all in use", null);
                    }
                    nanos = changed.awaitNanos(nanos);
                    if (givenBack != seen) {
                        seen = givenBack;
                        nanos = patienceNanos;
                    }
                }
            } finally {
                waiting.remove(request);
            }
        }
    }

    private static final class Request {

        private final Share share;
        private final long bytes;
        private boolean granted;

        Request(Share share, long bytes) {
            this.share = share;
            this.bytes = bytes;
        }
    }

    /** Gives in the order of asking, but past those whose turn would be dangerous. */
    private void grant() {
        boolean granted = false;
        for (Request request : waiting) {
            if (!request.granted && isSafe(request)) {
                Share share = request.share;
                if (share.held == 0) {
                    holders.add(share);
                }
                share.held += request.bytes;
                free -= request.bytes;
                request.granted = true;
                granted = true;
            }
        }
        if (granted) {
            changed.signalAll();
        }
    }

    /** Whether all holders could still end one after the other, each with what those before it have given back. */
    private boolean isSafe(Request request) {
        long left = free - request.bytes;
        if (left < 0) {
            return false;
        }
        List<long[]> needs = new ArrayList<>(holders.size() + 1);
        long largest = 0;
        boolean isHolder = request.share.held > 0;
        for (int i = 0; i < holders.size() + (isHolder ? 0 : 1); i++) {
            Share share = i < holders.size() ? holders.get(i) : request.share;
            long held = share.held + (share == request.share ? request.bytes : 0);
            long need = Math.max(0, share.most - held);
            largest = Math.max(largest, need);
            needs.add(new long[] {need, held});
        }
        if (left >= largest) {
            return true;
        }
        needs.sort(Comparator.comparingLong(need -> need[0]));
        for (long[] need : needs) {
            if (need[0] > left) {
                return false;
            }
            left += need[1];
        }
        return true;
    }
}
