package io.graphqlfiles.servlet;

import static io.graphqlfiles.servlet.Multipart.HEADERS;
import static io.graphqlfiles.servlet.Multipart.oneFile;
import static io.graphqlfiles.servlet.Multipart.oneStoredFile;
import static io.graphqlfiles.servlet.Multipart.severalFiles;
import static io.graphqlfiles.servlet.UploadServer.description;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.servlet.HttpSocket.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The behaviours of the multipart request specification, over a real socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class MultipartUploadTest {

    private static final byte[] LARGE = new byte[3_000_000];

    private UploadServer server;
    private HttpSocket socket;

    @BeforeAll
    void startServer(@TempDir Path directory) throws Exception {
        new Random(7).nextBytes(LARGE);
        server = new UploadServer(
                        directory,
                        FileLimits.newFileLimits()
                                .file(ByteSize.megabytes(4))
                                .spooledBytes(ByteSize.megabytes(4))
                                .drainedBytes(ByteSize.megabytes(32))
                                .drainTime(Duration.ofSeconds(3))
                                .build())
                .start();
    }

    @AfterAll
    void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void connect() throws IOException {
        server.store.clear();
        socket = server.connect();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        socket.close();
        server.assertNothingLeft();
    }

    /** After a 400 the container closes the connection. */
    private void reconnect() throws IOException {
        socket.close();
        socket = server.connect();
    }

    private Response post(Multipart multipart) throws IOException {
        return post("/graphql", multipart);
    }

    private Response post(String path, Multipart multipart) throws IOException {
        byte[] body = multipart.bytes();
        return socket.post(path, HEADERS, body.length).send(body).response();
    }

    private static void assertData(Response response, String field, String... expected) throws IOException {
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.json().has("errors")).as(response.body()).isFalse();
        JsonNode data = response.json().at("/data/" + field);
        if (data.isArray()) {
            assertThat(data).extracting(JsonNode::textValue).containsExactly(expected);
        } else {
            assertThat(data.textValue()).isEqualTo(expected[0]);
        }
    }

    private static void assertBadRequest(Response response, String message) throws IOException {
        assertRefused(response, 400, "BAD_REQUEST", message);
    }

    private static void assertRefused(Response response, int status, String code, String message) throws IOException {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers()).containsEntry("content-type", "application/json;charset=UTF-8");
        assertThat(response.json().at("/errors")).hasSize(1);
        assertThat(response.json().at("/errors/0/message").textValue()).isEqualTo(message);
        assertThat(response.json().at("/errors/0/extensions/code").textValue()).isEqualTo(code);
    }

    private void assertFileError(Response response, String code, String message) throws IOException {
        assertThat(response.status()).isEqualTo(200);
        JsonNode error = response.json().at("/errors/0");
        assertThat(error.at("/extensions/code").textValue()).as(response.body()).isEqualTo(code);
        assertThat(error.at("/message").textValue()).isEqualTo(message);
        assertThat(error.at("/path")).isNotEmpty();
        assertThat(server.store.keys()).isEmpty();
    }

    @Nested
    class Files {

        @ParameterizedTest
        @ValueSource(strings = {"/graphql", "/async"})
        void one(String path) throws IOException {
            assertData(
                    post(path, oneFile("describe").file("0", "a.bin", LARGE)),
                    "describe",
                    "a.bin text/plain " + description(LARGE));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/graphql", "/async"})
        void one_readInAnotherThread(String path) throws IOException {
            assertData(
                    post(path, oneFile("describeLater").file("0", "a.bin", LARGE)),
                    "describeLater",
                    "a.bin text/plain " + description(LARGE));
        }

        @Test
        void one_stored() throws IOException {
            Response response = post(oneStoredFile().file("0", "a.txt", "content"));
            assertThat(response.body())
                    .isEqualTo(
                            "{\"data\":{\"store\":{\"fileName\":\"a.txt\",\"mimeType\":\"text/plain\",\"byteSize\":7}}}");
            assertThat(server.store.keys())
                    .singleElement()
                    .satisfies(key -> assertThat(server.store.bytes(key)).isEqualTo("content".getBytes(UTF_8)));
        }

        @Test
        void empty() throws IOException {
            assertData(
                    post(oneFile("describe").file("0", "", "")),
                    "describe",
                    "null text/plain " + description(new byte[0]));
        }

        @Test
        void list() throws IOException {
            Multipart multipart = Multipart.of(
                            "mutation($f: [Upload!]!) { storeAll(files: [{file: $f}]) { fileName } }",
                            "{\"f\":[null]}",
                            "{\"0\":[\"variables.f.0\"]}")
                    .file("0", "a.txt", "content");
            // A list in the place of one file is the client's mistake: GraphQL says so.
            assertThat(post(multipart).body()).contains("VariableTypeMismatch");

            multipart = Multipart.of(
                            "mutation($f: [StoredFileInput!]!) { storeAll(files: $f) { fileName } }",
                            "{\"f\":[{\"file\":null},{\"file\":null},{\"base64\":\"YQ==\",\"fileName\":\"c.txt\"}]}",
                            "{\"x\":[\"variables.f.0.file\"],\"y\":[\"variables.f.1.file\"]}")
                    .file("x", "a.txt", "aaa")
                    .file("y", "b.txt", "bbb");
            assertThat(post(multipart).body())
                    .isEqualTo("{\"data\":{\"storeAll\":[{\"fileName\":\"a.txt\"},{\"fileName\":\"b.txt\"},"
                            + "{\"fileName\":\"c.txt\"}]}}");
        }

        @Test
        void order_sentAsMapped() throws IOException {
            assertData(
                    post(severalFiles("describeBackwards", 3)
                            .file("0", "a", LARGE)
                            .file("1", "b", "")
                            .file("2", "c", "x")),
                    "describeBackwards",
                    "a text/plain " + description(LARGE),
                    "b text/plain " + description(new byte[0]),
                    "c text/plain " + description(new byte[] {'x'}));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/graphql", "/async"})
        void order_twoReadAtOnce(String path) throws IOException {
            assertData(
                    post(
                            path,
                            severalFiles("describeTwoAtOnce", 2)
                                    .file("1", "b", LARGE)
                                    .file("0", "a", LARGE)),
                    "describeTwoAtOnce",
                    "a text/plain " + description(LARGE),
                    "b text/plain " + description(LARGE));
        }

        @Test
        void operationOrder_partsReadByFieldsOneAfterAnother() throws IOException {
            Response response = post(Multipart.of(
                            "mutation($a: Upload, $b: Upload) { first: describe(file: $b) second: describe(file: $a) }",
                            "{\"a\":null,\"b\":null}",
                            "{\"0\":[\"variables.a\"],\"1\":[\"variables.b\"]}")
                    .file("0", "a", "aaa")
                    .file("1", "b", "bbb"));
            assertData(response, "first", "b text/plain " + description("bbb".getBytes(UTF_8)));
            assertData(response, "second", "a text/plain " + description("aaa".getBytes(UTF_8)));
        }

        @Test
        void onePart_severalVariables() throws IOException {
            Response response = post(Multipart.of(
                            "mutation($a: Upload, $b: Upload) { first: describe(file: $a) second: describe(file: $b) }",
                            "{\"a\":null,\"b\":null}",
                            "{\"0\":[\"variables.a\",\"variables.b\"]}")
                    .file("0", "a", LARGE));
            assertData(response, "first", "a text/plain " + description(LARGE));
            assertData(response, "second", "a text/plain " + description(LARGE));
        }

        @Test
        void oneVariable_usedMoreOftenThanMapped() throws IOException {
            Response response = post(Multipart.of(
                            "mutation($a: Upload) { first: store(file: {file: $a}) { byteSize }"
                                    + " second: store(file: {file: $a}) { byteSize } }",
                            "{\"a\":null}",
                            "{\"0\":[\"variables.a\"]}")
                    .file("0", "a.txt", "aaa"));
            assertThat(response.json().at("/data/first/byteSize").intValue()).isEqualTo(3);
            assertThat(response.json().at("/data/second").isNull()).isTrue();
            JsonNode error = response.json().at("/errors/0");
            assertThat(error.at("/extensions/code").textValue()).isEqualTo("FILE_UPLOAD_CONSUMED");
            assertThat(error.at("/path/0").textValue()).isEqualTo("second");
            assertThat(error.at("/message").textValue())
                    .isEqualTo("The file has been read already: name each place that uses it in the request's map.");
        }

        @Test
        void names_utf8() throws IOException {
            assertData(
                    post(oneFile("describe").file("0", "\u65e5\u672c \u00e9 \ud83d\ude00.png", "x")),
                    "describe",
                    "\u65e5\u672c \u00e9 \ud83d\ude00.png text/plain " + description(new byte[] {'x'}));
        }

        @Test
        void ignored() throws IOException {
            assertData(post(oneFile("ignore").file("0", "a", LARGE)), "ignore", "ignored");
            assertData(post(oneFile("describe").file("0", "a", "x")), "describe", "a text/plain 1 8cdc1683");
        }
    }

    @Nested
    class Parts {

        @Test
        void missing() throws IOException {
            assertFileError(
                    post(oneStoredFile()),
                    "FILE_UPLOAD_MISSING",
                    "The request has no part \"0\", which its map names.");
        }

        @Test
        void unmapped() throws IOException {
            assertData(
                    post(oneFile("describe")
                            .file("x", "x", LARGE)
                            .field("y", "text")
                            .file("0", "a", "x")
                            .file("z", "z", "z")),
                    "describe",
                    "a text/plain 1 8cdc1683");
        }

        @Test
        void duplicate() throws IOException {
            Response response = post(Multipart.of(
                            "mutation($a: Upload, $b: Upload) { first: store(file: {file: $b}) { byteSize }"
                                    + " second: ignore(file: $a) }",
                            "{\"a\":null,\"b\":null}",
                            "{\"0\":[\"variables.a\"],\"1\":[\"variables.b\"]}")
                    .file("0", "a", "a")
                    .file("0", "a", "a")
                    .file("1", "b", "b"));
            assertFileError(response, "FILE_UPLOAD_MISSING", "The request has more than one part \"0\".");
        }

        @Test
        void files_asManyAsPermitted() throws IOException {
            Multipart multipart = severalFiles("describeBackwards", 10);
            String[] expected = new String[10];
            for (int i = 0; i < 10; i++) {
                multipart.file("" + i, "f" + i, "x");
                expected[i] = "f" + i + " text/plain 1 8cdc1683";
            }
            assertData(post(multipart), "describeBackwards", expected);
        }

        @Test
        void files_oneTooMany() throws IOException {
            assertRefused(
                    post(severalFiles("describeBackwards", 11).file("0", "a", LARGE)),
                    413,
                    "PAYLOAD_TOO_LARGE",
                    "Expected at most 10 files in a request, found more in \"map\"; a part counts once for each of its paths");
        }

        @Test
        void thousands() throws IOException {
            Multipart multipart = oneStoredFile();
            for (int i = 0; i < 5000; i++) {
                multipart.field("x" + i, "");
            }
            assertFileError(
                    post(multipart.file("0", "a", "x")),
                    "FILE_UPLOAD_MISSING",
                    "The request has more than 100 parts that its map does not name.");
        }

        @Test
        void tooLarge() throws IOException {
            assertFileError(
                    post(oneStoredFile().file("0", "a.txt", "x".repeat(4 * 1024 * 1024 + 1))),
                    "FILE_TOO_LARGE",
                    "The file is too large: at most 4 MB can be uploaded this way.");
        }

        @Test
        void oversizedHeader() throws IOException {
            assertFileError(
                    post(oneStoredFile().file("0", "a".repeat(9000), "x")),
                    "FILE_UPLOAD_MISSING",
                    "The multipart body is malformed: expected at most 8192 bytes of header before each part, found more.");
        }

        @Test
        void outOfOrder_moreThanTheSpoolHolds() throws IOException {
            Response response = post(Multipart.of(
                            "mutation($a: Upload, $b: Upload, $c: Upload) { c: store(file: {file: $c}) { byteSize }"
                                    + " a: store(file: {file: $a}) { byteSize } b: store(file: {file: $b}) { byteSize } }",
                            "{\"a\":null,\"b\":null,\"c\":null}",
                            "{\"0\":[\"variables.a\"],\"1\":[\"variables.b\"],\"2\":[\"variables.c\"]}")
                    .file("0", "a", "a".repeat(3_000_000))
                    .file("1", "b", "b".repeat(3_000_000))
                    .file("2", "c", "c"));
            assertThat(response.json().at("/data/c/byteSize").intValue()).isEqualTo(1);
            assertThat(response.json().at("/data/a/byteSize").intValue()).isEqualTo(3_000_000);
            assertThat(response.json().at("/data/b").isNull()).isTrue();
            assertThat(response.json().at("/errors/0/extensions/code").textValue())
                    .isEqualTo("FILE_TOO_LARGE");
        }
    }

    @Nested
    class Rules {

        @Test
        void preflight() throws IOException {
            byte[] body = oneFile("describe").file("0", "a", LARGE).bytes();
            Response response = socket.post(
                            "/graphql", "Content-Type: multipart/form-data; boundary=b\r\n", body.length)
                    .send(body)
                    .response();
            assertBadRequest(
                    response,
                    "Expected a multipart request to have one of the headers GraphQL-Preflight, Apollo-Require-Preflight,"
                            + " X-Apollo-Operation-Name, GraphQL-Require-Preflight with any value, found none: it shows that"
                            + " a browser has asked this server for permission");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "[] | {} | Expected \"operations\" to be one JSON object, found an array: batching is not supported",
                    "1 | {} | Expected \"operations\" to be a JSON object",
                    "{\"a\":1,\"a\":1} | {} | Expected \"operations\" to be well-formed JSON with each key once, found an"
                            + " error near character 10",
                    "{} | [] | Expected \"map\" to be a JSON object of arrays of paths, such as {\"0\":"
                            + " [\"variables.file\"]}",
                    "{} | {\"0\":\"variables.f\"} | Expected \"map\" to be a JSON object of arrays of paths, such as"
                            + " {\"0\": [\"variables.file\"]}",
                    "{} | {\"0\":[1]} | Expected \"map\" to be a JSON object of arrays of paths, such as {\"0\":"
                            + " [\"variables.file\"]}",
                    "{} | {\"0\":[\"variables.f\"]} | Expected null in \"operations\" at \"variables.f\", which \"map\""
                            + " names, found nothing",
                    "{\"variables\":{\"f\":1}} | {\"0\":[\"variables.f\"]} | Expected null in \"operations\" at"
                            + " \"variables.f\", which \"map\" names, found a number: send null there, and the file in its part",
                    "{\"query\":null} | {\"0\":[\"query\"]} | Expected each path in \"map\" to begin with \"variables.\","
                            + " found \"query\"",
                    "{\"variables\":{\"f\":[null]}} | {\"0\":[\"variables.f.-1\"]} | Expected null in \"operations\" at"
                            + " \"variables.f.-1\", which \"map\" names, found nothing",
                    "{\"variables\":{\"f\":null}} | {\"0\":[\"variables.f\"],\"1\":[\"variables.f\"]} | Expected each path"
                            + " in \"map\" once, found \"variables.f\" twice"
                })
        void json(String operations, String map, String message) throws IOException {
            assertBadRequest(
                    post(new Multipart()
                            .field("operations", operations)
                            .field("map", map)
                            .file("0", "a", LARGE)),
                    message);
        }

        @Test
        void order() throws IOException {
            assertBadRequest(
                    post(new Multipart()
                            .file("0", "a", LARGE)
                            .field("operations", "{}")
                            .field("map", "{}")),
                    "Expected the part \"operations\" first, found \"0\"");
            reconnect();
            assertBadRequest(
                    post(new Multipart()
                            .field("operations", "{}")
                            .file("0", "a", LARGE)
                            .field("map", "{}")),
                    "Expected the part \"map\" behind \"operations\", found \"0\"");
        }

        @Test
        void operations_tooLong() throws IOException {
            assertRefused(
                    post(new Multipart()
                            .field("operations", "{}" + " ".repeat(1024 * 1024))
                            .field("map", "{}")),
                    413,
                    "PAYLOAD_TOO_LARGE",
                    "Expected the part \"operations\" to have at most 1 MB, found more");
        }

        /** Apollo Client shows its user "status code 413" otherwise. */
        @Test
        void map_tooLong_forAClientOfGraphQLAnswers() throws IOException {
            byte[] body = new Multipart()
                    .field("operations", "{}")
                    .field("map", "{}" + " ".repeat(64 * 1024))
                    .bytes();
            String accept = "Accept: application/graphql-response+json,application/json;q=0.9\r\n";

            Response response = socket.post("/graphql", HEADERS + accept, body.length)
                    .send(body)
                    .response();

            assertThat(response.status()).isEqualTo(413);
            assertThat(response.headers())
                    .containsEntry("content-type", "application/graphql-response+json;charset=UTF-8");
            assertThat(response.json().at("/errors/0/message").textValue())
                    .isEqualTo("Expected the part \"map\" to have at most 64 KB, found more");
        }

        @Test
        void map_tooLong() throws IOException {
            assertRefused(
                    post(new Multipart().field("operations", "{}").field("map", "{}" + " ".repeat(64 * 1024))),
                    413,
                    "PAYLOAD_TOO_LARGE",
                    "Expected the part \"map\" to have at most 64 KB, found more");
        }

        @Test
        void forgedHandle() throws IOException {
            for (String forged : new String[] {"upload:AAAAAAAAAAAAAAAAAAAAAA:0", "upload::0", ""}) {
                byte[] body = ("{\"query\":\"mutation($f: Upload) { describe(file: $f) }\",\"variables\":{\"f\":\""
                                + forged + "\"}}")
                        .getBytes(UTF_8);
                Response response = socket.post("/graphql", "Content-Type: application/json\r\n", body.length)
                        .send(body)
                        .response();
                assertThat(response.json().at("/errors/0/message").textValue())
                        .isEqualTo(
                                "Variable 'f' has an invalid value: Expected a file of a GraphQL multipart request for the"
                                        + " scalar Upload: send null here in \"operations\" and name this place in \"map\"");
            }
            assertThat(post(Multipart.of("mutation($f: Upload) { describe(file: $f) }", "{\"f\":\"upload:x:0\"}", "{}"))
                            .body())
                    .contains("Variable 'f' has an invalid value");
        }
    }

    @Nested
    class Bodies {

        @Test
        void malformed() throws IOException {
            byte[] body = "--x\r\n\r\nnot what the header says".getBytes(UTF_8);
            assertBadRequest(
                    socket.post("/graphql", HEADERS, body.length).send(body).response(),
                    "Malformed multipart request: the multipart body ended before its closing boundary");
            reconnect();
            assertBadRequest(
                    post(new Multipart().raw("X: y\r\n\r\n", LARGE)),
                    "Malformed multipart request: expected a part to have Content-Disposition: form-data with a name");
        }

        @Test
        void malformed_boundary() throws IOException {
            String headers = "GraphQL-Preflight: 1\r\nContent-Type: multipart/form-data";
            assertBadRequest(
                    socket.post("/graphql", headers + "\r\n", 0).response(),
                    "Malformed multipart request: expected a boundary in the Content-Type, found none");
            reconnect();
            assertBadRequest(
                    socket.post("/graphql", headers + "; boundary=" + "b".repeat(71) + "\r\n", 0)
                            .response(),
                    "Malformed multipart request: expected a boundary of at most 70 characters, found 71");
        }

        /**
         * Complete by its Content-Length, but not by its boundaries: a short file must not be taken for a whole one.
         */
        @Test
        void truncated() throws IOException {
            byte[] whole =
                    oneStoredFile().file("0", "a.txt", "x".repeat(3_000_000)).bytes();
            for (int missing : new int[] {7, 8, 100, 1_000_000}) {
                byte[] body = Arrays.copyOf(whole, whole.length - missing);
                assertFileError(
                        socket.post("/graphql", HEADERS, body.length).send(body).response(),
                        "FILE_UPLOAD_MISSING",
                        "The request broke off in the middle of the file.");
            }
        }

        @Test
        void truncated_beforeTheFile() throws IOException {
            byte[] whole = oneFile("describe").bytes();
            byte[] body = Arrays.copyOf(whole, whole.length - 20);
            assertBadRequest(
                    socket.post("/graphql", HEADERS, body.length).send(body).response(),
                    "Malformed multipart request: the multipart body ended before its closing boundary");
        }

        @Test
        void quotedBoundary() throws IOException {
            byte[] body = new String(oneFile("describe").file("0", "a", "x").bytes(), ISO_8859_1)
                    .replace("--b", "--a b:c")
                    .getBytes(ISO_8859_1);
            assertData(
                    socket.post(
                                    "/graphql",
                                    "GraphQL-Preflight: 1\r\nContent-Type: multipart/form-data; boundary=\"a b:c\"\r\n",
                                    body.length)
                            .send(body)
                            .response(),
                    "describe",
                    "a text/plain 1 8cdc1683");
        }

        @Test
        void chunked() throws IOException {
            byte[] body = oneFile("describe").file("0", "a", LARGE).bytes();
            socket.send(
                    "POST /graphql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n" + HEADERS + "\r\n");
            for (int start = 0; start < body.length; start += 77_777) {
                byte[] chunk = Arrays.copyOfRange(body, start, Math.min(body.length, start + 77_777));
                socket.send(Integer.toHexString(chunk.length) + "\r\n")
                        .send(chunk)
                        .send("\r\n");
            }
            assertData(socket.send("0\r\n\r\n").response(), "describe", "a text/plain " + description(LARGE));
        }

        @Test
        void byteByByte() throws IOException {
            byte[] body = oneFile("describe").file("0", "a", "x").bytes();
            socket.post("/graphql", HEADERS, body.length);
            for (byte b : body) {
                socket.send(new byte[] {b});
            }
            assertData(socket.response(), "describe", "a text/plain 1 8cdc1683");
        }

        @Test
        void expectContinue() throws IOException {
            byte[] body = oneFile("describe").file("0", "a", LARGE).bytes();
            socket.post("/graphql", HEADERS + "Expect: 100-continue\r\n", body.length);
            assertThat(socket.response().status()).isEqualTo(100);
            assertData(socket.send(body).response(), "describe", "a text/plain " + description(LARGE));
        }

        @Test
        void expectContinue_refused() throws IOException {
            byte[] body = oneFile("describe").file("0", "a", LARGE).bytes();
            socket.post(
                    "/graphql",
                    "Content-Type: multipart/form-data; boundary=b\r\nExpect: 100-continue\r\n",
                    body.length);
            assertThat(socket.response().status()).isEqualTo(100);
            assertThat(socket.send(body).response().status()).isEqualTo(400);
        }

        private void sendChunked(String path, byte[] body, String rest) throws IOException {
            socket.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n" + HEADERS
                            + "\r\n" + Integer.toHexString(body.length) + "\r\n")
                    .send(body)
                    .send(rest);
        }

        /** What comes behind the closing boundary cannot make anything of a mutation that is done. */
        @ParameterizedTest
        @ValueSource(strings = {"/graphql", "/async"})
        void behindTheClosingBoundary(String path) throws IOException {
            byte[] body = oneFile("describe").file("0", "a", "x").bytes();
            String trailers = IntStream.range(0, 300)
                    .mapToObj(i -> "X-Trailer-" + i + ": value\r\n")
                    .collect(Collectors.joining());
            for (String rest : List.of(
                    "\r\n0\r\n\r\n",
                    "\r\n0\r\n" + trailers + "\r\n",
                    "\r\n0\r\nX: " + "y".repeat(20_000) + "\r\n\r\n",
                    "\r\nzz\r\n",
                    "\r\n-1\r\n",
                    "no end of the chunk",
                    "\r\n5\r\nepilogue")) {
                sendChunked(path, body, rest);
                assertData(socket.response(), "describe", "a text/plain 1 8cdc1683");
                reconnect();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"/graphql", "/async"})
        void longerThanItsContent_isAnsweredBeforeItEnds(String path) throws IOException {
            byte[] body = oneFile("describe").file("0", "a", "x").bytes();
            for (long more : new long[] {1, 1L << 40}) {
                socket.post(path, HEADERS, body.length + more).send(body);
                assertData(socket.response(), "describe", "a text/plain 1 8cdc1683");
                reconnect();
            }
            sendChunked(path, body, "\r\n");
            assertData(socket.response(), "describe", "a text/plain 1 8cdc1683");
            reconnect();
        }

        @ParameterizedTest
        @ValueSource(strings = {"/graphql", "/async"})
        void neverEnding_holdsNoThread(String path) throws IOException {
            byte[] body = oneFile("describe").file("0", "a", "x").bytes();
            List<HttpSocket> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                HttpSocket client = server.connect();
                clients.add(client);
                client.post(path, HEADERS, body.length + 1_000_000L).send(body);
                assertData(client.response(), "describe", "a text/plain 1 8cdc1683");
            }
            server.assertNothingLeft();
            for (HttpSocket client : clients) {
                assertThat(client.isClosedByServer()).isTrue();
                client.close();
            }
        }

        /** Sends everything before it looks for the answer, as simple clients do. */
        @Test
        void refused_whileALargeFileIsOnItsWay() throws IOException {
            byte[] start = new Multipart()
                    .field("operations", "[]")
                    .field("map", "{}")
                    .file("0", "a", "")
                    .bytes();
            byte[] megabyte = new byte[1024 * 1024];
            socket.post("/graphql", HEADERS, start.length + 31L * megabyte.length)
                    .send(start);
            for (int i = 0; i < 31; i++) {
                socket.send(megabyte);
            }
            assertBadRequest(
                    socket.response(),
                    "Expected \"operations\" to be one JSON object, found an array: batching is not supported");
        }

        /** More than the server is willing to read for nothing. */
        @Test
        void refused_whileAnEndlessFileIsOnItsWay() throws IOException {
            byte[] start = new Multipart().field("map", "{}").bytes();
            byte[] megabyte = new byte[1024 * 1024];
            socket.post("/graphql", HEADERS, 1L << 40).send(start);
            for (int i = 0; i < 33; i++) {
                socket.send(megabyte);
            }
            assertBadRequest(socket.response(), "Expected the part \"operations\" first, found \"map\"");
            socket.abort();
        }

        @ParameterizedTest
        @ValueSource(strings = {"describe", "describeLater", "ignore"})
        void aborted(String field) throws IOException {
            for (String path : new String[] {"/graphql", "/async"}) {
                try (HttpSocket client = server.connect()) {
                    byte[] body = oneFile(field).file("0", "a", LARGE).bytes();
                    client.post(path, HEADERS, body.length)
                            .send(Arrays.copyOf(body, body.length - 1_000_000))
                            .abort();
                }
                server.assertNothingLeft();
            }
        }

        @Test
        void aborted_stored() throws IOException {
            byte[] body = oneStoredFile().file("0", "a", LARGE).bytes();
            socket.post("/graphql", HEADERS, body.length)
                    .send(Arrays.copyOf(body, body.length - 1_000_000))
                    .abort();
            server.assertNothingLeft();
            assertThat(server.store.keys()).isEmpty();
        }

        @Test
        void aborted_whileSpooling() throws IOException {
            byte[] body = severalFiles("describeBackwards", 2)
                    .file("0", "a", LARGE)
                    .file("1", "b", LARGE)
                    .bytes();
            socket.post("/graphql", HEADERS, body.length)
                    .send(Arrays.copyOf(body, body.length - 1_000_000))
                    .abort();
        }
    }
}
