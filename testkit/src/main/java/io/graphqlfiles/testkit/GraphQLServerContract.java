package io.graphqlfiles.testkit;

import static io.graphqlfiles.testkit.MultipartText.request;
import static io.graphqlfiles.testkit.ServerClient.json;
import static io.graphqlfiles.testkit.ServerClient.parse;
import static io.graphqlfiles.testkit.ServerUnderTest.Feature.BATCHED_OPERATIONS;
import static io.graphqlfiles.testkit.ServerUnderTest.Feature.BREAKS_OFF;
import static io.graphqlfiles.testkit.ServerUnderTest.Feature.DATA_LOADERS;
import static io.graphqlfiles.testkit.ServerUnderTest.Feature.LOCALE;
import static io.graphqlfiles.testkit.ServerUnderTest.Feature.TUS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a client can expect of a GraphQL server with file fields, whatever the server. For those who adapt the library
 * to a server: start an application on it, extend this class, and say where it is.
 *
 * <p>The application has the schema {@code /io/graphqlfiles/testkit/documents.graphqls}, which says what its data
 * fetchers do; {@code failToAddDocument} throws. Its file endpoint is on, its limits are the default ones,
 * {@code copyURL} may fetch from {@code 127.0.0.0/8}, and a {@link io.graphqlfiles.FileAuthorizer} permits everything.
 * Guests may do everything too; HTTP Basic with {@link #USER} and {@link #PASSWORD} makes the request that user's, and
 * wrong credentials get 401. It may live for all tests: none expects it to be empty.
 */
public abstract class GraphQLServerContract {

    /** The one user that the application knows. */
    public static final String USER = "reader";

    /** The password of {@link #USER}. */
    public static final String PASSWORD = "of-the-contract";

    private static final long LARGE = 64L * 1024 * 1024;
    /** What the library reads of a refused body, if nothing else is set, so that the client gets to read the answer. */
    private static final long DRAINED = 64L * 1024 * 1024;

    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    private static final String FILE = "fileName mimeType byteSize url";
    private static final String ADD =
            "mutation($document: DocumentInput!) { addDocument(document: $document) { content { " + FILE + " } } }";
    private static final String ADD_PAGES = "mutation($document: DocumentInput!) { addDocument(document: $document) {"
            + " pages { fileName byteSize } } }";
    private static final String FAIL =
            "mutation($document: DocumentInput!) { failToAddDocument(document: $document) { id } }";
    private static final String MEASURE =
            "mutation($file: Upload!) { measure(file: $file) { fileName mimeType byteSize crc32 } }";
    private static final String MEASURE_ALL =
            "mutation($files: [Upload!]!) { measureAll(files: $files) { fileName byteSize crc32 } }";
    private static final String TUS_ENDPOINT = "{ tusEndpoint(field: \"Document.content\") { url } }";
    private static final String CONTENT_MAP = "{\"0\":[\"variables.document.content.file\"]}";

    private ServerUnderTest server;
    private ServerClient client;
    private List<Path> filesBefore;

    /** The running server. Asked before each test; the same one every time is good. */
    protected abstract ServerUnderTest server();

    @BeforeEach
    final void connect() {
        server = server();
        client = new ServerClient(server.graphQl());
        filesBefore = files(server.files());
    }

    @Test
    void base64_isStoredAndServed() {
        JsonNode answer = client.run(
                ADD, document(Map.of("base64", base64("héllo"), "fileName", "hello.txt", "mimeType", "text/plain")));

        assertServed(answer, "hello.txt", "héllo".getBytes(UTF_8));
    }

    @Test
    void file_isStoredAndServed() {
        JsonNode answer = client.run(oneContent().file("0", "hello.txt", "text/plain", "hello".getBytes(UTF_8)));

        assertServed(answer, "hello.txt", "hello".getBytes(UTF_8));
    }

    @Test
    void copyUrl_isStoredAndServed() throws IOException {
        HttpServer source = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        source.createContext("/copied.txt", exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes(UTF_8));
            exchange.close();
        });
        source.start();
        try {
            String url = "http://127.0.0.1:" + source.getAddress().getPort() + "/copied.txt";
            assertServed(client.run(ADD, document(Map.of("copyURL", url))), "copied.txt", "hello".getBytes(UTF_8));
        } finally {
            source.stop(0);
        }
    }

    @Test
    void copyUrl_forbidden() {
        assertRefused(client.run(ADD, document(Map.of("copyURL", "http://10.0.0.1/secret"))), "FILE_URL_FORBIDDEN");
    }

    @Test
    void directUpload_isStoredAndServed() {
        JsonNode upload = startUpload("direct.txt", 5);
        assertThat(client.upload(upload.get("request"), "hello".getBytes(UTF_8)).statusCode())
                .isEqualTo(201);

        JsonNode answer = client.run(
                ADD, document(Map.of("directUploadToken", upload.get("token").asText())));

        assertServed(answer, "direct.txt", "hello".getBytes(UTF_8));
    }

    @Test
    void directUpload_notSent() {
        JsonNode upload = startUpload("direct.txt", 5);

        assertRefused(
                client.run(
                        ADD,
                        document(Map.of("directUploadToken", upload.get("token").asText()))),
                "FILE_UPLOAD_INCOMPLETE");
    }

    @Test
    void directUpload_ofAnotherLength_isRefused() {
        JsonNode upload = startUpload("direct.txt", 5);

        assertThat(client.upload(upload.get("request"), "too long".getBytes(UTF_8))
                        .statusCode())
                .isEqualTo(413);
        assertNothingLeft();
    }

    @Test
    void tus_goesOnAfterABrokenConnection() throws IOException {
        if (!server.has(TUS)) {
            assertNoTus();
            return;
        }
        byte[] content = new byte[150_000];
        Arrays.fill(content, (byte) 'a');
        URI upload = createByTus(content.length);
        HttpResponse<byte[]> patched = patch(upload, 0, Arrays.copyOf(content, 100_000));
        assertThat(patched.statusCode()).isEqualTo(204);
        assertThat(patch(upload, 0, new byte[1]).statusCode()).isEqualTo(409);

        breakOff(upload, 100_000, new byte[20_000]);
        HttpResponse<byte[]> last = sendRest(upload, content);

        assertThat(offset(last)).isEqualTo(content.length);
        String token = last.headers().firstValue("Graphql-Files-Token").orElseThrow();
        JsonNode answer = client.run(ADD, document(Map.of("directUploadToken", token)));
        assertThat(answer.at("/data/addDocument/content/byteSize").asInt()).isEqualTo(content.length);
        assertNoTemporaryFiles();
    }

    @Test
    void tus_terminated_nothingIsLeft() {
        if (!server.has(TUS)) {
            assertNoTus();
            return;
        }
        URI upload = createByTus(1000);
        patch(upload, 0, new byte[500]);

        assertThat(client.tus("DELETE", upload, new byte[0]).statusCode()).isEqualTo(204);

        assertThat(client.tus("HEAD", upload, new byte[0]).statusCode()).isEqualTo(404);
        assertNothingLeft();
    }

    /** Where browsers ask first, and where neither PATCH nor DELETE passes. */
    @Test
    void tus_optionsAndMethodOverride() {
        if (!server.has(TUS)) {
            assertNoTus();
            return;
        }
        URI upload = createByTus(1000);

        HttpResponse<byte[]> options = client.tus(
                "OPTIONS",
                upload,
                new byte[0],
                "Origin",
                "https://elsewhere.example",
                "Access-Control-Request-Method",
                "PATCH",
                "Access-Control-Request-Headers",
                "tus-resumable,upload-offset");
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
                .contains("PATCH");
        assertThat(options.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
                .contains("upload-offset");
        assertThat(client.tus("POST", upload, new byte[0], "X-HTTP-Method-Override", "DELETE")
                        .statusCode())
                .isEqualTo(204);
        assertNothingLeft();
    }

    private void assertNoTus() {
        assertThat(client.run(TUS_ENDPOINT, Map.of())
                        .at("/data/tusEndpoint/url")
                        .isMissingNode())
                .as("the server is built without tus(true)")
                .isTrue();
    }

    private URI createByTus(int byteSize) {
        String url =
                client.run(TUS_ENDPOINT, Map.of()).at("/data/tusEndpoint/url").asText();
        URI endpoint = URI.create(url);
        HttpResponse<byte[]> created =
                client.tus("POST", endpoint, new byte[0], "Upload-Length", Integer.toString(byteSize));
        assertThat(created.statusCode()).isEqualTo(201);
        return endpoint.resolve(created.headers().firstValue("Location").orElseThrow());
    }

    /**
     * As clients do: the broken request may be found to be so only when the next one is under way, and may even come
     * after it, and end it.
     *
     * @return what says that nothing is missing
     */
    private HttpResponse<byte[]> sendRest(URI upload, byte[] content) {
        List<HttpResponse<byte[]>> answers = new ArrayList<>();
        await("the rest is taken", () -> {
            HttpResponse<byte[]> looked = client.tus("HEAD", upload, new byte[0]);
            int offset = offset(looked);
            assertThat(offset).isBetween(100_000, content.length);
            HttpResponse<byte[]> answer = offset == content.length
                    ? looked
                    : patch(upload, offset, Arrays.copyOfRange(content, offset, content.length));
            assertThat(answer.statusCode()).isIn(200, 204, 409, 423);
            answers.add(answer);
            return answer.statusCode() <= 204;
        });
        return answers.get(answers.size() - 1);
    }

    private HttpResponse<byte[]> patch(URI upload, int offset, byte[] body) {
        return client.tus(
                "PATCH",
                upload,
                body,
                "Upload-Offset",
                Integer.toString(offset),
                "Content-Type",
                "application/offset+octet-stream");
    }

    private static int offset(HttpResponse<byte[]> answer) {
        return Integer.parseInt(answer.headers().firstValue("Upload-Offset").orElseThrow());
    }

    private static void breakOff(URI upload, int offset, byte[] beginning) throws IOException {
        Arrays.fill(beginning, (byte) 'a');
        try (Socket socket = new Socket(upload.getHost(), upload.getPort())) {
            socket.getOutputStream()
                    .write(("PATCH " + upload.getRawPath() + " HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\n"
                                    + "Upload-Offset: " + offset
                                    + "\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: 50000\r\n\r\n")
                            .getBytes(UTF_8));
            socket.getOutputStream().write(beginning);
            socket.getOutputStream().flush();
        }
    }

    @Test
    void multipart_single() {
        JsonNode answer = client.run(request(MEASURE, nullFile(), "{\"0\":[\"variables.file\"]}")
                .file("0", "a.txt", "text/plain", "alpha".getBytes(UTF_8)));

        assertThat(answer.at("/data/measure"))
                .isEqualTo(parse("{\"fileName\":\"a.txt\",\"mimeType\":\"text/plain\",\"byteSize\":5,\"crc32\":\""
                        + crc32("alpha".getBytes(UTF_8)) + "\"}"));
    }

    @Test
    void multipart_list() {
        JsonNode answer = client.run(twoFiles()
                .file("0", "a.txt", "text/plain", "alpha".getBytes(UTF_8))
                .file("1", "b.txt", "text/plain", "beta".getBytes(UTF_8)));

        assertMeasured(answer, "alpha", "beta");
    }

    @Test
    void multipart_partsInAnotherOrder() {
        JsonNode answer = client.run(twoFiles()
                .file("1", "b.txt", "text/plain", "beta".getBytes(UTF_8))
                .file("0", "a.txt", "text/plain", "alpha".getBytes(UTF_8)));

        assertMeasured(answer, "alpha", "beta");
        assertNoTemporaryFiles();
    }

    @Test
    void multipart_onePartForTwoPlaces() {
        JsonNode answer =
                client.run(request(MEASURE_ALL, nullFiles(), "{\"0\":[\"variables.files.0\",\"variables.files.1\"]}")
                        .file("0", "a.txt", "text/plain", "alpha".getBytes(UTF_8)));

        assertMeasured(answer, "alpha", "alpha");
        assertNoTemporaryFiles();
    }

    @Test
    void multipart_nested() {
        Map<String, Object> page = new HashMap<>();
        page.put("file", null);
        JsonNode answer = client.run(request(
                        ADD_PAGES,
                        Map.of("document", Map.of("title", "nested", "pages", List.of(page, page))),
                        "{\"p\":[\"variables.document.pages.0.file\"],\"q\":[\"variables.document.pages.1.file\"]}")
                .file("p", "p.png", "image/png", PNG)
                .file("q", "q.png", "image/png", PNG));

        assertThat(answer.at("/data/addDocument/pages/0/fileName").asText()).isEqualTo("p.png");
        assertThat(answer.at("/data/addDocument/pages/1/fileName").asText()).isEqualTo("q.png");
        assertThat(answer.at("/data/addDocument/pages/1/byteSize").asLong()).isEqualTo(PNG.length);
    }

    @Test
    void multipart_severalOperationsInTheDocument() {
        String operations = ServerClient.text(Map.of(
                "query",
                "query Other { documents { id } } mutation This($file: Upload!) { measure(file: $file) { crc32 } }",
                "operationName",
                "This",
                "variables",
                nullFile()));
        JsonNode answer = client.run(new MultipartText()
                .field("operations", operations)
                .field("map", "{\"0\":[\"variables.file\"]}")
                .file("0", "a.txt", "text/plain", "alpha".getBytes(UTF_8)));

        assertThat(answer.at("/data/measure/crc32").asText()).isEqualTo(crc32("alpha".getBytes(UTF_8)));
    }

    @Test
    void multipart_partMissing() {
        assertRefused(client.run(oneContent()), "FILE_UPLOAD_MISSING");
        assertNothingLeft();
    }

    @Test
    void multipart_withoutFiles() {
        JsonNode answer = client.run(request("{ documents { id } }", Map.of(), "{}"));

        assertThat(answer.at("/data/documents").isArray()).isTrue();
    }

    @Test
    void multipart_mapFirst() {
        assertBad(
                client.post(new MultipartText().field("map", "{}").field("operations", "{}")),
                400,
                "Expected the part \"operations\" first, found \"map\"");
    }

    @Test
    void multipart_mapIsNotJson() {
        assertBad(
                client.post(request(MEASURE, nullFile(), "[")),
                400,
                "Expected \"map\" to be a JSON object of arrays of paths, such as {\"0\": [\"variables.file\"]}");
    }

    @Test
    void multipart_mapLeadsNowhere() {
        assertBad(
                client.post(request(MEASURE, nullFile(), "{\"0\":[\"variables.other\"]}")
                        .file("0", "a.txt", "application/octet-stream", new byte[1])),
                400,
                "Expected null in \"operations\" at \"variables.other\", which \"map\" names, found nothing");
    }

    @Test
    void multipart_brokenOffBeforeTheFile() {
        byte[] body = new MultipartText().field("operations", "{}").beginning();

        assertBad(
                client.post(BodyPublishers.ofByteArray(body), "GraphQL-Preflight", "1"),
                400,
                "Malformed multipart request: the multipart body ended before its closing boundary");
    }

    @Test
    void multipart_brokenOffInTheFile() {
        byte[] body = oneContent()
                .file("0", "a.txt", "application/octet-stream", new byte[100_000])
                .beginning();

        assertRefused(
                json(client.post(BodyPublishers.ofByteArray(body), "GraphQL-Preflight", "1")), "FILE_UPLOAD_MISSING");
        assertNothingLeft();
    }

    @Test
    void multipart_withoutPreflightHeader() {
        byte[] body = oneContent()
                .file("0", "a.txt", "application/octet-stream", new byte[100_000])
                .bytes();

        assertBad(client.post(BodyPublishers.ofByteArray(body)), 400, "GraphQL-Preflight");
        assertNothingLeft();
    }

    @Test
    void multipart_operationsTooLarge() {
        String tooLong = "{ documents { id } } #" + "x".repeat(1_100_000);

        assertBad(client.post(request(tooLong, Map.of(), "{}")), 413, "Expected the part \"operations\"");
    }

    @Test
    void multipart_tooManyFiles() {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            paths.add("\"variables.files." + i + "\"");
        }
        Map<String, Object> files = Map.of("files", Collections.nCopies(11, null));

        assertBad(
                client.post(request(MEASURE_ALL, files, "{\"0\":" + paths + "}")),
                413,
                "Expected at most 10 files in a request");
    }

    /** Clients that know the media type of GraphQL read no errors out of another with such a status. */
    @Test
    void multipart_refused_inTheMediaTypeThatIsAccepted() {
        MultipartText malformed = request(MEASURE, Map.of("file", "not null"), "{\"0\":[\"variables.file\"]}");

        HttpResponse<byte[]> response =
                client.post(malformed, "Accept", "application/graphql-response+json, application/json;q=0.9");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/graphql-response+json"));
        assertThat(parse(new String(response.body(), UTF_8))
                        .at("/errors/0/message")
                        .asText())
                .contains("Expected null");
    }

    @Test
    void json_withAnUploadInIt_isRefused() {
        JsonNode answer = client.run(MEASURE, Map.of("file", "upload:AAAAAAAAAAAAAAAAAAAAAA:0"));

        assertThat(answer.path("errors")).hasSize(1);
        assertThat(answer.at("/data/measure").isMissingNode()).isTrue();
    }

    @Test
    void batch_isExecutedOrRefused() {
        Map<String, Object> operation = Map.of("query", MEASURE, "variables", nullFile());
        HttpResponse<byte[]> response = client.post(new MultipartText()
                .field("operations", ServerClient.text(List.of(operation, operation)))
                .field("map", "{\"0\":[\"0.variables.file\"],\"1\":[\"1.variables.file\"]}")
                .file("0", "a.txt", "text/plain", "alpha".getBytes(UTF_8))
                .file("1", "b.txt", "text/plain", "beta".getBytes(UTF_8)));

        if (server.has(BATCHED_OPERATIONS)) {
            assertThat(json(response).at("/0/data/measure/crc32").asText()).isEqualTo(crc32("alpha".getBytes(UTF_8)));
            assertThat(json(response).at("/1/data/measure/crc32").asText()).isEqualTo(crc32("beta".getBytes(UTF_8)));
        } else {
            assertBad(
                    response,
                    400,
                    "Expected \"operations\" to be one JSON object, found an array: batching is not supported");
        }
    }

    /** So that what the description says of the server, and the library of batches, is true. */
    @Test
    void batch_withoutFiles_isExecutedOrRefusedByTheServer() {
        Map<String, Object> operation = Map.of("query", "{ documents { id } }");
        HttpResponse<byte[]> response = client.postJson(List.of(operation, operation));

        if (server.has(BATCHED_OPERATIONS)) {
            assertThat(json(response)).hasSize(2);
        } else if (response.statusCode() == 200) {
            // Servers that say everything with this status.
            assertThat(json(response).path("errors")).isNotEmpty();
            assertThat(json(response).path("data").isMissingNode()).isTrue();
        } else {
            assertThat(response.statusCode()).isBetween(400, 500);
        }
    }

    @Test
    void file_tooLarge() {
        JsonNode answer = client.run(onePage().file("0", "p.png", "image/png", padded(PNG, 65_537)));

        assertRefused(answer, "FILE_TOO_LARGE");
        assertThat(answer.at("/errors/0/extensions/inputPath")).isEqualTo(parse("[\"document\",\"pages\",0]"));
        assertNothingLeft();
    }

    /** The client sends everything before it looks for the answer. */
    @Test
    void file_muchTooLarge_clientStillReadsTheAnswer() {
        assertRefused(
                json(post(
                        onePage(),
                        LARGE / 2,
                        () -> new SequenceInputStream(
                                new ByteArrayInputStream(PNG), new GeneratedInputStream(5, LARGE / 2 - PNG.length)))),
                "FILE_TOO_LARGE");
        assertNothingLeft();
    }

    @Test
    void file_typeNotAccepted() {
        assertRefused(
                client.run(onePage().file("0", "p.png", "image/png", "no picture".getBytes(UTF_8))),
                "FILE_TYPE_NOT_ACCEPTED");
        assertNothingLeft();
    }

    @Test
    void base64_notBase64() {
        assertRefused(client.run(ADD, document(Map.of("base64", "*"))), "FILE_BASE64_INVALID");
    }

    @Test
    void twoSources() {
        assertRefused(client.run(ADD, document(Map.of("base64", "", "directUploadToken", "x"))), "FILE_SOURCE_INVALID");
    }

    @Test
    void dataFetcher_fails_nothingIsLeft() {
        JsonNode answer = client.run(request(FAIL, document(nullFile()), CONTENT_MAP)
                .file("0", "a.txt", "text/plain", "alpha".getBytes(UTF_8)));

        // What is said of it, and whether by path, is the server's affair.
        assertThat(answer.path("errors")).hasSize(1);
        assertThat(answer.at("/data/failToAddDocument").isNull()).isTrue();
        assertNothingLeft();
    }

    @Test
    void client_vanishes_nothingIsLeft() throws IOException {
        byte[] beginning = oneContent()
                .file("0", "a.txt", "application/octet-stream", new byte[200_000])
                .beginning();
        URI uri = server.graphQl();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write(("POST " + uri.getPath() + " HTTP/1.1\r\nHost: localhost\r\nGraphQL-Preflight: 1\r\n"
                                    + "Content-Type: " + MultipartText.CONTENT_TYPE
                                    + "\r\nContent-Length: 300000\r\n\r\n")
                            .getBytes(UTF_8));
            socket.getOutputStream().write(beginning);
            socket.getOutputStream().flush();
            // The store has begun to write.
            await("the upload arrives", () -> !files(server.files()).equals(filesBefore));
            socket.setSoLinger(true, 0);
        }
        await("the upload is gone", () -> files(server.files()).equals(filesBefore));
        assertNoTemporaryFiles();

        multipart_single();
    }

    @Test
    void multipart_refused_itsRestIsReadWithinLimits() throws IOException {
        assertReadWithinLimits("POST", server.graphQl(), "Content-Type: " + MultipartText.CONTENT_TYPE);
    }

    @Test
    void directUpload_refused_itsRestIsReadWithinLimits() throws IOException {
        URI unsigned = URI.create(
                startUpload("direct.txt", 5).at("/request/url").asText().replaceFirst("\\?.*", ""));

        assertReadWithinLimits("PUT", unsigned, "Content-Type: text/plain");
        assertNothingLeft();
    }

    private void assertReadWithinLimits(String method, URI uri, String header) throws IOException {
        if (!server.has(BREAKS_OFF)) {
            return;
        }
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write((method + " " + uri.getRawPath() + " HTTP/1.1\r\nHost: localhost\r\n" + header
                            + "\r\nContent-Length: 1000000000000\r\n\r\n")
                    .getBytes(UTF_8));
            assertThat(CompletableFuture.runAsync(() -> sendAsFarAsItGoes(out)))
                    .as("the server breaks the connection off")
                    .failsWithin(Duration.ofSeconds(60))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(UncheckedIOException.class);
        }
    }

    private static void sendAsFarAsItGoes(OutputStream out) {
        byte[] piece = new byte[64 * 1024];
        try {
            for (long sent = 0; sent < 2 * DRAINED; sent += piece.length) {
                out.write(piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void large_isStreamed() {
        CRC32 crc = new CRC32();
        HttpResponse<byte[]> response = post(
                request(MEASURE, nullFile(), "{\"0\":[\"variables.file\"]}"),
                LARGE,
                () -> new CheckedAtHalf(new GeneratedInputStream(3, LARGE), crc));

        JsonNode measured = json(response).at("/data/measure");
        assertThat(measured.get("byteSize").asLong()).isEqualTo(LARGE);
        assertThat(measured.get("crc32").asText()).isEqualTo(Long.toHexString(crc.getValue()));
    }

    @Test
    void large_isStoredAndServedAsAStream() throws IOException {
        HttpResponse<byte[]> response =
                post(oneContent(), LARGE, () -> new CheckedAtHalf(new GeneratedInputStream(4, LARGE), new CRC32()));

        JsonNode content = json(response).at("/data/addDocument/content");
        assertThat(content.get("byteSize").asLong()).isEqualTo(LARGE);
        try (InputStream served = client.open(content.get("url").asText())) {
            assertThat(GeneratedInputStream.hash(served))
                    .isEqualTo(GeneratedInputStream.hash(new GeneratedInputStream(4, LARGE)));
        }
    }

    @Test
    void uploads_atTheSameTime() {
        List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            byte[] content = new byte[300_000 + i];
            answers.add(CompletableFuture.supplyAsync(
                    () -> client.run(oneContent().file("0", "a.bin", "application/octet-stream", content))));
        }
        for (int i = 0; i < 8; i++) {
            assertThat(answers.get(i)
                            .join()
                            .at("/data/addDocument/content/byteSize")
                            .asLong())
                    .isEqualTo(300_000 + i);
        }
    }

    @Test
    void context_isThatOfTheRequest() {
        JsonNode document = addInContext(
                "Authorization", credentials(PASSWORD), "Accept-Language", "fr-CA", "X-Request-Id", "request-7");

        assertThat(document.get("addedBy").asText()).isEqualTo(USER);
        assertThat(document.get("requestId").asText()).isEqualTo("request-7");
        if (server.has(LOCALE)) {
            assertThat(document.get("language").asText()).isEqualTo("fr-CA");
        } else {
            assertThat(document.get("language").asText()).isNotEqualTo("fr-CA");
        }
    }

    @Test
    void context_ofAGuest() {
        assertThat(addInContext("X-Request-Id", "request-8").get("addedBy").isNull())
                .isTrue();
    }

    @Test
    void credentials_wrong_areRefused() {
        MultipartText body = oneContent().file("0", "a.txt", "application/octet-stream", new byte[100_000]);

        assertThat(client.post(body, "Authorization", credentials("guessed")).statusCode())
                .isEqualTo(401);
        assertNothingLeft();
    }

    /** Behind a field with files, inside its data fetcher, and in an ordinary query. */
    @Test
    void dataLoaders_loadTogether() {
        for (String shelf : List.of("left", "right")) {
            JsonNode added = client.run(request(
                            "mutation($document: DocumentInput!) { addDocument(document: $document) { shelf { name } } }",
                            Map.of("document", Map.of("title", "on a shelf", "shelf", shelf, "content", nullFile())),
                            CONTENT_MAP)
                    .file("0", "a.txt", "application/octet-stream", new byte[1]));
            assertThat(added.at("/data/addDocument/shelf/name").asText()).isEqualTo(shelf);
        }

        JsonNode documents = client.run("{ documents { shelf { name loadedTogether } } }", Map.of())
                .at("/data/documents");

        assertThat(documents)
                .allSatisfy(document -> assertThat(
                                document.at("/shelf/loadedTogether").asInt())
                        .isEqualTo(server.has(DATA_LOADERS) ? namesOfShelves(documents) : 1));
    }

    @Test
    void endpoint_headAndConditions() {
        String url = addedUrl("hello");
        HttpResponse<byte[]> head = client.head(url);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("5");
        assertThat(head.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        String etag = head.headers().firstValue("ETag").orElseThrow();
        assertThat(client.get(url, "If-None-Match", etag).statusCode()).isEqualTo(304);
        assertThat(client.get(url, "If-Match", "\"another\"").statusCode()).isEqualTo(412);
    }

    @Test
    void endpoint_ranges() {
        String url = addedUrl("hello");

        HttpResponse<byte[]> part = client.get(url, "Range", "bytes=1-3");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 1-3/5");
        assertThat(new String(part.body(), UTF_8)).isEqualTo("ell");
        assertThat(client.get(url, "Range", "bytes=5-").statusCode()).isEqualTo(416);
    }

    @Test
    void endpoint_refuses() {
        String url = addedUrl("hello");

        assertThat(client.get(url.replaceFirst("\\?.*", "")).statusCode()).isEqualTo(403);
        assertThat(client.get(url + "x").statusCode()).isEqualTo(403);
        assertThat(client.get(url.replaceFirst("/files/.*", "/files/default/none"))
                        .statusCode())
                .isIn(403, 404);
    }

    @Test
    void endpoint_answersTheQuestionsOfBrowsers() {
        HttpResponse<byte[]> answer = client.get(addedUrl("hello"), "Origin", "https://shop.example");

        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isPresent();
    }

    private static Map<String, Object> document(Map<String, ?> content) {
        return Map.of("document", Map.of("title", "a document", "content", content));
    }

    private static Map<String, Object> nullFile() {
        return Collections.singletonMap("file", null);
    }

    private static Map<String, Object> nullFiles() {
        return Map.of("files", Collections.nCopies(2, null));
    }

    private static MultipartText oneContent() {
        return request(ADD, document(nullFile()), CONTENT_MAP);
    }

    private static MultipartText onePage() {
        return request(
                ADD_PAGES,
                Map.of("document", Map.of("title", "a page", "pages", List.of(nullFile()))),
                "{\"0\":[\"variables.document.pages.0.file\"]}");
    }

    private static MultipartText twoFiles() {
        return request(MEASURE_ALL, nullFiles(), "{\"0\":[\"variables.files.0\"],\"1\":[\"variables.files.1\"]}");
    }

    private HttpResponse<byte[]> post(MultipartText request, long size, Supplier<InputStream> content) {
        byte[] beginning = request.file("0", "large.bin", "application/octet-stream", new byte[0])
                .beginning();
        byte[] end = MultipartText.END.getBytes(UTF_8);
        return client.post(
                beginning.length + size + end.length,
                () -> new SequenceInputStream(Collections.enumeration(
                        List.of(new ByteArrayInputStream(beginning), content.get(), new ByteArrayInputStream(end)))));
    }

    private JsonNode startUpload(String fileName, int byteSize) {
        JsonNode answer = client.run(
                "mutation($input: StartFileUploadInput!) { startFileUpload(input: $input) {"
                        + " token request { url method headers { name value } } } }",
                Map.of(
                        "input",
                        Map.of(
                                "field",
                                "Document.content",
                                "fileName",
                                fileName,
                                "mimeType",
                                "text/plain",
                                "byteSize",
                                byteSize)));
        assertThat(answer.path("errors")).isEmpty();
        return answer.at("/data/startFileUpload");
    }

    private JsonNode addInContext(String... headers) {
        JsonNode answer = client.run(
                request(
                                "mutation($document: DocumentInput!) { addDocument(document: $document) {"
                                        + " addedBy language requestId } }",
                                document(nullFile()),
                                CONTENT_MAP)
                        .file("0", "a.txt", "application/octet-stream", new byte[1]),
                headers);
        assertThat(answer.path("errors")).isEmpty();
        return answer.at("/data/addDocument");
    }

    private String addedUrl(String content) {
        return client.run(ADD, document(Map.of("base64", base64(content))))
                .at("/data/addDocument/content/url")
                .asText();
    }

    private static int namesOfShelves(JsonNode documents) {
        List<String> names = new ArrayList<>();
        documents.forEach(document -> names.add(document.at("/shelf/name").asText()));
        return (int) names.stream().distinct().count();
    }

    private void assertServed(JsonNode answer, String fileName, byte[] content) {
        assertThat(answer.path("errors")).isEmpty();
        JsonNode stored = answer.at("/data/addDocument/content");
        assertThat(stored.get("fileName").asText()).isEqualTo(fileName);
        assertThat(stored.get("mimeType").asText()).isEqualTo("text/plain");
        assertThat(stored.get("byteSize").asLong()).isEqualTo(content.length);
        assertThat(client.get(stored.get("url").asText()).body()).isEqualTo(content);
    }

    private static void assertMeasured(JsonNode answer, String... contents) {
        List<String> measured = new ArrayList<>();
        answer.at("/data/measureAll")
                .forEach(file -> measured.add(file.get("crc32").asText()));
        assertThat(measured)
                .isEqualTo(Stream.of(contents)
                        .map(content -> crc32(content.getBytes(UTF_8)))
                        .toList());
    }

    private static void assertRefused(JsonNode answer, String code) {
        assertThat(answer.at("/errors/0/extensions/code").asText())
                .as(answer.toString())
                .isEqualTo(code);
        assertThat(answer.at("/errors/0/path")).isEqualTo(parse("[\"addDocument\"]"));
        assertThat(answer.path("errors")).hasSize(1);
    }

    private static void assertBad(HttpResponse<byte[]> response, int status, String message) {
        String body = new String(response.body(), UTF_8);
        assertThat(response.statusCode()).as(body).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(parse(body).at("/errors/0/message").asText()).contains(message);
        assertThat(parse(body).at("/errors/0/extensions/code").asText())
                .isEqualTo(status == 413 ? "PAYLOAD_TOO_LARGE" : "BAD_REQUEST");
    }

    /** A server may still be at it when the client has its answer. */
    private void assertNothingLeft() {
        await("only what was stored before is", () -> files(server.files()).equals(filesBefore));
        assertNoTemporaryFiles();
    }

    private void assertNoTemporaryFiles() {
        await("no temporary file is left", () -> files(server.temporaryFiles()).isEmpty());
    }

    private static void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(Duration.ofSeconds(20));
            Thread.onSpinWait();
        }
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (UncheckedIOException e) {
            return files(directory); // one vanished while we looked
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String credentials(String password) {
        return "Basic " + base64(USER + ":" + password);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static byte[] padded(byte[] start, int size) {
        return Arrays.copyOf(start, size);
    }

    private static String crc32(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return Long.toHexString(crc.getValue());
    }

    /** Looks for temporary files when half of it has been read, and counts what passes. */
    private final class CheckedAtHalf extends InputStream {

        private final InputStream in;
        private final CRC32 crc;
        private long read;

        CheckedAtHalf(InputStream in, CRC32 crc) {
            this.in = in;
            this.crc = crc;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = in.read(target, offset, length);
            if (n > 0) {
                crc.update(target, offset, n);
                if (read < LARGE / 2 && read + n >= LARGE / 2) {
                    assertThat(files(server.temporaryFiles())).isEmpty();
                }
                read += n;
            }
            return n;
        }
    }
}
