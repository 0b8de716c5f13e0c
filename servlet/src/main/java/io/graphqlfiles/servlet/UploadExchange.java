package io.graphqlfiles.servlet;

import io.graphqlfiles.GraphQLMultipartRequest;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/** A multipart request over all its dispatches. Closes it when it ends asynchronously. */
final class UploadExchange implements AsyncListener {

    private final GraphQLMultipartRequest multipart;
    private final JsonBody body;

    UploadExchange(GraphQLMultipartRequest multipart, JsonBody body) {
        this.multipart = multipart;
        this.body = body;
    }

    /** The request of one dispatch as those behind the filter see it. */
    HttpServletRequest wrap(HttpServletRequest request) {
        return new JsonRequest(request, body);
    }

    /** Whether the exchange will be closed when the asynchronous request ends; false if that is over already. */
    boolean followsAsync(HttpServletRequest request) {
        try {
            request.getAsyncContext().addListener(this);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** The container calls this at the very end, after time-outs and errors too. */
    @Override
    public void onComplete(AsyncEvent event) {
        multipart.close();
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    /** A new cycle forgets the listeners of the one before. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
