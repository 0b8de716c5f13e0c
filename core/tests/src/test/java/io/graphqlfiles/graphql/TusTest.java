package io.graphqlfiles.graphql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import graphql.ExecutionResult;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileAccess;
import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.FileListener;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import io.graphqlfiles.testkit.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** tus 1.0.0 at the file endpoint: what the specification demands of servers, and what becomes of the bytes. */
class TusTest {

    private static final String SDL = """
            type Query { product: Product }
            type Product {
              film: StoredFile @file
              picture: StoredFile @file(accept: ["image/*"], maxSize: "3KB", sources: [DIRECT_UPLOAD])
              inline: StoredFile @file(sources: [BASE64])
            }
            type Mutation {
              setFilm(film: StoredFileInput @file(field: "Product.film")): Boolean
            }
            """;
    private static final String OFFSET_TYPE = "application/offset+octet-stream";
    private static final int PART = 1000;
    private static final int SIZE = 3 * PART + 500;

    @TempDir
    private Path temporary;

    private final List<StoredFile> received = new ArrayList<>();
    private final List<FileListener.Served> served = new ArrayList<>();
    private final MovableClock clock = MovableClock.at("2030-01-31T10:00:00Z");
    private final InMemoryBlobStore memory = new InMemoryBlobStore(clock);
    private final byte[] content = new byte[SIZE];
    private String subject = "alice";
    private boolean permitted = true;
    private boolean on = true;
    private Catalogue catalogue = node();

    TusTest() {
        new Random(1).nextBytes(content);
    }

    /** One of several servers of the same application. */
    private Catalogue node() {
        return new Catalogue()
                .sdl(SDL)
                .store(new SmallParts(memory))
                .settings(this::settings)
                .mutation("setFilm", environment -> {
                    received.add(environment.getArgument("film"));
                    return true;
                });
    }

    private void settings(GraphQLFiles.Builder builder) {
        builder.tus(on)
                .clock(clock)
                .temporaryDirectory(temporary)
                .listener(new FileListener() {
                    @Override
                    public void served(FileListener.Served event) {
                        served.add(event);
                    }
                })
                .authorizer(new FileAuthorizer() {
                    @Override
                    public boolean isPermitted(FileAccess access) {
                        return permitted;
                    }

                    @Override
                    public String subject(DataFetchingEnvironment environment) {
                        return subject;
                    }
                });
    }

