package io.graphqlfiles.servlet;

import io.graphqlfiles.GraphQLMultipartRequest;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * A multipart request over all its dispatches.
 *
 * <p>It is over when a dispatch returns without a new asynchronous cycle, or when an asynchronous cycle is completed.
 * The container's own notice of the latter is only the second chance: Tomcat does not give it when the client has
 * vanished, and when it does the answer may have been finished, after which it lets nobody read the body.
 */
final class UploadExchange implements AsyncListener {

    private final GraphQLMultipartRequest multipart;
    private final JsonBody body;

    UploadExchange(GraphQLMultipartRequest multipart, JsonBody body) {
        this.multipart = multipart;
        this.body = body;
    }

    /** The request of one dispatch as those behind the filter see it. */
    HttpServletRequest wrap(HttpServletRequest request) {
        return new UploadRequest(request, body, this);
    }

    /** The response of one dispatch as those behind the filter see it. */
    HttpServletResponse wrap(HttpServletResponse response) {
        return new OpenResponse(response);
    }

    /** To be called when a dispatch returns. */
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

    void close() {
        multipart.close();
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
