package io.graphqlfiles.vertx;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.server.GraphQLMultipartRequest;
import io.graphqlfiles.server.MultipartRequestException;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/**
 * Lets a GraphQL handler of Vert.x Web take files in GraphQL multipart requests: to that handler such a request has a
 * JSON body that was read already. The files stay on the connection until a data fetcher reads them, in a thread that
 * may block: the library's executors must be {@link BlockingWork}, or another of the kind. Other requests go on to the
 * next handler.
 *
 * <pre>{@code
 * router.post("/graphql").handler(new GraphQLUploadHandler(files, work, Duration.ofSeconds(30), graphQl));
 * router.post("/graphql").handler(BodyHandler.create(false)).handler(graphQl);
 * }</pre>
 *
 * <p>No body handler may be in front: it would gather the files on a disk. Thread-safe.
 */
public final class GraphQLUploadHandler implements Handler<RoutingContext> {

    private final GraphQLFiles files;
    private final BlockingWork work;
    private final Duration patience;
    private final Handler<RoutingContext> graphQl;

    /**
     * A handler in front of another.
     *
     * @param work threads in which clients are waited for
     * @param patience how long a client may send nothing before its request is broken off
     * @param graphQl executes GraphQL requests whose JSON is in {@link RoutingContext#body()}; is called in one of the
     *     threads that may block, because data fetchers of the application read uploads
     */
    public GraphQLUploadHandler(
            GraphQLFiles files, BlockingWork work, Duration patience, Handler<RoutingContext> graphQl) {
        this.files = requireNonNull(files, "files");
        this.work = requireNonNull(work, "work");
        this.patience = requireNonNull(patience, "patience");
        this.graphQl = requireNonNull(graphQl, "graphQl");
    }

    private boolean isMultipart(HttpServerRequest request) {
        return HttpMethod.POST.equals(request.method())
                && files.server().isMultipart(request.getHeader("Content-Type"));
    }

    @Override
    public void handle(RoutingContext exchange) {
        if (isMultipart(exchange.request())) {
            new Upload(exchange).answer();
        } else {
            exchange.next();
        }
    }

    /** A request whose body is on the connection. */
    private final class Upload {

        private final RoutingContext exchange;
        private final Context context = requireNonNull(Vertx.currentContext(), "context");
        private final RequestBodyStream body;
        private final GraphQLMultipartRequest multipart;

        Upload(RoutingContext exchange) {
            HttpServerRequest request = exchange.request();
            this.exchange = exchange;
            this.body = RequestBodyStream.of(request, context, patience);
            this.multipart =
                    files.server().openMultipartRequest(request.getHeader("Content-Type"), request::getHeader, body);
        }

        void answer() {
            exchange.addEndHandler(answered -> end(answered.succeeded()));
            work.call(this::execute).onFailure(this::refuse);
        }

        private boolean execute() throws IOException {
            byte[] json = multipart.operations();
            try {
                graphQl.handle(JsonExchange.of(exchange, json));
            } catch (RuntimeException e) {
                exchange.fail(e);
            }
            return true;
        }

        private void refuse(Throwable reason) {
            if (reason instanceof MultipartRequestException refusal) {
                Answers.json(exchange, refusal.status(), refusal.responseBody());
            } else if (reason instanceof ClientTooSlowException) {
                body.close(); // the rest comes no faster
                Answers.tooSlow(exchange);
            } else if (reason instanceof RejectedExecutionException) {
                Answers.overloaded(exchange);
            } else if (reason instanceof IOException) {
                body.close(); // nobody reads the answer
                Answers.json(exchange, 400, new byte[0]);
            } else {
                exchange.fail(reason);
            }
        }

        /** After the answer: the client gets to send the rest, and then to read it. */
        private void end(boolean isAnswered) {
            if (isAnswered) {
                body.closeAfter(files.limits().drainTime());
            } else {
                body.close(); // whoever reads it must be woken first
            }
            work.finish(multipart::close).onComplete(closed -> {
                body.close();
                Connections.endUnread(exchange.request(), body, context);
            });
        }
    }
}
