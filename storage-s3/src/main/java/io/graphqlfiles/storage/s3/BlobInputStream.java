package io.graphqlfiles.storage.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The bytes of a blob as they come from the server: all that were announced, or an exception. */
final class BlobInputStream extends InputStream {

    /** Reading so much more costs less than another connection. */
    private static final int WORTH_READING = 64 * 1024;

    private final ResponseInputStream<GetObjectResponse> content;
    private long remaining;
    private boolean failed;
    private boolean closed;

    BlobInputStream(ResponseInputStream<GetObjectResponse> content, long byteSize) {
        this.content = content;
        this.remaining = byteSize;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (closed) {
            throw new IOException("the stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        if (remaining == 0) {
            return -1;
        }
        int count = received(buffer, offset, (int) Math.min(length, remaining));
        remaining -= count;
        if (remaining == 0) {
            // Lets the client see the end, so that it checks what it checks and keeps the connection.
            finish();
        }
        return count;
    }

    @Override
    public int available() throws IOException {
        return closed || remaining == 0 ? 0 : (int) Math.min(remaining, content.available());
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        if (!failed && remaining <= WORTH_READING) {
            try {
                skipNBytes(remaining);
            } catch (IOException e) {
                failed = true;
            }
        }
        closed = true;
        if (failed || remaining > 0) {
            // Closing alone would read all that is left.
            content.abort();
        } else {
            content.close();
        }
    }

    private int received(byte[] buffer, int offset, int length) throws IOException {
        int count;
        try {
            count = content.read(buffer, offset, length);
        } catch (IOException e) {
            failed = true;
            throw e;
        } catch (SdkException e) {
            failed = true;
            throw new IOException("the server's answer could not be read", e);
        }
        if (count < 0) {
            failed = true;
            throw new EOFException("expected " + remaining + " more bytes, found the end of the server's answer");
        }
        return count;
    }

    private void finish() throws IOException {
        try {
            if (content.read() >= 0) {
                failed = true;
            }
        } catch (SdkException e) {
            failed = true;
            throw new IOException("the server's answer is not what it announced", e);
        }
    }
}
