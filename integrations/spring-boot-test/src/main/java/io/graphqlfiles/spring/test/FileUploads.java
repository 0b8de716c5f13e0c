package io.graphqlfiles.spring.test;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.graphql.test.tester.HttpGraphQlTester;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import reactor.core.publisher.Mono;

/**
 * Lets the clients that tests use upload files: a request with a {@link TestFile} among its variables is sent as a
 * GraphQL multipart request, with the preflight header; any other goes out as it is. The server gets what a browser
 * would send, over a real port or through MockMvc.
 *
 * <pre>{@code
 * FileUploads.with(graphQlTester)
 *         .document("mutation ($product: ProductInput!) { createProduct(product: $product) { image { fileName } } }")
 *         .variable("product", Map.of("name", "Cup", "image", Map.of("file", TestFile.png("cup.png"))))
 *         .execute()
 *         .path("createProduct.image.fileName").entity(String.class).isEqualTo("cup.png");
 * }</pre>
 *
 * <p>Files are held in memory, several times over: for tests of sizes up to some ten megabytes. Thread-safe.
 */
public final class FileUploads {

    private FileUploads() {}

    /** A tester like the given one that uploads files. */
    public static HttpGraphQlTester with(HttpGraphQlTester tester) {
        return tester.mutate()
                .webTestClient(client -> client.filter(forWebClient()))
                .build();
    }

    /**
     * For {@code WebTestClient} and {@code WebClient}, whatever they are bound to:
     * {@code client.mutate().filter(FileUploads.forWebClient()).build()}.
     */
    public static ExchangeFilterFunction forWebClient() {
        return (request, next) -> next.exchange(ClientRequest.from(request)
                .body((output, context) -> request.body().insert(new ConvertedRequest(output), context))
                .build());
    }

    /**
     * For {@code RestTestClient}, {@code RestClient}, {@code RestTemplate} and {@code TestRestTemplate}:
     * {@code client.mutate().requestInterceptor(FileUploads.forRestClient()).build()}.
     */
    public static ClientHttpRequestInterceptor forRestClient() {
        return (request, body, execution) -> {
            MultipartRequest multipart = convert(request.getHeaders().getContentType(), body);
            if (multipart == null) {
                return execution.execute(request, body);
            }
            byte[] converted = multipart.body();
            setHeaders(request.getHeaders(), multipart, converted.length);
            return execution.execute(request, converted);
        };
    }

    /**
     * For MockMvc: {@code mockMvc.perform(post("/graphql").contentType(APPLICATION_JSON).content(json)
     * .with(FileUploads.forMockMvc()))}, where the JSON was written by Jackson from a {@link TestFile}.
     */
    public static RequestPostProcessor forMockMvc() {
        return FileUploads::convert;
    }

    private static MockHttpServletRequest convert(MockHttpServletRequest request) {
        byte[] content = request.getContentAsByteArray();
        String contentType = request.getContentType();
        if (content == null || contentType == null) {
            return request;
        }
        MultipartRequest multipart = convert(MediaType.parseMediaType(contentType), content);
        if (multipart != null) {
            request.setCharacterEncoding(null);
            request.setContentType(multipart.contentType());
            request.setContent(multipart.body());
            if (request.getHeader(MultipartRequest.PREFLIGHT) == null) {
                request.addHeader(MultipartRequest.PREFLIGHT, "1");
            }
        }
        return request;
    }

    private static @Nullable MultipartRequest convert(@Nullable MediaType type, byte[] body) {
        boolean json = type != null
                && (type.isCompatibleWith(MediaType.APPLICATION_JSON)
                        || type.getSubtype().endsWith("+json"));
        return json ? MultipartRequest.ofJson(body) : null;
    }

    private static void setHeaders(HttpHeaders headers, MultipartRequest multipart, int length) {
        headers.set(HttpHeaders.CONTENT_TYPE, multipart.contentType());
        headers.setContentLength(length);
        if (headers.getFirst(MultipartRequest.PREFLIGHT) == null) {
            headers.set(MultipartRequest.PREFLIGHT, "1");
        }
    }

    /** Written by the client's own codecs, and only then looked at. */
    private static final class ConvertedRequest extends ClientHttpRequestDecorator {

        ConvertedRequest(ClientHttpRequest delegate) {
            super(delegate);
        }

        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
            // Not before the whole is known: headers are sent as soon as the body is handed on.
            return DataBufferUtils.join(body)
                    .defaultIfEmpty(bufferFactory().wrap(new byte[0]))
                    .flatMap(written -> super.writeWith(Mono.just(convert(written))));
        }

        private DataBuffer convert(DataBuffer written) {
            byte[] bytes = new byte[written.readableByteCount()];
            written.read(bytes);
            DataBufferUtils.release(written);
            MultipartRequest multipart = FileUploads.convert(getHeaders().getContentType(), bytes);
            if (multipart == null) {
                return bufferFactory().wrap(bytes);
            }
            byte[] converted = multipart.body();
            setHeaders(getHeaders(), multipart, converted.length);
            return bufferFactory().wrap(converted);
        }
    }
}
