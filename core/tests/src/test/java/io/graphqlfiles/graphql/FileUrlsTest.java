package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.ExecutionResult;
import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileAccess;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.server.ServerSupport;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.FaultyBlobStore;
import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs to read files by: when they are signed, how long they last and stay the same, and who may ask for them. */
class FileUrlsTest {

    private static final String SDL = """
            type Query { private: StoredFile @file(maxSize: "1MB")  public: StoredFile @file(visibility: PUBLIC)  list: [StoredFile!] }
            """;

    private final Catalogue catalogue = new Catalogue().sdl(SDL);
    private final SigningStore signing = new SigningStore(catalogue.store);
    private final List<StoredFile> files = new ArrayList<>();

    FileUrlsTest() {
        catalogue
                .store(signing)
                .query("private", environment -> files.get(0))
                .query("public", environment -> files.get(0))
                .query("list", environment -> files);
    }

    @Nested
    class Window {

        @Test
        void sameUrl_withinTheWindow() {
            storePrivate();
            catalogue.clock.set(Instant.parse("2026-11-21T10:00:00Z"));
            String first = url();
            catalogue.clock.set(Instant.parse("2026-11-21T10:59:59.999Z"));

            assertThat(url()).isEqualTo(first);
        }

        @Test
        void otherUrl_inTheNextWindow() {
            storePrivate();
            catalogue.clock.set(Instant.parse("2026-11-21T10:59:59.999Z"));
            String first = url();
            catalogue.clock.set(Instant.parse("2026-11-21T11:00:00Z"));

            assertThat(url()).isNotEqualTo(first);
        }

        @ParameterizedTest
        @CsvSource({
            "PT3H, PT1H, 2026-11-21T10:00:00Z",
            "PT3H, PT1H, 2026-11-21T10:59:59.999999999Z",
            "PT1S, PT1S, 2026-11-21T10:00:00.999Z",
            "PT10M, PT0.5S, 2026-11-21T10:00:00.999Z",
            "PT0.5S, PT0.5S, 2026-11-21T10:00:00.999Z",
            "PT10M, PT1.5S, 2026-11-21T10:00:00.999Z",
            "PT10M, PT7M, 2026-11-21T10:06:59Z",
            "PT1H, PT1H, 1969-12-31T23:59:59.5Z",
        })
        void validity_neverLessThanPromised(Duration validity, Duration window, Instant now) {
            catalogue.settings(builder -> builder.urlValidity(validity).urlWindow(window));
            storePrivate();
            catalogue.clock.set(now);
            url();

            SignGetRequest signed = signing.last();
            assertThat(signed.signedAt()).isBeforeOrEqualTo(now);
            assertThat(signed.expiresAt()).isAfterOrEqualTo(now.plus(validity));
            assertThat(signed.expiresAt()).isEqualTo(signed.expiresAt().truncatedTo(ChronoUnit.SECONDS));
            assertThat(signed.expiresAt())
                    .isBeforeOrEqualTo(now.plus(validity).plus(window).plusSeconds(2));
        }

        @Test
        void urlExpiresAt_isWhenTheUrlEnds() {
            storePrivate();
            ExecutionResult result = catalogue.execute("{ private { url urlExpiresAt } }");

            Map<String, Object> file = Catalogue.dataOf(result, "private");
            assertThat(OffsetDateTime.parse(file.get("urlExpiresAt").toString()).toInstant())
                    .isEqualTo(signing.last().expiresAt())
                    .isEqualTo(Instant.parse("2026-11-21T14:00:00Z"));
        }

        @Test
        void public_isPermanent() {
            storePublic();
            ExecutionResult result = catalogue.execute("{ public { url urlExpiresAt } }");
            catalogue.clock.advance(Duration.ofDays(10_000));
            ExecutionResult later = catalogue.execute("{ public { url urlExpiresAt } }");

            assertThat(Catalogue.<Map<String, Object>>dataOf(result, "public"))
                    .containsEntry("urlExpiresAt", null)
                    .isEqualTo(Catalogue.dataOf(later, "public"));
            assertThat(signing.last().visibility()).isEqualTo(Visibility.PUBLIC);
        }

