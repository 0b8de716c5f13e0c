package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import graphql.ExecutionResult;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileAccess;
import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.internal.endpoint.FileEndpointServer;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.DirectPartAccess;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPartRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.UploadedPart;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Direct uploads in parts, sent over HTTP to the library's own endpoint. */
class PartedUploadsTest {

    private static final String SDL = """
            type Query { product: Product }
            type Product {
              film: StoredFile @file
              archived: StoredFile @file(store: "archive")
              signed: StoredFile @file(store: "signed")
              whole: StoredFile @file(store: "whole")
            }
            type Mutation {
              setFilm(film: StoredFileInput @file(field: "Product.film")): Boolean
              setArchived(file: StoredFileInput @file(field: "Product.archived")): Boolean
            }
            """;
    private static final String EVERYTHING =
            "{ token expiresAt complete request { url } partCount partByteSize uploadedByteSize"
                    + " parts { number byteOffset byteSize uploaded request { url method headers { name value } expiresAt } } }";
    private static final String EXPIRED =
            "FILE_TOKEN_EXPIRED: The upload token has expired; ask fileUpload with it for a new one.";
    private static final String OVER =
            "FILE_TOKEN_EXPIRED: The upload token has expired, and its upload can go on no more; start the upload again.";
    private static final int PART = 8 * 1024 * 1024;
    private static final int SIZE = PART + 1_000_000;

    private final List<StoredFile> received = new ArrayList<>();
    private final List<FileAccess> asked = new ArrayList<>();
    private final Catalogue catalogue = new Catalogue().sdl(SDL);
    private final InMemoryBlobStore memory = new InMemoryBlobStore(catalogue.clock);
    private final WatchedStore store = new WatchedStore(memory);
    private final SigningStore signed = new SigningStore(memory);
    private final byte[] content = new byte[SIZE];
    private FileEndpointServer server;
    private String subject = "alice";
    private boolean permitted = true;

    PartedUploadsTest() {
        new Random(1).nextBytes(content);
        catalogue.store(store).settings(this::settings);
        for (String field : List.of("setFilm", "setArchived")) {
            catalogue.mutation(field, environment -> {
                environment.getArguments().values().forEach(file -> received.add((StoredFile) file));
                return true;
            });
        }
    }

    private void settings(GraphQLFiles.Builder builder) {
        builder.store("archive", new ForwardingBlobStore(memory))
                .store("signed", signed)
                .store("whole", new WholeSigningStore(memory))
                .uploadInPartsFrom(ByteSize.bytes(SIZE))
                .authorizer(new FileAuthorizer() {
                    @Override
                    public boolean isPermitted(FileAccess access) {
                        asked.add(access);
                        return permitted;
                    }

                    @Override
                    public String subject(DataFetchingEnvironment environment) {
                        return subject;
                    }
                });
    }

