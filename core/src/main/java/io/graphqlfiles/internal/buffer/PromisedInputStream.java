package io.graphqlfiles.internal.buffer;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A caller's stream as a vendor's client reads it: of exactly the length that was promised. It fails before its last
 * byte if the caller's goes on, so that the server never has all of it; and it remembers what has failed, as the client
 * would pack it into exceptions of its own. Not thread-safe.
 */
public final class PromisedInputStream extends InputStream {

    private final InputStream content;
    private final long promised;
    private final UploadFailures failures;
    private long read;
    private @Nullable Exception failure;

    /**
     * @param promised the length, known
     * @param failures says what is thrown if it is another one
     */
    public PromisedInputStream(InputStream content, long promised, UploadFailures failures) {
        this.content = content;
        this.promised = promised;
        this.failures = failures;
    }

    /** Whether any of it was read, so that it cannot be sent from its start any more. */
    public boolean isBegun() {
        return read > 0;
    }

    /** Throws what reading has failed with; nothing if it has not. */
    public void throwFailure() throws IOException {
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
                throw failures.notAsPromised(promised + " bytes", read + " bytes");
            }
            read += count;
            if (read == promised && content.read() >= 0) {
                throw failures.notAsPromised(promised + " bytes", "more");
            }
            return count;
        } catch (IOException | RuntimeException e) {
            failure = e;
            throw e;
        }
    }
}