        @Test
        void durations_mustBePositive() {
            GraphQLFiles.Builder builder = GraphQLFiles.newGraphQLFiles();

            assertThatThrownBy(() -> builder.urlValidity(Duration.ZERO))
                    .hasMessage("urlValidity: expected more than zero, found PT0S");
            assertThatThrownBy(() -> builder.urlWindow(Duration.ofSeconds(-1)))
                    .hasMessage("urlWindow: expected more than zero, found PT-1S");
        }
    }

    @Nested
    class Selection {

        @Test
        void notSelected_notSigned() {
            storePrivate();
            catalogue.execute("{ list { id fileName mimeType byteSize createdAt checksum } }");

            assertThat(signing.signed).isEmpty();
        }

        @Test
        void selected_signedOnceEach() {
            storePrivate();
            storePrivate();
            catalogue.execute("{ list { url } }");

            assertThat(signing.signed)
                    .extracting(SignGetRequest::key)
                    .containsExactly(files.get(0).key(), files.get(1).key());
        }

        @Test
        void noInputOrOutput() {
            FaultyBlobStore dead = new FaultyBlobStore(catalogue.store);
            catalogue.store(dead);
            storePrivate();
            for (Operation operation : Operation.values()) {
                dead.fail(operation).before();
            }

            assertThat(catalogue
                            .execute("{ private { id url fileName byteSize } }")
                            .getErrors())
                    .isEmpty();
        }

        @Test
        void properties() throws IOException {
            files.add(ready().store(
                            "Query.private",
                            FileSource.of("hello".getBytes(StandardCharsets.UTF_8))
                                    .withFileName("a.txt")));
            ExecutionResult result =
                    catalogue.execute("{ private { id fileName mimeType byteSize createdAt checksum } }");

            StoredFile file = files.get(0);
            assertThat(Catalogue.<Map<String, Object>>dataOf(result, "private"))
                    .isEqualTo(Map.of(
                            "id",
                            file.id(),
                            "fileName",
                            "a.txt",
                            "mimeType",
                            "text/plain",
                            "byteSize",
                            5L,
                            "createdAt",
                            Catalogue.<Map<String, Object>>dataOf(result, "private")
                                    .get("createdAt"),
                            "checksum",
                            "crc32c:9a71bb4c"));
            assertThat(Catalogue.<Map<String, Object>>dataOf(result, "private")
                            .get("createdAt")
                            .toString())
                    .endsWith("Z");
        }

        @Test
        void byteSize_beyondAnInt() {
            files.add(StoredFile.fromJson("""
                    {"v":1,"store":"default","key":"private/abc","name":"a","type":"text/plain","size":10737418240,\
                    "created":"2026-11-21T10:00:00Z"}"""));

            assertThat(Catalogue.<Map<String, Object>>dataOf(catalogue.execute("{ private { byteSize } }"), "private"))
                    .containsEntry("byteSize", 10_737_418_240L);
        }

        @Test
        void download_asksForAnAttachmentUnderTheFilesName() throws IOException {
            files.add(ready().store(
                            "Query.private",
                            FileSource.of("hello".getBytes(StandardCharsets.UTF_8))
                                    .withFileName("r\u00e9sum\u00e9.txt")));
            catalogue.execute("{ private { url(download: true) } }");
            assertThat(signing.last().contentDisposition())
                    .startsWith("attachment;")
                    .contains("filename*=UTF-8''r%C3%A9sum%C3%A9.txt");

            catalogue.execute("{ private { url(download: false) } }");
            assertThat(signing.last().contentDisposition()).isNull();
        }
    }

    @Nested
    class Base {

        private static final URI REQUEST = URI.create("https://seen.example.com/app");

        Base() {
            catalogue.store(catalogue.store);
        }

        @Test
        void ofTheRequest() {
            storePrivate();

            assertThat(urlWithContext()).startsWith("https://seen.example.com/app/files/default/private/");
        }

        @Test
        void configured_wins() {
            catalogue.settings(builder -> builder.baseUrl(URI.create("https://cdn.example.com")));
            storePrivate();

            assertThat(urlWithContext()).startsWith("https://cdn.example.com/files/default/private/");
        }