    @BeforeEach
    void startServer() throws IOException {
        server = FileEndpointServer.start(catalogue.files().server().fileEndpoint());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Nested
    class Start {

        @Test
        void large_inParts_oneCallToTheStore() {
            Map<String, Object> upload = start("Product.film", SIZE, null);

            assertThat(upload)
                    .containsEntry("complete", false)
                    .containsEntry("request", null)
                    .containsEntry("partCount", 2)
                    .containsEntry("partByteSize", (long) PART)
                    .containsEntry("uploadedByteSize", 0L);
            assertThat(parts(upload))
                    .extracting(
                            part -> part.get("number"),
                            part -> part.get("byteOffset"),
                            part -> part.get("byteSize"),
                            part -> part.get("uploaded"))
                    .containsExactly(
                            tuple(1, 0L, (long) PART, false), tuple(2, (long) PART, SIZE - (long) PART, false));
            assertThat(store.calls).containsExactly("beginParts");
        }

        @Test
        void part_request_namesWhatToSend() {
            Map<?, ?> request = request(parts(start("Product.film", SIZE, null)).get(0));

            assertThat(request.get("method")).isEqualTo("PUT");
            assertThat((List<?>) request.get("headers")).isEmpty();
            assertThat(OffsetDateTime.parse(request.get("expiresAt").toString()))
                    .isEqualTo(OffsetDateTime.parse("2026-11-21T13:20:30Z"));
        }

        @ParameterizedTest
        @CsvSource({
            "Product.film, 9388607, , false",
            "Product.film, 9388608, , true",
            "Product.film, 9388608, false, false",
            "Product.film, 1, true, true",
            "Product.film, 0, true, false",
            "Product.archived, 9388608, , false",
            "Product.archived, 9388608, true, false",
            "Product.whole, 9388608, true, false"
        })
        void inParts_asAskedWhereItCanBe(String field, long byteSize, Boolean inParts, boolean expected) {
            Map<String, Object> upload = start(field, byteSize, inParts);

            assertThat(upload.get("request") == null).isEqualTo(expected);
            assertThat(upload.get("partCount") != null).isEqualTo(expected);
            assertThat(parts(upload).isEmpty()).isEqualTo(!expected);
        }

        @Test
        void tooLargeForOneRequest_inPartsWhateverIsAsked() {
            catalogue.settings(builder -> {
                settings(builder);
                builder.limits(FileLimits.newFileLimits()
                        .directUpload(ByteSize.gigabytes(100))
                        .build());
            });
            store.maxPartByteSize = PART;

            assertThat(start("Product.film", PART + 1L, false).get("partCount")).isEqualTo(2);
            assertThat(start("Product.film", PART, false).get("partCount")).isNull();
        }

        @Test
        void signsOnlyWhatIsSelected() {
            Map<String, Object> upload = Catalogue.dataOf(
                    startRaw(
                            "Product.signed",
                            5L * PART,
                            true,
                            "{ partCount parts(first: 2, after: 1) { number request { url } } }"),
                    "startFileUpload");

            assertThat(parts(upload)).extracting(part -> part.get("number")).containsExactly(2, 3);
            assertThat(signed.signed).containsExactly(2, 3);
        }

        @Test
        void storeFails() {
            store.failing = "beginParts";

            assertThat(ClientError.of(startRaw("Product.film", SIZE, null, EVERYTHING)))
                    .containsExactly(new ClientError(
                            "The store did not answer; try again later.",
                            List.of("startFileUpload"),
                            "FILE_STORE_UNAVAILABLE",
                            null));
        }
    }

    @Nested
    class Pages {

        @ParameterizedTest
        @CsvSource({
            "2, 0, 1;2",
            "2, 1, 2;3",
            "2, 4, 5",
            "2, 5, ''",
            "2, 2147483647, ''",
            "0, 0, ''",
            "1000, 0, 1;2;3;4;5"
        })
        void parts_firstAfter(int first, int after, String expected) {
            Map<String, Object> upload = Catalogue.dataOf(
                    startRaw(
                            "Product.film",
                            5L * PART,
                            true,
                            "{ parts(first: " + first + ", after: " + after + ") { number } }"),
                    "startFileUpload");

            assertThat(parts(upload).stream().map(part -> part.get("number").toString()))
                    .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(";")));
        }

        @Test
        void parts_null_isAsLeftOut() {
            Map<String, Object> upload = start("Product.film", 200L * PART, null);
            Map<String, Object> again = Catalogue.dataOf(
                    startRaw("Product.film", 200L * PART, true, "{ parts(first: null, after: null) { number } }"),
                    "startFileUpload");

            assertThat(parts(again)).hasSameSizeAs(parts(upload));
        }

