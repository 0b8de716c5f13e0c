package io.graphqlfiles.servlet;

import jakarta.servlet.ServletInputStream;
import java.io.FilterInputStream;
import java.io.IOException;

/** The body of a request, and whether the client has come to its end. A read waits as long as the container lets it. */
final class RequestBody extends FilterInputStream {

    private final ServletInputStream body;
    private boolean isBroken;

    RequestBody(ServletInputStream body) {
        super(body);
        this.body = body;
    }

    /** Whether the client has sent all of it, and all of it was read. */
    boolean isFinished() {
        return body.isFinished();
    }

    /**
     * Whether the client may be sending still.
     *
     * @throws EndlessBodyException if it may
     */
    void requireEnd() throws EndlessBodyException {
        if (!isBroken && !body.isFinished()) {
            throw new EndlessBodyException();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return body.read(target, offset, length);
        } catch (IOException | RuntimeException e) {
            isBroken = true;
            throw e;
        }
    }
}
