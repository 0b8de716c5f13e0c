package io.graphqlfiles.internal.multipart;

import io.graphqlfiles.internal.io.BulkInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** The bytes of one upload: from the wire while its part is received, from the spool once it was moved there. */
final class UploadStream extends BulkInputStream {

    private static final int TRANSFER_SIZE = 64 * 1024;

    private final MultipartBody body;
    private final FilePart part;
    private long spooled;
    private boolean closed;

    UploadStream(MultipartBody body, FilePart part) {
        this.body = body;
        this.part = part;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (closed) {
            throw new IOException("The stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        int read = body.read(part, target, offset, length);
        if (read == 0) {
            read = body.readSpooled(part, spooled, target, offset, length);
            spooled += Math.max(read, 0);
        }
        return read;
    }

    /** The inherited one moves 8 KiB at a time. */
    @Override
    public long transferTo(OutputStream out) throws IOException {
        byte[] chunk = new byte[TRANSFER_SIZE];
        long transferred = 0;
        for (int n = read(chunk, 0, chunk.length); n >= 0; n = read(chunk, 0, chunk.length)) {
            out.write(chunk, 0, n);
            transferred += n;
        }
        return transferred;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            body.abandon(part);
        }
    }
}
