package io.graphqlfiles.example.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.SweepResult;
import io.graphqlfiles.storage.s3.S3BlobStore;
import io.graphqlfiles.storage.s3.server.S3ProxyServer;
import io.graphqlfiles.testkit.StoreIdentity;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The catalogue as a process of its own with 256 MB of heap, on an S3 server that checks signatures. The sizes in MiB
 * are the system properties {@code large.multipart} and {@code large.parts}.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class LargeFilesTest {

    private static final long MIB = 1024 * 1024;
    private static final long MULTIPART_SIZE = Long.getLong("large.multipart", 384) * MIB;
    private static final long PARTS_SIZE = Long.getLong("large.parts", 256) * MIB;
    private static final String BOUNDARY = "between-the-parts";

    @TempDir
    Path directory;

    private S3ProxyServer s3;
    private CountingProxy toS3;
    private S3Client bucket;
    private ExampleProcess example;

    @BeforeEach
    void start() throws IOException {
        s3 = S3ProxyServer.newServer()
                .directory(Files.createDirectories(directory.resolve("s3")))
                .start();
        toS3 = new CountingProxy(s3.endpoint().getPort());
        bucket = s3.newClient().build();
        example = ExampleProcess.start(
                s3, toS3.uri(), Files.createDirectories(directory.resolve("app")), "--graphql.files.limits.file=3GB");
    }

    @AfterEach
    void stop() {
        example.close();
        bucket.close();
        toS3.close();
        s3.close();
    }

    @Test
    void multipartUpload_large_isStoredWithoutTemporaryFiles() throws Exception {
        try (DirectoryWatch watch = new DirectoryWatch(example.temporary())) {
            JsonNode file = JsonMapper.shared()
                    .readTree(
                            sendMultipart(LargeContent.range(0, MULTIPART_SIZE)).body())
                    .at("/data/createProduct/attachment");

            assertThat(file.at("/byteSize").asLong()).isEqualTo(MULTIPART_SIZE);
            assertThat(objects())
                    .singleElement()
                    .satisfies(object -> assertThat(object.size()).isEqualTo(MULTIPART_SIZE));
            assertThat(LargeContent.crc(client().get(file.at("/url").asString())))
                    .isEqualTo(LargeContent.crc(LargeContent.range(0, MULTIPART_SIZE)));
            assertThat(watch.events()).isEmpty();
            assertThat(watch.byteSize()).isZero();
            assertThat(unfinishedUploads()).isZero();
        }
    }

    @Test
    void directUpload_clientKilledHalfWay_goesOnWithTheMissingPartsOnly() throws Exception {
        try (CountingProxy toExample = new CountingProxy(example.port())) {
            String token = startAndKillHalfWay(toExample.uri());
            PartsClient client = new PartsClient(toExample.uri());

            JsonNode upload = client.upload(token);
            long arrived = upload.get("uploadedByteSize").asLong();
            assertThat(arrived).isBetween(PARTS_SIZE / 2, PARTS_SIZE - 1);
            assertThat(upload.get("complete").asBoolean()).isFalse();

            long[] sentAgain = new long[1];
            client.sendMissing(token, (number, byteSize) -> sentAgain[0] += byteSize);
            assertThat(sentAgain[0]).isEqualTo(PARTS_SIZE - arrived);
            assertThat(client.complete(token).get("complete").asBoolean()).isTrue();
            JsonNode file = client.claim(token);

            assertThat(file.get("byteSize").asLong()).isEqualTo(PARTS_SIZE);
            assertThat(receivedByTheExample(toExample))
                    .as("bytes received by the example")
                    .isLessThan(MIB);
            assertThat(LargeContent.crc(client.get(file.get("url").asString())))
                    .isEqualTo(LargeContent.crc(LargeContent.range(0, PARTS_SIZE)));
            assertThat(unfinishedUploads()).isZero();
        }
    }

    @Test
    void exampleKilledInTheMiddle_leavesOnlyWhatTheSweeperRemoves() throws Exception {
        PartsClient client = client();
        String abandonedInParts = client.start(20 * MIB);
        String abandoned = client.start(20 * MIB);
        client.sendMissing(abandoned, (number, byteSize) -> {});
        client.complete(abandoned);
        assertThat(client.upload(abandonedInParts).get("complete").asBoolean()).isFalse();
        CompletableFuture<HttpResponse<String>> upload =
                CompletableFuture.supplyAsync(() -> sendMultipart(LargeContent.range(0, Long.MAX_VALUE / 2)));
        await().atMost(Duration.ofMinutes(2)).until(() -> unfinishedUploads() == 2);

        example.kill();

        assertThat(upload).failsWithin(Duration.ofSeconds(30));
        assertThat(objects())
                .extracting(S3Object::key)
                .singleElement()
                .asString()
                .startsWith("staged/");
        assertThat(unfinishedUploads()).isEqualTo(2);
        SweepResult swept = sweepTomorrow();
        assertThat(swept.deletedBlobs()).isEqualTo(1);
        assertThat(swept.removedUnfinishedWrites()).isEqualTo(2);
        assertThat(objects()).isEmpty();
        assertThat(unfinishedUploads()).isZero();
    }

    /** The client is a process of its own. */
    private String startAndKillHalfWay(URI server) throws IOException, InterruptedException {
        Process client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PartsClient.class.getName(),
                        server.toString(),
                        Long.toString(PARTS_SIZE))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
            String token = out.readLine();
            long half =
                    PARTS_SIZE / 2 / client().upload(token).get("partByteSize").asLong();
            for (String sent = out.readLine(); Integer.parseInt(sent) < half; sent = out.readLine()) {
                assertThat(client.isAlive()).isTrue();
            }
            return token;
        } finally {
            client.destroyForcibly();
            assertThat(client.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private HttpResponse<String> sendMultipart(InputStream content) {
        String query =
                "mutation($file: Upload!) { createProduct(product: {name: \\\"film\\\", attachment: {file: $file}})"
                        + " { attachment { byteSize url } } }";
        String before = part("name=\"operations\"")
                + "{\"query\": \"" + query + "\", \"variables\": {\"file\": null}}\r\n"
                + part("name=\"map\"") + "{\"0\": [\"variables.file\"]}\r\n"
                + part("name=\"0\"; filename=\"film.bin\"");
        String after = "\r\n--" + BOUNDARY + "--\r\n";
        InputStream body =
                new SequenceInputStream(Collections.enumeration(List.of(stream(before), content, stream(after))));
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + example.port() + "/graphql"))
                                    .version(HttpClient.Version.HTTP_1_1)
                                    .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                                    .header("GraphQL-Preflight", "1")
                                    .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String part(String disposition) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n";
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    /** As the application would a day later, when no token is good any more. */
    private SweepResult sweepTomorrow() {
        try (GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                .store(S3BlobStore.at(bucket, s3.bucket()))
                .secret("another secret of the tests, long enough")
                .clock(Clock.offset(Clock.systemUTC(), Duration.ofHours(26)))
                .build()) {
            return files.maintenance().sweep();
        }
    }

    private PartsClient client() {
        return new PartsClient(URI.create("http://127.0.0.1:" + example.port()));
    }

    /** From its clients, and from the S3 server. */
    private long receivedByTheExample(CountingProxy toExample) {
        return toExample.sent() + toS3.received();
    }

    /** In addition to files, a bucket has what distinguishes it from others. */
    private List<S3Object> objects() {
        return bucket.listObjectsV2(request -> request.bucket(s3.bucket())).contents().stream()
                .filter(object -> !StoreIdentity.isAt(object.key()))
                .toList();
    }

    private int unfinishedUploads() {
        return bucket.listMultipartUploads(request -> request.bucket(s3.bucket()))
                .uploads()
                .size();
    }
}
