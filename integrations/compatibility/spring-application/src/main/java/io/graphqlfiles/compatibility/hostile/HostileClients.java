package io.graphqlfiles.compatibility.hostile;

import static io.graphqlfiles.compatibility.hostile.Text.ADD;
import static io.graphqlfiles.compatibility.hostile.Text.END;
import static io.graphqlfiles.compatibility.hostile.Text.JSON;
import static io.graphqlfiles.compatibility.hostile.Text.MEASURE;
import static io.graphqlfiles.compatibility.hostile.Text.MULTIPART;
import static io.graphqlfiles.compatibility.hostile.Text.field;
import static io.graphqlfiles.compatibility.hostile.Text.fields;
import static io.graphqlfiles.compatibility.hostile.Text.fieldsOf;
import static io.graphqlfiles.compatibility.hostile.Text.fileHeader;
import static io.graphqlfiles.compatibility.hostile.Text.operation;
import static io.graphqlfiles.compatibility.hostile.Text.persisted;
import static io.graphqlfiles.compatibility.hostile.Text.persisting;
import static io.graphqlfiles.compatibility.hostile.Text.repeated;
import static io.graphqlfiles.compatibility.hostile.Text.upload;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.graphqlfiles.compatibility.hostile.RawConnection.Answer;
import io.graphqlfiles.compatibility.hostile.ServerProcess.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;

