package io.graphqlfiles.storage.azure;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/**
 * The bytes of a blob as they are received. Asks for no more than a few buffers ahead. The client goes on where a
 * connection broke, at the same version of the blob, and fails if that is gone. Not thread-safe.
 */
final class BlobInputStream extends InputStream {

    private static final int AHEAD = 2;
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final Buffers buffers = new Buffers();
    private final Duration patience;
    private ByteBuffer current = NONE;
    private boolean ended;
    private boolean closed;

    /** @param patience how long the service may be silent */
    BlobInputStream(Flux<ByteBuffer> content, Duration patience) {
        this.patience = patience;
        content.subscribe(buffers);
    }

    @Override
    public int read() throws IOException {
        return fill() ? current.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, current.remaining());
        current.get(bytes, offset, count);
        return count;
    }

    @Override
    public int available() {
        return closed ? 0 : current.remaining();
    }

    @Override
    public void close() {
        closed = true;
        current = NONE;
        buffers.cancel();
    }

    /** Whether there is at least one more byte. */
    private boolean fill() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
        while (!current.hasRemaining() && !ended) {
            Item item = next();
            if (item.failure != null) {
                throw new IOException("the content of the blob could not be read to its end", item.failure);
            }
            if (item.bytes == null) {
                ended = true;
            } else {
                current = item.bytes;
                buffers.request(1);
            }
        }
        return !ended;
    }

    private Item next() throws IOException {
        try {
            Item item = buffers.queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (item == null) {
                buffers.cancel();
                throw new IOException("expected more of the blob within " + patience.toMillis() + " ms, found nothing");
            }
            return item;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the thread was interrupted");
        }
    }

    /** Some bytes, the end, or a failure. */
    private record Item(
            @Nullable ByteBuffer bytes, @Nullable Throwable failure) {}

    private static final class Buffers extends BaseSubscriber<ByteBuffer> {

        private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(AHEAD);
        }

        @Override
        protected void hookOnNext(ByteBuffer bytes) {
            queue.add(new Item(bytes, null));
        }

        @Override
        protected void hookOnComplete() {
            queue.add(new Item(null, null));
        }

        @Override
        protected void hookOnError(Throwable failure) {
            queue.add(new Item(null, failure));
        }
    }
}
