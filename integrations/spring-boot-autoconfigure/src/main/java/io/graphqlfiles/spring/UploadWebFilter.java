package io.graphqlfiles.spring;

import io.graphqlfiles.FileLimits;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.server.GraphQLMultipartRequest;
import io.graphqlfiles.server.MultipartRequestException;
import io.graphqlfiles.spring.RequestBodyStream.ClientTooSlowException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets Spring for GraphQL on WebFlux take files in GraphQL multipart requests, as the servlet filter does on Spring
 * MVC: to everything behind it such a request is an ordinary JSON request. Reads the body in threads that may block,
 * and no faster than the store takes it.
 */
final class UploadWebFilter implements WebFilter {

    /** Of the parts before the first file, and what may stand between them. */
    private static final int HEADERS = 64 * 1024;

    private final GraphQLFiles files;
    private final String path;
    private final BlockingWork work;
    private final Duration patience;

    /**
     * Lets a GraphQL endpoint take files.
     *
     * @param path of the GraphQL endpoint, within the application
     * @param patience with clients that send nothing
     */
    UploadWebFilter(GraphQLFiles files, String path, BlockingWork work, Duration patience) {
        this.files = files;
        this.path = path;
        this.work = work;
        this.patience = patience;
    }

    /** A request whose body is on the connection. */
    private record Upload(
            GraphQLMultipartRequest multipart,
            RequestBodyStream body,
            Mono<Void> operationsArrived,
            FileLimits limits) {

        void close() {
            body.closeAfter(limits.drainTime());
            multipart.close();
            body.close();
        }

        /** Whoever reads the body must be woken first. */
        void abort() {
            body.close();
            multipart.close();
        }
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!isUpload(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        return Mono.usingWhen(
                Mono.fromSupplier(() -> open(exchange.getRequest())),
                upload -> answer(upload, exchange, chain),
                upload -> work.run(upload::close),
                (upload, failure) -> work.run(upload::close),
                upload -> work.run(upload::abort));
    }

    private boolean isUpload(ServerHttpRequest request) {
        return HttpMethod.POST.equals(request.getMethod())
                && request.getPath().pathWithinApplication().value().equals(path)
                && files.server().isMultipart(request.getHeaders().getFirst("Content-Type"));
    }

    private Upload open(ServerHttpRequest request) {
        FileLimits limits = files.limits();
        OperationsGate gate = new OperationsGate(
                limits.operationsText().bytes() + limits.mapText().bytes() + HEADERS);
        RequestBodyStream body = RequestBodyStream.behind(gate, request.getBody(), patience, System::nanoTime);
        return new Upload(
                files.server()
                        .openMultipartRequest(
                                request.getHeaders().getFirst("Content-Type"),
                                name -> request.getHeaders().getFirst(name),
                                body),
                body,
                body.begun().timeout(limits.operationsTime()),
                limits);
    }

    private Mono<Void> answer(Upload upload, ServerWebExchange exchange, WebFilterChain chain) {
        return upload.operationsArrived()
                .then(work.call(upload.multipart()::operations))
                .map(json -> chain.filter(new JsonExchange(exchange, json)))
                .onErrorResume(
                        MultipartRequestException.class,
                        refusal -> Mono.just(ErrorAnswer.json(
                                exchange, HttpStatusCode.valueOf(refusal.status()), refusal.responseBody())))
                .onErrorResume(e -> e instanceof ClientTooSlowException || e instanceof TimeoutException, late -> {
                    upload.body().close(); // the rest comes no faster
                    return Mono.just(ErrorAnswer.tooSlow(exchange));
                })
                .onErrorResume(IOException.class, broken -> {
                    // Nobody reads the answer, and nobody is to look for a failure of this server.
                    exchange.getResponse().setStatusCode(HttpStatus.BAD_REQUEST);
                    return Mono.just(exchange.getResponse().setComplete());
                })
                .onErrorResume(RejectedExecutionException.class, full -> Mono.just(ErrorAnswer.overloaded(exchange)))
                .flatMap(Function.identity());
    }
}
