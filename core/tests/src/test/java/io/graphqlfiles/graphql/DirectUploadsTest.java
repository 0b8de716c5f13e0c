package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileAccess;
import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.FaultyBlobStore;
import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Permission to upload, the upload as the store sees it, and the claim by a mutation; and attacks on each. */
class DirectUploadsTest {

    private static final String SDL = """
            type Query { product: Product }
            type Product {
              image: StoredFile @file(accept: ["image/*"], maxSize: "100", minSize: "3", visibility: PUBLIC)
              manual: StoredFile @file(maxSize: "1KB")
              archived: StoredFile @file(store: "archive")
              inline: StoredFile @file(sources: [BASE64])
            }
            type Mutation {
              setImage(image: StoredFileInput @file(field: "Product.image")): Boolean
              setManual(manual: StoredFileInput @file(field: "Product.manual")): Boolean
              setArchived(file: StoredFileInput @file(field: "Product.archived")): Boolean
              setTwo(a: StoredFileInput @file(field: "Product.manual"), b: StoredFileInput @file(field: "Product.manual")): Boolean
            }
            """;
    private static final String START = """
            mutation($input: StartFileUploadInput!) {
              startFileUpload(input: $input) { token expiresAt request { url method headers { name value } } }
            }""";
    private static final Pattern STAGED_KEY = Pattern.compile("staged/\\d{8}/[a-z2-7]{32}");
    private static final String TEXT = "hello, staged world";

    private final List<StoredFile> received = new ArrayList<>();
    /** Keys of files that were claimed rightly. */
    private final List<String> kept = new ArrayList<>();

    private final List<FileAccess> asked = new ArrayList<>();
    private final InMemoryBlobStore archive = new InMemoryBlobStore();
    private final Catalogue catalogue = new Catalogue().sdl(SDL);
    private final MeddlingStore meddling = new MeddlingStore(catalogue.store);
    private final FaultyBlobStore store = new FaultyBlobStore(meddling);
    private String subject = "alice";
    private boolean permitted = true;

    DirectUploadsTest() {
        catalogue.store(store).settings(this::settings);
        for (String field : List.of("setImage", "setManual", "setArchived", "setTwo")) {
            catalogue.mutation(field, environment -> {
                environment.getArguments().values().forEach(file -> received.add((StoredFile) file));
                return true;
            });
        }
    }

