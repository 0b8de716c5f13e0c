package io.graphqlfiles.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * A caller's stream as the SDK reads it: of exactly the length that was promised. It fails before its last byte if the
 * caller's goes on, so that the server never has all of it; and it remembers what has failed, as the SDK would pack it
 * into exceptions of its own.
 */
final class PromisedInputStream extends InputStream {

    private final InputStream content;
    private final long promised;
    private final ContentReader.Mismatch mismatch;
    private long read;
    private @Nullable Exception failure;

    PromisedInputStream(InputStream content, long promised, ContentReader.Mismatch mismatch) {
        this.content = content;
        this.promised = promised;
        this.mismatch = mismatch;
    }

    /**
     * This, until reading has begun.
     *
     * @throws SdkClientException if the SDK wants to send it again; not one that it repeats the request for
     */
    InputStream once() {
        if (read > 0) {
            throw SdkClientException.create("the request cannot be repeated: its body is a stream");
        }
        return this;
    }

    /** Throws what reading has failed with; nothing if it has not. */
    void throwFailure() throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (read == promised) {
            return -1;
        }
        try {
            int count = content.read(buffer, offset, (int) Math.min(length, promised - read));
            if (count < 0) {
                throw mismatch.of(promised + " bytes", read + " bytes");
            }
            read += count;
            if (read == promised && content.read() >= 0) {
                throw mismatch.of(promised + " bytes", "more");
            }
            return count;
        } catch (IOException | RuntimeException e) {
            failure = e;
            throw e;
        }
    }
}