        @Test
        void parts_byDefault_aHundred() {
            Map<String, Object> upload = start("Product.film", 200L * PART, null);

            assertThat(parts(upload)).hasSize(100);
            assertThat(upload.get("partCount")).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"first: 1001", "first: -1", "after: -1"})
        void parts_outOfBounds_spoilOnlyThemselves(String argument) {
            ExecutionResult result =
                    startRaw("Product.film", SIZE, null, "{ token parts(" + argument + ") { number } }");

            assertThat(ClientError.of(result))
                    .hasSize(1)
                    .allSatisfy(error -> assertThat(error.code()).isEqualTo("FILE_INVALID"))
                    .allSatisfy(error -> assertThat(error.path()).isEqualTo(List.of("startFileUpload", "parts")));
            Map<String, Map<String, Object>> data = result.getData();
            assertThat(data.get("startFileUpload").get("token")).isNotNull();
        }

        @Test
        void parts_byWhetherTheyAreUploaded() throws Exception {
            String token = token(start("Product.film", 3L * PART, null));
            send(parts(resume(token)).get(1), new byte[PART]);

            Map<String, Object> upload = resume(
                    token,
                    "{ left: parts(uploaded: false) { number } next: parts(uploaded: false, first: 1, after: 1) { number } done: parts(uploaded: true) { number } }");

            assertThat(upload.toString())
                    .isEqualTo("{left=[{number=1}, {number=3}], next=[{number=3}], done=[{number=2}]}");
        }
    }

    @Nested
    class Resume {

        @Test
        void clientDied_onlyTheMissingPartsGoUpAgain() throws Exception {
            Map<String, Object> upload = start("Product.film", SIZE, null);
            send(parts(upload).get(1), part(2));

            Map<String, Object> resumed = resume(token(upload));

            assertThat(resumed).containsEntry("complete", false).containsEntry("uploadedByteSize", SIZE - (long) PART);
            assertThat(parts(resumed)).extracting(part -> part.get("uploaded")).containsExactly(false, true);
            assertThat(parts(resumed).get(1).get("request")).isNull();
            send(parts(resumed).get(0), part(1));
            assertThat(resume(token(upload))).containsEntry("complete", true).containsEntry("uploadedByteSize", (long)
                    SIZE);
            assertClaimed(claim(token(resumed)));
        }

        @Test
        void clientDiedInTheMiddleOfAPart_thePartIsMissing() throws Exception {
            Map<String, Object> upload = start("Product.film", SIZE, null);
            URI url = server.baseUrl()
                    .resolve(request(parts(upload).get(0)).get("url").toString());
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                socket.getOutputStream()
                        .write(("PUT " + url.getRawPath() + "?" + url.getRawQuery()
                                        + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + PART + "\r\n\r\nonly a bit")
                                .getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(parts(resume(token(upload))))
                    .extracting(part -> part.get("uploaded"))
                    .containsExactly(false, false);
        }

        @Test
        void listsOnlyWhenSomebodyWantsToKnow() {
            String token = token(start("Product.film", SIZE, null));
            store.calls.clear();

            resume(
                    token,
                    "{ token expiresAt partCount partByteSize request { url } parts { number byteOffset byteSize } }");
            assertThat(store.calls).isEmpty();

            resume(token, "{ complete uploadedByteSize parts { uploaded request { url } } }");
            assertThat(store.calls).containsExactly("listParts", "stat");
        }

        @Test
        void part_isAnsweredWithAnEntityTagOfItsBytes() throws Exception {
            List<Map<String, Object>> parts = parts(start("Product.film", SIZE, null));
            String first =
                    answer(parts.get(0), part(1)).headers().firstValue("ETag").orElseThrow();
            String second =
                    answer(parts.get(1), part(2)).headers().firstValue("ETag").orElseThrow();

            assertThat(first).matches("\"[^\"]+\"").isNotEqualTo(second);
        }

        @Test
        void urls_endAndComeFresh() throws Exception {
            Map<String, Object> upload = start("Product.film", SIZE, null);
            catalogue.clock.advance(Duration.ofHours(2));
            Map<String, Object> resumed = resume(token(upload));
            catalogue.clock.advance(Duration.ofHours(1));

            assertThat(status(parts(upload).get(0), part(1))).isEqualTo(403);
            assertThat(status(parts(resumed).get(0), part(1))).isEqualTo(200);
        }

        @Test
        void token_isRenewed_untilADayAfterTheStart() throws Exception {
            String token = token(start("Product.film", SIZE, null));
            for (int hours = 2; hours <= 20; hours += 2) {
                catalogue.clock.advance(Duration.ofHours(2));
                Map<String, Object> resumed = resume(token);
                token = token(resumed);
                assertThat(expiresAt(resumed))
                        .isEqualTo(OffsetDateTime.parse("2026-11-21T13:20:30Z").plusHours(hours));
            }
            catalogue.clock.advance(Duration.ofHours(2));
            Map<String, Object> last = resume(token);
            assertThat(expiresAt(last)).isEqualTo(OffsetDateTime.parse("2026-11-22T10:20:30Z"));
            send(parts(last).get(0), part(1));
            send(parts(last).get(1), part(2));
            catalogue.clock.advance(Duration.ofHours(2).minusSeconds(1));
            catalogue.files().maintenance().sweep();
            assertClaimed(claim(token(resume(token(last)))));
            catalogue.clock.advance(Duration.ofSeconds(1));

            assertThat(ClientError.of(resumeRaw(token(last), EVERYTHING)))
                    .containsExactly(new ClientError(
                            "The upload token has expired, and its upload can go on no more; start the upload again.",
                            List.of("fileUpload"),
                            "FILE_TOKEN_EXPIRED",
                            null));
        }

        @Test
        void expiredToken_isRenewed_untilADayAfterTheStart() throws Exception {
            Map<String, Object> upload = start("Product.film", SIZE, null);
            send(parts(upload).get(0), part(1));
            catalogue.clock.advance(Duration.ofHours(23));

            Map<String, Object> resumed = resume(token(upload));

            assertThat(resumed).containsEntry("uploadedByteSize", (long) PART);
            assertThat(expiresAt(resumed)).isEqualTo(OffsetDateTime.parse("2026-11-22T10:20:30Z"));
            send(parts(resumed).get(1), part(2));
            assertThat(errorOf(claim(token(upload)))).isEqualTo(EXPIRED);
            assertThat(errorOf(completeRaw(token(upload)))).isEqualTo(EXPIRED);
            assertClaimed(claim(token(resumed)));
            catalogue.clock.advance(Duration.ofHours(1).minusSeconds(1));
            resume(token(upload));
            catalogue.clock.advance(Duration.ofSeconds(1));
            assertThat(errorOf(resumeRaw(token(upload), EVERYTHING))).isEqualTo(OVER);
        }

        @Test
        void expiredToken_ofAWholeUpload_isRenewedToo() {
            Map<String, Object> upload = start("Product.film", 3, null);
            assertThat(status(upload, new byte[3])).isEqualTo(201);
            catalogue.clock.advance(Duration.ofHours(5));

            Map<String, Object> resumed = resume(token(upload));

            assertThat(resumed).containsEntry("complete", true);
            assertThat(claim(token(resumed)).getErrors()).isEmpty();
        }

        @Test
        void expiredToken_otherSubjectOrNoLongerPermitted() {
            String token = token(start("Product.film", SIZE, null));
            catalogue.clock.advance(Duration.ofHours(4));

            permitted = false;
            assertThat(errorOf(resumeRaw(token, EVERYTHING)))
                    .isEqualTo("FILE_FORBIDDEN: You are not permitted to do this.");
            subject = "mallory";
            assertThat(errorOf(resumeRaw(token, EVERYTHING)))
                    .isEqualTo("FILE_FORBIDDEN: The upload token was given to another user.");
        }

        @Test
        void wholeUpload_freshRequestUntilItHasArrived() {
            Map<String, Object> upload = start("Product.film", 3, null);
            Map<String, Object> resumed = resume(token(upload));
            assertThat(resumed.get("request")).isNotNull();
            assertThat(resumed).containsEntry("complete", false).containsEntry("parts", List.of());

            assertThat(status(resumed, new byte[3])).isEqualTo(201);

            assertThat(resume(token(upload)))
                    .containsEntry("request", null)
                    .containsEntry("complete", true)
                    .containsEntry("uploadedByteSize", 3L);
        }

        @Test
        void partOfAnotherLength_isMissing() throws Exception {
            Map<String, Object> upload = start("Product.film", SIZE, null);
            send(parts(upload).get(0), part(1));
            send(parts(upload).get(1), part(2));
            store.listed = parts -> List.of(parts.get(0), new UploadedPart(2, 17, "x"), new UploadedPart(3, 17, "y"));

            assertThat(parts(resume(token(upload))))
                    .extracting(part -> part.get("uploaded"))
                    .containsExactly(true, false);
            assertThat(errorOf(claim(token(upload))))
                    .isEqualTo(
                            "FILE_UPLOAD_INCOMPLETE: 1 of 2 parts are missing; ask fileUpload which, and send them first.");
        }

        @Test
        void otherSubject() {
            String token = token(start("Product.film", SIZE, null));
            subject = "mallory";

            assertThat(errorOf(resumeRaw(token, EVERYTHING)))
                    .isEqualTo("FILE_FORBIDDEN: The upload token was given to another user.");
            assertThat(errorOf(completeRaw(token)))
                    .isEqualTo("FILE_FORBIDDEN: The upload token was given to another user.");
        }

        @Test
        void sessionEnded_goesOnAfterSignIn() {
            subject = "ann";
            String token = token(start("Product.film", SIZE, null));
            subject = "";

            for (ExecutionResult refused : List.of(resumeRaw(token, EVERYTHING), completeRaw(token))) {
                assertThat(errorOf(refused))
                        .isEqualTo("FILE_UNAUTHENTICATED: The upload token was given to a user; sign in to go on with"
                                + " the upload.");
            }
            subject = "ann";
            assertThat(resume(token)).containsEntry("complete", false);
        }

        @Test
        void authorizer_isAskedAgain() {
            String token = token(start("Product.film", SIZE, null));
            asked.clear();
            permitted = false;

            assertThat(errorOf(resumeRaw(token, EVERYTHING)))
                    .isEqualTo("FILE_FORBIDDEN: You are not permitted to do this.");
            assertThat(errorOf(completeRaw(token))).isEqualTo("FILE_FORBIDDEN: You are not permitted to do this.");
            assertThat(asked).extracting(FileAccess::action).containsOnly(FileAccess.Action.START_UPLOAD);
            assertThat(asked).extracting(access -> access.field().coordinate()).containsOnly("Product.film");
            assertThat(asked).extracting(FileAccess::fileName).containsOnly("film.bin");
        }

        @Test
        void storeFails_nothingOfItIsTold() {
            String token = token(start("Product.film", SIZE, null));
            store.failing = "listParts";

            assertThat(errorOf(resumeRaw(token, "{ complete }")))
                    .isEqualTo("FILE_STORE_UNAVAILABLE: The store did not answer; try again later.");
        }

        @Test
        void givenUp() {
            String token = token(start("Product.film", SIZE, null));
            abort(token);

            assertThat(errorOf(resumeRaw(token, "{ complete }")))
                    .isEqualTo("FILE_UPLOAD_INCOMPLETE: The upload was aborted; start it again.");
        }
    }

    @Nested
    class Complete {

        @Test
        void claim_completesByItself() throws Exception {
            assertClaimed(claim(uploaded()));

            assertThat(memory.unfinishedUploads()).isZero();
        }

        @Test
        void partsMissing_toldHowMany() throws Exception {
            Map<String, Object> upload = start("Product.film", 3L * PART, null);
            send(parts(upload).get(1), new byte[PART]);

            assertThat(errorOf(completeRaw(token(upload))))
                    .isEqualTo(
                            "FILE_UPLOAD_INCOMPLETE: 2 of 3 parts are missing; ask fileUpload which, and send them first.");
            assertThat(errorOf(claim(token(upload))))
                    .isEqualTo(
                            "FILE_UPLOAD_INCOMPLETE: 2 of 3 parts are missing; ask fileUpload which, and send them first.");
            assertThat(received).isEmpty();
            assertThat(memory.keys()).isEmpty();
            assertThat(memory.unfinishedUploads()).isEqualTo(1);
        }

        @Test
        void badToken_spoilsOnlyItsOwnField() throws Exception {
            ExecutionResult result = catalogue.execute(
                    "mutation($t: String!) { bad: completeFileUpload(token: \"x\") { token } good: completeFileUpload(token: $t) { complete } }",
                    Map.of("t", uploaded()));

            assertThat(ClientError.of(result)).extracting(ClientError::path).containsExactly(List.of("bad"));
            Map<String, Object> data = result.getData();
            assertThat(data).containsEntry("good", Map.of("complete", true));
        }

        @Test
        void again_andThenClaimed() throws Exception {
            String token = uploaded();

            for (int i = 0; i < 2; i++) {
                Map<String, Object> completed = Catalogue.dataOf(completeRaw(token), "completeFileUpload");
                assertThat(completed).containsEntry("complete", true).containsEntry("uploadedByteSize", (long) SIZE);
                assertThat(parts(completed)).allSatisfy(part -> {
                    assertThat(part).containsEntry("uploaded", true).containsEntry("request", null);
                });
            }
            assertThat(resume(token)).containsEntry("complete", true);
            assertClaimed(claim(token));
            assertClaimed(claim(token));
        }

        @Test
        void twoClaimsAtOnce_twoFilesOfTheirOwn() throws Exception {
            String token = uploaded();
            store.beforeComplete = () -> {
                store.beforeComplete = () -> {};
                assertClaimed(claim(token));
            };

            assertClaimed(claim(token));

            assertThat(received)
                    .extracting(StoredFile::key)
                    .doesNotHaveDuplicates()
                    .hasSize(2);
            assertThat(memory.unfinishedUploads()).isZero();
        }

        @Test
        void abortedBeforeItIsComplete_nothingIsLeft() throws Exception {
            String token = uploaded();
            store.beforeComplete = () -> abort(token);

            assertThat(errorOf(claim(token)))
                    .isEqualTo("FILE_UPLOAD_INCOMPLETE: The upload was aborted; start it again.");

            assertNothingIsLeft();
        }

        @Test
        void abortedBeforeItIsCopied_nothingIsLeft() throws Exception {
            String token = uploaded();
            store.beforeCopy = () -> abort(token);

            assertThat(errorOf(claim(token)))
                    .isEqualTo("FILE_UPLOAD_INCOMPLETE: The upload was changed while it was used; try again.");

            assertNothingIsLeft();
        }

        @Test
        void partReplacedWhileItIsClaimed_nothingIsAccepted() throws Exception {
            Map<String, Object> upload = start("Product.film", SIZE, null);
            send(parts(upload).get(0), part(1));
            send(parts(upload).get(1), part(2));
            store.beforeComplete = () -> send(parts(upload).get(1), new byte[SIZE - PART]);

            assertThat(errorOf(claim(token(upload))))
                    .isEqualTo("FILE_UPLOAD_INCOMPLETE: The upload was changed while it was used; try again.");

            assertThat(received).isEmpty();
            assertThat(memory.keys()).isEmpty();
        }

        @Test
        void blobChangedAfterCompletion_nothingIsAccepted() throws Exception {
            String token = uploaded();
            store.beforeCopy = () -> {
                String key = memory.keys().get(0);
                memory.delete(List.of(key));
                put(key, new byte[SIZE]);
            };

            assertThat(errorOf(claim(token)))
                    .isEqualTo("FILE_UPLOAD_INCOMPLETE: The upload was changed while it was used; try again.");

            assertThat(received).isEmpty();
            assertThat(memory.keys()).hasSize(1).allMatch(key -> key.startsWith("staged/"));
        }

        @Test
        void lateParts_changeNothing() throws Exception {
            Map<String, Object> upload = start("Product.film", SIZE, null);
            send(parts(upload).get(0), part(1));
            send(parts(upload).get(1), part(2));
            assertClaimed(claim(token(upload)));

            assertThat(status(parts(upload).get(0), new byte[PART])).isEqualTo(404);

            assertClaimed(claim(token(upload)));
        }

        @Test
        void wholeUpload_toldWhetherItHasArrived() {
            Map<String, Object> upload = start("Product.film", 3, null);
            assertThat(errorOf(completeRaw(token(upload))))
                    .isEqualTo("FILE_UPLOAD_INCOMPLETE: The content has not been uploaded; upload it first.");
            assertThat(status(upload, new byte[3])).isEqualTo(201);

            Map<String, Object> completed = Catalogue.dataOf(completeRaw(token(upload)), "completeFileUpload");
            assertThat(completed).containsEntry("complete", true).containsEntry("request", null);
        }

        @Test
        void otherField() throws Exception {
            assertThat(errorOf(catalogue.execute(
                            "mutation($t: String!) { setArchived(file: {directUploadToken: $t}) }",
                            Map.of("t", uploaded()))))
                    .isEqualTo(
                            "FILE_TOKEN_INVALID: The upload token was given for Product.film, not for Product.archived.");
            assertThat(memory.keys()).isEmpty();
        }
    }

    @Nested
    class Abort {

        @Test
        void halfWay_leavesNothing() throws Exception {
            Map<String, Object> upload = start("Product.film", SIZE, null);
            send(parts(upload).get(0), part(1));

            abort(token(upload));
            abort(token(upload));

            assertNothingIsLeft();
            assertThat(status(parts(upload).get(1), part(2))).isEqualTo(404);
        }

        @Test
        void expiredToken_leavesNothing() throws Exception {
            Map<String, Object> upload = start("Product.film", SIZE, null);
            send(parts(upload).get(0), part(1));
            catalogue.clock.advance(Duration.ofHours(23));

            abort(token(upload));

            assertNothingIsLeft();
        }

        @Test
        void completed_leavesNothing() throws Exception {
            String token = uploaded();
            completeRaw(token);
            assertThat(memory.keys()).hasSize(1);

            abort(token);

            assertNothingIsLeft();
        }

        @Test
        void claimed_leavesTheFile() throws Exception {
            String token = uploaded();
            assertClaimed(claim(token));

            abort(token);

            assertThat(memory.keys()).containsExactly(received.get(0).key());
        }
    }

    @Nested
    class Sweep {

        @Test
        void begunAndNeverFinished_isRemoved() throws Exception {
            Map<String, Object> upload = start("Product.film", SIZE, null);
            send(parts(upload).get(0), part(1));
            catalogue.clock.advance(Duration.ofHours(25));
            catalogue.files().maintenance().sweep();
            assertThat(memory.unfinishedUploads())
                    .as("an hour longer than any token")
                    .isEqualTo(1);

            catalogue.clock.advance(Duration.ofSeconds(1));
            catalogue.files().maintenance().sweep();

            assertNothingIsLeft();
        }

        @Test
        void completedAndNeverClaimed_isRemoved() throws Exception {
            completeRaw(uploaded());
            catalogue.clock.advance(Duration.ofHours(25).plusSeconds(1));

            catalogue.files().maintenance().sweep();

            assertNothingIsLeft();
        }
    }

    private String uploaded() {
        Map<String, Object> upload = start("Product.film", SIZE, null);
        send(parts(upload).get(0), part(1));
        send(parts(upload).get(1), part(2));
        return token(upload);
    }

    private byte[] part(int number) {
        return Arrays.copyOfRange(content, (number - 1) * PART, Math.min(SIZE, number * PART));
    }

    private Map<String, Object> start(String field, long byteSize, Boolean inParts) {
        return Catalogue.dataOf(startRaw(field, byteSize, inParts, EVERYTHING), "startFileUpload");
    }

    private ExecutionResult startRaw(String field, long byteSize, Boolean inParts, String selection) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("field", field);
        input.put("fileName", "film.bin");
        input.put("byteSize", byteSize);
        input.put("inParts", inParts);
        return catalogue.execute(
                "mutation($input: StartFileUploadInput!) { startFileUpload(input: $input) " + selection + " }",
                Map.of("input", input));
    }

    private Map<String, Object> resume(String token) {
        return resume(token, EVERYTHING);
    }

    private Map<String, Object> resume(String token, String selection) {
        return Catalogue.dataOf(resumeRaw(token, selection), "fileUpload");
    }

    private ExecutionResult resumeRaw(String token, String selection) {
        return catalogue.execute("query($t: String!) { fileUpload(token: $t) " + selection + " }", Map.of("t", token));
    }

    private ExecutionResult completeRaw(String token) {
        return catalogue.execute(
                "mutation($t: String!) { completeFileUpload(token: $t) " + EVERYTHING + " }", Map.of("t", token));
    }

    private ExecutionResult claim(String token) {
        return catalogue.execute(
                "mutation($t: String!) { setFilm(film: {directUploadToken: $t}) }", Map.of("t", token));
    }

    private void abort(String token) {
        assertThat(Catalogue.<Boolean>dataOf(
                        catalogue.execute("mutation($t: String!) { abortFileUpload(token: $t) }", Map.of("t", token)),
                        "abortFileUpload"))
                .isTrue();
    }

    private static String token(Map<String, Object> upload) {
        return upload.get("token").toString();
    }

    private static OffsetDateTime expiresAt(Map<String, Object> upload) {
        return OffsetDateTime.parse(upload.get("expiresAt").toString());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> parts(Map<String, Object> upload) {
        return (List<Map<String, Object>>) upload.get("parts");
    }

    private static Map<?, ?> request(Map<String, Object> part) {
        return (Map<?, ?>) part.get("request");
    }

    private void send(Map<String, Object> part, byte[] body) {
        assertThat(status(part, body)).isEqualTo(200);
    }

    private int status(Map<String, Object> part, byte[] body) {
        return answer(part, body).statusCode();
    }

    private HttpResponse<Void> answer(Map<String, Object> part, byte[] body) {
        URI url = server.baseUrl().resolve(request(part).get("url").toString());
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void put(String key, byte[] bytes) {
        try {
            memory.put(
                    new PutRequest(key, bytes.length, "application/octet-stream", "attachment", Visibility.PRIVATE),
                    new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String errorOf(ExecutionResult result) {
        assertThat(result.getErrors()).hasSize(1);
        ClientError error = ClientError.of(result).get(0);
        return error.code() + ": " + error.message();
    }

    private void assertClaimed(ExecutionResult result) {
        assertThat(result.getErrors()).isEmpty();
        StoredFile file = received.get(received.size() - 1);
        assertThat(file.byteSize()).isEqualTo(SIZE);
        assertThat(memory.bytes(file.key())).isEqualTo(content);
    }

    private void assertNothingIsLeft() {
        assertThat(received).isEmpty();
        assertThat(memory.keys()).isEmpty();
        assertThat(memory.unfinishedUploads()).isZero();
    }

    /** Tells what it was asked, and lets somebody else do something meanwhile. */
    private static final class WatchedStore extends ForwardingPartStore {

        final List<String> calls = new ArrayList<>();
        Runnable beforeComplete = () -> {};
        Runnable beforeCopy = () -> {};
        UnaryOperator<List<UploadedPart>> listed = parts -> parts;
        String failing = "";
        long maxPartByteSize;

        WatchedStore(InMemoryBlobStore delegate) {
            super(delegate);
        }

        private void call(String name) {
            calls.add(name);
            if (failing.equals(name)) {
                throw new BlobStoreException("watched", name, null, true, "expected an answer, found none", null);
            }
        }

        @Override
        public PartUploads.Limits partLimits() {
            PartUploads.Limits limits = super.partLimits();
            return maxPartByteSize == 0
                    ? limits
                    : new PartUploads.Limits(
                            limits.minPartByteSize(), maxPartByteSize, limits.maxParts(), limits.maxByteSize());
        }

        @Override
        public BlobInfo stat(String key) {
            call("stat");
            return super.stat(key);
        }

        @Override
        public PartUpload beginParts(PartUploadRequest begin) {
            call("beginParts");
            return super.beginParts(begin);
        }

        @Override
        public List<UploadedPart> listParts(PartUpload upload) {
            call("listParts");
            return listed.apply(super.listParts(upload));
        }

        @Override
        public void completeParts(PartUpload upload, List<UploadedPart> uploaded) {
            call("completeParts");
            beforeComplete.run();
            super.completeParts(upload, uploaded);
        }

        @Override
        public BlobInfo copy(CopyRequest copy) {
            call("copy");
            beforeCopy.run();
            return super.copy(copy);
        }
    }

    /** Takes parts, but signs no requests for them. */
    private static final class WholeSigningStore extends ForwardingPartStore implements DirectAccess {

        WholeSigningStore(InMemoryBlobStore delegate) {
            super(delegate);
        }

        @Override
        public SignedRequest signPut(SignPutRequest put) {
            return new SignedRequest("PUT", URI.create("https://store.test/put"), Map.of(), put.expiresAt());
        }

        @Override
        public SignedUrl signGet(SignGetRequest get) {
            return new SignedUrl("https://store.test/get", get.expiresAt());
        }
    }

    /** Signs requests of its own, which lead nowhere. */
    private static final class SigningStore extends ForwardingPartStore implements DirectPartAccess {

        final List<Integer> signed = new ArrayList<>();

        SigningStore(InMemoryBlobStore delegate) {
            super(delegate);
        }

        @Override
        public SignedRequest signPut(SignPutRequest put) {
            return new SignedRequest("PUT", URI.create("https://store.test/put"), Map.of(), put.expiresAt());
        }

        @Override
        public SignedUrl signGet(SignGetRequest get) {
            return new SignedUrl("https://store.test/get", get.expiresAt());
        }

        @Override
        public SignedRequest signPart(SignPartRequest part) {
            signed.add(part.number());
            return new SignedRequest(
                    "PUT", URI.create("https://store.test/" + part.number()), Map.of(), part.expiresAt());
        }
    }
}
