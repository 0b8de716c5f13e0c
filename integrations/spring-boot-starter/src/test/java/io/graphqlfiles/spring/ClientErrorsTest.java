package io.graphqlfiles.spring;

import static io.graphqlfiles.spring.HttpGraphQl.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.graphqlfiles.spring.HttpGraphQl.Part;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import io.graphqlfiles.testkit.MovableClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Each code that a client can see, provoked over HTTP; nothing may be left in the store by any of them. */
@RecordTest
class ClientErrorsTest {

    private static final String CREATE =
            "mutation ($record: RecordInput!) { created: createRecord(record: $record) { id } }";
    private static final String PNG = Samples.base64(Samples.png(90));

    @Autowired
    private InMemoryBlobStore store;

    @Autowired
    private MovableClock clock;

    @LocalServerPort
    private int port;

    private HttpGraphQl http;
    private List<String> before;

    @BeforeEach
    void connect() {
        http = new HttpGraphQl(URI.create("http://127.0.0.1:" + port));
        before = store.keys();
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(store.keys()).isEqualTo(before);
    }

    @Test
    void sourceInvalid_none() {
        assertRefused(
                image(Map.of("fileName", "a.png")),
                "FILE_SOURCE_INVALID",
                "Expected exactly one of base64, file, copyURL and directUploadToken, found none.");
    }

    @Test
    void sourceInvalid_two() {
        assertRefused(
                image(Map.of("base64", PNG, "copyURL", "http://127.0.0.1/a.png")),
                "FILE_SOURCE_INVALID",
                "Expected exactly one of base64, file, copyURL and directUploadToken, found base64, copyURL.");
    }

    @Test
    void tooLarge() {
        assertRefused(image(Map.of("base64", Samples.base64(Samples.png(1025)))), "FILE_TOO_LARGE");
    }

    @Test
    void typeNotAccepted() {
        assertRefused(image(Map.of("base64", Samples.base64("plain".getBytes(UTF_8)))), "FILE_TYPE_NOT_ACCEPTED");
    }

    @Test
    void nameInvalid() {
        assertRefused(image(Map.of("base64", PNG, "fileName", "..")), "FILE_NAME_INVALID");
    }

    @Test
    void invalid_validatorsMessage() {
        assertRefused(
                image(Map.of("base64", PNG, "fileName", "infected.png")), "FILE_INVALID", "This file is infected.");
    }

    @Test
    void countExceeded_field() {
        List<Map<String, String>> four = Collections.nCopies(4, Map.of("base64", PNG));

        assertError(
                run(Map.of("title", "a", "pictures", four)), "FILE_COUNT_EXCEEDED", "[\"record\",\"pictures\"]", null);
    }

    @Test
    void base64Invalid() {
        assertRefused(image(Map.of("base64", "***")), "FILE_BASE64_INVALID");
    }

    @Test
    void uploadMissing() {
        JsonNode answer = http.runMultipart(
                CREATE,
                Map.of("record", image(Collections.singletonMap("file", null))),
                Map.of("0", List.of("variables.record.image.file")));

        assertError(answer, "FILE_UPLOAD_MISSING", "[\"record\",\"image\"]", null);
    }

    @Test
    void uploadConsumed() {
        JsonNode answer = http.runMultipart(
                "mutation ($image: StoredFileInput!) { created: createRecord(record: {title: \"a\", image: $image,"
                        + " pictures: [$image]}) { id } }",
                Map.of("image", Collections.singletonMap("file", null)),
                Map.of("0", List.of("variables.image.file")),
                new Part("0", "a.png", "image/png", Samples.png(90)));

        assertError(answer, "FILE_UPLOAD_CONSUMED", "[\"record\",\"pictures\",0]", null);
    }

    @Test
    void uploadIncomplete() {
        assertRefused(image(Map.of("directUploadToken", startUpload())), "FILE_UPLOAD_INCOMPLETE");
    }

    @Test
    void tokenInvalid_nonsense() {
        assertRefused(image(Map.of("directUploadToken", "nonsense")), "FILE_TOKEN_INVALID");
    }

    @Test
    void tokenInvalid_otherField() {
        assertError(
                run(Map.of("title", "a", "document", Map.of("directUploadToken", startUpload()))),
                "FILE_TOKEN_INVALID",
                "[\"record\",\"document\"]",
                null);
    }

    @Test
    void tokenExpired() {
        String token = startUpload();
        clock.advance(Duration.ofHours(4));

        assertRefused(image(Map.of("directUploadToken", token)), "FILE_TOKEN_EXPIRED");
    }

    @Test
    void urlForbidden() {
        assertRefused(image(Map.of("copyURL", "http://127.0.0.2/a.png")), "FILE_URL_FORBIDDEN");
    }

    @Test
    void urlUnreachable() throws Exception {
        HttpServer origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.start();
        try {
            assertRefused(
                    image(Map.of(
                            "copyURL", "http://127.0.0.1:" + origin.getAddress().getPort() + "/missing.png")),
                    "FILE_URL_UNREACHABLE");
        } finally {
            origin.stop(0);
        }
    }

    @Test
    void forbidden() {
        assertRefused(image(Map.of("base64", PNG, "fileName", "forbidden.png")), "FILE_FORBIDDEN");
    }

    @Test
    void storeUnavailable_saysNoInternals() {
        JsonNode answer =
                run(Map.of("title", "a", "document", Map.of("base64", "AAAA"), "archive", Map.of("base64", "AAAA")));

        assertError(answer, "FILE_STORE_UNAVAILABLE", "[\"record\",\"archive\"]", null);
        assertThat(answer.toString()).doesNotContain("bucket");
    }

    @Test
    void refusal_isOfOneFieldOnly() {
        JsonNode answer = http.run(
                "mutation ($good: RecordInput!, $bad: RecordInput!) { good: createRecord(record: $good) { title }"
                        + " bad: createRecord(record: $bad) { title } }",
                Map.of("good", Map.of("title", "good"), "bad", image(Map.of("base64", "***"))));

        assertThat(answer.at("/errors/0/path").toString()).isEqualTo("[\"bad\"]");
    }

    private String startUpload() {
        return text(
                http.run(
                                "mutation { startFileUpload(input: {field: \"Record.image\", fileName: \"a.png\", byteSize: 90}) {"
                                        + " token } }",
                                Map.of())
                        .at("/data/startFileUpload"),
                "token");
    }

    private JsonNode run(Map<String, ?> record) {
        return http.run(CREATE, Map.of("record", record));
    }

    private void assertRefused(Map<String, ?> record, String code) {
        assertRefused(record, code, null);
    }

    private void assertRefused(Map<String, ?> record, String code, String message) {
        assertError(run(record), code, "[\"record\",\"image\"]", message);
    }

    private static void assertError(JsonNode answer, String code, String inputPath, String message) {
        assertThat(answer.get("errors")).as(answer.toString()).hasSize(1);
        JsonNode error = answer.at("/errors/0");
        assertThat(error.at("/extensions/code").asString())
                .as(answer.toString())
                .isEqualTo(code);
        assertThat(error.at("/extensions/inputPath").toString()).isEqualTo(inputPath);
        assertThat(error.get("path").toString()).isEqualTo("[\"created\"]");
        if (message != null) {
            assertThat(text(error, "message")).isEqualTo(message);
        }
    }

    private static Map<String, Object> image(Map<String, ?> image) {
        return Map.of("title", "a", "image", image);
    }
}
