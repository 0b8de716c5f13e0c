package io.graphqlfiles.compatibility.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.testkit.ServerUnderTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What any server is to do, and what the starter does besides. The server is to be started before all tests. */
public abstract class SpringContract extends AttachmentsContract {

    private static SpringServer server;

    /** To be called once, by the class that knows the application. */
    protected static void start(SpringServer started) {
        server = started;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected ServerUnderTest server() {
        return server.description();
    }

    @Override
    final <T> T bean(Class<T> type) {
        return server.bean(type);
    }

    /** Spellings that some part of a server takes for the file endpoint's path, and none for a file's. */
    @ParameterizedTest
    @ValueSource(strings = {"/files;a", "/files;a/default/public/none", "//files/", "//files/x", "/files/;a", "/files"})
    void pathsBesideTheFileEndpoints_areNotFound(String path) throws IOException {
        URI uri = server.description().graphQl();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 40");
        }
    }

    /** Their types are known to the engine alone. */
    @Test
    void persistedOperations_takeFilesAsUploadsOnly() throws Exception {
        String measure = "mutation($v: Upload!) { measure(file: $v) { byteSize } }";
        String add = "mutation($v: String!) { addDocument(document: {title: $v}) { title } }";
        for (String query : List.of(measure, add)) {
            post("application/json", "{\"query\":\"" + query + "\"," + persisted(query) + "}");
        }

        assertThat(post("multipart/form-data; boundary=b", upload(measure)))
                .isEqualTo("{\"data\":{\"measure\":{\"byteSize\":5}}}");
        assertThat(post("multipart/form-data; boundary=b", upload(add)))
                .contains("Expected the type Upload", "BAD_REQUEST")
                .doesNotContain("upload:");
    }

    private static String upload(String query) throws NoSuchAlgorithmException {
        return "--b\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{" + persisted(query)
                + ",\"variables\":{\"v\":null}}\r\n--b\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n"
                + "{\"0\":[\"variables.v\"]}\r\n--b\r\nContent-Disposition: form-data; name=\"0\"; filename=\"a\"\r\n\r\n"
                + "hello\r\n--b--\r\n";
    }

    private static String persisted(String query) throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(query.getBytes(StandardCharsets.UTF_8));
        return "\"extensions\":{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\""
                + HexFormat.of().formatHex(hash) + "\"}}";
    }

    private static String post(String contentType, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.description().graphQl())
                                .header("Content-Type", contentType)
                                .header("Accept", "application/json")
                                .header("GraphQL-Preflight", "1")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @Test
    void metrics_areThereWithTheActuator() throws IOException, InterruptedException {
        String answer = post(
                "application/json",
                "{\"query\":\"mutation { addDocument(document: {title: \\\"t\\\", content: {base64: \\\"aGVsbG8=\\\"}}) { id } }\"}");

        assertThat(answer).doesNotContain("errors");
        assertThat(server.bean(MeterRegistry.class)
                        .get("graphql.files.store")
                        .tags("field", "Document.content", "source", "base64", "outcome", "stored")
                        .timer()
                        .count())
                .isPositive();
    }
}