/**
 * Attacks over sockets on an application with a heap of 256 MB. After each of them a normal upload works, the server
 * holds what it held before, and has written little of it into its log.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
abstract class HostileClients {

    /** Of each kind that the server has. */
    static final int THREADS = 10;
    /** How many requests may wait for them on WebFlux. */
    static final int WAITING = 5 * THREADS;
    /** For what takes a moment, on a machine that has other things to do. */
    static final Duration PATIENCE = Duration.ofSeconds(30);
    /** In which a client may begin to send, and in which it may stop. */
    private static final String CLIENTS_TIME = "3s";
    /** How much may be written for one attack: a few entries, not one for each client or each mistake. */
    private static final int LOGGED_ENTRIES = 15;

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final WebApplicationType type;
    private ServerProcess server;
    private int filesOfUpload;
    private State before;
    private int logBefore;
    private int stored;

    HostileClients(WebApplicationType type) {
        this.type = type;
    }

    @BeforeAll
    final void startServer() {
        server = ServerProcess.start(
                type,
                "256m",
                List.of(
                        "server.tomcat.threads.max=" + THREADS,
                        "server.tomcat.threads.min-spare=" + THREADS,
                        "server.tomcat.connection-timeout=" + CLIENTS_TIME,
                        // Tomcat would read the rest of what was refused, at the pace of its client.
                        "server.tomcat.max-swallow-size=0",
                        // It writes a trace of what it cannot read behind a body that has been answered.
                        "logging.level.org.apache.coyote=off",
                        // It tells of each connection that was reset.
                        "logging.level.reactor.netty=off",
                        // For base64 in JSON, of which the library has limits of its own.
                        "spring.http.codecs.max-in-memory-size=32MB",
                        "server.netty.idle-timeout=" + CLIENTS_TIME,
                        "graphql.files.reactive.threads=" + THREADS,
                        "graphql.files.reactive.max-waiting=" + WAITING,
                        "graphql.files.reactive.read-timeout=" + CLIENTS_TIME,
                        "graphql.files.limits.operations-time=" + CLIENTS_TIME,
                        "graphql.files.limits.drain-time=2s",
                        "graphql.files.copy-url.total-timeout=5s",
                        "graphql.files.copy-url.max-concurrent-requests=4",
                        "logging.level.root=warn"));
        answers(atOnce(3 * THREADS, () -> post(MULTIPART, upload(ADD, "hello"))));
        post(JSON, copy(server.graphQl().toString()));
        int filesBefore = server.state().storedFiles().size();
        uploadNormally();
        filesOfUpload = server.state().storedFiles().size() - filesBefore;
    }

    @AfterAll
    final void stopServer() {
        clients.shutdownNow();
        server.close();
    }

    @BeforeEach
    final void look() {
        before = server.state();
        logBefore = server.log().size();
        stored = 0;
    }

    @AfterEach
    final void everythingIsAsBefore() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        State now = server.state();
        while (!isAsBefore(now) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            now = server.state();
        }
        assertThat(now.threadsAtWork()).isEmpty();
        assertThat(now.temporaryFiles()).isEqualTo(before.temporaryFiles());
        assertThat(now.storedFiles()).hasSize(before.storedFiles().size() + stored * filesOfUpload);
        assertThat(now.descriptors())
                .as("before: " + before.descriptors())
                .hasSizeLessThanOrEqualTo(before.descriptors().size());
        uploadNormally();
        assertThat(server.isAlive()).isTrue();
        assertThat(server.log()).noneMatch(line -> line.contains("OutOfMemoryError"));
        List<String> logged = server.log().subList(logBefore, server.log().size());
        assertThat(logged.stream().filter(HostileClients::isEntry).count())
                .as(String.join("\n", logged))
                .isLessThanOrEqualTo(LOGGED_ENTRIES);
    }

    /** Not a line of a trace, nor what Spring says of requests that it breaks off because their clients have gone. */
    private static boolean isEntry(String line) {
        return line.matches("\\d{4}-.*") && !line.contains("AbortExecutionException");
    }

    private boolean isAsBefore(State now) {
        return now.threadsAtWork().isEmpty()
                && now.temporaryFiles().equals(before.temporaryFiles())
                && now.storedFiles().size() == before.storedFiles().size() + stored * filesOfUpload
                && now.descriptors().size() <= before.descriptors().size();
    }

    /** Whatever goes on, this works, and soon. */
    private void uploadNormally() {
        JsonNode content = data(post(MULTIPART, upload(ADD, "hello"))).at("/addDocument/content");
        assertThat(content.path("byteSize").asInt()).isEqualTo(5);
        Answer file = new RawConnection(URI.create(content.path("url").asText()))
                .head("GET")
                .answer(PATIENCE);
        assertThat(file).isEqualTo(new Answer(200, "hello"));
        stored++;
    }

    @Test
    void bytesOneByOne() {
        // Before all threads are busy.
        List<DirectUpload> uploads = new ArrayList<>();
        for (int i = 0; i < THREADS / 2; i++) {
            uploads.add(start(1_000_000, false));
        }
        List<RawConnection> idle = new ArrayList<>();
        for (int i = 0; i < 2 * THREADS; i++) {
            idle.add(connect());
        }
        String whole = upload(ADD, "hello");
        int files = whole.indexOf(fileHeader()) + fileHeader().length();
        List<Future<Answer>> early = new ArrayList<>();
        List<Future<Answer>> late = new ArrayList<>();
        List<Future<Answer>> puts = new ArrayList<>();
        List<Runnable> trickles = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            early.add(
                    i % 2 == 0
                            ? slow(whole.substring(0, 60), "y", trickles)
                            : slow(field("operations", operation(ADD, "{\"file\":null}")), "-", trickles));
            late.add(slow(whole.substring(0, files), "x", trickles));
        }
        for (DirectUpload upload : uploads) {
            RawConnection put = upload.announcing("Content-Length: 1000000");
            trickles.add(() -> put.send("x"));
            puts.add(clients.submit(() -> put.answer(Duration.ofMinutes(2))));
        }
        ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
        try {
            Future<?> sending =
                    pace.scheduleAtFixedRate(() -> trickles.forEach(Runnable::run), 0, 200, TimeUnit.MILLISECONDS);
            assertThat(answers(early))
                    .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(408));
            assertThat(answers(late))
                    .allSatisfy(answer -> assertThat(answer.body()).contains("FILE_UPLOAD_MISSING"));
            assertThat(answers(puts))
                    .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(408));
            sending.cancel(false);
        } finally {
            pace.shutdownNow();
            idle.forEach(RawConnection::close);
        }
    }

    /** A client that has sent this much, and then sends that again and again. */
    private Future<Answer> slow(String beginning, String rest, List<Runnable> trickles) {
        RawConnection connection = connect().head("POST", MULTIPART, "Content-Length: 1000000");
        connection.send(beginning);
        trickles.add(() -> connection.send(rest));
        return clients.submit(() -> connection.answer(Duration.ofMinutes(2)));
    }

    @Test
    void nothingMore() {
        String whole = upload(ADD, "hello");
        List<Future<Answer>> answers = new ArrayList<>();
        for (int end : new int[] {0, 30, whole.indexOf("name=\"map\""), whole.length() - 12}) {
            for (int i = 0; i < THREADS / 3; i++) {
                answers.add(slow(whole.substring(0, end), "", new ArrayList<>()));
            }
        }

        assertThat(answers(answers)).noneMatch(answer -> answer.body().contains("\"byteSize\""));
    }

    @Test
    void bodiesBrokenOff() {
        for (String query : List.of(ADD, MEASURE)) {
            String whole = upload(query, "hello".repeat(40_000));
            for (int length = 0; length < whole.length(); length += length < 700 ? 50 : 40_000) {
                broken(whole, length).vanish();
                Answer answer = broken(whole, length).end().answer(PATIENCE);
                assertThat(answer.body()).doesNotContain("\"byteSize\"", "INTERNAL_ERROR");
            }
        }
    }

    private RawConnection broken(String whole, int length) {
        return connect()
                .head("POST", MULTIPART, "Content-Length: " + whole.length())
                .send(whole.substring(0, length));
    }

    @Test
    void floodOfInputs() {
        String inputs = "[" + repeated(240_000, ",", i -> "{}") + "]";
        String add = "mutation($pages: [StoredFileInput!]) { addDocument(document: {title: \"t\", pages: $pages})"
                + " { id } }";
        String literal = "mutation { addDocument(document: {title: \"t\", pages: " + inputs + "}) { id } }";
        String variables = "{\"pages\":" + inputs + "}";

        for (Answer answer : answers(atOnce(4, () -> post(JSON, operation(add, variables))))) {
            assertThat(answer.body()).hasSizeLessThan(5_000).doesNotContain("\"id\"", "INTERNAL_ERROR");
        }
        for (Answer answer : answers(atOnce(
                4, () -> post(MULTIPART, field("operations", operation(add, variables)) + field("map", "{}") + END)))) {
            assertThat(answer.body()).hasSizeLessThan(5_000).contains("FILE_COUNT_EXCEEDED");
        }
        for (Answer answer : answers(atOnce(4, () -> post(JSON, operation(literal, "{}"))))) {
            assertThat(answer.body()).hasSizeLessThan(5_000).doesNotContain("\"id\"", "INTERNAL_ERROR");
        }
    }

    @Test
    void base64BeyondEachLimit() {
        String base64 = "QUJD".repeat(4 * 1024 * 1024);
        String add = "mutation($document: DocumentInput!) { addDocument(document: $document) { id } }";
        String variables = "{\"document\":{\"title\":\"t\",\"pages\":[{\"base64\":\"" + base64 + "\"}]}}";

        for (int i = 0; i < 3; i++) {
            Answer answer = post(JSON, operation(add, variables));
            assertThat(answer.body()).hasSizeLessThan(5_000).doesNotContain("\"id\"", "INTERNAL_ERROR");
        }
        Answer answer = post(MULTIPART, field("operations", operation(add, variables)) + field("map", "{}") + END);
        assertThat(answer.status()).isIn(0, 413);
    }

    @Test
    void thousandAliases() {
        for (String query : List.of(
                "{" + repeated(1000, " ", i -> "a" + i + ": urlForFile(id: \"x\") { url }") + "}",
                "{" + repeated(1000, " ", i -> "a" + i + ": fileUpload(token: \"x\") { token }") + "}",
                "mutation {" + repeated(1000, " ", i -> "a" + i + ": abortFileUpload(token: \"x\")") + "}")) {
            for (Answer answer : answers(atOnce(4, () -> post(JSON, operation(query, "{}"))))) {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).contains("\"errors\"").doesNotContain("INTERNAL_ERROR");
                assertThat(answer.body()).hasSizeLessThan(60_000);
            }
        }
        String add = "mutation($d: DocumentInput!) {"
                + repeated(1000, " ", i -> "a" + i + ": addDocument(document: $d) { id }") + "}";
        Answer answer = post(JSON, operation(add, "{\"d\":{\"title\":\"t\",\"content\":{\"base64\":\"aGVsbG8=\"}}}"));
        assertThat(answer.body()).contains("FILE_COUNT_EXCEEDED").hasSizeLessThan(60_000);
        stored += 10; // as many files as a request may have
    }

    @Test
    void floodOfParts() {
        String fields = fields(ADD);
        String file = fileHeader() + "hello" + END;
        assertThat(post(MULTIPART, fields + repeated(5000, "", i -> field("x" + i, "")) + file)
                        .body())
                .contains("FILE_UPLOAD_MISSING");
        data(post(MULTIPART, fields + repeated(5000, "", i -> fileHeader() + "hello\r\n") + END));
        stored++; // the first; nobody asks for the others
        assertThat(post(
                                MULTIPART,
                                fields + "--b\r\nContent-Disposition: form-data; name=\"" + "n".repeat(1_000_000)
                                        + "\"\r\n\r\n" + END)
                        .body())
                .contains("FILE_UPLOAD_MISSING");
        assertThat(post(MULTIPART, fields + "--b\r\n" + repeated(5000, "", i -> "X-" + i + ": y\r\n") + "\r\n" + END)
                        .body())
                .contains("FILE_UPLOAD_MISSING");
        assertThat(post(MULTIPART, "--b\r\nX: " + "y".repeat(3_000_000)).status())
                .isIn(400, 413);
        assertThat(post(MULTIPART, field("operations", operation(ADD, "{}")) + field("map", " ".repeat(1_000_000)))
                        .status())
                .isEqualTo(413);
        assertThat(post(
                                MULTIPART,
                                field("operations", operation(ADD, "{\"file\":null}"))
                                        + field(
                                                "map",
                                                "{" + repeated(4000, ",", i -> "\"" + i + "\":[\"variables.file\"]")
                                                        + "}")
                                        + file)
                        .status())
                .isIn(400, 413);
        assertThat(post(MULTIPART, field("operations", "[".repeat(500_000)) + field("map", "{}") + END)
                        .status())
                .isEqualTo(400);
    }

    /** What comes behind the closing boundary cannot make anything of a mutation that is done. */
    @Test
    void behindTheClosingBoundary() {
        String body = upload(ADD, "hello");
        List<Future<Answer>> answers = new ArrayList<>();
        for (String rest : restsOfChunkedBodies()) {
            answers.add(clients.submit(() -> connect()
                    .head("POST", MULTIPART, "Transfer-Encoding: chunked")
                    .send(Integer.toHexString(body.length()) + "\r\n" + body + rest)
                    .answer(PATIENCE)));
        }
        for (int more : new int[] {1, 1_000_000}) {
            answers.add(clients.submit(() -> connect()
                    .head("POST", MULTIPART, "Content-Length: " + (body.length() + more))
                    .send(body)
                    .answer(PATIENCE)));
        }
        for (Answer answer : answers(answers)) {
            assertThat(data(answer).at("/addDocument/content/byteSize").asInt()).isEqualTo(5);
            stored++;
        }
    }

    /**
     * Netty looks at what comes behind the body before it hands over the body, and refuses what is malformed itself.
     */
    private List<String> restsOfChunkedBodies() {
        IntFunction<String> trailer = i -> "X-Trailer-" + i + ": value\r\n";
        if (type == WebApplicationType.REACTIVE) {
            return List.of("\r\n0\r\n" + repeated(50, "", trailer) + "\r\n");
        }
        return List.of(
                "\r\n0\r\n" + repeated(300, "", trailer) + "\r\n",
                "\r\n0\r\nX: " + "y".repeat(20_000) + "\r\n\r\n",
                "\r\nzz\r\n",
                "no end of the chunk");
    }

    @Test
    void partsForOtherTypes() {
        String query = "mutation($title: String!) { addDocument(document: {title: $title}) { title } }";
        Answer answer = post(
                MULTIPART,
                field("operations", operation(query, "{\"title\":null}"))
                        + field("map", "{\"0\":[\"variables.title\"]}")
                        + fileHeader()
                        + "hello"
                        + END);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("upload:");
    }

    /** What the request does not say of its operation counts as well. */
    @Test
    void partsForOtherTypesOfPersistedOperations() {
        String query = "mutation($title: String!) { addDocument(document: {title: $title}) { title } }";
        assertThat(post(JSON, persisting(query)).body()).contains("\"errors\""); // it has no title
        Answer json = post(JSON, persisted(query, "{\"title\":\"t\"}"));
        assertThat(data(json).at("/addDocument/title").asText()).isEqualTo("t");

        List<Answer> answers = answers(atOnce(
                THREADS,
                () -> post(
                        MULTIPART,
                        fieldsOf(persisted(query, "{\"title\":null}"), "title") + fileHeader() + "hello" + END)));

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.body())
                        .contains("Expected the type Upload", "BAD_REQUEST")
                        .doesNotContain("upload:", "\"title\""));
        assertThat(post(JSON, operation("{ documents { title } }", "{}")).body())
                .doesNotContain("upload:");
        post(JSON, persisting(ADD));
        data(post(MULTIPART, fieldsOf(persisted(ADD, "{\"file\":null}"), "file") + fileHeader() + "hello" + END));
        stored++;
    }

    /**
     * No thread waits for what clients still have to send, and they have their answers. Tomcat answers those that have
     * stopped itself.
     */
    @Test
    void restsThatNeverEnd() {
        String refused = "mutation($file: Upload) { addDocument(document: {title: \"t\", content: {file: $file, base64:"
                + " \"aGVsbG8=\"}}) { id } }";
        List<Future<Answer>> answers = new ArrayList<>();
        List<Runnable> trickles = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            answers.add(slow(fields(refused) + fileHeader() + "x", i % 2 == 0 ? "y" : "", trickles));
        }
        ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
        try {
            Future<?> sending =
                    pace.scheduleAtFixedRate(() -> trickles.forEach(Runnable::run), 0, 200, TimeUnit.MILLISECONDS);
            List<Answer> all = answers(answers);
            for (int i = 0; i < THREADS; i++) {
                Answer answer = all.get(i);
                if (i % 2 == 0 || type == WebApplicationType.REACTIVE || answer.status() != 408) {
                    assertThat(answer.body()).contains("FILE_SOURCE_INVALID");
                }
            }
            sending.cancel(false);
        } finally {
            pace.shutdownNow();
        }
    }

    @Test
    void directUploadsOfSomethingElse() {
        DirectUpload upload = start(5, false);
        String url = upload.url().toString();
        String tampered = url.substring(0, url.length() - 2) + (url.endsWith("AA") ? "BB" : "AA");

        assertThat(upload.put("hello!", PATIENCE).status()).isEqualTo(413);
        assertThat(upload.put("hell", PATIENCE).status()).isEqualTo(400);
        assertThat(upload.announcing("Content-Length: 1000000000")
                        .send("hello")
                        .answer(PATIENCE)
                        .status())
                .isEqualTo(413);
        assertThat(upload.announcing("Transfer-Encoding: chunked")
                        .send("5\r\nhello\r\n0\r\n\r\n")
                        .answer(PATIENCE)
                        .status())
                .isEqualTo(411);
        assertThat(upload.withHeaders("Content-Type: text/html")
                        .put("hello", PATIENCE)
                        .status())
                .isEqualTo(415);
        for (String other : List.of(
                tampered,
                url.replaceAll("expires=\\d+", "expires=9999999999"),
                url.replaceAll("size=\\d+", "size=6"),
                url.replaceAll("[?].*", ""),
                url + "&x=y")) {
            assertThat(other).isNotEqualTo(url);
            assertThat(upload.withUrl(other).put("hello", PATIENCE).status()).isEqualTo(403);
        }
        assertThat(post(
                                JSON,
                                operation(
                                        "mutation { addDocument(document: {title: \"t\", content: {directUploadToken: \""
                                                + upload.token() + "x\"}}) { id } }",
                                        "{}"))
                        .body())
                .contains("FILE_TOKEN_INVALID");

        // It is still good for who sends what was agreed upon, once.
        assertThat(upload.put("hello", PATIENCE).status()).isEqualTo(201);
        assertThat(upload.put("hello", PATIENCE).status()).isEqualTo(409);
        abort(upload);
    }

    @Test
    void directUploadsBrokenOff() {
        DirectUpload whole = start(100_000, false);
        DirectUpload part = start(100_000, true);
        for (DirectUpload upload : List.of(whole, part)) {
            for (int length : new int[] {0, 1, 50_000, 99_999}) {
                upload.announcing("Content-Length: 100000")
                        .send("x".repeat(length))
                        .vanish();
                assertThat(upload.announcing("Content-Length: 100000")
                                .send("x".repeat(length))
                                .end()
                                .answer(PATIENCE)
                                .status())
                        .isNotIn(200, 201);
            }
            // Nor does it send more.
            answers(atOnce(
                            THREADS,
                            () -> upload.announcing("Content-Length: 100000")
                                    .send("x")
                                    .answer(PATIENCE)))
                    .forEach(answer -> assertThat(answer.status()).isNotIn(200, 201));
        }
        abort(whole);
        abort(part);
    }

    @Test
    void directUploadsAtOnceForOnePart() {
        DirectUpload upload = start(80_000, true);
        int filesBefore = server.state().storedFiles().size();
        String half = "x".repeat(40_000);
        List<RawConnection> connections = new ArrayList<>();
        for (int i = 0; i < 2 * THREADS; i++) {
            connections.add(upload.announcing("Content-Length: 80000").send(half));
        }
        List<Future<Answer>> answers = new ArrayList<>();
        for (RawConnection connection : connections) {
            answers.add(clients.submit(() -> connection.send(half).answer(PATIENCE)));
        }

        assertThat(answers(answers))
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        // That the part is whole, and its bytes if its place was being written to when they came.
        assertThat(server.state().storedFiles().size()).isLessThanOrEqualTo(filesBefore + 2);
        abort(upload);
    }

    private DirectUpload start(int byteSize, boolean inParts) {
        return DirectUpload.of(data(post(JSON, DirectUpload.starting(byteSize, inParts))));
    }

    private void abort(DirectUpload upload) {
        assertThat(data(post(JSON, upload.aborting())).path("abortFileUpload").asBoolean())
                .isTrue();
    }

    @Test
    void packedBodies() {
        byte[] bomb = gzip(fields(ADD) + fileHeader() + "x".repeat(20_000_000) + END);
        for (String encoding : List.of("gzip", "deflate", "br", "gzip, gzip")) {
            try (RawConnection connection = connect()) {
                Answer answer = connection
                        .head("POST", MULTIPART, "Content-Encoding: " + encoding, "Content-Length: " + bomb.length)
                        .send(bomb)
                        .answer(PATIENCE);
                assertThat(answer.status()).isEqualTo(415);
            }
        }
    }

    @Test
    void copiesThatNeverEnd() {
        try (TricklingServer source = new TricklingServer()) {
            List<Future<Answer>> copies = atOnce(5 * THREADS, () -> post(JSON, copy(source.url())));
            await(() -> source.clients() > 0);
            uploadNormally();

            List<Answer> answers = answers(copies);
            assertThat(answers).noneMatch(answer -> answer.body().contains("\"id\""));
            assertThat(answers).anyMatch(answer -> answer.body().contains("FILE_SERVER_BUSY"));
            assertThat(answers).anyMatch(answer -> answer.body().contains("FILE_URL_UNREACHABLE"));
        }
    }

    private static String copy(String url) {
        return operation(
                "mutation { addDocument(document: {title: \"t\", content: {copyURL: \"" + url + "\"}}) { id } }", "{}");
    }

    /** What the server holds. */
    final State state() {
        return server.state();
    }

    /** So many files were stored, and are to stay. */
    final void stored(int count) {
        stored += count;
    }

    final RawConnection connect() {
        return new RawConnection(server.graphQl());
    }

    final Answer post(String contentType, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        try (RawConnection connection = connect()) {
            return connection
                    .head("POST", contentType, "Content-Length: " + bytes.length)
                    .send(bytes)
                    .answer(PATIENCE);
        }
    }

    final List<Future<Answer>> atOnce(int count, Supplier<Answer> client) {
        List<Future<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(clients.submit(client::get));
        }
        return answers;
    }

    static List<Answer> answers(List<Future<Answer>> futures) {
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> future : futures) {
            try {
                answers.add(future.get());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        return answers;
    }

    static void await(Supplier<Boolean> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.get()) {
            assertThat(System.nanoTime() - deadline).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    static JsonNode data(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode json = Text.json(answer.body());
        assertThat(json.has("errors")).as(answer.body()).isFalse();
        return json.path("data");
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
