package io.graphqlfiles.compatibility.helidon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.GraphQL;
import io.graphqlfiles.compatibility.Directories;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.server.FileEndpointResponse;
import io.graphqlfiles.server.ServerSupport;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.graphqlfiles.testkit.ServerUnderTest;
import io.graphqlfiles.testkit.ServerUnderTest.Feature;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two handlers on Helidon's WebServer. */
class HelidonTest extends GraphQLServerContract {

    private static final long DRAINED = 64L * 1024 * 1024;
    private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d+)");
    private static final String MULTIPART = "Content-Type: multipart/form-data; boundary=b\r\n";

    private static final Directories DIRECTORIES = Directories.create();
    private static WebServer server;
    private static PlainApplication application;

    @BeforeAll
    static void start() {
        application = new PlainApplication(DIRECTORIES, false);
        // tag::server
        ServerSupport support = application.files().server();
        GraphQL graphQl = GraphQL.newGraphQL(application.schema())
                .instrumentation(application.files().instrumentation())
                .build();
        Duration patience = Duration.ofSeconds(30); // with clients that send nothing
        HttpRouting.Builder routing = HttpRouting.builder()
                .post("/graphql", new GraphQLHandler(support, graphQl, patience))
                .any(support.basePath() + "/*", new FileHandler(support, patience));
        // end::server
        routing.post("/impatient", new GraphQLHandler(support, graphQl, Duration.ofMillis(200)))
                .get(
                        "/broken/{length}",
                        (request, response) -> FileHandler.send(
                                new Broken(Integer.parseInt(
                                        request.path().pathParameters().get("length"))),
                                request,
                                response));
        server = WebServer.builder().routing(routing).build().start();
    }

    @AfterAll
    static void stop() {
        server.stop();
        application.files().close();
    }

    @Override
    protected ServerUnderTest server() {
        return new ServerUnderTest(
                uri("/graphql"),
                DIRECTORIES.files(),
                DIRECTORIES.temporaryFiles(),
                EnumSet.complementOf(EnumSet.of(Feature.BATCHED_OPERATIONS)));
    }

    private static URI uri(String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }

    /** Helidon itself reads all that a handler has left of a body. */
    @ParameterizedTest
    @ValueSource(strings = {"POST /graphql", "PUT /files/default/none"})
    @Timeout(60)
    void restOfARefusedBody_isReadWithinTheLimits(String what) throws IOException {
        try (Socket socket = connect()) {
            send(socket, what, "Content-Length: 1000000000000\r\n");

            assertThat(readAnswer(socket)).contains(" 40");
            assertThat(sendUntilBroken(socket)).isGreaterThanOrEqualTo(DRAINED).isLessThan(2 * DRAINED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /graphql", "PUT /files/default/none"})
    void connectionOfARefusedBody_isUsedAgain(String what) throws IOException {
        try (Socket socket = connect()) {
            for (int i = 0; i < 3; i++) {
                send(socket, what, "Content-Length: 100000\r\n");
                assertThat(readAnswer(socket)).contains(" 40");
                socket.getOutputStream().write(new byte[100_000]);
            }
        }
    }

    /** A parser stops where the JSON ends. */
    @Test
    void connectionOfJson_isUsedAgain() throws IOException {
        try (Socket socket = connect()) {
            for (int i = 0; i < 3; i++) {
                String json = "{\"query\": \"{ __typename }\"}" + " ".repeat(100_000);
                String head =
                        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + json.length() + "\r\n\r\n";
                socket.getOutputStream().write((head + json).getBytes(UTF_8));
                assertThat(readAnswer(socket)).contains(" 200");
            }
        }
    }

    @Test
    void clientThatWaitsForContinue_getsIt() throws Exception {
        String body = """
                --b
                Content-Disposition: form-data; name="operations"

                {"query": "mutation($f: Upload!) { measure(file: $f) { byteSize } }", "variables": {"f": null}}
                --b
                Content-Disposition: form-data; name="map"

                {"0": ["variables.f"]}
                --b
                Content-Disposition: form-data; name="0"; filename="a.txt"

                alpha
                --b--
                """.replace("\n", "\r\n");
        HttpRequest request = HttpRequest.newBuilder(uri("/graphql"))
                .expectContinue(true)
                .header("GraphQL-Preflight", "1")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(body))
                .build();

        assertThat(send(request).body()).contains("\"byteSize\":5");
    }

    @Test
    void clientThatStops_isNotWaitedForWithoutEnd() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "POST /impatient", "Content-Length: 1000\r\nGraphQL-Preflight: 1\r\n");

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    /** Or a client would take the part for the whole. */
    @Test
    void fileThatEndsTooEarly_breaksTheConnectionOff() {
        HttpRequest request = HttpRequest.newBuilder(uri("/broken/100000"))
                .timeout(Duration.ofSeconds(20))
                .build();

        assertThatThrownBy(() -> send(request))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void fileThatFailsBeforeAnythingIsSent_isAnErrorThatNobodyKeeps(int length) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/broken/" + length))
                .timeout(Duration.ofSeconds(20))
                .build();

        HttpResponse<String> answer = send(request);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Cache-Control")).isEmpty();
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket("localhost", server.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String what, String headers) throws IOException {
        String head = what + " HTTP/1.1\r\nHost: localhost\r\n" + MULTIPART + headers + "\r\n";
        socket.getOutputStream().write(head.getBytes(UTF_8));
    }

    /** All of it; returns the head. */
    private static String readAnswer(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        Matcher length = LENGTH.matcher(head);
        assertThat(length.find()).isTrue();
        socket.getInputStream().readNBytes(Integer.parseInt(length.group(1)));
        return head.toString();
    }

    private static long sendUntilBroken(Socket socket) {
        byte[] piece = new byte[64 * 1024];
        long sent = 0;
        try {
            for (; sent < 2 * DRAINED; sent += piece.length) {
                socket.getOutputStream().write(piece);
            }
        } catch (IOException e) {
            // As expected.
        }
        return sent;
    }

    /** A file that is said to have a million bytes. */
    private record Broken(int length) implements FileEndpointResponse {

        @Override
        public int status() {
            return 200;
        }

        @Override
        public Map<String, String> headers() {
            return Map.of("Content-Length", "1000000", "Cache-Control", "max-age=3600");
        }

        @Override
        public InputStream body() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(new byte[length]);
            throw new EOFException("the store has no more");
        }

        @Override
        public void close() {}
    }
}
