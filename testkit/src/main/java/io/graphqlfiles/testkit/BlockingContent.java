package io.graphqlfiles.testkit;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PutRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Content that stops half way until it is released, and the thread that writes it to a store. */
final class BlockingContent extends InputStream {

    private final byte[] bytes;
    private final CountDownLatch halfWay = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private int position;
    private volatile @Nullable Thread writer;
    private volatile @Nullable Throwable failure;

    BlockingContent(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Gives the content to a store. */
    interface Write {
        void run(InputStream content) throws IOException;
    }

    /** Starts to put the content, and returns when half of it has been read, or when the store has failed before. */
    Thread write(BlobStore store, PutRequest blob) throws InterruptedException {
        return write(content -> store.put(blob, content));
    }

    /** Starts a write, and returns when half of the content has been read, or when the store has failed before. */
    Thread write(Write write) throws InterruptedException {
        Thread thread = new Thread(
                () -> {
                    try {
                        write.run(this);
                    } catch (Throwable e) {
                        failure = e;
                    } finally {
                        halfWay.countDown();
                    }
                },
                "blocking-content");
        thread.setDaemon(true);
        writer = thread;
        thread.start();
        halfWay.await();
        return thread;
    }

    /** Gives the other half. */
    void release() {
        released.countDown();
    }

    /** What the store threw; null if nothing. To be asked when the thread has ended. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        int half = bytes.length / 2;
        if (position == half) {
            halfWay.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted half way");
            }
        }
        if (position == bytes.length) {
            return -1;
        }
        int end = position < half ? half : bytes.length;
        int read = Math.min(length, end - position);
        System.arraycopy(bytes, position, buffer, offset, read);
        position += read;
        return read;
    }

    /** Leaves no thread behind, also when the test has failed. The store must not call this. */
    @Override
    public void close() throws IOException {
        release();
        Thread thread = writer;
        if (thread != null && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
