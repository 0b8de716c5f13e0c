package io.graphqlfiles.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to a server as any client would. */
final class HttpGraphQl {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String BOUNDARY = "----of-a-test-5f0c";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final Map<String, String> headers = new LinkedHashMap<>();

    /** @param base without trailing slash; {@code /graphql} is below it */
    HttpGraphQl(URI base) {
        this.base = base;
    }

    HttpGraphQl header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** A file in a multipart request. Never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    record Part(String name, String fileName, String mimeType, byte[] bytes) {}

    /** Sends JSON and reads the answer, which must be one of GraphQL. */
    JsonNode run(String query, Map<String, ?> variables) {
        HttpResponse<byte[]> response = post(json(query, variables).getBytes(UTF_8), "application/json");
        return JSON.readTree(response.body());
    }

    /** Sends a multipart request and reads the answer, which must be one of GraphQL. */
    JsonNode runMultipart(String query, Map<String, ?> variables, Map<String, ?> map, Part... parts) {
        HttpResponse<byte[]> response = postMultipart(query, variables, map, parts);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + new String(response.body(), UTF_8));
        }
        return JSON.readTree(response.body());
    }

    HttpResponse<byte[]> postMultipart(String query, Map<String, ?> variables, Map<String, ?> map, Part... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        field(body, "operations", json(query, variables));
        field(body, "map", JSON.writeValueAsString(map));
        for (Part part : parts) {
            write(
                    body,
                    "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + part.name() + "\"; filename=\""
                            + part.fileName() + "\"\r\nContent-Type: " + part.mimeType() + "\r\n\r\n");
            body.writeBytes(part.bytes());
            write(body, "\r\n");
        }
        write(body, "--" + BOUNDARY + "--\r\n");
        return post(body.toByteArray(), "multipart/form-data; boundary=" + BOUNDARY);
    }

    HttpResponse<byte[]> post(byte[] body, String contentType) {
        return send(request(URI.create(base + "/graphql"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    /** Sends what {@code startFileUpload} said. */
    HttpResponse<byte[]> upload(JsonNode request, byte[] content) {
        HttpRequest.Builder put = HttpRequest.newBuilder(URI.create(text(request, "url")))
                .method(text(request, "method"), BodyPublishers.ofByteArray(content));
        for (JsonNode header : request.get("headers")) {
            // The JDK's client sets it from the body, and lets nobody else.
            if (!text(header, "name").equalsIgnoreCase("Content-Length")) {
                put.header(text(header, "name"), text(header, "value"));
            }
        }
        return send(put);
    }

    HttpResponse<byte[]> get(String url) {
        return send(request(URI.create(url)));
    }

    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("GraphQL-Preflight", "1");
        headers.forEach(request::header);
        return request;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static String text(JsonNode node, String field) {
        return node.get(field).asString();
    }

    private static String json(String query, Map<String, ?> variables) {
        return JSON.writeValueAsString(Map.of("query", query, "variables", variables));
    }

    private static void field(ByteArrayOutputStream body, String name, String value) {
        write(
                body,
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
    }

    private static void write(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(UTF_8));
    }
}
