package io.graphqlfiles.example.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the catalogue that sends files straight to the store, in parts. */
final class PartsClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PART =
            "number byteOffset byteSize uploaded request { url method headers { name value } }";
    private static final int PAGE = 20;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;

    PartsClient(URI server) {
        this.server = server;
    }

    /** Told each part that has been sent. */
    interface Listener {
        void sent(int number, long byteSize);
    }

    /**
     * Starts an upload, writes its token and then the number of each part that has been sent, until it is killed.
     * Arguments: URL of the server, length of the file.
     */
    public static void main(String[] arguments) throws Exception {
        PartsClient client = new PartsClient(URI.create(arguments[0]));
        String token = client.start(Long.parseLong(arguments[1]));
        System.out.println(token);
        client.sendMissing(token, (number, byteSize) -> System.out.println(number));
    }

    /** Requests permission to upload a file, and returns the token. */
    String start(long byteSize) throws IOException, InterruptedException {
        return run(
                        "mutation($size: Long!) { startFileUpload(input: {field: \"Product.attachment\","
                                + " fileName: \"film.bin\", byteSize: $size, inParts: true}) { token } }",
                        Map.of("size", byteSize))
                .at("/startFileUpload/token")
                .asString();
    }

    /** What there is to know without any request. */
    JsonNode upload(String token) throws IOException, InterruptedException {
        return run(
                        "query($token: String!) { fileUpload(token: $token)"
                                + " { complete partCount partByteSize uploadedByteSize"
                                + "   parts(first: 1000, uploaded: true) { number byteSize } } }",
                        Map.of("token", token))
                .get("fileUpload");
    }

    /** Asks for the missing parts page by page and sends each. */
    void sendMissing(String token, Listener listener) throws IOException, InterruptedException {
        int after = 0;
        while (true) {
            JsonNode parts = run(
                            "query($token: String!, $after: Int!) { fileUpload(token: $token) { parts(first: " + PAGE
                                    + ", after: $after, uploaded: false) { " + PART + " } } }",
                            Map.of("token", token, "after", after))
                    .at("/fileUpload/parts");
            if (parts.isEmpty()) {
                return;
            }
            for (JsonNode part : parts) {
                send(part);
                after = part.get("number").asInt();
                listener.sent(after, part.get("byteSize").asLong());
            }
        }
    }

    JsonNode complete(String token) throws IOException, InterruptedException {
        return run(
                        "mutation($token: String!) { completeFileUpload(token: $token) { complete } }",
                        Map.of("token", token))
                .get("completeFileUpload");
    }

    /** Makes a product of what was sent, and returns its attachment. */
    JsonNode claim(String token) throws IOException, InterruptedException {
        return run(
                        "mutation($token: String!) { createProduct(product: {name: \"film\", attachment:"
                                + " {directUploadToken: $token}}) { attachment { byteSize fileName url } } }",
                        Map.of("token", token))
                .at("/createProduct/attachment");
    }

    InputStream get(String url) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("status " + answer.statusCode());
        }
        return answer.body();
    }

    private void send(JsonNode part) throws IOException, InterruptedException {
        JsonNode said = part.get("request");
        long byteSize = part.get("byteSize").asLong();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(said.get("url").asString()))
                .method(
                        said.get("method").asString(),
                        HttpRequest.BodyPublishers.fromPublisher(
                                HttpRequest.BodyPublishers.ofInputStream(() -> LargeContent.range(
                                        part.get("byteOffset").asLong(), byteSize)),
                                byteSize));
        said.get("headers")
                .forEach(header -> request.header(
                        header.get("name").asString(), header.get("value").asString()));
        int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status != 200) {
            throw new IllegalStateException("part " + part.get("number") + ": status " + status);
        }
    }

    private JsonNode run(String query, Map<String, ?> variables) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/graphql"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        JSON.writeValueAsString(Map.of("query", query, "variables", variables))))
                .build();
        JsonNode answer = JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        if (answer.has("errors")) {
            throw new IllegalStateException(answer.get("errors").toString());
        }
        return answer.get("data");
    }
}
