package io.graphqlfiles.example;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the catalogue that knows nothing but HTTP. */
final class Client {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final RestClient http;
    private final String base;

    Client(int port) {
        this("http://127.0.0.1:" + port, headers -> {});
    }

    private Client(String base, Consumer<HttpHeaders> headers) {
        this.base = base;
        this.http = RestClient.builder()
                .defaultStatusHandler(status -> true, (request, response) -> {})
                .defaultHeaders(headers)
                .build();
    }

    /** The same client, signed in. */
    Client as(String user, String password) {
        return new Client(base, headers -> headers.setBasicAuth(user, password));
    }

    JsonNode run(String query, Map<String, ?> variables) {
        return answer(http.post()
                .uri(base + "/graphql")
                .contentType(MediaType.APPLICATION_JSON)
                .body(json(query, variables)));
    }

    /** @param paths where each file belongs: path in the operations to a file */
    JsonNode runMultipart(String query, Map<String, ?> variables, Map<String, ByteArrayResource> paths) {
        Map<String, Object> map = new HashMap<>();
        MultiValueMap<String, Object> files = new LinkedMultiValueMap<>();
        paths.forEach((path, file) -> {
            String name = Integer.toString(map.size());
            map.put(name, new String[] {path});
            files.add(name, file);
        });
        // tag::java
        MultiValueMap<String, Object> body = new LinkedMultiValueMap<>();
        // {"query": ..., "variables": {"product": {"image": {"file": null}}}}
        body.add("operations", json(query, variables));
        // {"0": ["variables.product.image.file"]}
        body.add("map", JSON.writeValueAsString(map));
        // "0": a Resource, such as new FileSystemResource(path)
        body.addAll(files);
        RestClient.RequestBodySpec request = http.post()
                .uri(base + "/graphql")
                .header("GraphQL-Preflight", "1")
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .body(body);
        // end::java
        return answer(request);
    }

    /** Sends what {@code startFileUpload} said. */
    int send(JsonNode request, byte[] content) {
        return http.method(HttpMethod.valueOf(request.get("method").asString()))
                .uri(URI.create(request.get("url").asString()))
                .headers(headers -> request.get("headers")
                        .forEach(header -> headers.set(
                                header.get("name").asString(),
                                header.get("value").asString())))
                .body(content)
                .retrieve()
                .toBodilessEntity()
                .getStatusCode()
                .value();
    }

    ResponseEntity<byte[]> get(String url) {
        return http.get()
                .uri(URI.create(url.startsWith("/") ? base + url : url))
                .retrieve()
                .toEntity(byte[].class);
    }

    static ByteArrayResource file(String name, byte[] content) {
        return new ByteArrayResource(content) {
            @Override
            public String getFilename() {
                return name;
            }
        };
    }

    private static String json(String query, Map<String, ?> variables) {
        return JSON.writeValueAsString(Map.of("query", query, "variables", variables));
    }

    private static JsonNode answer(RestClient.RequestBodySpec request) {
        String body = request.accept(MediaType.APPLICATION_JSON).retrieve().body(String.class);
        return JSON.readTree(body);
    }
}
