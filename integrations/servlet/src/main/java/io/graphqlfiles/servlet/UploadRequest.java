package io.graphqlfiles.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;

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

    @Override
    public AsyncContext getAsyncContext() {
        return new UploadAsyncContext(super.getAsyncContext(), exchange);
    }
}
