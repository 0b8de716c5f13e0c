package io.graphqlfiles.servlet;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.server.GraphQLMultipartRequest;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A multipart request over all its dispatches.
 *
 * <p>It is over when a dispatch returns without a new asynchronous cycle, or when an asynchronous cycle is completed.
 * The container's own notice of the latter is only the second chance: Tomcat does not give it when the client has
 * vanished, and when it does the answer may have been finished, after which it lets nobody read the body.
 */
final class UploadExchange implements AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(UploadExchange.class);

    private final GraphQLMultipartRequest multipart;
    private final ServletInputStream body;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final OpenResponse.Sent sent = new OpenResponse.Sent();
    private volatile @Nullable OpenResponse answer;
    private volatile @Nullable JsonBody json;

    UploadExchange(GraphQLMultipartRequest multipart, ServletInputStream body) {
        this.multipart = multipart;
        this.body = body;
    }

    /** Reads the request up to its first file. */
    void readOperations() throws IOException {
        json = new JsonBody(multipart.operations());
    }

    /** The request of one dispatch as those behind the filter see it. */
    HttpServletRequest wrap(HttpServletRequest request) {
        return new UploadRequest(request, requireNonNull(json), this);
    }

    /** The response of one dispatch as those behind the filter see it. */
    HttpServletResponse wrap(HttpServletResponse response) {
        OpenResponse open = new OpenResponse(response, sent);
        answer = open;
        return open;
    }

    /** To be called when a dispatch has returned. */
    void dispatched(HttpServletRequest request) {
        if (!request.isAsyncStarted()) {
            close();
            return;
        }
        try {
            request.getAsyncContext().addListener(this);
        } catch (IllegalStateException e) {
            // Over in the meantime.
            close();
        }
    }

    /** When all that counts of the body has been read, the answer goes first: whatever comes cannot change it. */
    void close() {
        if (closed.compareAndSet(false, true)) {
            if (multipart.isAtEnd() && !body.isFinished()) {
                deliver();
            }
            fail();
        }
    }

    /** Without an answer: the container has one of its own. */
    void fail() {
        multipart.close();
    }

    private void deliver() {
        OpenResponse open = answer;
        try {
            if (open != null) {
                open.deliver();
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("The client has gone away", e);
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        close();
    }

    @Override
    public void onError(AsyncEvent event) {
        close();
    }

    /** Whoever answers a time-out completes or dispatches then. */
    @Override
    public void onTimeout(AsyncEvent event) {}

    /** A new cycle forgets the listeners of the one before. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