        @Test
        void none_relative() {
            storePrivate();

            assertThat(url()).startsWith("/files/default/private/");
        }

        @Test
        void basePath() {
            catalogue.settings(builder -> builder.basePath("/assets/v1"));
            storePrivate();

            assertThat(url()).startsWith("/assets/v1/default/private/");
        }

        @Test
        void absoluteUrlsOfStores_stayAsTheyAre() {
            catalogue.store(signing);
            storePrivate();

            assertThat(urlWithContext()).startsWith("https://store.example.com/private/");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "https://example.com/        | baseUrl: expected neither query nor fragment nor a slash at the end, found https://example.com/",
                    "https://example.com?a=b     | baseUrl: expected neither query nor fragment nor a slash at the end, found https://example.com?a=b",
                    "ftp://example.com           | baseUrl: expected a URL that starts with http:// or https://",
                    "https://u:p@example.com     | baseUrl: expected a URL without user name and password",
                })
        void configured_wrongly(String url, String message) {
            assertThatThrownBy(() -> GraphQLFiles.newGraphQLFiles().baseUrl(URI.create(url)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
        }

        private String urlWithContext() {
            return Catalogue.<Map<String, Object>>dataOf(
                            catalogue.execute(
                                    "{ private { url } }", Map.of(), Map.of(ServerSupport.BASE_URL_KEY, REQUEST)),
                            "private")
                    .get("url")
                    .toString();
        }
    }

    @Nested
    class UrlForFile {

        private static final String QUERY =
                "query($id: ID!, $d: Boolean) { urlForFile(id: $id, download: $d) { url expiresAt } }";
        private final List<FileAccess> asked = new ArrayList<>();
        private boolean permitted = true;

        UrlForFile() {
            catalogue.settings(builder -> builder.authorizer(access -> {
                asked.add(access);
                return permitted;
            }));
        }

        @Test
        void known() {
            storePrivate();
            Map<String, Object> answer = Catalogue.dataOf(ask(files.get(0).id()), "urlForFile");

            assertThat(answer.get("url")).isEqualTo(url());
            assertThat(OffsetDateTime.parse(answer.get("expiresAt").toString()).toInstant())
                    .isEqualTo(signing.last().expiresAt());
            assertThat(asked).hasSize(1);
            assertThat(asked.get(0).action()).isEqualTo(FileAccess.Action.READ);
            assertThat(asked.get(0).fileId()).isEqualTo(files.get(0).id());
            assertThat(asked.get(0).field()).isNull();
        }

        @Test
        void public_hasNoEnd() {
            storePublic();

            assertThat(Catalogue.<Map<String, Object>>dataOf(ask(files.get(0).id()), "urlForFile"))
                    .containsEntry("expiresAt", null);
            assertThat(signing.last().visibility()).isEqualTo(Visibility.PUBLIC);
        }

        @Test
        void download() {
            storePrivate();
            catalogue.execute(QUERY, Map.of("id", files.get(0).id(), "d", true));

            assertThat(signing.last().contentDisposition()).startsWith("attachment; filename=");
        }

        @Test
        void download_ofABlobWithoutAName_isCalledByItsType() {
            storePrivate();
            String key = "private/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
            catalogue.store.copy(new CopyRequest(
                    catalogue.store.stat(files.get(0).key()),
                    key,
                    "text/csv;charset=koi8-r",
                    "inline",
                    Visibility.PRIVATE));
            String id = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(("default:" + key).getBytes(StandardCharsets.UTF_8));

            catalogue.execute(QUERY, Map.of("id", id, "d", true));

            assertThat(signing.last().contentDisposition()).isEqualTo("attachment; filename=\"file.csv\"");
        }

        @Test
        void deleted() {
            storePrivate();
            catalogue.store.clear();

            assertNoUrl(files.get(0).id());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "default:private/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                    "elsewhere:private/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                    "default:staged/20261121/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                    "default:private/../../etc/passwd",
                    "default:",
                    "default",
                    ":private/a",
                })
        void unknown(String text) {
            assertNoUrl(Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "*", "a", "\u00e4\u00f6", "ZGVmYXVsdDpwcml2YXRlL2E="})
        void malformed(String id) {
            assertNoUrl(id);
        }

        @Test
        void tooLong() {
            assertNoUrl("a".repeat(1_000_000));
        }

        @Test
        void stagedUpload_isNotReadable() throws IOException {
            storePrivate();
            String staged = "staged/20261121/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
            catalogue.store.copy(new CopyRequest(
                    catalogue.store.stat(files.get(0).key()), staged, "text/html", "inline", Visibility.PRIVATE));

            assertNoUrl(Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(("default:" + staged).getBytes(StandardCharsets.UTF_8)));
        }

        @Test
        void forbidden_whetherItExistsOrNot() {
            storePrivate();
            permitted = false;

            for (String id : List.of(files.get(0).id(), "nonsense")) {
                assertThat(ClientError.of(ask(id)))
                        .containsExactly(new ClientError(
                                "You are not permitted to do this.", List.of("urlForFile"), "FILE_FORBIDDEN", null));
            }
            assertThat(signing.signed).isEmpty();
        }

        @Test
        void forbidden_inItsOwnWords() {
            catalogue.settings(builder -> builder.authorizer(access -> {
                throw new FileException(FileErrorCode.FILE_FORBIDDEN, "Ask your boss.");
            }));

            assertThat(ClientError.of(ask("a")))
                    .extracting(ClientError::message)
                    .containsExactly("Ask your boss.");
        }

        @Test
        void store_away() {
            FaultyBlobStore faulty = new FaultyBlobStore(catalogue.store);
            catalogue.store(faulty);
            storePrivate();
            faulty.fail(Operation.STAT).before();

            assertThat(ClientError.of(ask(files.get(0).id())))
                    .containsExactly(new ClientError(
                            "The store did not answer; try again later.",
                            List.of("urlForFile"),
                            "FILE_STORE_UNAVAILABLE",
                            null));
        }

        private void assertNoUrl(String id) {
            ExecutionResult result = ask(id);
            assertThat(result.getErrors()).isEmpty();
            assertThat(Catalogue.<Object>dataOf(result, "urlForFile")).isNull();
            assertThat(signing.signed).isEmpty();
        }

        private ExecutionResult ask(String id) {
            return catalogue.execute(QUERY, Map.of("id", id));
        }
    }