    private void settings(GraphQLFiles.Builder builder) {
        builder.store("archive", archive).authorizer(new FileAuthorizer() {
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

    /** Fewer files than direct uploads, which do not count as files. */
    private void atMost(int directUploadsPerRequest) {
        catalogue.settings(builder -> {
            settings(builder);
            builder.limits(FileLimits.newFileLimits()
                    .filesPerRequest(1)
                    .directUploadsPerRequest(directUploadsPerRequest)
                    .build());
        });
    }

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(store.openStreams()).isZero();
    }

    @Nested
    class Start {

        @Test
        void request_forTheExactUpload() {
            Started started = start("Product.manual", "../notes.txt", "text/plain", TEXT.length());

            assertThat(started.key()).startsWith("staged/20261121/");
            assertThat(started.method()).isEqualTo("PUT");
            assertThat(started.expiresAt()).isEqualTo(OffsetDateTime.parse("2026-11-21T13:20:30Z"));
            assertThat(catalogue.store.keys()).isEmpty();
        }

        @Test
        void token_tellsNothing() {
            String token = start("Product.manual", "secret-plans.txt", null, 3).token();

            for (String part : token.split("\\.", -1)) {
                String decoded = new String(java.util.Base64.getUrlDecoder().decode(part), StandardCharsets.ISO_8859_1);
                assertThat(decoded).doesNotContain("secret-plans", "staged", "alice");
            }
        }

        @Test
        void authorizer_askedBeforeARequestExists() {
            permitted = false;

            assertRefused(
                    startRaw("Product.manual", "../a.txt", "text/plain", 3),
                    "You are not permitted to do this.",
                    "FILE_FORBIDDEN",
                    "startFileUpload",
                    null);
            assertThat(asked).hasSize(1);
            assertThat(asked.get(0).action()).isEqualTo(FileAccess.Action.START_UPLOAD);
            assertThat(asked.get(0).field().coordinate()).isEqualTo("Product.manual");
            assertThat(asked.get(0).fileName()).isEqualTo("../a.txt");
            assertThat(asked.get(0).mimeType()).isEqualTo("text/plain");
        }

        /** Each can make something in the store that is kept for a day. */
        @Test
        void aliases_asManyAsDirectUploadsInARequest() {
            atMost(10);
            String start =
                    ": startFileUpload(input: {field: \"Product.manual\", fileName: \"a\", byteSize: 1}) { token }";
            String starts =
                    IntStream.range(0, 12).mapToObj(i -> "s" + i + start).collect(Collectors.joining(" "));

            assertThat(ClientError.of(catalogue.execute("mutation { " + starts + " }")))
                    .hasSize(2)
                    .allSatisfy(error -> assertThat(error.code()).isEqualTo("FILE_COUNT_EXCEEDED"));
        }

        @Test
        void authorizer_inItsOwnWords() {
            catalogue.settings(builder -> {
                settings(builder);
                builder.authorizer(access -> {
                    throw new FileException(FileErrorCode.FILE_FORBIDDEN, "Sign in first.");
                });
            });

            assertRefused(
                    startRaw("Product.manual", "a", null, 1),
                    "Sign in first.",
                    "FILE_FORBIDDEN",
                    "startFileUpload",
                    null);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Product.nothing", "", "Query.product", "Mutation.setManual(manual:)"})
        void field_unknown(String field) {
            assertRefused(
                    startRaw(field, "a", null, 1),
                    "Unknown file field. Query fileFields for the valid ones.",
                    "FILE_INVALID",
                    "startFileUpload",
                    null);
            assertThat(asked).isEmpty();
        }

        @Test
        void field_takesNone() {
            assertRefused(
                    startRaw("Product.inline", "a", null, 1),
                    "Product.inline takes no direct uploads.",
                    "FILE_SOURCE_INVALID",
                    "startFileUpload",
                    null);
        }

        @Test
        void size_bounds() {
            assertThat(startRaw("Product.image", "a.png", null, 100).getErrors())
                    .isEmpty();
            assertThat(startRaw("Product.image", "a.png", null, 3).getErrors()).isEmpty();
            assertRefused(
                    startRaw("Product.image", "a.png", null, 101),
                    "The file is larger than 100 bytes, the most that Product.image takes.",
                    "FILE_TOO_LARGE",
                    "startFileUpload",
                    null);
            assertRefused(
                    startRaw("Product.image", "a.png", null, 2),
                    "The file is smaller than 3 bytes, the least that Product.image takes.",
                    "FILE_INVALID",
                    "startFileUpload",
                    null);
            assertRefused(
                    startRaw("Product.manual", "a", null, -1),
                    "byteSize: expected 0 or more, found -1.",
                    "FILE_INVALID",
                    "startFileUpload",
                    null);
        }

        @Test
        void size_limitOfDirectUploads() {
            catalogue.settings(builder -> {
                settings(builder);
                builder.limits(FileLimits.newFileLimits()
                        .directUpload(ByteSize.bytes(10))
                        .build());
            });

            assertThat(startRaw("Product.manual", "a", null, 10).getErrors()).isEmpty();
            assertRefused(
                    startRaw("Product.manual", "a", null, 11),
                    "The file is larger than 10 bytes, the most that Product.manual takes in this way.",
                    "FILE_TOO_LARGE",
                    "startFileUpload",
                    null);
        }

        @Test
        void type_notAccepted() {
            assertRefused(
                    startRaw("Product.image", "a.pdf", "application/pdf", 10),
                    "Product.image does not accept application/pdf; it accepts image/*.",
                    "FILE_TYPE_NOT_ACCEPTED",
                    "startFileUpload",
                    null);
        }

        /** The claim is a guess from the name; only what both of them say is refused before there is any content. */
        @ParameterizedTest
        @CsvSource({
            "a.png, application/pdf",
            "a.pdf, image/png",
            "a, application/pdf",
            "a.pdf, ",
            "a.pdf, a pdf",
            "a.png, image",
            "a.png, image/*",
            "a.png, undefined",
            "a.png, image/png;;x",
            "a.png, image/jpg",
        })
        void type_thatContentMayStillMakeRight(String fileName, String claimed) {
            assertThat(startRaw("Product.image", fileName, claimed, 10).getErrors())
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "'video/webm;codecs=vp8,opus', video/webm",
            "'a pdf', application/octet-stream",
            "application/x-www-form-urlencoded, application/octet-stream",
            "multipart/form-data; boundary=x, application/octet-stream",
            "'', application/octet-stream",
            ", application/octet-stream",
        })
        void type_thatTheClientIsToSend(String claimed, String sent) {
            Map<String, Object> upload =
                    Catalogue.dataOf(startRaw("Product.manual", "a.webm", claimed, 10), "startFileUpload");

            assertThat(upload.get("request").toString()).contains("name=Content-Type, value=" + sent);
        }

        @Test
        void name_none() {
            assertRefused(
                    startRaw("Product.manual", "..", null, 10),
                    "The file name is empty, too long, or made of characters that no file name may have.",
                    "FILE_NAME_INVALID",
                    "startFileUpload",
                    null);
        }

        @Test
        void keys_areFresh() {
            assertThat(start("Product.manual", "a", null, 1).key())
                    .isNotEqualTo(start("Product.manual", "a", null, 1).key());
        }
    }

    @Nested
    class Claim {

        @Test
        void good_copiedToAFreshKey() {
            Started started = uploaded();

            assertThat(claim(started).getErrors()).isEmpty();
            StoredFile file = received.get(0);
            assertThat(file.key()).matches("private/[a-z2-7]{32}");
            assertThat(file.fileName()).isEqualTo("notes.txt");
            assertThat(file.mimeType()).isEqualTo("text/plain");
            assertThat(file.byteSize()).isEqualTo(TEXT.length());
            assertThat(catalogue.store.bytes(file.key()))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(TEXT);
            assertThat(catalogue.store.keys()).containsExactlyInAnyOrder(file.key(), started.key());
        }

        @Test
        void good_visibilityAndDispositionOfTheField() {
            Started started = start("Product.image", "a.png", "image/png", Catalogue.PNG.length);
            put(started.key(), Catalogue.PNG);

            assertThat(set("setImage", "image", Map.of("directUploadToken", started.token()))
                            .getErrors())
                    .isEmpty();
            StoredFile file = received.get(0);
            assertThat(file.visibility()).isEqualTo(Visibility.PUBLIC);
            assertThat(file.key()).startsWith("public/");
            assertThat(catalogue.store.stat(file.key()).contentType()).isEqualTo("image/png");
            assertThat(catalogue.store.stat(file.key()).contentDisposition()).startsWith("inline");
        }

        @Test
        void nameAndType_ofTheMutationWin() {
            Started started = uploaded();
            set(
                    "setManual",
                    "manual",
                    Map.of("directUploadToken", started.token(), "fileName", "b.md", "mimeType", "text/markdown"));

            assertThat(received).extracting(StoredFile::fileName).containsExactly("b.md");
            assertThat(received).extracting(StoredFile::mimeType).containsExactly("text/markdown");
        }

        @Test
        void token_usedTwice_twoFilesOfTheirOwn() {
            Started started = uploaded();
            claim(started);
            claim(started);

            assertThat(received).hasSize(2);
            assertThat(received.get(0).key()).isNotEqualTo(received.get(1).key());
            catalogue.store.delete(List.of(received.get(0).key(), started.key()));
            assertThat(catalogue.store.bytes(received.get(1).key()))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(TEXT);
        }

        @Test
        void token_forAnotherField() {
            Started started = start("Product.image", "a.png", "image/png", Catalogue.PNG.length);
            put(started.key(), Catalogue.PNG);

            assertTokenRefused(claim(started), "The upload token was given for Product.image, not for Product.manual.");
        }

        @Test
        void token_forAnotherStore() {
            Started started = uploaded();

            assertRefused(
                    set("setArchived", "file", Map.of("directUploadToken", started.token())),
                    "The upload token was given for Product.manual, not for Product.archived.",
                    "FILE_TOKEN_INVALID",
                    "setArchived",
                    List.of("file"));
            assertThat(archive.keys()).isEmpty();
        }

        @Test
        void token_ofAnotherSubject() {
            Started started = uploaded();
            subject = "mallory";

            assertRefusedKeeping(claim(started), "The upload token was given to another user.", "FILE_FORBIDDEN");
        }

        @Test
        void token_ofAUser_whenNobodyIsSignedIn() {
            Started started = uploaded();
            subject = "";

            assertRefusedKeeping(
                    claim(started),
                    "The upload token was given to a user; sign in to go on with the upload.",
                    "FILE_UNAUTHENTICATED");
            subject = "alice";
            assertThat(claim(started).getErrors()).isEmpty();
        }

        @Test
        void token_ofNobody_isForWhoeverHasIt() {
            subject = "";
            Started started = uploaded();
            subject = "alice";

            assertThat(claim(started).getErrors()).isEmpty();
        }

        @Test
        void tokens_areCountedByThemselves_overAliases() {
            atMost(3);

            assertThat(ClientError.of(claimEach(IntStream.range(0, 5)
                            .mapToObj(i -> uploaded().token())
                            .toList())))
                    .hasSize(2)
                    .allSatisfy(error -> assertThat(error.message())
                            .isEqualTo(
                                    "The request has more than 3 direct uploads, the most that one request may have."));
        }

        /** A copy that no upload has paid for: one token must not fill a store with a hundred copies at once. */
        @Test
        void token_usedAgainInARequest_countsAsAFile() {
            atMost(100);
            String token = uploaded().token();

            assertThat(ClientError.of(claimEach(
                            List.of(token, token, token, token, uploaded().token()))))
                    .hasSize(2)
                    .allSatisfy(error -> assertThat(error.message())
                            .isEqualTo("The request has more than 1 files, the most that one request may have."));
            assertThat(received).hasSize(3);
        }

        @Test
        void token_renewedForTheSameUpload_countsAsAFile() {
            atMost(100);
            String token = uploaded().token();
            catalogue.clock.advance(Duration.ofSeconds(1));
            ExecutionResult renewed =
                    catalogue.execute("query($t: String!) { fileUpload(token: $t) { token } }", Map.of("t", token));
            Map<String, Object> upload = Catalogue.dataOf(renewed, "fileUpload");
            String another = upload.get("token").toString();

            assertThat(another).isNotEqualTo(token);
            assertThat(ClientError.of(claimEach(List.of(token, another, token))))
                    .extracting(ClientError::message)
                    .containsExactly("The request has more than 1 files, the most that one request may have.");
        }

        @Test
        void token_invalid_isRefusedBeforeOtherFilesAreStored() {
            ExecutionResult result = catalogue.execute(
                    "mutation($a: StoredFileInput, $b: StoredFileInput) { setTwo(a: $a, b: $b) }",
                    Map.of("a", Catalogue.text("hello"), "b", Map.of("directUploadToken", "none")));

            assertRefused(result, "The upload token is not a valid one.", "FILE_TOKEN_INVALID", "setTwo", List.of("b"));
            assertThat(store.calls(Operation.PUT)).isZero();
        }

        private ExecutionResult claimEach(List<String> tokens) {
            String claims = IntStream.range(0, tokens.size())
                    .mapToObj(i -> "c" + i + ": setManual(manual: {directUploadToken: \"" + tokens.get(i) + "\"})")
                    .collect(Collectors.joining(" "));
            return catalogue.execute("mutation { " + claims + " }", Map.of());
        }

        @Test
        void token_tampered() {
            Started started = uploaded();
            String token = started.token();
            for (int i : new int[] {0, token.indexOf("..") + 3, token.length() / 2, token.length() - 2}) {
                String tampered = token.substring(0, i) + (token.charAt(i) == 'A' ? 'B' : 'A') + token.substring(i + 1);
                assertTokenRefused(
                        set("setManual", "manual", Map.of("directUploadToken", tampered)),
                        "The upload token is not a valid one.");
            }
        }

        @Test
        void token_ofAnotherServer() {
            Catalogue other = new Catalogue().sdl(SDL).settings(builder -> {
                settings(builder);
                builder.secret("another secret, as long as the first one was");
            });
            Map<String, Object> upload = Catalogue.dataOf(
                    other.execute(START, Map.of("input", input("Product.manual", "a", null, 3))), "startFileUpload");

            assertTokenRefused(
                    set("setManual", "manual", Map.of("directUploadToken", upload.get("token"))),
                    "The upload token is not a valid one.");
        }

        @Test
        void token_ofTheSecretBefore_isStillGood() {
            Catalogue before = new Catalogue().sdl(SDL).settings(builder -> {
                settings(builder);
                builder.secret("the secret before this one, as long as it too");
            });
            Started started = Started.of(
                    before.execute(START, Map.of("input", input("Product.manual", "a.txt", null, TEXT.length()))));
            put(started.key(), TEXT.getBytes(StandardCharsets.UTF_8));
            catalogue.settings(builder -> {
                settings(builder);
                builder.secret(Catalogue.SECRET, "the secret before this one, as long as it too");
            });

            assertThat(claim(started).getErrors()).isEmpty();
        }

        @Test
        void readableId_isNoToken() {
            claim(uploaded());
            String id = keep().id();

            assertRefusedKeeping(
                    set("setManual", "manual", Map.of("directUploadToken", id)),
                    "The upload token is not a valid one.",
                    "FILE_TOKEN_INVALID");
        }

        @Test
        void expiry_isExclusive() {
            Started started = uploaded();
            catalogue.clock.advance(Duration.ofHours(3).minusSeconds(1));
            assertThat(claim(started).getErrors()).isEmpty();
            keep();
            catalogue.clock.advance(Duration.ofSeconds(1));

            assertRefusedKeeping(
                    claim(started),
                    "The upload token has expired; ask fileUpload with it for a new one.",
                    "FILE_TOKEN_EXPIRED");
        }

        @Test
        void upload_missing() {
            Started started = start("Product.manual", "a", null, 3);

            assertRefused(
                    claim(started),
                    "The content has not been uploaded; upload it first.",
                    "FILE_UPLOAD_INCOMPLETE",
                    "setManual",
                    List.of("manual"));
        }

        @Test
        void upload_incomplete() {
            Started started = start("Product.manual", "a", null, 30);
            put(started.key(), TEXT.getBytes(StandardCharsets.UTF_8));

            assertRefusedKeeping(
                    claim(started),
                    "The upload has 19 of 30 bytes; send the whole content first.",
                    "FILE_UPLOAD_INCOMPLETE");
        }

        @Test
        void upload_largerThanAnnounced() {
            Started started = start("Product.manual", "a", null, 5);
            put(started.key(), TEXT.getBytes(StandardCharsets.UTF_8));

            ExecutionResult result = claim(started);

            assertRefusedKeeping(result, "The upload has 19 bytes; 5 were announced.", "FILE_TOO_LARGE");
            assertThat(result.getErrors().get(0).getExtensions())
                    .containsEntry("byteSize", 19L)
                    .containsEntry("maxByteSize", 5L);
        }

        @Test
        void upload_largerThanTheFieldTakes() {
            Started started = start("Product.manual", "a", null, 5);
            put(started.key(), new byte[1025]);

            assertRefusedKeeping(
                    claim(started),
                    "The file is larger than 1 KB, the most that Product.manual takes.",
                    "FILE_TOO_LARGE");
        }

        @Test
        void content_ofAnotherType() {
            byte[] page = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);
            Started started = start("Product.image", "a.png", "image/png", page.length);
            put(started.key(), page);

            ExecutionResult result = set("setImage", "image", Map.of("directUploadToken", started.token()));

            assertThat(ClientError.of(result))
                    .containsExactly(new ClientError(
                            "Product.image does not accept text/html; it accepts image/*.",
                            List.of("setImage"),
                            "FILE_TYPE_NOT_ACCEPTED",
                            List.of("image")));
            assertThat(catalogue.store.keys()).isEmpty();
        }

        @Test
        void content_notAcceptedThoughNothingWasClaimed() {
            Started started = start("Product.image", "a", null, TEXT.length());
            put(started.key(), TEXT.getBytes(StandardCharsets.UTF_8));

            ExecutionResult result = set("setImage", "image", Map.of("directUploadToken", started.token()));

            assertThat(ClientError.of(result)).extracting(ClientError::code).containsExactly("FILE_TYPE_NOT_ACCEPTED");
            assertThat(catalogue.store.keys()).isEmpty();
        }

        @Test
        void overwritten_afterTheClaim_reachesNobody() {
            Started started = uploaded();
            claim(started);
            catalogue.store.delete(List.of(started.key()));
            put(started.key(), "an evil thing, same".getBytes(StandardCharsets.UTF_8));

            assertThat(catalogue.store.bytes(received.get(0).key()))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(TEXT);
        }

        @Test
        void overwritten_betweenCheckAndCopy() {
            Started started = uploaded();
            meddling.beforeCopy = () -> {
                catalogue.store.delete(List.of(started.key()));
                put(started.key(), "an evil thing, same".getBytes(StandardCharsets.UTF_8));
            };

            assertRefusedKeeping(
                    claim(started), "The upload was changed while it was used; try again.", "FILE_UPLOAD_INCOMPLETE");
        }

        @Test
        void deleted_betweenCheckAndCopy() {
            Started started = uploaded();
            meddling.beforeCopy = () -> catalogue.store.delete(List.of(started.key()));

            assertRefused(
                    claim(started),
                    "The upload was changed while it was used; try again.",
                    "FILE_UPLOAD_INCOMPLETE",
                    "setManual",
                    List.of("manual"));
        }

        @Test
        void store_failsToCopy() {
            Started started = uploaded();
            store.fail(Operation.COPY).after();

            assertRefusedKeeping(
                    claim(started), "The file could not be stored; try again later.", "FILE_STORE_UNAVAILABLE");
        }

        @Test
        void fetcher_fails_theCopyGoesAndTheUploadStays() {
            catalogue.mutation("setManual", environment -> {
                throw new IllegalStateException("no");
            });
            Started started = uploaded();

            assertThat(claim(started).getErrors()).hasSize(1);
            assertThat(catalogue.store.keys()).containsExactly(started.key());
        }

        @Test
        void validator_seesTheCopyAndMayRefuse() {
            catalogue.settings(builder -> {
                settings(builder);
                builder.validator(file -> {
                    try (var in = file.openStream()) {
                        throw FileException.invalid(
                                "It says " + new String(in.readAllBytes(), StandardCharsets.UTF_8) + ".");
                    }
                });
            });
            Started started = uploaded();

            assertRefusedKeeping(claim(started), "It says " + TEXT + ".", "FILE_INVALID");
            assertThat(catalogue.store.keys()).doesNotContain(started.key());
        }

        @Test
        void validator_fails_hasACodeOfItsOwnAndTheUploadStays() {
            catalogue.settings(builder -> {
                settings(builder);
                builder.validator(file -> {
                    throw new IOException("the scanner is away");
                });
            });
            Started started = uploaded();

            assertRefusedKeeping(
                    claim(started), "The file could not be checked; try again later.", "FILE_CHECK_FAILED");
            assertThat(catalogue.store.keys()).contains(started.key());
        }

        @Test
        void validator_failsUnchecked_hasTheSameCode() {
            catalogue.settings(builder -> {
                settings(builder);
                builder.validator(file -> {
                    throw new IllegalStateException("the scanner is broken");
                });
            });

            assertRefusedKeeping(
                    claim(uploaded()), "The file could not be checked; try again later.", "FILE_CHECK_FAILED");
        }

        @Test
        void content_ofAnotherType_isDeletedUnlessItMayBeNamedOtherwise() {
            byte[] page = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);
            Started started = start("Product.image", "a.png", null, page.length);
            put(started.key(), page);

            set("setImage", "image", Map.of("directUploadToken", started.token(), "fileName", "b.png"));
            assertThat(catalogue.store.keys()).contains(started.key());

            set("setImage", "image", Map.of("directUploadToken", started.token()));
            assertThat(catalogue.store.keys()).doesNotContain(started.key());
        }

        @Test
        void refused_storeFailsToDelete_isStillTheRefusal() {
            Started started = start("Product.manual", "a", null, 5);
            put(started.key(), new byte[1025]);
            store.fail(Operation.DELETE).before();

            assertThat(ClientError.of(claim(started)))
                    .extracting(ClientError::code)
                    .containsExactly("FILE_TOO_LARGE");
        }

        @Test
        void authorizer_askedAtTheClaimToo() {
            Started started = uploaded();
            permitted = false;

            assertRefusedKeeping(claim(started), "You are not permitted to do this.", "FILE_FORBIDDEN");
        }

        @Test
        void sameTokenTwiceInOneCall() {
            Started started = uploaded();
            Map<String, Object> file = Map.of("directUploadToken", started.token());

            assertThat(catalogue
                            .execute("mutation($f: StoredFileInput) { setTwo(a: $f, b: $f) }", Map.of("f", file))
                            .getErrors())
                    .isEmpty();
            assertThat(received)
                    .extracting(StoredFile::key)
                    .doesNotHaveDuplicates()
                    .hasSize(2);
        }

        private ExecutionResult claim(Started started) {
            return set("setManual", "manual", Map.of("directUploadToken", started.token()));
        }

        private ExecutionResult set(String field, String argument, Map<String, Object> file) {
            return catalogue.execute(
                    "mutation($f: StoredFileInput) { " + field + "(" + argument + ": $f) }", Map.of("f", file));
        }

        private void assertTokenRefused(ExecutionResult result, String message) {
            assertRefusedKeeping(result, message, "FILE_TOKEN_INVALID");
        }

        /** Nothing is made beyond what was there. */
        private void assertRefusedKeeping(ExecutionResult result, String message, String code) {
            assertThat(ClientError.of(result))
                    .containsExactly(new ClientError(message, List.of("setManual"), code, List.of("manual")));
            assertThat(received).isEmpty();
            assertThat(catalogue.store.keys().stream().filter(key -> !key.startsWith("staged/")))
                    .isSubsetOf(kept);
        }
    }

