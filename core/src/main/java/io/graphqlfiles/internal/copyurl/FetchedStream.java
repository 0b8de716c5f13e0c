package io.graphqlfiles.internal.copyurl;

import io.graphqlfiles.internal.io.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** A response body with a limit, whose failures are for clients to read. */
final class FetchedStream extends BulkInputStream {

    private final InputStream body;
    private final FetchAttempt attempt;
    private long left;

    FetchedStream(InputStream body, long maxBytes, FetchAttempt attempt) {
        this.body = body;
        this.left = maxBytes;
        this.attempt = attempt;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count;
        try {
            count = body.read(buffer, offset, length);
        } catch (ZipException e) {
            throw attempt.failed("the content of the URL is not packed as its server says", e);
        } catch (IOException e) {
            throw attempt.failed("the server of the URL broke off before the end of the content", e);
        }
        if (count > left) {
            close();
            throw UrlFetchException.tooLarge(attempt.maxBytes());
        }
        if (count > 0) {
            left -= count;
        }
        return count;
    }

    @Override
    public void close() {
        // Not the body's own close, which would first read all that is still to come.
        attempt.close();
        if (body instanceof UnpackedStream unpacked) {
            unpacked.close();
        }
    }
}
