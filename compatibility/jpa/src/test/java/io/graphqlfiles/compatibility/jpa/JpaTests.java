package io.graphqlfiles.compatibility.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.GraphQLFiles;
import io.graphqlfiles.ReconcileOptions;
import io.graphqlfiles.ReconcileResult;
import io.graphqlfiles.spi.AttachmentStatistics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The application with the defaults of Spring Boot. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.generate-unique-name=true",
            "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more"
        })
abstract class JpaTests {

    private static final Path ROOT =
            Path.of("target", "files-" + ProcessHandle.current().pid());

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    GraphQLFiles files;

    @Autowired
    Products products;

    @DynamicPropertySource
    static void store(DynamicPropertyRegistry properties) {
        properties.add("graphql.files.fs.root", ROOT::toString);
    }

    /** What is answered. */
    JsonNode run(String document) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/graphql"))
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

    /** An input with a small file. */
    static String file(String name) {
        return "{base64: \"aGVsbG8=\", fileName: \"" + name + ".txt\"}";
    }

    /** How often the store of files and the database do not agree, or something is left to do. */
    void nothingIsLeftOver() {
        ReconcileResult result = files.reconcile(
                ReconcileOptions.newReconcileOptions()
                        .orphanGrace(Duration.ZERO)
                        .build(),
                finding -> {});
        assertThat(result.orphans()).isZero();
        assertThat(result.missing()).isZero();
        AttachmentStatistics rows = files.attachments().statistics();
        assertThat(rows.announced() + rows.discarded()).isZero();
        assertThat(result.blobs()).isEqualTo(rows.attached());
    }
}
