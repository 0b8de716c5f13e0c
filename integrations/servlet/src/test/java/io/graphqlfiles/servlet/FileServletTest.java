package io.graphqlfiles.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import io.graphqlfiles.testkit.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FileServletTest {

    private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-06-03T10:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3600);
    private static final String PRIVATE = "private/abcdefghijklmnopqrstuvwxyz";
    private static final String PUBLIC = "public/abcdefghijklmnopqrstuvwxyz";
    private static final String STAGED = "staged/20260603/abcdefghijklmnopqrstuvwxyz";

    static {
        // Tomcat tells of every start and stop. Kept, because loggers are held weakly.
        TOMCAT_LOG.setLevel(Level.SEVERE);
    }

    private final MovableClock clock = MovableClock.at(NOW);
    private final DirectAccess access = EndpointUrls.access("main", SECRET);
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path root;

    @TempDir
    private Path tomcatRoot;

    private WatchedStore store;
    private GraphQLFiles files;
    private Tomcat tomcat;

    @BeforeEach
    void start() throws Exception {
        store = new WatchedStore(FileSystemBlobStore.newFileSystemBlobStore(root)
                .clock(clock)
                .durable(false)
                .build());
        files = GraphQLFiles.newGraphQLFiles()
                .store("main", store)
                .secret(SECRET)
                .clock(clock)
                .build();
        tomcat = new Tomcat();
        tomcat.setBaseDir(tomcatRoot.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("/app", tomcatRoot.toString());
        Tomcat.addServlet(context, "files", new FileServlet(files));
        context.addServletMappingDecoded("/files/*", "files");
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        files.close();
    }

    private int port() {
        return tomcat.getConnector().getLocalPort();
    }

    private URI absolute(Object url) {
        return URI.create("http://127.0.0.1:" + port() + "/app" + url);
    }

    private String signed(String key) {
        return access.signGet(new SignGetRequest(key, Visibility.PRIVATE, null, NOW, LATER))
                .url()
                .toString();
    }

    private SignedRequest signedPut(long byteSize) {
        return access.signPut(new SignPutRequest(STAGED, byteSize, "image/png", NOW, LATER));
    }

    private void put(String key, String type, byte[] content) throws IOException {
        store.put(
                new PutRequest(key, content.length, type, "inline; filename=\"a\"", Visibility.PRIVATE),
                new ByteArrayInputStream(content));
    }

    private HttpResponse<byte[]> get(String url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(absolute(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> send(String method, Object url, byte[] body, String type) throws Exception {
        return client.send(
                HttpRequest.newBuilder(absolute(url))
                        .method(method, BodyPublishers.ofByteArray(body))
                        .header("Content-Type", type)
                        .build(),
                BodyHandlers.ofString());
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private List<Path> filesOnDisk() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** The path as it stands: no client normalises it first. */
    private String raw(String requestHead) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream().write((requestHead + "Host: x\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @Test
    void get_byteForByte() throws Exception {
        byte[] content = random(300_000);
        put(PRIVATE, "image/png", content);

        HttpResponse<byte[]> response = get(signed(PRIVATE));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(content);
        assertThat(header(response, "Content-Length")).isEqualTo("300000");
        assertThat(header(response, "Content-Type")).isEqualTo("image/png");
        assertThat(header(response, "Content-Disposition")).isEqualTo("inline; filename=\"a\"");
        assertThat(store.closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void get_seekingOfMediaPlayers() throws Exception {
        byte[] content = random(200_000);
        put(PRIVATE, "video/mp4", content);
        String url = signed(PRIVATE);

        HttpResponse<byte[]> start = get(url, "Range", "bytes=0-");
        assertThat(start.statusCode()).isEqualTo(206);
        assertThat(header(start, "Content-Range")).isEqualTo("bytes 0-199999/200000");
        assertThat(start.body()).isEqualTo(content);
        HttpResponse<byte[]> middle = get(url, "Range", "bytes=123456-");
        assertThat(middle.body()).isEqualTo(Arrays.copyOfRange(content, 123_456, 200_000));
        HttpResponse<byte[]> end = get(url, "Range", "bytes=-10", "If-Range", header(start, "ETag"));
        assertThat(header(end, "Content-Range")).isEqualTo("bytes 199990-199999/200000");
        assertThat(get(url, "Range", "bytes=200000-").statusCode()).isEqualTo(416);
    }

    @Test
    void head_hasTheLengthOnly() throws Exception {
        put(PRIVATE, "image/png", random(1000));

        HttpResponse<byte[]> response = client.send(
                HttpRequest.newBuilder(absolute(signed(PRIVATE)))
                        .method("HEAD", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Length")).isEqualTo("1000");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void get_conditional() throws Exception {
        put(PUBLIC, "image/png", random(1000));
        String url = "/files/main/" + PUBLIC;
        HttpResponse<byte[]> first = get(url);

        assertThat(header(first, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        HttpResponse<byte[]> second = get(url, "If-None-Match", header(first, "ETag"));
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(get(url, "If-Modified-Since", header(first, "Last-Modified")).statusCode())
                .isEqualTo(304);
        assertThat(get(url, "If-Match", "\"x\"").statusCode()).isEqualTo(412);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript"})
    void get_active_isDownloaded(String type) throws Exception {
        put(PUBLIC, type, "<svg onload=alert(1)>".getBytes(UTF_8));

        HttpResponse<byte[]> response = get("/files/main/" + PUBLIC);

        assertThat(header(response, "Content-Disposition")).isEqualTo("attachment; filename=\"a\"");
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(response, "Content-Security-Policy"))
                .isEqualTo("default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox");
    }

    @Test
    void get_aborted_closesTheStoresStream() throws Exception {
        put(PRIVATE, "image/png", random(20_000_000));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream()
                    .write(("GET /app" + signed(PRIVATE) + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(ISO_8859_1));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            assertThat(store.closed.getCount()).isEqualTo(1);
        }

        assertThat(store.closed.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/files/main/public/../private/abcdefghijklmnopqrstuvwxyz",
                "/app/files/main/public/%2e%2e/private/abcdefghijklmnopqrstuvwxyz",
                "/app/files/main/public%2fabcdefghijklmnopqrstuvwxyz",
                "/app/files/main/public/abcdefghijklmnopqrstuvwxyz%00",
                "/app/files/main/public/abcdefghijklmnopqrstuvwxyz;x",
                "/app/files/../files/main/public/abcdefghijklmnopqrstuvwxyz",
                "/app/%66iles/main/public/abcdefghijklmnopqrstuvwxyz",
                "/app/files/main/public/..;/..;/..;/etc/passwd",
                "/app/files/main/%2e%2e/%2e%2e/etc/passwd",
                "/app/files",
                "/app/files/",
            })
    void get_hostilePath(String path) throws Exception {
        put(PUBLIC, "image/png", "picture".getBytes(UTF_8));
        put(PRIVATE, "image/png", "picture".getBytes(UTF_8));

        String answer = raw("GET " + path + " HTTP/1.1\r\n");

        assertThat(answer).matches("(?s)HTTP/1\\.1 (400|403|404) .*").doesNotContain("picture", "root:");
    }

    @Test
    void get_tamperedOrExpired() throws Exception {
        put(PRIVATE, "image/png", random(10));
        String url = signed(PRIVATE);

        assertThat(new String(get(url.replace("expires=1", "expires=2")).body(), UTF_8))
                .isEqualTo("The URL is not valid.\n");
        assertThat(get(url + "A").statusCode()).isEqualTo(403);
        assertThat(get("/files/main/" + PRIVATE).statusCode()).isEqualTo(403);
        clock.set(LATER);
        HttpResponse<byte[]> expired = get(url);
        assertThat(expired.statusCode()).isEqualTo(403);
        assertThat(new String(expired.body(), UTF_8)).isEqualTo("The URL has expired.\n");
        assertThat(header(expired, "Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void put_once() throws Exception {
        byte[] content = random(3_000_000);
        SignedRequest request = signedPut(content.length);

        HttpResponse<String> response = send("PUT", request.url(), content, "image/png");

        assertThat(response.statusCode()).isEqualTo(201);
        BlobInfo blob = store.stat(STAGED);
        assertThat(blob.byteSize()).isEqualTo(content.length);
        assertThat(header(response, "ETag")).isEqualTo("\"" + blob.version() + "\"");
        HttpResponse<String> again = send("PUT", request.url(), content, "image/png");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).isEqualTo("The upload is already complete.\n");
    }

    @Test
    void put_refusedWhileMuchIsStillToCome_answerArrives() throws Exception {
        byte[] content = random(30_000_000);
        put(STAGED, "image/png", new byte[1]);

        HttpResponse<String> response = send("PUT", signedPut(content.length).url(), content, "image/png");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).isEqualTo("The upload is already complete.\n");
    }

    @Test
    void put_expectContinue_refusedWithoutBody() throws Exception {
        clock.set(LATER);
        String answer = raw("PUT /app" + signedPut(1_000_000).url()
                + " HTTP/1.1\r\nContent-Length: 1000000\r\nContent-Type: image/png\r\nExpect: 100-continue\r\n");

        // Tomcat permits the body before it asks us; the answer must come all the same and without waiting for the
        // body.
        assertThat(answer).contains("HTTP/1.1 403").endsWith("The URL has expired.\n");
    }

    @Test
    void put_otherThanSigned() throws Exception {
        SignedRequest request = signedPut(10);

        assertThat(send("PUT", request.url(), random(11), "image/png").statusCode())
                .isEqualTo(413);
        assertThat(send("PUT", request.url(), random(9), "image/png").statusCode())
                .isEqualTo(400);
        assertThat(send("PUT", request.url(), random(10), "text/html").statusCode())
                .isEqualTo(415);
        assertThat(send("POST", request.url(), random(10), "image/png").statusCode())
                .isEqualTo(405);
        assertThat(send("DELETE", request.url(), random(10), "image/png").statusCode())
                .isEqualTo(405);
        assertThat(get(request.url().toString()).statusCode()).isEqualTo(403);
        String resized = request.url().toString().replace("size=10", "size=11");
        assertThat(send("PUT", resized, random(11), "image/png").statusCode()).isEqualTo(403);
        String retyped = request.url().toString().replace("image/png", "text/html");
        assertThat(send("PUT", retyped, random(10), "text/html").statusCode()).isEqualTo(403);
        String moved = request.url().toString().replace("staged/20260603", "public");
        assertThat(send("PUT", moved, random(10), "image/png").statusCode()).isEqualTo(403);
        HttpResponse<String> chunked = client.send(
                HttpRequest.newBuilder(absolute(request.url()))
                        .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(random(10))))
                        .header("Content-Type", "image/png")
                        .build(),
                BodyHandlers.ofString());
        assertThat(chunked.statusCode()).isEqualTo(411);
        clock.set(LATER);
        assertThat(send("PUT", request.url(), random(10), "image/png").body()).isEqualTo("The URL has expired.\n");
        assertThat(filesOnDisk()).isEmpty();
    }

    @Test
    void put_abortedHalfWay_leavesNothing() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT /app" + signedPut(1_000_000).url()
                            + " HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\nContent-Length: 1000000\r\n\r\n")
                    .getBytes(ISO_8859_1));
            out.write(random(500_000));
            out.flush();
            assertThat(store.putFirstBytes.await(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(store.putEnded.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(store.list("", null, 1000).blobs()).isEmpty();
        assertThat(filesOnDisk()).isEmpty();
        assertThat(send("PUT", signedPut(10).url(), random(10), "image/png").statusCode())
                .isEqualTo(201);
    }

    @Test
    void options_preflightFromAnotherOrigin() throws Exception {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(absolute(signedPut(10).url()))
                        .method("OPTIONS", BodyPublishers.noBody())
                        .headers(
                                "Origin",
                                "https://shop.test",
                                "Access-Control-Request-Method",
                                "PUT",
                                "Access-Control-Request-Headers",
                                "content-type")
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(response, "Access-Control-Allow-Methods")).contains("PUT");
        assertThat(header(response, "Access-Control-Allow-Headers")).contains("content-type");
    }
}
