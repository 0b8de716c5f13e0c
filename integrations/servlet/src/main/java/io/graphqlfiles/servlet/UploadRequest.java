package io.graphqlfiles.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** A {@link JsonRequest} that ends its exchange when its asynchronous processing is completed. */
final class UploadRequest extends JsonRequest {

    private final UploadExchange exchange;

    UploadRequest(HttpServletRequest request, JsonBody body, UploadExchange exchange) {
        super(request, body);
        this.exchange = exchange;
    }

    @Override
    public AsyncContext startAsync() {
        return new UploadAsyncContext(super.startAsync(), exchange);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return new UploadAsyncContext(super.startAsync(request, response), exchange);
    }

    /** Null only where there is no container: MockMvc asks before there is one, and does not refuse to answer. */
    @Override
    public @Nullable AsyncContext getAsyncContext() {
        AsyncContext context = super.getAsyncContext();
        return context == null ? null : new UploadAsyncContext(context, exchange);
    }
}
