package io.graphqlfiles.spring;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import io.graphqlfiles.spring.RequestBodyStream.ClientTooSlowException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * The file endpoint on WebFlux. A filter, because Spring's handler mappings answer preflight requests of browsers
 * themselves. The store is read in threads that may block, a piece at a time as the client takes them, so that slow
 * clients hold no thread.
 */
final class FileWebFilter implements WebFilter {

    private static final Logger LOG = LoggerFactory.getLogger(FileWebFilter.class);

    private static final int PIECE = 64 * 1024;

    private final GraphQLFiles files;
    private final BlockingWork receiving;
    private final BlockingWork sending;
    private final Duration patience;

    /**
     * Serves and takes files.
     *
     * @param receiving where clients are waited for
     * @param sending where only stores are
     * @param patience with clients that send nothing
     */
    FileWebFilter(GraphQLFiles files, BlockingWork receiving, BlockingWork sending, Duration patience) {
        this.files = files;
        this.receiving = receiving;
        this.sending = sending;
        this.patience = patience;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().pathWithinApplication().value();
        if (!path.startsWith(files.server().basePath() + "/")) {
            return chain.filter(exchange);
        }
        return Mono.defer(
                () -> answer(exchange, path.substring(files.server().basePath().length())));
    }

    private Mono<Void> answer(ServerWebExchange exchange, String path) {
        AtomicBoolean isSending = new AtomicBoolean();
        AtomicBoolean isGone = new AtomicBoolean();
        BlockingWork work = hasBody(exchange.getRequest()) ? receiving : sending;
        // A future and no Mono: what is answered after the client has gone must be closed too.
        CompletableFuture<FileEndpointResponse> answer = new CompletableFuture<>();
        InputStream body = body(exchange.getRequest());
        try {
            work.execute(() -> {
                try {
                    answer.complete(handle(exchange.getRequest(), path, body));
                } catch (IOException | RuntimeException | Error e) {
                    if (isGone.get()) {
                        LOG.debug("A client has gone before its request was answered", e); // nobody waits for it
                    } else {
                        answer.completeExceptionally(e);
                    }
                }
            });
        } catch (RejectedExecutionException full) {
            closeQuietly(body);
            return ErrorAnswer.overloaded(exchange);
        }
        return Mono.fromFuture(answer, true)
                .flatMap(found -> send(found, exchange.getResponse(), isSending))
                .onErrorResume(ClientTooSlowException.class, late -> ErrorAnswer.tooSlow(exchange))
                .doFinally(signal -> {
                    isGone.set(signal == SignalType.CANCEL);
                    closeQuietly(body);
                    CompletableFuture<Void> unused =
                            answer.thenAcceptAsync(found -> closeUnsent(found, isSending), sending::finish);
                });
    }

    private static boolean hasBody(ServerHttpRequest request) {
        HttpMethod method = request.getMethod();
        return !(HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method) || HttpMethod.OPTIONS.equals(method));
    }

    private InputStream body(ServerHttpRequest request) {
        return hasBody(request) ? RequestBodyStream.of(request.getBody(), patience) : InputStream.nullInputStream();
    }

    private FileEndpointResponse handle(ServerHttpRequest request, String path, InputStream body) throws IOException {
        FileEndpointResponse answer = files.server()
                .fileEndpoint()
                .handle(new FileEndpointRequest(
                        request.getMethod().name(),
                        path,
                        request.getURI().getRawQuery(),
                        name -> request.getHeaders().getFirst(name),
                        body,
                        request.getHeaders().getContentLength()));
        if (answer.status() >= 400) {
            drain(body);
        }
        return answer;
    }

    /** A client that sends all of an upload before it reads would otherwise find a broken connection. */
    private void drain(InputStream body) {
        if (body instanceof RequestBodyStream stream) {
            stream.closeAfter(files.limits().drainTime()); // also a read that waits
        }
        files.server().drain(body);
    }

    private Mono<Void> send(FileEndpointResponse answer, ServerHttpResponse response, AtomicBoolean isSending) {
        response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
        answer.headers().forEach((name, value) -> response.getHeaders().set(name, value));
        return response.writeWith(DataBufferUtils.readInputStream(
                        () -> {
                            isSending.set(true); // and closed by whoever reads it
                            return answer.body();
                        },
                        response.bufferFactory(),
                        PIECE)
                .subscribeOn(sending.scheduler()));
    }

    private static void closeUnsent(FileEndpointResponse answer, AtomicBoolean isSending) {
        if (!isSending.get()) {
            closeQuietly(answer);
        }
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            LOG.debug("A stream could not be closed", e);
        }
    }
}
