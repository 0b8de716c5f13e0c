package io.graphqlfiles.spring;

import io.graphqlfiles.GraphQLFiles;
import io.graphqlfiles.GraphQLMultipartRequest;
import io.graphqlfiles.MultipartRequestException;
import io.graphqlfiles.spring.RequestBodyStream.ClientTooSlowException;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
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
    private record Upload(GraphQLMultipartRequest multipart, RequestBodyStream body) {

        void close() {
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
                && GraphQLMultipartRequest.isMultipart(request.getHeaders().getFirst("Content-Type"));
    }

    private Upload open(ServerHttpRequest request) {
        RequestBodyStream body = new RequestBodyStream(request, patience);
        return new Upload(
                files.openMultipartRequest(
                        request.getHeaders().getFirst("Content-Type"),
                        name -> request.getHeaders().getFirst(name),
                        body),
                body);
    }

    private Mono<Void> answer(Upload upload, ServerWebExchange exchange, WebFilterChain chain) {
        return work.call(upload.multipart()::operations)
                .map(json -> chain.filter(new JsonExchange(exchange, json)))
                .onErrorResume(
                        MultipartRequestException.class, refusal -> Mono.just(refuse(refusal, exchange.getResponse())))
                .onErrorResume(
                        ClientTooSlowException.class,
                        late -> Mono.just(ClientTooSlowException.answer(exchange.getResponse())))
                .flatMap(Function.identity());
    }

    private static Mono<Void> refuse(MultipartRequestException refusal, ServerHttpResponse response) {
        byte[] body = refusal.responseBody();
        response.setStatusCode(HttpStatusCode.valueOf(refusal.status()));
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }
}