    @AfterEach
    void noTemporaryFileIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).isEmpty();
        }
    }

    private static final class SmallParts extends ForwardingPartStore {

        SmallParts(InMemoryBlobStore delegate) {
            super(delegate);
        }

        @Override
        public PartUploads.Limits partLimits() {
            return new PartUploads.Limits(1, PART, 10_000, 1_000_000);
        }
    }

    private record Answer(int status, Map<String, String> headers, String body) {

        String header(String name) {
            return headers.get(name);
        }

        long offset() {
            return Long.parseLong(header("Upload-Offset"));
        }

        String token() {
            return header("Graphql-Files-Token");
        }
    }

    private Answer send(String method, String url, Map<String, String> given, InputStream body, long length)
            throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Tus-Resumable", "1.0.0");
        headers.putAll(given);
        headers.values().removeIf(String::isEmpty);
        try (FileEndpointResponse response = catalogue
                .files()
                .server()
                .fileEndpoint()
                .handle(new FileEndpointRequest(
                        method, url.substring("/files".length()), null, headers::get, body, length))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            response.writeTo(out);
            return new Answer(response.status(), response.headers(), out.toString(UTF_8));
        }
    }

    private Answer send(String method, String url, String... headers) throws IOException {
        return send(method, url, pairs(headers), InputStream.nullInputStream(), 0);
    }

    private Answer patch(String url, long offset, byte[] body, String... headers) throws IOException {
        return patch(url, offset, new ByteArrayInputStream(body), body.length, headers);
    }

    private Answer patch(String url, long offset, InputStream body, long length, String... headers) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Content-Type", OFFSET_TYPE);
        all.put("Upload-Offset", Long.toString(offset));
        all.putAll(pairs(headers));
        return send("PATCH", url, all, body, length);
    }

    private static Map<String, String> pairs(String... headers) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            pairs.put(headers[i], headers[i + 1]);
        }
        return pairs;
    }

    private Answer head(String url) throws IOException {
        return send("HEAD", url);
    }

    private byte[] from(int offset, int end) {
        return Arrays.copyOfRange(content, offset, end);
    }

    private Map<String, Object> start(long byteSize, Boolean inParts) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("field", "Product.film");
        input.put("fileName", "film.bin");
        input.put("byteSize", byteSize);
        input.put("inParts", inParts);
        return Catalogue.dataOf(
                catalogue.execute(
                        "mutation($i: StartFileUploadInput!) { startFileUpload(input: $i) { token tusUrl uploadedByteSize } }",
                        Map.of("i", input)),
                "startFileUpload");
    }

    private String upload() {
        return start(SIZE, true).get("tusUrl").toString();
    }

    private ExecutionResult creationRaw(String field) {
        return catalogue.execute("query($f: String!) { tusEndpoint(field: $f) { url expiresAt } }", Map.of("f", field));
    }

    private String creation(String field) {
        return Catalogue.<Map<String, Object>>dataOf(creationRaw(field), "tusEndpoint")
                .get("url")
                .toString();
    }

    private Answer create(String field, String... headers) throws IOException {
        return send("POST", creation(field), headers);
    }

    private static String location(Answer answer, String creation) {
        return URI.create(creation).resolve(answer.header("Location")).toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private ExecutionResult claim(String token) {
        return catalogue.execute(
                "mutation($t: String!) { setFilm(film: {directUploadToken: $t}) }", Map.of("t", token));
    }

    private void assertClaimed(String token) {
        assertThat(claim(token).getErrors()).isEmpty();
        assertThat(memory.bytes(received.get(received.size() - 1).key())).isEqualTo(content);
        // What was staged, and the file.
        assertThat(memory.keys()).hasSize(2);
        assertThat(memory.unfinishedUploads()).isZero();
    }

    private void assertNothingIsLeft() {
        assertThat(memory.keys()).isEmpty();
        assertThat(memory.unfinishedUploads()).isZero();
    }

    private static void assertRefused(Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers())
                .containsEntry("Tus-Resumable", "1.0.0")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .doesNotContainKey("Upload-Offset");
        assertThat(answer.body().lines().count()).isLessThanOrEqualTo(1);
    }

    @Nested
    class Core {

        @Test
        void options_versionAndExtensions_withoutTusResumable() throws IOException {
            Answer answer =
                    send("OPTIONS", creation("Product.picture"), "Tus-Resumable", "9.9", "Origin", "https://a.example");

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.headers())
                    .containsEntry("Tus-Resumable", "1.0.0")
                    .containsEntry("Tus-Version", "1.0.0")
                    .containsEntry("Tus-Max-Size", "3072")
                    .containsEntry("Tus-Extension", "creation,creation-with-upload,expiration,checksum,termination")
                    .containsEntry("Tus-Checksum-Algorithm", "sha256,sha1,md5")
                    .containsEntry("Access-Control-Allow-Origin", "*")
                    .containsEntry("Access-Control-Allow-Methods", "POST, HEAD, PATCH, DELETE, OPTIONS");
            assertThat(answer.header("Access-Control-Allow-Headers"))
                    .contains("tus-resumable", "upload-offset", "upload-length", "upload-metadata", "content-type");
        }

        @Test
        void options_ofAnUpload_hasNoMaximum() throws IOException {
            assertThat(send("OPTIONS", upload()).headers()).doesNotContainKey("Tus-Max-Size");
        }

        @Test
        void answers_scriptsMayReadThem() throws IOException {
            assertThat(head(upload()).header("Access-Control-Expose-Headers"))
                    .contains("Upload-Offset", "Upload-Length", "Location", "Upload-Expires", "Graphql-Files-Token");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "0.2.2", "1.0.1", "1.0"})
        void otherVersion_isNotProcessed(String version) throws IOException {
            String url = upload();
            for (String method : List.of("HEAD", "PATCH", "DELETE", "POST")) {
                Answer answer = send(
                        method,
                        url,
                        pairs("Tus-Resumable", version, "Upload-Offset", "0", "Content-Type", OFFSET_TYPE),
                        new ByteArrayInputStream(content),
                        SIZE);

                assertThat(answer.status()).isEqualTo(412);
                assertThat(answer.headers()).containsEntry("Tus-Version", "1.0.0");
            }
            assertThat(head(url).offset()).isZero();
        }

        @Test
        void head_offsetAndLength_uncached() throws IOException {
            String url = upload();
            Answer before = head(url);
            patch(url, 0, from(0, 1234));
            Answer between = head(url);
            patch(url, 1234, from(1234, SIZE));
            Answer after = head(url);

            assertThat(before.status()).isEqualTo(200);
            assertThat(before.headers())
                    .containsEntry("Upload-Offset", "0")
                    .containsEntry("Upload-Length", Integer.toString(SIZE))
                    .containsEntry("Cache-Control", "no-store")
                    .containsEntry(
                            "Upload-Metadata",
                            "filename " + base64("film.bin") + ",filetype " + base64("application/octet-stream"));
            assertThat(before.body()).isEmpty();
            assertThat(between.offset()).isEqualTo(1234);
            assertThat(after.offset()).isEqualTo(SIZE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/files/_tus/", "/files/_tus/abc", "/files/_tus/a.b.c.d.e", "/files/_tus/a/b"})
        void unknown_notFound(String url) throws IOException {
            for (String method : List.of("HEAD", "PATCH", "DELETE", "POST")) {
                assertRefused(send(method, url, "Upload-Offset", "0", "Upload-Length", "1"), 404);
            }
        }

        @Test
        void otherMethods_areNotAllowed() throws IOException {
            Answer answer = send("GET", upload());

            assertRefused(answer, 405);
            assertThat(answer.headers()).containsEntry("Allow", "POST, HEAD, PATCH, DELETE, OPTIONS");
        }

        @Test
        void patch_everything_atOnce() throws IOException {
            String url = upload();

            Answer answer = patch(url, 0, content);

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.offset()).isEqualTo(SIZE);
            assertThat(answer.headers()).doesNotContainKey("Content-Length");
            assertClaimed(answer.token());
        }

        @Test
        void patch_withoutContentLength() throws IOException {
            Answer answer = patch(upload(), 0, new ByteArrayInputStream(content), -1);

            assertThat(answer.offset()).isEqualTo(SIZE);
            assertClaimed(answer.token());
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 7, 499, 999, 1000, 1001, 1750, 3499})
        void patch_inChunksOfAnySize(int chunk) throws IOException {
            String url = upload();
            String token = "";
            for (int offset = 0; offset < SIZE; offset += chunk) {
                int end = Math.min(SIZE, offset + chunk);
                Answer answer = patch(url, offset, from(offset, end));

                assertThat(answer.status()).isEqualTo(204);
                assertThat(answer.offset()).isEqualTo(end);
                token = answer.token();
            }
            assertClaimed(token);
        }

        @Test
        void patch_nothing_changesNothing() throws IOException {
            String url = upload();
            patch(url, 0, from(0, 10));

            assertThat(patch(url, 10, new byte[0]).offset()).isEqualTo(10);
        }

        @ParameterizedTest
        @CsvSource({"0, 0", "9, 0", "11, 3500", "3500, 0", "3501, 0", "4000, 10"})
        void patch_otherOffset_conflict_changesNothing(long offset, int length) throws IOException {
            String url = upload();
            patch(url, 0, from(0, 10));

            assertRefused(patch(url, offset, new byte[length]), 409);

            assertThat(head(url).offset()).isEqualTo(10);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "-1", "x", "1.5", "0x10", "9999999999999999999"})
        void patch_offsetThatIsNone(String offset) throws IOException {
            assertRefused(send("PATCH", upload(), "Content-Type", OFFSET_TYPE, "Upload-Offset", offset), 400);
        }

        @Test
        void patch_otherType() throws IOException {
            assertRefused(patch(upload(), 0, content, "Content-Type", "application/octet-stream"), 415);
        }

        @Test
        void patch_beyondTheLength_isRefusedBeforeAByteIsRead() throws IOException {
            String url = upload();
            InputStream unread = InputStream.nullInputStream();
            unread.close();

            assertRefused(patch(url, 0, unread, SIZE + 1), 413);

            assertThat(head(url).offset()).isZero();
        }

        @Test
        void patch_beyondTheLength_unannounced_endsAtTheLength() throws IOException {
            String url = upload();

            assertRefused(
                    patch(
                            url,
                            0,
                            new SequenceInputStream(
                                    new ByteArrayInputStream(content), new ByteArrayInputStream(new byte[1])),
                            -1),
                    413);

            assertClaimed(head(url).token());
        }

        @Test
        void methodOverride() throws IOException {
            String url = upload();

            Answer patched = send(
                    "POST",
                    url,
                    pairs("X-HTTP-Method-Override", "PATCH", "Content-Type", OFFSET_TYPE, "Upload-Offset", "0"),
                    new ByteArrayInputStream(content),
                    SIZE);
            Answer deleted = send("POST", url, "X-HTTP-Method-Override", "DELETE");

            assertThat(patched.offset()).isEqualTo(SIZE);
            assertThat(deleted.status()).isEqualTo(204);
            assertNothingIsLeft();
        }

        @Test
        void startedUpload_tokensOfBothKindsAreGood() throws IOException {
            Map<String, Object> started = start(SIZE, true);

            patch(started.get("tusUrl").toString(), 0, content);

            assertClaimed(started.get("token").toString());
        }

        @Test
        void tooManyPieces_nothingOfTheLastIsKept() throws IOException {
            PartUploads.Limits limits = new PartUploads.Limits(1, 1500, 10_000, 1_000_000);
            catalogue = node().store(new ForwardingPartStore(memory) {
                @Override
                public PartUploads.Limits partLimits() {
                    return limits;
                }
            });
            String url = upload();
            for (int i = 0; i < 1024; i++) {
                assertThat(patch(url, i, from(i, i + 1)).status()).isEqualTo(204);
            }

            assertRefused(patch(url, 1024, from(1024, 1025)), 400);

            assertThat(head(url).offset()).isEqualTo(1024);
            assertClaimed(patch(url, 1024, from(1024, SIZE)).token());
        }

        @Test
        void requests_areReported() throws IOException {
            String url = upload();
            patch(url, 0, from(0, 1200));
            send("BREW", url);

            assertThat(served)
                    .extracting(
                            FileListener.Served::method,
                            FileListener.Served::status,
                            FileListener.Served::receivedBytes)
                    .containsExactly(tuple("PATCH", 204, 1200L), tuple("OTHER", 405, 0L));
            assertThat(served.get(0).store()).isEqualTo("default");
        }
    }

    @Nested
    class Creation {

        @Test
        void post_locationTokenAndExpiry() throws IOException {
            String creation = creation("Product.film");
            Answer answer = send(
                    "POST",
                    creation,
                    "Upload-Length",
                    Integer.toString(SIZE),
                    "Upload-Metadata",
                    "filename " + base64("Ünïcode.bin") + ",is_confidential,relativePath bnVsbA==");

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.headers())
                    .containsEntry("Upload-Expires", "Fri, 01 Feb 2030 10:00:00 GMT")
                    .containsEntry("Content-Length", "0");
            // Wherever a proxy has mapped it.
            assertThat(answer.header("Location")).doesNotContain("/");
            assertThat(patch(location(answer, creation), 0, content).offset()).isEqualTo(SIZE);
            assertClaimed(answer.token());
            assertThat(received.get(0).fileName()).isEqualTo("Ünïcode.bin");
        }

        @Test
        void post_encodingOfTheType_countsWhereTheContentDoesNotShowIt() throws IOException {
            byte[] text = "\u0418\u043c\u044f;\r\n".getBytes(Charset.forName("KOI8-R"));
            String creation = creation("Product.film");
            Answer answer = send(
                    "POST",
                    creation,
                    "Upload-Length",
                    Integer.toString(text.length),
                    "Upload-Metadata",
                    "filename " + base64("a.csv") + ",filetype " + base64("text/csv; charset=KOI8-R"));
            String url = location(answer, creation);
            patch(url, 0, text);

            assertThat(head(url).header("Upload-Metadata")).endsWith("filetype " + base64("text/csv"));
            assertThat(claim(answer.token()).getErrors()).isEmpty();
            assertThat(received.get(0).mimeType()).isEqualTo("text/csv");
            assertThat(memory.stat(received.get(0).key()).contentType()).isEqualTo("text/csv;charset=koi8-r");
        }

        @Test
        void post_withBaseUrl_absoluteLocation() throws IOException {
            catalogue = node().settings(builder -> {
                settings(builder);
                builder.baseUrl(URI.create("https://shop.example.com/app"));
            });
            String creation = creation("Product.film");

            Answer answer =
                    send("POST", creation.substring("https://shop.example.com/app".length()), "Upload-Length", "1");

            assertThat(creation).startsWith("https://shop.example.com/app/files/_tus/");
            assertThat(answer.header("Location")).startsWith("https://shop.example.com/app/files/_tus/");
        }

        @Test
        void post_emptyFile_isComplete() throws IOException {
            String creation = creation("Product.film");
            Answer answer = send("POST", creation, "Upload-Length", "0");

            Answer looked = head(location(answer, creation));

            assertThat(answer.status()).isEqualTo(201);
            assertThat(looked.offset()).isZero();
            assertThat(looked.header("Upload-Length")).isEqualTo("0");
            assertThat(claim(answer.token()).getErrors()).isEmpty();
            assertThat(received.get(0).byteSize()).isZero();
        }

        @Test
        void startedUpload_ofAnEmptyFile_isCompleteWhenSomebodyLooks() throws IOException {
            Map<String, Object> started = start(0, true);

            assertThat(head(started.get("tusUrl").toString()).offset()).isZero();

            assertThat(claim(started.get("token").toString()).getErrors()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "Product.picture, 3073, image/png, 413",
            "Product.picture, 3072, video/mp4, 415",
            "Product.film, 11000000000, text/plain, 413",
            "Product.film, '', text/plain, 400",
            "Product.film, -1, text/plain, 400",
            "Product.film, x, text/plain, 400",
        })
        void post_againstTheRules_beginsNothing(String field, String length, String type, int status)
                throws IOException {
            Answer answer = create(
                    field,
                    "Upload-Length",
                    length,
                    "Upload-Metadata",
                    "filename " + base64("a.mp4") + ",filetype " + base64(type));

            assertRefused(answer, status);
            assertThat(answer.body()).doesNotContain(type);
            assertNothingIsLeft();
        }

        /** For people whose client does not ask for {@code Tus-Max-Size}. */
        @Test
        void post_tooLarge_saysWhatWouldNotBe() throws IOException {
            assertThat(create("Product.picture", "Upload-Length", "3073").body())
                    .isEqualTo("The upload was refused: FILE_TOO_LARGE, at most 3072 bytes.\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"filename", "filename a b", "filename ?", "a YQ==,a YQ==", ",", "a YQ==,"})
        void post_malformedMetadata(String metadata) throws IOException {
            Answer answer = create("Product.film", "Upload-Length", "1", "Upload-Metadata", metadata);

            if (metadata.equals("filename")) {
                assertThat(answer.status()).isEqualTo(201); // an empty value
            } else {
                assertRefused(answer, 400);
            }
        }

        @Test
        void post_longMetadata() throws IOException {
            assertRefused(
                    create("Product.film", "Upload-Length", "1", "Upload-Metadata", "a " + "YWFh".repeat(2048)), 400);
        }

        @ParameterizedTest
        @CsvSource({"Upload-Concat, partial", "Upload-Defer-Length, 1"})
        void post_whatIsNotOffered(String header, String value) throws IOException {
            assertRefused(create("Product.film", "Upload-Length", "1", header, value), 400);
            assertNothingIsLeft();
        }

        @Test
        void post_withBody() throws IOException {
            String creation = creation("Product.film");
            Answer answer = send(
                    "POST",
                    creation,
                    pairs("Upload-Length", Integer.toString(SIZE), "Content-Type", OFFSET_TYPE),
                    new ByteArrayInputStream(from(0, 1500)),
                    1500);

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.offset()).isEqualTo(1500);
            assertClaimed(
                    patch(location(answer, creation), 1500, from(1500, SIZE)).token());
        }

        @Test
        void post_withBodyOfAnotherType_beginsNothing() throws IOException {
            assertRefused(
                    send(
                            "POST",
                            creation("Product.film"),
                            pairs("Upload-Length", "10", "Content-Type", "text/plain"),
                            new ByteArrayInputStream(content),
                            10),
                    415);
            assertNothingIsLeft();
        }

        @Test
        void post_withBodyThatBreaksOff_leavesNothing() {
            assertThatIOException()
                    .isThrownBy(() -> send(
                            "POST",
                            creation("Product.film"),
                            pairs("Upload-Length", Integer.toString(SIZE), "Content-Type", OFFSET_TYPE),
                            breakingOff(1500),
                            SIZE));
            assertNothingIsLeft();
        }

        @Test
        void permission_expires() throws IOException {
            String creation = creation("Product.film");
            clock.advance(Duration.ofHours(3));

            assertRefused(send("POST", creation, "Upload-Length", "1"), 410);
        }

        @Test
        void permission_isOnlyForCreation() throws IOException {
            String creation = creation("Product.film");
            Map<String, Object> started = start(SIZE, true);
            String upload = started.get("tusUrl").toString();

            assertRefused(head(creation), 404);
            assertRefused(send("POST", upload, "Upload-Length", "1"), 404);
            assertRefused(head("/files/_tus/" + started.get("token")), 404);
            assertThat(ClientError.of(claim(upload.substring("/files/_tus/".length())))
                            .get(0)
                            .code())
                    .isEqualTo("FILE_TOKEN_INVALID");
        }

        @Test
        void permission_askedOfTheApplication() {
            permitted = false;
            assertThat(ClientError.of(creationRaw("Product.film")).get(0).code())
                    .isEqualTo("FILE_FORBIDDEN");
        }

        @Test
        void permission_onlyForFieldsThatTakeDirectUploads() {
            assertThat(ClientError.of(creationRaw("Product.inline")).get(0).code())
                    .isEqualTo("FILE_SOURCE_INVALID");
            assertThat(ClientError.of(creationRaw("Product.other")).get(0).code())
                    .isEqualTo("FILE_INVALID");
        }

        @Test
        void token_isForWhoAskedForThePermission() throws IOException {
            String creation = creation("Product.film");
            Answer answer = send("POST", creation, "Upload-Length", Integer.toString(SIZE));
            patch(location(answer, creation), 0, content);
            subject = "mallory";

            assertThat(ClientError.of(claim(answer.token())).get(0).code()).isEqualTo("FILE_FORBIDDEN");

            subject = "alice";
            assertClaimed(answer.token());
        }
    }

    private InputStream breakingOff(int after) {
        return new SequenceInputStream(new ByteArrayInputStream(from(0, after)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        });
    }

    @Nested
    class Resuming {

        @Test
        void brokenConnection_whatCameIsKept() throws IOException {
            String url = upload();

            assertThatIOException()
                    .isThrownBy(() -> patch(url, 0, breakingOff(1234), SIZE))
                    .withMessage("connection reset");

            assertThat(head(url).offset()).isEqualTo(1234);
            assertClaimed(patch(url, 1234, from(1234, SIZE)).token());
        }

        @Test
        void anotherNode_goesOn() throws IOException {
            String url = upload();
            patch(url, 0, from(0, 1234));
            catalogue = node();
            creation("Product.film"); // builds its schema

            assertThat(head(url).offset()).isEqualTo(1234);

            assertClaimed(patch(url, 1234, from(1234, SIZE)).token());
        }

        /** Both believe that it is their turn: the store tells the second that it is not. */
        @Test
        void twoNodesAtOnce_secondPieceConflicts() throws Exception {
            String url = upload();
            Catalogue first = catalogue;
            PipedOutputStream client = new PipedOutputStream();
            PipedInputStream slow = new PipedInputStream(client, 10_000);
            CompletableFuture<Answer> blocked = CompletableFuture.supplyAsync(() -> patchUnchecked(url, slow));
            client.write(content, 0, 100);
            client.flush();
            await(slow);
            catalogue = node();
            creation("Product.film");

            assertThat(patch(url, 0, from(0, 200)).offset()).isEqualTo(200);
            client.close();

            assertThat(blocked.get(1, TimeUnit.MINUTES).status()).isEqualTo(409);
            catalogue = first;
            assertThat(head(url).offset()).isEqualTo(200);
            assertClaimed(patch(url, 200, from(200, SIZE)).token());
        }

        /** The connection of before is not known to be dead yet. */
        @Test
        void whoComesBack_endsTheRequestBefore() throws Exception {
            String url = upload();
            PipedOutputStream client = new PipedOutputStream();
            PipedInputStream dead = new PipedInputStream(client, 10_000);
            CompletableFuture<Answer> blocked = CompletableFuture.supplyAsync(() -> patchUnchecked(url, dead));
            client.write(content, 0, 1234);
            client.flush();
            await(dead);

            Answer looked = head(url);

            assertThat(looked.offset()).isEqualTo(1234);
            Answer rest = patch(url, 1234, from(1234, SIZE));
            assertThat(rest.offset()).isEqualTo(SIZE);
            client.write(content, 1234, 10);
            client.close();
            assertRefused(blocked.get(1, TimeUnit.MINUTES), 423);
            assertClaimed(rest.token());
        }

        /** Its client is told what it would find out by asking. */
        @Test
        void requestBefore_endedWhenAllOfItHadCome_isAnswered() throws Exception {
            String url = upload();
            PipedOutputStream client = new PipedOutputStream();
            PipedInputStream slow = new PipedInputStream(client, 10_000);
            CompletableFuture<Answer> before = CompletableFuture.supplyAsync(() -> patchUnchecked(url, slow));
            client.write(content, 0, 1234);
            client.flush();
            await(slow);
            assertThat(head(url).offset()).isEqualTo(1234);

            client.close();

            Answer answer = before.get(1, TimeUnit.MINUTES);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.offset()).isEqualTo(1234);
            assertClaimed(patch(url, 1234, from(1234, SIZE)).token());
        }

        /** What had come is not in the store. */
        @Test
        void requestBefore_endedWhenAnotherNodeHadStoredTheSame_isRefused() throws Exception {
            String url = upload();
            Catalogue first = catalogue;
            PipedOutputStream client = new PipedOutputStream();
            PipedInputStream slow = new PipedInputStream(client, 10_000);
            CompletableFuture<Answer> before = CompletableFuture.supplyAsync(() -> patchUnchecked(url, slow));
            client.write(content, 0, 100);
            client.flush();
            await(slow);
            catalogue = node();
            creation("Product.film");
            assertThat(patch(url, 0, from(0, 200)).offset()).isEqualTo(200);
            catalogue = first;
            assertThat(head(url).offset()).isEqualTo(200);

            client.close();

            assertRefused(before.get(1, TimeUnit.MINUTES), 423);
            assertClaimed(patch(url, 200, from(200, SIZE)).token());
        }

        private Answer patchUnchecked(String url, InputStream body) {
            try {
                return patch(url, 0, body, SIZE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Until all of it has been read, and whoever read it waits for more. */
        private void await(PipedInputStream in) throws IOException, InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            while (in.available() > 0) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
            // The receiver holds its lock from the read until it waits again; the next request waits for that lock.
        }

        @Test
        void expiry_isThatOfTheUpload() throws IOException {
            String url = upload();
            Answer answer = patch(url, 0, from(0, 10));
            clock.advance(Duration.ofHours(24).minusSeconds(1));
            Answer last = head(url);
            clock.advance(Duration.ofSeconds(1));

            assertThat(answer.headers()).containsEntry("Upload-Expires", "Fri, 01 Feb 2030 10:00:00 GMT");
            assertThat(last.offset()).isEqualTo(10);
            assertRefused(head(url), 410);
            assertRefused(patch(url, 10, from(10, SIZE)), 410);
        }

        @Test
        void sweep_deletesWhatIsLeft() throws IOException {
            patch(upload(), 0, from(0, 1234));
            clock.advance(Duration.ofHours(26));

            catalogue.files().maintenance().sweep(SweepOptions.newSweepOptions().build());

            assertNothingIsLeft();
        }

        @Test
        void abortFileUpload_leavesNothing() throws IOException {
            Map<String, Object> started = start(SIZE, true);
            String url = started.get("tusUrl").toString();
            patch(url, 0, from(0, 1234));

            catalogue.execute(
                    "mutation($t: String!) { abortFileUpload(token: $t) }", Map.of("t", started.get("token")));

            assertNothingIsLeft();
            assertRefused(head(url), 404);
        }

        @Test
        void claimed_isStillComplete() throws IOException {
            String url = upload();
            assertClaimed(patch(url, 0, content).token());

            assertThat(head(url).offset()).isEqualTo(SIZE);
        }
    }

    @Nested
    class Checksum {

        @ParameterizedTest
        @CsvSource({"sha1, SHA-1", "sha256, SHA-256", "md5, MD5"})
        void rightOne_isStored(String name, String algorithm) throws Exception {
            String url = upload();

            Answer answer = patch(url, 0, from(0, 1234), "Upload-Checksum", checksum(name, algorithm, from(0, 1234)));

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.offset()).isEqualTo(1234);
            assertClaimed(
                    patch(url, 1234, from(1234, SIZE), "Upload-Checksum", checksum(name, algorithm, from(1234, SIZE)))
                            .token());
        }

        @Test
        void otherOne_nothingIsKept() throws Exception {
            String url = upload();
            patch(url, 0, from(0, 10));

            assertRefused(patch(url, 10, from(10, SIZE), "Upload-Checksum", checksum("sha1", "SHA-1", content)), 460);

            assertThat(head(url).offset()).isEqualTo(10);
        }

        @Test
        void otherOne_atCreation_leavesNothing() throws Exception {
            assertRefused(
                    send(
                            "POST",
                            creation("Product.film"),
                            pairs(
                                    "Upload-Length",
                                    "3500",
                                    "Content-Type",
                                    OFFSET_TYPE,
                                    "Upload-Checksum",
                                    checksum("sha1", "SHA-1", new byte[1])),
                            new ByteArrayInputStream(content),
                            SIZE),
                    460);
            assertNothingIsLeft();
        }

        @ParameterizedTest
        @ValueSource(strings = {"crc32 AAAA", "SHA1 AAAA", "sha1", "sha1 ?", "sha1 AAAA", "?"})
        void unknownOrMalformed_nothingIsKept(String checksum) throws IOException {
            String url = upload();

            assertRefused(patch(url, 0, content, "Upload-Checksum", checksum), 400);

            assertThat(head(url).offset()).isZero();
        }

        private static String checksum(String name, String algorithm, byte[] bytes) throws Exception {
            return name + " "
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance(algorithm).digest(bytes));
        }
    }

    @Nested
    class Termination {

        @ParameterizedTest
        @ValueSource(ints = {0, 500, 1000, 1234, SIZE})
        void delete_leavesNothing(int received) throws IOException {
            String url = upload();
            patch(url, 0, from(0, received));

            Answer answer = send("DELETE", url);

            assertThat(answer.status()).isEqualTo(204);
            assertNothingIsLeft();
            assertRefused(head(url), 404);
            assertRefused(patch(url, received, from(received, SIZE)), 404);
        }

        @Test
        void delete_afterItWasClaimed_theFileStays() throws IOException {
            String url = upload();
            assertClaimed(patch(url, 0, content).token());

            assertThat(send("DELETE", url).status()).isEqualTo(204);

            assertThat(memory.keys()).containsExactly(received.get(0).key());
        }
    }

    @Nested
    class Off {

        @Test
        void noUrls_andNothingBehindThem() throws IOException {
            on = false;

            assertThat(start(SIZE, true)).containsEntry("tusUrl", null);
            assertThat(Catalogue.<Object>dataOf(creationRaw("Product.film"), "tusEndpoint"))
                    .isNull();
            assertThat(send("OPTIONS", "/files/_tus/a").headers()).doesNotContainKey("Tus-Version");
            assertThat(head("/files/_tus/a").status()).isEqualTo(403);
        }

        @Test
        void withoutTheEndpoint_isAMistake() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> GraphQLFiles.newGraphQLFiles()
                            .store(memory)
                            .secret(Catalogue.SECRET)
                            .tus(true)
                            .fileEndpoint(false)
                            .build())
                    .withMessage("tus: expected the file endpoint, which speaks it, found it off");
        }

        @Test
        void inOnePiece_noUrl() {
            assertThat(start(PART, false)).containsEntry("tusUrl", null);
        }
    }
}
