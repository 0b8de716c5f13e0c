package io.graphqlfiles.compatibility.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.testkit.ServerUnderTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

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
