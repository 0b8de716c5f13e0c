package io.graphqlfiles.spring;

import java.io.FilterInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * The body of a reactive request for a thread that may block: the client is asked for more as it is read. Not by
 * {@code PartEvent}s, of which Spring loses some when they are asked for by another thread than the server's.
 *
 * <p>A read that waits too long breaks the body off: servers on Reactor have no limit of their own, and threads are
 * few.
 */
final class RequestBodyStream extends FilterInputStream {

    /** Buffers on their way, each of some KiB. */
    private static final int DEMAND = 8;

    private final AtomicLong arrived;
    private final Disposable watch;
    private volatile @Nullable Disposable end;
    private volatile boolean isWaiting;
    private volatile int latest;
    private volatile boolean isLate;
    /** Of reads; the reader's own. */
    private int count;
    /** Bytes that were read; the reader's own. */
    private long taken;
    /** Which the watch has seen last; its own. */
    private int seen;

    /**
     * Asks for the first bytes at once. To be closed, or the client may wait for ever.
     *
     * @param patience how long a read waits at the least; twice that at the most
     */
    RequestBodyStream(Publisher<DataBuffer> body, Duration patience) {
        this(body, patience, new AtomicLong());
    }

    private RequestBodyStream(Publisher<DataBuffer> body, Duration patience, AtomicLong arrived) {
        super(DataBufferUtils.subscriberInputStream(
                Flux.from(body).doOnNext(buffer -> arrived.addAndGet(buffer.readableByteCount())), DEMAND));
        this.arrived = arrived;
        watch = Schedulers.parallel()
                .schedulePeriodically(this::look, patience.toMillis(), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends in that time at the latest, and wakes whoever still reads then. */
    void closeAfter(Duration time) {
        end = Schedulers.parallel().schedule(this::close, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Counts turns of the timer, so that reads need not ask for the time. */
    private void look() {
        int now = latest;
        if (isWaiting && now == seen) {
            isLate = true;
            close(); // wakes the reader
        }
        seen = now;
    }

    /** The client has sent nothing for too long. */
    static final class ClientTooSlowException extends IOException {

        private static final long serialVersionUID = 1;

        ClientTooSlowException() {
            super("The client has stopped sending");
        }
    }

    private interface Read {
        int run() throws IOException;
    }

    private int watched(Read read) throws IOException {
        latest = ++count;
        isWaiting = true;
        try {
            int result = read.run();
            if (isLate) {
                throw new ClientTooSlowException();
            }
            return result;
        } catch (RuntimeException e) {
            // Servers tell of a client that has gone by exceptions of their own.
            throw new IOException("The connection broke", e);
        } finally {
            isWaiting = false;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Waits for a byte, and takes what has come with it: Spring's stream would wait until the array is full. */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (take(target, offset, 1) < 0) {
            return -1;
        }
        int more = (int) Math.min(length - 1, arrived.get() - taken);
        return more == 0 ? 1 : 1 + Math.max(take(target, offset + 1, more), 0);
    }

    private int take(byte[] target, int offset, int length) throws IOException {
        int n = watched(() -> in.read(target, offset, length));
        taken += Math.max(n, 0);
        return n;
    }

    @Override
    public void close() {
        watch.dispose();
        Disposable planned = end;
        if (planned != null) {
            planned.dispose();
        }
        try {
            in.close();
        } catch (IOException | RuntimeException e) {
            // Nobody wants more of it.
        }
    }
}