    @Nested
    class Abort {

        @Test
        void deletesWhatHasArrived() {
            Started started = uploaded();

            assertThat(Catalogue.<Boolean>dataOf(abort(started.token()), "abortFileUpload"))
                    .isTrue();
            assertThat(catalogue.store.keys()).isEmpty();
        }

        @Test
        void again_isHarmless() {
            Started started = uploaded();
            abort(started.token());

            assertThat(Catalogue.<Boolean>dataOf(abort(started.token()), "abortFileUpload"))
                    .isTrue();
        }

        @Test
        void ofAnotherSubject() {
            Started started = uploaded();
            subject = "mallory";

            assertThat(ClientError.of(abort(started.token())))
                    .containsExactly(new ClientError(
                            "The upload token was given to another user.",
                            List.of("abortFileUpload"),
                            "FILE_FORBIDDEN",
                            null));
            assertThat(catalogue.store.keys()).containsExactly(started.key());
        }

        @Test
        void store_away() {
            Started started = uploaded();
            store.fail(Operation.DELETE).before();

            assertThat(ClientError.of(abort(started.token())))
                    .containsExactly(new ClientError(
                            "The store did not answer; try again later.",
                            List.of("abortFileUpload"),
                            "FILE_STORE_UNAVAILABLE",
                            null));
        }

