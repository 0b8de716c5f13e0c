package io.graphqlfiles.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.graphql.server.support.AuthenticationExtractor;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Operations and subscriptions over {@code graphql-transport-ws}, with files and with users. */
abstract class WebSocketTests {

    private static final String ADD =
            "mutation ($text: StoredFileInput!) { addNote(text: $text) { text { url byteSize } } }";
    private static final String START = "mutation { startFileUpload(input: {field: \"Note.text\", fileName: \"a.txt\","
            + " mimeType: \"text/plain\", byteSize: 5}) { token request { url headers { name value } } } }";

    static final String SCHEMA = "spring.graphql.schema.locations=classpath:websocket-schema/";
    static final String PATH = "spring.graphql.websocket.path=/socket";
    static final String SECRET = "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more";

    /** What both applications have. */
    @Configuration(proxyBeanMethods = false)
    @Import(Notes.class)
    static class Beans {

        /** The first message of a connection may name its user. */
        static final AuthenticationExtractor NAMED_BY_PAYLOAD = payload -> Mono.justOrEmpty(payload.get("user"))
                .map(user -> UsernamePasswordAuthenticationToken.unauthenticated(user, null));

        static Authentication believe(Authentication user) {
            return UsernamePasswordAuthenticationToken.authenticated(user.getPrincipal(), null, List.of());
        }

        static UserDetails[] users() {
            return new UserDetails[] {
                User.withUsername("ann").password("{noop}a").build(),
                User.withUsername("bob").password("{noop}b").build()
            };
        }

        @Bean
        InMemoryBlobStore store() {
            return new InMemoryBlobStore();
        }

        @Bean
        FileAuthorizer authorizer() {
            return access -> true;
        }
    }

    record Note(StoredFile text) {}

    @Controller
    static class Notes {

        @MutationMapping
        Note addNote(@Argument StoredFile text) {
            return new Note(text);
        }

        @SubscriptionMapping
        Flux<Note> echo(@Argument StoredFile text) {
            return Flux.just(new Note(text), new Note(text));
        }
    }

    @LocalServerPort
    private int port;

    private GraphQlWebSocket connect(String user, Map<String, ?> payload) {
        String authorization =
                user == null ? null : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8));
        return GraphQlWebSocket.connect(URI.create("ws://localhost:" + port + "/socket"), authorization, payload);
    }

    private static Map<String, Object> token(JsonNode upload) {
        return Map.of(
                "text",
                Map.of(
                        "directUploadToken",
                        upload.at("/data/startFileUpload/token").asString()));
    }

    private static void sendHello(JsonNode upload) throws Exception {
        JsonNode request = upload.at("/data/startFileUpload/request");
        HttpRequest.Builder put = HttpRequest.newBuilder(
                        URI.create(request.get("url").asString()))
                .PUT(HttpRequest.BodyPublishers.ofString("hello"));
        request.get("headers")
                .forEach(header -> put.header(
                        header.get("name").asString(), header.get("value").asString()));
        assertThat(HttpClient.newHttpClient()
                        .send(put.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(201);
    }

    private static void assertHello(JsonNode text) throws Exception {
        HttpRequest get =
                HttpRequest.newBuilder(URI.create(text.get("url").asString())).build();
        assertThat(HttpClient.newHttpClient()
                        .send(get, HttpResponse.BodyHandlers.ofString())
                        .body())
                .isEqualTo("hello");
    }

    private static void assertRefused(JsonNode answer, String code) {
        assertThat(answer.at("/errors/0/extensions/code").asString())
                .as(answer.toString())
                .isEqualTo(code);
    }

    @Test
    void mutation_base64_isStoredAndServed() throws Exception {
        try (GraphQlWebSocket socket = connect(null, Map.of())) {
            JsonNode answer = socket.run(ADD, Map.of("text", Map.of("base64", "aGVsbG8=")));

            assertHello(answer.at("/data/addNote/text"));
        }
    }

    @Test
    void subscription_fileInItsArgument_isStoredOnce_everyEventHasItsUrl() throws Exception {
        try (GraphQlWebSocket socket = connect(null, Map.of())) {
            JsonNode first = socket.run(
                    "subscription ($text: StoredFileInput!) { echo(text: $text) { text { id url } } }",
                    Map.of("text", Map.of("base64", "aGVsbG8=")));
            JsonNode second = socket.next().get("payload");

            assertHello(first.at("/data/echo/text"));
            assertThat(second.at("/data/echo/text/id")).isEqualTo(first.at("/data/echo/text/id"));
            assertHello(second.at("/data/echo/text"));
            assertThat(socket.next().get("type").asString()).isEqualTo("complete");
        }
    }

    @Test
    void token_ofTheUserOfTheHandshake() throws Exception {
        JsonNode upload = new HttpGraphQl(URI.create("http://localhost:" + port))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("ann:a".getBytes(UTF_8)))
                .run(START, Map.of());
        sendHello(upload);

        try (GraphQlWebSocket bob = connect("bob:b", Map.of());
                GraphQlWebSocket guest = connect(null, Map.of());
                GraphQlWebSocket ann = connect("ann:a", Map.of())) {
            assertRefused(bob.run(ADD, token(upload)), "FILE_FORBIDDEN");
            assertRefused(guest.run(ADD, token(upload)), "FILE_UNAUTHENTICATED");
            assertHello(ann.run(ADD, token(upload)).at("/data/addNote/text"));
        }
    }

    @Test
    void token_ofTheUserOfTheFirstMessage() throws Exception {
        try (GraphQlWebSocket ann = connect(null, Map.of("user", "ann"));
                GraphQlWebSocket bob = connect(null, Map.of("user", "bob"))) {
            JsonNode upload = ann.run(START, Map.of());
            sendHello(upload);

            assertThat(ann.next().get("type").asString()).isEqualTo("complete");
            assertRefused(bob.run(ADD, token(upload)), "FILE_FORBIDDEN");
            assertHello(ann.run(ADD, token(upload)).at("/data/addNote/text"));
        }
    }

    /** A handle is text that nobody can guess, of a request that is HTTP. */
    @Test
    void upload_isRefused() {
        try (GraphQlWebSocket socket = connect(null, Map.of())) {
            JsonNode answer = socket.run(ADD, Map.of("text", Map.of("file", "upload:0:0")));

            assertThat(answer.path("errors").size()).as(answer.toString()).isEqualTo(1);
        }
    }
}
