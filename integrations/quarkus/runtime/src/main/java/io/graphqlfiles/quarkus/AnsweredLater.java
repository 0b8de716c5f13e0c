package io.graphqlfiles.quarkus;

import io.quarkus.vertx.http.runtime.filters.AbstractResponseWrapper;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextDecorator;
import io.vertx.ext.web.impl.RoutingContextInternal;

/**
 * An exchange for SmallRye's handler, which takes the one place for a handler of the response's end: it gets one of
 * several.
 */
final class AnsweredLater extends RoutingContextDecorator {

    private final HttpServerResponse response;

    AnsweredLater(RoutingContext exchange) {
        super(exchange.currentRoute(), (RoutingContextInternal) exchange);
        response = new Response(exchange);
    }

    @Override
    public HttpServerResponse response() {
        return response;
    }

    private static final class Response extends AbstractResponseWrapper {

        private final RoutingContext exchange;

        Response(RoutingContext exchange) {
            super(exchange.response());
            this.exchange = exchange;
        }

        @Override
        public HttpServerResponse endHandler(Handler<Void> handler) {
            exchange.addEndHandler(end -> handler.handle(null));
            return this;
        }

        /** The end handler is called then as well. */
        @Override
        public HttpServerResponse exceptionHandler(Handler<Throwable> handler) {
            return this;
        }

        /** The end handler is called then as well. */
        @Override
        public HttpServerResponse closeHandler(Handler<Void> handler) {
            return this;
        }
    }
}
