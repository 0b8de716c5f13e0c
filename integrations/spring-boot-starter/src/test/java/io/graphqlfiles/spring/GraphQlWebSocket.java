package io.graphqlfiles.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A client that speaks {@code graphql-transport-ws}, the least of it. */
final class GraphQlWebSocket implements WebSocket.Listener, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONNECTIONS = 5;

    private final LinkedBlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;
    private int operations;

    private GraphQlWebSocket(URI url, String authorization) {
        WebSocket.Builder builder =
                HttpClient.newHttpClient().newWebSocketBuilder().subprotocols("graphql-transport-ws");
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        socket = builder.buildAsync(url, this).join();
    }

    /**
     * Connects, and waits to be acknowledged. As clients do, connects again if that takes too long: Spring WebFlux ends
     * the handshake on another thread than the one that reads, and now and then (of 5,000 connections 12, without this
     * library too) loses a first message that comes at once.
     *
     * @param authorization header of the handshake; null for none
     * @param payload of the first message
     */
    static GraphQlWebSocket connect(URI url, String authorization, Map<String, ?> payload) {
        for (int i = 0; i < CONNECTIONS; i++) {
            GraphQlWebSocket connection = new GraphQlWebSocket(url, authorization);
            connection.send(Map.of("type", "connection_init", "payload", payload));
            JsonNode answer = connection.poll(10);
            if (answer != null) {
                assertThat(answer.get("type").asString()).isEqualTo("connection_ack");
                return connection;
            }
            connection.close();
        }
        throw new AssertionError("None of " + CONNECTIONS + " connections was acknowledged");
    }

    /** Runs an operation that has one answer. */
    JsonNode run(String query, Map<String, ?> variables) {
        send(Map.of(
                "id",
                Integer.toString(++operations),
                "type",
                "subscribe",
                "payload",
                Map.of("query", query, "variables", variables)));
        JsonNode answer = next();
        assertThat(answer.get("type").asString()).as(answer.toString()).isEqualTo("next");
        return answer.get("payload");
    }

    /** The next message of the server. */
    JsonNode next() {
        JsonNode message = poll(60);
        assertThat(message).as("a message").isNotNull();
        return message;
    }

    private JsonNode poll(int seconds) {
        try {
            return messages.poll(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void send(Map<String, ?> message) {
        socket.sendText(JSON.writeValueAsString(message), true).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            messages.add(JSON.readTree(text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        messages.add(JSON.createObjectNode().put("type", "closed: " + status + " " + reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        messages.add(JSON.createObjectNode().put("type", "failed: " + error));
    }

    @Override
    public void close() {
        socket.abort();
    }
}
