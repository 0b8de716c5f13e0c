package io.graphqlfiles.compatibility.quarkus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Quarkus Security's rules on methods that take files, with users who may and users who may not. */
class RulesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long HUGE = 100L * 1024 * 1024;
    private static final String READER = Requests.basic("reader", "of-the-contract");
    private static final String EDITOR = Requests.basic("editor", "of-papers");

    private static final String TELLING = "quarkus.smallrye-graphql.error-extension-fields=exception,code";

    private static QuarkusProcess application;
    private static Requests requests;

    private int storings;
    private int refusals;

    @BeforeAll
    static void start() {
        application = QuarkusProcess.start(TELLING, "quarkus.graphql-files.limits.drained=256K");
        requests = new Requests(application);
    }

    @AfterAll
    static void stop() throws IOException {
        application.close();
        assertThat(application.log()).doesNotContain("has been blocked for");
    }

    @BeforeEach
    void look() throws Exception {
        storings = count("storings");
        refusals = count("refusals");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "byRole",
                "byRoleOfSettings",
                "byRoleLater",
                "byDenial",
                "byPermission",
                "byOwnAnnotation",
                "desk { drafts { add"
            })
    void rule_againstTheUser_isAskedBeforeAByteIsRead(String mutation) throws Exception {
        String answer = upload(requests, mutation, READER);

        assertThat(answer).contains("\"errors\"").doesNotContain("fileName");
        assertThat(count("storings")).as(answer).isEqualTo(storings);
        assertThat(count("refusals")).as(answer).isEqualTo(refusals + 1);
    }

    @Test
    void rule_againstGuests_isAskedBeforeAByteIsRead() throws Exception {
        String answer = upload(requests, "byAuthentication");

        assertThat(answer).contains("\"code\":\"unauthorized\"");
        assertThat(count("storings")).isEqualTo(storings);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "byNothing",
                "byPermissionForAll",
                "byRole",
                "byRoleOfSettings",
                "byRoleLater",
                "byAuthentication",
                "byPermission",
                "byOwnAnnotation",
                "desk { drafts { add"
            })
    void rule_forTheUser_letsTheFileIn(String mutation) throws Exception {
        String answer = upload(requests, mutation, EDITOR);

        assertThat(answer).contains("\"fileName\":\"paper.txt\"").doesNotContain("errors");
        assertThat(count("storings")).isEqualTo(storings + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"byNothing", "byPermissionForAll"})
    void file_withoutARuleAgainstIt_isAnybodys(String mutation) throws Exception {
        assertThat(upload(requests, mutation)).contains("\"fileName\":\"paper.txt\"");
    }

    /** It cannot be asked before there are arguments; what was stored for it is deleted again. */
    @Test
    void rule_aboutAnArgument_isAskedWhenTheFileIsStored() throws Exception {
        String answer = upload(requests, "byArgument(title: \"editor\",", READER);

        assertThat(answer).contains("\"code\":\"forbidden\"");
        assertThat(count("storings")).isEqualTo(storings + 1);
        assertThat(upload(requests, "byArgument(title: \"reader\",", READER)).contains("paper.txt");
    }

    /** Nobody learns what is wrong with a file that he may not send. */
    @ParameterizedTest
    @ValueSource(strings = {"base64: \"?\"", "directUploadToken: \"?\"", "copyURL: \"http://127.0.0.1:1/\""})
    void rule_isAskedBeforeTheSourceIsLookedAt(String source) throws Exception {
        String answer = graphQl("mutation { byRole(file: {" + source + "}) { content { fileName } } }", READER);

        assertThat(answer).contains("\"code\":\"forbidden\"").doesNotContain("FILE_");
        assertThat(count("storings")).isEqualTo(storings);
    }

    @Test
    void refusedUrl_isNotFetched() throws Exception {
        AtomicInteger fetched = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            fetched.incrementAndGet();
            exchange.sendResponseHeaders(200, 3);
            exchange.getResponseBody().write("abc".getBytes(UTF_8));
            exchange.close();
        });
        server.start();
        try {
            String query = "mutation { byRole(file: {copyURL: \"http://127.0.0.1:"
                    + server.getAddress().getPort() + "/paper.txt\"}) { content { fileName } } }";

            assertThat(graphQl(query, READER)).contains("\"code\":\"forbidden\"");
            assertThat(fetched).hasValue(0);
            assertThat(graphQl(query, EDITOR)).contains("paper.txt");
            assertThat(fetched).hasValue(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void rule_withoutFiles_isAskedAsEver() throws Exception {
        assertThat(graphQl("mutation { byRole(file: null) { content { fileName } } }", READER))
                .contains("\"code\":\"forbidden\"");
        assertThat(graphQl("mutation { byRole(file: null) { content { fileName } } }", EDITOR))
                .isEqualTo("{\"data\":{\"byRole\":{\"content\":null}}}");
    }

    /** It is executed in the thread that has stored the file of the first. */
    @Test
    void rule_ofASecondField_isAskedToo() throws Exception {
        JsonNode answer = JSON.readTree(graphQl(
                "mutation { first: byNothing(file: {base64: \"AAAA\"}) { content { byteSize } }"
                        + " second: byRole(file: {base64: \"AAAA\"}) { content { byteSize } }"
                        + " third: byAuthentication(file: {base64: \"AAAA\"}) { content { byteSize } } }",
                READER));

        assertThat(answer.at("/data/first/content/byteSize").asInt())
                .as("%s", answer)
                .isEqualTo(3);
        assertThat(answer.at("/data/second").isNull()).as("%s", answer).isTrue();
        assertThat(answer.at("/data/third/content/byteSize").asInt())
                .as("%s", answer)
                .isEqualTo(3);
        assertThat(answer.at("/errors/0/path/0").asText()).isEqualTo("second");
        assertThat(count("storings")).isEqualTo(storings + 2);
    }

    /** Clients cannot see when they were refused. */
    @Test
    void refusal_isTheOneOfTheMethod() throws Exception {
        try (QuarkusProcess late = QuarkusProcess.start(TELLING, "quarkus.graphql-files.early-rules=false")) {
            Requests requestsToLate = new Requests(late);
            for (String mutation : new String[] {"byRole", "byRoleLater", "byDenial", "byPermission"}) {
                for (String[] user : new String[][] {{}, {READER}}) {
                    assertThat(upload(requests, mutation, user)).isEqualTo(upload(requestsToLate, mutation, user));
                }
            }
            assertThat(requestsToLate.graphQl("{\"query\": \"{ storings refusals }\"}"))
                    .isEqualTo("{\"data\":{\"storings\":8,\"refusals\":8}}");
        }
    }

    @Test
    @Timeout(60)
    void refusedUploadOf100MB_isHardlyRead() throws Exception {
        AtomicLong sent = new AtomicLong();
        CompletableFuture<Void> sending;
        String answer;
        URI server = application.uri("/graphql");
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(hugeRequest());
            sending = CompletableFuture.runAsync(() -> send(out, sent));
            answer = readAnswer(socket.getInputStream());
        }
        sending.orTimeout(20, TimeUnit.SECONDS).join();

        assertThat(answer).contains("\"code\":\"forbidden\"");
        assertThat(count("storings")).isEqualTo(storings);
        // What was drained, and what lay in the buffers of two sockets.
        assertThat(sent).hasValueLessThan(HUGE / 3);
    }

    private static byte[] hugeRequest() {
        String beginning = Requests.beginning(operations("byRole"), "variables.f.file", "huge.bin");
        String head = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nGraphQL-Preflight: 1\r\nAuthorization: " + READER
                + "\r\nContent-Type: " + Requests.contentType() + "\r\nContent-Length: "
                + (beginning.length() + HUGE + 100) + "\r\n\r\n";
        return (head + beginning).getBytes(UTF_8);
    }

    private static void send(OutputStream out, AtomicLong sent) {
        byte[] piece = new byte[64 * 1024];
        try {
            while (sent.get() < HUGE) {
                out.write(piece);
                sent.addAndGet(piece.length);
            }
        } catch (IOException e) {
            // The server has closed the connection, or the test: enough was said.
        }
    }

    private static String readAnswer(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] piece = new byte[8 * 1024];
        int count;
        while (answer.indexOf("\"code\":\"forbidden\"") < 0 && (count = in.read(piece)) >= 0) {
            answer.append(new String(piece, 0, count, UTF_8));
        }
        return answer.toString();
    }

    private static String upload(Requests server, String mutation, String... user) throws Exception {
        return server.upload(
                operations(mutation),
                "variables.f.file",
                "paper.txt",
                new ByteArrayInputStream("a paper".getBytes(UTF_8)),
                user.length == 0 ? user : new String[] {"Authorization", user[0]});
    }

    /** @param mutation the field, within those around it, and with its arguments but the file */
    private static String operations(String mutation) {
        long depth = mutation.chars().filter(c -> c == '{').count();
        String field = mutation.contains("(") ? mutation : mutation + "(";
        return "{\"query\": \"mutation($f: StoredFileInput) { " + field.replace("\"", "\\\"")
                + "file: $f) { content { fileName } }" + " }".repeat((int) depth + 1)
                + "\", \"variables\": {\"f\": {\"file\": null}}}";
    }

    private static String graphQl(String query, String user) throws Exception {
        return requests.graphQl("{\"query\": " + JSON.writeValueAsString(query) + "}", "Authorization", user);
    }

    private static int count(String what) throws Exception {
        return JSON.readTree(requests.graphQl("{\"query\": \"{ " + what + " }\"}"))
                .at("/data/" + what)
                .asInt(-1);
    }
}
