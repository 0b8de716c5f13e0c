package io.graphqlfiles.vertx;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The library's file endpoint on Vert.x Web, for stores that sign no URLs themselves: serves files and takes direct
 * uploads. To be registered for {@code basePath + "/*"}, where the signature in the URL is the permission, without a
 * body handler in front. The store is read a piece at a time as the client takes them, so that slow clients hold no
 * thread. Thread-safe.
 */
public final class FileHandler implements Handler<RoutingContext> {

    private static final Set<HttpMethod> WITHOUT_BODY = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final GraphQLFiles files;
    private final String prefix;
    private final BlockingWork receiving;
    private final BlockingWork sending;
    private final Duration patience;

    /**
     * Serves and takes files.
     *
     * @param root path that the application's own paths are below, without a slash at its end; empty if there is none
     * @param receiving threads in which clients are waited for
     * @param sending threads in which only stores are waited for; may be the same
     * @param patience how long a client may send nothing before its request is broken off
     */
    public FileHandler(
            GraphQLFiles files, String root, BlockingWork receiving, BlockingWork sending, Duration patience) {
        this.files = requireNonNull(files, "files");
        this.prefix = requireNonNull(root, "root") + files.server().basePath();
        this.receiving = requireNonNull(receiving, "receiving");
        this.sending = requireNonNull(sending, "sending");
        this.patience = requireNonNull(patience, "patience");
    }

    @Override
    public void handle(RoutingContext exchange) {
        String path = exchange.request().path();
        if (path == null || !path.startsWith(prefix + "/")) {
            exchange.next();
        } else if (WITHOUT_BODY.contains(exchange.request().method())) {
            exchange.request().resume();
            sending.call(() -> answer(exchange.request(), path, InputStream.nullInputStream()))
                    .onSuccess(answer -> send(exchange, answer))
                    .onFailure(reason -> fail(exchange, reason));
        } else {
            receive(exchange, path);
        }
    }

    private void receive(RoutingContext exchange, String path) {
        HttpServerRequest request = exchange.request();
        Context context = requireNonNull(Vertx.currentContext(), "context");
        RequestBodyStream body = RequestBodyStream.of(request, context, patience);
        exchange.addEndHandler(end -> {
            body.close();
            Connections.endUnread(request, body, context);
        });
        receiving
                .call(() -> {
                    FileEndpointResponse answer = answer(request, path, body);
                    if (answer.status() >= 400) {
                        // A client that sends all of an upload before it reads would otherwise find a broken
                        // connection.
                        body.closeAfter(files.limits().drainTime());
                        files.server().drain(body);
                    }
                    return answer;
                })
                .onSuccess(answer -> send(exchange, answer))
                .onFailure(reason -> fail(exchange, reason));
    }

    private FileEndpointResponse answer(HttpServerRequest request, String path, InputStream body) throws IOException {
        return files.server()
                .fileEndpoint()
                .handle(new FileEndpointRequest(
                        request.method().name(),
                        path.substring(prefix.length()),
                        request.query(),
                        request::getHeader,
                        body,
                        length(request.getHeader("Content-Length"))));
    }

    private static long length(@Nullable String header) {
        try {
            return header == null ? -1 : Long.parseLong(header);
        } catch (NumberFormatException e) {
            return -1; // of which the server has made something else
        }
    }

    private void send(RoutingContext exchange, FileEndpointResponse answer) {
        new FileSender(exchange, answer, sending).send();
    }

    private static void fail(RoutingContext exchange, Throwable reason) {
        if (reason instanceof RejectedExecutionException) {
            Answers.overloaded(exchange);
        } else if (reason instanceof ClientTooSlowException) {
            Answers.tooSlow(exchange);
        } else if (reason instanceof IOException) {
            Connections.breakOff(exchange.request()); // there is nobody to answer
        } else {
            exchange.fail(reason);
        }
    }
}