        private ExecutionResult abort(String token) {
            return catalogue.execute("mutation($t: String!) { abortFileUpload(token: $t) }", Map.of("t", token));
        }
    }

    /** What a client gets to know of an upload that it may make. */
    private record Started(String token, OffsetDateTime expiresAt, String method, String key) {

        static Started of(ExecutionResult result) {
            Map<String, Object> upload = Catalogue.dataOf(result, "startFileUpload");
            Map<?, ?> request = (Map<?, ?>) upload.get("request");
            Matcher key = STAGED_KEY.matcher(request.get("url").toString());
            assertThat(key.find()).isTrue();
            return new Started(
                    upload.get("token").toString(),
                    OffsetDateTime.parse(upload.get("expiresAt").toString()),
                    request.get("method").toString(),
                    key.group());
        }
    }

    private StoredFile keep() {
        StoredFile file = received.remove(0);
        kept.add(file.key());
        return file;
    }

    private Started uploaded() {
        Started started = start("Product.manual", "notes.txt", "text/plain", TEXT.length());
        put(started.key(), TEXT.getBytes(StandardCharsets.UTF_8));
        return started;
    }

    private Started start(String field, String fileName, String mimeType, long byteSize) {
        return Started.of(startRaw(field, fileName, mimeType, byteSize));
    }

    private ExecutionResult startRaw(String field, String fileName, String mimeType, long byteSize) {
        return catalogue.execute(START, Map.of("input", input(field, fileName, mimeType, byteSize)));
    }

    private static Map<String, Object> input(String field, String fileName, String mimeType, long byteSize) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("field", field);
        input.put("fileName", fileName);
        input.put("mimeType", mimeType);
        input.put("byteSize", byteSize);
        return input;
    }

    /** As the store's server does for the client. */
    private void put(String key, byte[] content) {
        try {
            catalogue.store.put(
                    new PutRequest(key, content.length, "application/octet-stream", "attachment", Visibility.PRIVATE),
                    new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertRefused(ExecutionResult result, String message, String code, String path, Object inputPath) {
        assertThat(ClientError.of(result)).containsExactly(new ClientError(message, List.of(path), code, inputPath));
        assertThat(received).isEmpty();
        assertThat(catalogue.store.keys()).noneMatch(key -> !key.startsWith("staged/"));
    }
}