    @Nested
    class FileFields {

        @Test
        void everyFieldWithItsRules() {
            Catalogue fields = new Catalogue()
                    .sdl("""
                            type Query { p: P }
                            type P {
                              z: StoredFile
                              image: [StoredFile] @file(accept: ["image/*", ".pdf"], minSize: "2", maxSize: "4KB", maxCount: 5, visibility: PUBLIC, sources: [BASE64, FILE])
                            }
                            input I { file: StoredFileInput }
                            type Mutation { set(i: I): Boolean }
                            """)
                    .settings(builder -> builder.authorizer(access -> true)
                            .limits(FileLimits.newFileLimits()
                                    .base64(ByteSize.bytes(1000))
                                    .directUpload(ByteSize.gigabytes(20))
                                    .build()));

            List<Map<String, Object>> found = Catalogue.dataOf(fields.execute("""
                    { fileFields {
                        field accept maxByteSize minByteSize maxCount sources visibility limits { source maxByteSize maxCount } } }
                    """), "fileFields");

            assertThat(found).extracting(field -> field.get("field")).containsExactly("I.file", "P.image");
            assertThat(found.get(0))
                    .containsEntry("accept", List.of())
                    .containsEntry("maxByteSize", 21_474_836_480L)
                    .containsEntry("minByteSize", 0L)
                    .containsEntry("maxCount", null)
                    .containsEntry("sources", List.of("BASE64", "FILE", "COPY_URL", "DIRECT_UPLOAD"))
                    .containsEntry("visibility", "PRIVATE");
            assertThat(found.get(1))
                    .containsEntry("accept", List.of("image/*", ".pdf"))
                    .containsEntry("maxByteSize", 4096L)
                    .containsEntry("minByteSize", 2L)
                    .containsEntry("maxCount", 5)
                    .containsEntry("sources", List.of("BASE64", "FILE"))
                    .containsEntry("visibility", "PUBLIC")
                    .containsEntry(
                            "limits",
                            List.of(
                                    Map.of("source", "BASE64", "maxByteSize", 1000L, "maxCount", 10),
                                    Map.of("source", "FILE", "maxByteSize", 4096L, "maxCount", 10)));
            assertThat(found.get(0).get("limits"))
                    .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                    .contains(Map.of("source", "DIRECT_UPLOAD", "maxByteSize", 21_474_836_480L, "maxCount", 100));
        }
    }

