package io.graphqlfiles.compatibility.helidon;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

// tag::body
/** A body that is waited for with patience, and not without end, as Helidon would. */
final class RequestBody extends FilterInputStream {

    private final ServerRequest request;
    private final Duration patience;

    RequestBody(ServerRequest request, Duration patience) {
        super(request.content().inputStream());
        this.request = request;
        this.patience = patience;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Thread reader = Thread.currentThread();
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        arrived.orTimeout(patience.toMillis(), MILLISECONDS).exceptionally(late -> {
            reader.interrupt(); // which closes the connection
            return null;
        });
        try {
            return super.read(target, offset, length);
        } catch (RuntimeException e) {
            Thread.interrupted();
            // Helidon has exceptions of its own for this, but knows that one as the end of a connection.
            throw new IOException(new SocketException("The client is gone, or sends nothing").initCause(e));
        } finally {
            arrived.complete(null);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Helidon's would read, and parsers close. */
    @Override
    public void close() {}

    /** To be called after the answer: what is left of a body Helidon reads, however much it is. */
    void closeUnlessRead() {
        if (!request.content().consumed()) {
            throw new CloseConnectionException("The client sends more than anybody reads");
        }
    }
}
// end::body
