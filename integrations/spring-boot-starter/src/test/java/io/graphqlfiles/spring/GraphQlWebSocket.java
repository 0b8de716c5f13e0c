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

    private final LinkedBlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;
    private int operations;

    /**
     * Connects, and waits to be acknowledged.
     *
     * @param authorization header of the handshake; null for none
     * @param payload of the first message
     */
    GraphQlWebSocket(URI url, String authorization, Map<String, ?> payload) {
        WebSocket.Builder builder =
                HttpClient.newHttpClient().newWebSocketBuilder().subprotocols("graphql-transport-ws");
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        socket = builder.buildAsync(url, this).join();
        send(Map.of("type", "connection_init", "payload", payload));
        assertThat(next().get("type").asString()).isEqualTo("connection_ack");
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
        try {
            JsonNode message = messages.poll(1, TimeUnit.MINUTES);
            assertThat(message).as("a message").isNotNull();
            return message;
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
    public void close() {
        socket.abort();
    }
}
