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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
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

    @Test
    void metrics_areThereWithTheActuator() throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.description().graphQl())
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"query\":\"mutation { addDocument(document: {title: \\\"t\\\", content: {base64: \\\"aGVsbG8=\\\"}}) { id } }\"}"))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.body()).doesNotContain("errors");
        assertThat(server.bean(MeterRegistry.class)
                        .get("graphql.files.store")
                        .tags("field", "Document.content", "source", "base64", "outcome", "stored")
                        .timer()
                        .count())
                .isPositive();
    }
}
