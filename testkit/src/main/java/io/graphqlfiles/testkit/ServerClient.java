package io.graphqlfiles.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

/** Speaks to a server as any client would. */
final class ServerClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI graphQl;

    ServerClient(URI graphQl) {
        this.graphQl = graphQl;
    }

    /** Sends an operation as JSON. */
    JsonNode run(String query, Map<String, ?> variables, String... headers) {
        return json(send(request(graphQl, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(text(Map.of("query", query, "variables", variables))))));
    }

    /** Sends a multipart request, which must be answered as GraphQL. */
    JsonNode run(MultipartText body, String... headers) {
        return json(post(body, headers));
    }

    HttpResponse<byte[]> post(MultipartText body, String... headers) {
        return post(BodyPublishers.ofByteArray(body.bytes()), concat(headers, "GraphQL-Preflight", "1"));
    }

    /** Sends a multipart body of a length that is known and content that nobody holds. */
    HttpResponse<byte[]> post(long length, Supplier<InputStream> body) {
        return post(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(body), length), "GraphQL-Preflight", "1");
    }

    HttpResponse<byte[]> post(BodyPublisher body, String... headers) {
        return send(request(graphQl, headers)
                .header("Content-Type", MultipartText.CONTENT_TYPE)
                .POST(body));
    }

    HttpResponse<byte[]> postJson(Object body) {
        return send(
                request(graphQl).header("Content-Type", "application/json").POST(BodyPublishers.ofString(text(body))));
    }

    /** Sends what {@code startFileUpload} says. */
    HttpResponse<byte[]> upload(JsonNode request, byte[] content) {
        HttpRequest.Builder upload = request(URI.create(request.get("url").asText()))
                .method(request.get("method").asText(), BodyPublishers.ofByteArray(content));
        for (JsonNode header : request.get("headers")) {
            // The JDK's client says itself how long its body is.
            if (!header.get("name").asText().equalsIgnoreCase("Content-Length")) {
                upload.header(header.get("name").asText(), header.get("value").asText());
            }
        }
        return send(upload);
    }

    /** Sends a request of tus 1.0.0. */
    HttpResponse<byte[]> tus(String method, URI url, byte[] body, String... headers) {
        return send(request(url, concat(headers, "Tus-Resumable", "1.0.0"))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<byte[]> get(String url, String... headers) {
        return send(request(URI.create(url), headers).GET());
    }

    HttpResponse<byte[]> head(String url) {
        return send(request(URI.create(url)).method("HEAD", BodyPublishers.noBody()));
    }

    /** The content, which may be large. The caller closes it. */
    InputStream open(String url) {
        try {
            return HTTP.send(request(URI.create(url)).GET().build(), BodyHandlers.ofInputStream())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static HttpRequest.Builder request(URI uri, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).header("Accept", "application/json, */*");
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AssertionError(e);
    }

    private static String[] concat(String[] headers, String... more) {
        String[] all = Arrays.copyOf(headers, headers.length + more.length);
        System.arraycopy(more, 0, all, headers.length, more.length);
        return all;
    }

    /** The body of an answer with status 200. */
    static JsonNode json(HttpResponse<byte[]> response) {
        String body = new String(response.body(), UTF_8);
        assertThat(response.statusCode()).as(body).isEqualTo(200);
        return parse(body);
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError("Expected JSON, found " + json, e);
        }
    }

    static String text(Object json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