    @Nested
    class Cache {

        @Test
        void again_notSignedAgain() {
            storePrivate();

            String first = url();

            assertThat(url()).isEqualTo(first);
            assertThat(signing.signed).hasSize(1);
        }

        @Test
        void nextWindow_signedAgain() {
            storePrivate();
            url();
            catalogue.clock.advance(Duration.ofHours(1));
            url();

            assertThat(signing.signed).hasSize(2);
        }

        @Test
        void off_signedEachTime() {
            catalogue.settings(builder -> builder.urlCacheSize(0));
            storePrivate();
            url();
            url();

            assertThat(signing.signed).hasSize(2);
        }

        @Test
        void size_bad() {
            assertThatThrownBy(() -> GraphQLFiles.newGraphQLFiles().urlCacheSize(-1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("urlCacheSize: expected 0 or more, found -1");
        }

        @Test
        void urlAndItsEnd_signedOnce() {
            storePrivate();
            catalogue.execute("{ list { urlExpiresAt url } }");

            assertThat(signing.signed).hasSize(1);
        }

        @Test
        void download_isAnotherUrl() {
            storePrivate();
            catalogue.execute("{ list { url a: url(download: true) b: url(download: true) c: url(download: false) } }");

            assertThat(signing.signed)
                    .extracting(SignGetRequest::contentDisposition)
                    .containsExactly(null, "attachment; filename=\"file.txt\"");
        }

        @Test
        void variable_isLookedAt() {
            storePrivate();
            catalogue.execute("query($d: Boolean) { list { url(download: $d) } }", Map.of("d", true));

            assertThat(signing.last().contentDisposition()).startsWith("attachment");
        }

        @Test
        void credentialsEndSooner_saidSoAndNotKeptToTheEnd() {
            catalogue.clock.set(Instant.parse("2026-11-21T10:00:00Z"));
            storePrivate();
            signing.credentialsEnd = Instant.parse("2026-11-21T10:10:00Z");
            assertThat(expiresAt()).isEqualTo(Instant.parse("2026-11-21T10:10:00Z"));
            signing.credentialsEnd = Instant.parse("2026-11-21T10:50:00Z");
            catalogue.clock.set(Instant.parse("2026-11-21T10:04:59Z"));
            assertThat(expiresAt()).isEqualTo(Instant.parse("2026-11-21T10:10:00Z"));

            catalogue.clock.set(Instant.parse("2026-11-21T10:05:00Z"));

            assertThat(expiresAt()).isEqualTo(Instant.parse("2026-11-21T10:50:00Z"));
        }

        @Test
        void borderOfTheWindow_urlAndItsEndAgree() {
            catalogue.clock.set(Instant.parse("2026-11-21T10:59:59Z"));
            storePrivate();
            signing.afterSigning = () -> catalogue.clock.set(Instant.parse("2026-11-21T11:00:01Z"));
            catalogue.settings(builder -> builder.urlCacheSize(0));

            Map<String, Object> file =
                    Catalogue.dataOf(catalogue.execute("{ private { url urlExpiresAt } }"), "private");

            assertThat(file.get("url").toString()).endsWith("?from=2026-11-21T10:00:00Z");
            assertThat(OffsetDateTime.parse(file.get("urlExpiresAt").toString()).toInstant())
                    .isEqualTo(Instant.parse("2026-11-21T14:00:00Z"));
        }

        private Instant expiresAt() {
            Map<String, Object> file = Catalogue.dataOf(catalogue.execute("{ private { urlExpiresAt } }"), "private");
            return OffsetDateTime.parse(file.get("urlExpiresAt").toString()).toInstant();
        }
    }

    @Nested
    class SlowSigners {

        private final ExecutorService executor = Executors.newFixedThreadPool(3);

        @AfterEach
        void stop() {
            executor.shutdownNow();
        }

        @Test
        void slow_thePageIsSharedByThreads() {
            catalogue.settings(builder -> builder.executor(executor));
            signing.slow = true;
            // Each waits for the others: signed one after the other they would wait for ever.
            CyclicBarrier together = new CyclicBarrier(3);
            for (int i = 0; i < 3; i++) {
                storePrivate();
            }
            signing.afterSigning = () -> {
                try {
                    together.await(30, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            };

            List<Map<String, Object>> list =
                    Catalogue.dataOf(catalogue.execute("{ list { url urlExpiresAt } }"), "list");

            assertThat(list).hasSize(3).allSatisfy(file -> {
                assertThat(file.get("url").toString()).startsWith("https://store.example.com/private/");
                assertThat(file.get("urlExpiresAt")).isNotNull();
            });
            assertThat(signing.signed).as("each once, for both fields").hasSize(3);
        }

        @Test
        void quick_signedByTheThreadThatAsks() {
            catalogue.settings(builder -> builder.executor(executor));
            storePrivate();
            Thread[] signer = new Thread[1];
            signing.afterSigning = () -> signer[0] = Thread.currentThread();

            url();

            assertThat(signer[0]).isSameAs(Thread.currentThread());
        }

        @Test
        void executorRefuses_signedByTheThreadThatAsks() {
            catalogue.settings(builder -> builder.executor(executor));
            signing.slow = true;
            storePrivate();
            executor.shutdownNow();

            assertThat(url()).startsWith("https://store.example.com/private/");
        }

        @Test
        void signingFails_saidSo_andTriedAgain() {
            catalogue.settings(builder -> builder.executor(executor));
            signing.slow = true;
            storePrivate();
            signing.afterSigning = () -> {
                throw new IllegalStateException("no credentials");
            };
            assertThat(catalogue.execute("{ private { url } }").getErrors()).isNotEmpty();
            signing.afterSigning = () -> {};

            assertThat(url()).startsWith("https://store.example.com/private/");
        }
    }

    /** With a schema. */
    private GraphQLFiles ready() {
        catalogue.graphQl();
        return catalogue.files();
    }

    private void storePrivate() {
        store("Query.private");
    }

    private void storePublic() {
        store("Query.public");
    }

    private void store(String field) {
        try {
            files.add(ready().store(field, FileSource.of(new byte[] {'a'})));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String url() {
        return Catalogue.<Map<String, Object>>dataOf(catalogue.execute("{ private { url } }"), "private")
                .get("url")
                .toString();
    }

    /** Signs for itself, and remembers what. */
    private static final class SigningStore extends ForwardingBlobStore implements DirectAccess {

        final List<SignGetRequest> signed = Collections.synchronizedList(new ArrayList<>());
        volatile Runnable afterSigning = () -> {};
        boolean slow;
        Instant credentialsEnd = Instant.MAX;

        SigningStore(BlobStore delegate) {
            super(delegate);
        }

        SignGetRequest last() {
            return signed.get(signed.size() - 1);
        }

        @Override
        public SignedRequest signPut(SignPutRequest put) {
            throw new AssertionError("not asked for here");
        }

        @Override
        public SignedUrl signGet(SignGetRequest get) {
            signed.add(get);
            afterSigning.run();
            String from = get.visibility() == Visibility.PUBLIC ? "" : "?from=" + get.signedAt();
            boolean ends = get.visibility() == Visibility.PRIVATE;
            return new SignedUrl("https://store.example.com/" + get.key() + from, ends ? end(get) : null);
        }

        private Instant end(SignGetRequest get) {
            return credentialsEnd.isBefore(get.expiresAt()) ? credentialsEnd : get.expiresAt();
        }

        @Override
        public boolean isSlowToSign() {
            return slow;
        }
    }
}
