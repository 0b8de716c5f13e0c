package io.graphqlfiles.compatibility.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends operations to the application. */
final class GraphQlClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI uri;

    GraphQlClient(int port) {
        this.uri = URI.create("http://127.0.0.1:" + port + "/graphql");
    }

    /** What is answered. */
    JsonNode run(String document) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofMinutes(2))
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("query", document))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    /** The result of a field, of an answer without errors. */
    JsonNode data(String document) throws IOException, InterruptedException {
        JsonNode answer = run(document);
        assertThat(answer.path("errors").isMissingNode()).as("%.500s", answer).isTrue();
        return answer.at("/data").iterator().next();
    }
}
