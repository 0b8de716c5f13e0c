package io.graphqlfiles.benchmarks.latency;

import io.graphqlfiles.spi.BlobHead;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A store whose every answer takes the same time, as that of a bucket does. What is signed to be uploaded is there at
 * once: the time that clients take is not measured.
 */
final class DistantStore extends ForwardingBlobStore implements DirectAccess {

    private final Duration latency;

    DistantStore(BlobStore near, Duration latency) {
        super(near);
        this.latency = latency;
    }

    @Override
    public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
        travel();
        return super.put(blob, content);
    }

    @Override
    public InputStream open(String key, ByteRange range) {
        travel();
        return super.open(key, range);
    }

    @Override
    public @Nullable BlobInfo stat(String key) {
        travel();
        return super.stat(key);
    }

    @Override
    public @Nullable BlobHead head(String key, int length) throws IOException {
        travel();
        return delegate().head(key, length);
    }

    @Override
    public BlobInfo copy(CopyRequest copy) {
        travel();
        return super.copy(copy);
    }

    @Override
    public void delete(Collection<String> keys) {
        travel();
        super.delete(keys);
    }

    @Override
    public SignedRequest signPut(SignPutRequest put) {
        byte[] content = new byte[(int) put.byteSize()];
        Arrays.fill(content, (byte) 'a');
        try {
            delegate()
                    .put(
                            new PutRequest(
                                    put.key(), content.length, put.contentType(), "attachment", Visibility.PRIVATE),
                            new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SignedRequest(
                "PUT", URI.create("https://bucket.example.com/" + put.key()), Map.of(), put.expiresAt());
    }

    @Override
    public SignedUrl signGet(SignGetRequest get) {
        return new SignedUrl("https://bucket.example.com/" + get.key(), get.expiresAt());
    }

    private void travel() {
        long end = System.nanoTime() + latency.toNanos();
        for (long left = latency.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
