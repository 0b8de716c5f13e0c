package io.graphqlfiles.testkit;

import static io.graphqlfiles.testkit.GeneratedInputStream.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link DirectAccess} must do, as tests that send what it signs to its real server, over HTTP and without
 * any vendor's client:
 *
 * <pre>{@code
 * class MyDirectAccessTest extends DirectAccessContract {
 *     @Override
 *     protected BlobStore createStore() {
 *         return new MyBlobStore(client, "bucket");
 *     }
 * }
 * }</pre>
 *
 * <p>Nothing waits for a URL to end: the contract signs with times in the past, counted from {@link #now()}, and
 * expects the server to refuse what has ended by then. Each test works on fresh random keys; the tests delete nothing
 * of what they stored.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class DirectAccessContract {

    private static final String PNG = "image/png";
    private static final String INLINE = "inline; filename=\"cat.png\"";
    private static final int SIZE = 1000;
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();

    private BlobStore store = new InMemoryBlobStore();
    private @Nullable DirectAccess access;
    private Instant signedAt = Instant.EPOCH;
    private Instant expiresAt = Instant.EPOCH;

    /**
     * Gives the store to be tested, with a server that answers. Called before every test, in the thread of the test;
     * whoever opens something for it closes it in an {@code @AfterEach} method of its own.
     */
    protected abstract BlobStore createStore() throws Exception;

    /** Gives what signs for a store. By default the store does. */
    protected DirectAccess directAccess(BlobStore store) throws Exception {
        return (DirectAccess) store;
    }

    /**
     * What the server takes for the present, in whole seconds. By default the time of this machine. Overridden where
     * the server has a clock of its own.
     */
    protected Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** The server to which signed URLs that start with {@code /} are relative, without a slash at its end. */
    protected URI baseUrl() {
        throw new UnsupportedOperationException("baseUrl: override this, as URLs are relative to it");
    }

    /**
     * Whether the server refuses a part of another length than its request was signed for. Default true. Where it
     * cannot, a subclass returns false, and the contract then asks that {@link PartUploads#listParts} returns the
     * length that came, so that it is found out before the blob is made.
     */
    protected boolean bindsPartLength() {
        return true;
    }

    /**
     * Whether what is signed is a whole request: its query, the type and length of its body and, of parts, the number.
     * Default true. Some services sign a permission instead: one kind of access to one blob until a time. For such a
     * service a subclass returns false, and the contract then asks only that nothing but this blob can be reached, and
     * that the store tells which type and length came, so that it is found out before anything is made of it.
     */
    protected boolean bindsRequests() {
        return true;
    }

    /**
     * Whether the store's place is set up so that everyone may read a blob that was put as {@link Visibility#PUBLIC}.
     * Default true. Where the test's server cannot be set up so, a subclass returns false, and the contract then asks
     * only for a permanent URL.
     */
    protected boolean servesPublicBlobs() {
        return true;
    }

    @BeforeEach
    final void prepare() throws Exception {
        store = createStore();
        access = directAccess(store);
        signedAt = now();
        expiresAt = signedAt.plusSeconds(3600);
    }

    @Nested
    class Put {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 100_000})
        void signPut_asSigned(int size) throws Exception {
            String key = stagedKey();
            SignedRequest request = signPut(key, size);

            HttpResponse<byte[]> answer = send(request, bytes(1, size));

            assertTaken(answer);
            BlobInfo blob = requireNonNull(store.stat(key));
            assertThat(blob.byteSize()).isEqualTo(size);
            assertThat(blob.contentType()).isEqualTo(PNG);
            assertThat(stored(key)).isEqualTo(bytes(1, size));
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/plain; charset=utf-8", "application/x-odd+thing", "image/svg+xml"})
        void signPut_anyContentType(String contentType) throws Exception {
            String key = stagedKey();

            assertTaken(send(
                    access().signPut(new SignPutRequest(key, SIZE, contentType, signedAt, expiresAt)), bytes(2, SIZE)));

            assertThat(requireNonNull(store.stat(key)).contentType()).isEqualTo(contentType);
        }

        @Test
        void signPut_tampered() throws Exception {
            String key = stagedKey();
            SignedRequest request = signPut(key, SIZE);

            for (URI tampered : tampered(absolute(request.url()))) {
                assertRefused(send(request.method(), tampered, request.headers(), bytes(3, SIZE)), tampered);
            }
            assertNothingStored(key);
        }

        @Test
        void signPut_otherKey() throws Exception {
            String key = stagedKey();
            String otherKey = stagedKey();
            SignedRequest request = signPut(key, SIZE);
            SignedRequest other = signPut(otherKey, SIZE);

            for (URI mixed : SignedUrlChanges.mixed(absolute(request.url()), absolute(other.url()))) {
                assertRefused(send(request.method(), mixed, request.headers(), bytes(4, SIZE)), mixed);
            }
            assertNothingStored(key);
            assertNothingStored(otherKey);
        }

        @Test
        void signPut_expired() throws Exception {
            String key = stagedKey();
            SignedRequest request = access().signPut(new SignPutRequest(
                    key, SIZE, PNG, signedAt.minusSeconds(7200), signedAt.minusSeconds(3600)));

            assertRefused(send(request, bytes(5, SIZE)));
            assertNothingStored(key);
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "POST", "DELETE"})
        void signPut_otherMethod(String method) throws Exception {
            String key = stagedKey();
            store.put(blob(key, SIZE), new ByteArrayInputStream(bytes(6, SIZE)));
            SignedRequest request = signPut(key, SIZE);

            assertRefused(send(method, absolute(request.url()), request.headers(), bytes(7, SIZE)));
            assertThat(stored(key)).isEqualTo(bytes(6, SIZE));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, SIZE - 1, SIZE + 1, 2 * SIZE})
        void signPut_otherLength(int size) throws Exception {
            String key = stagedKey();
            SignedRequest request = signPut(key, SIZE);

            HttpResponse<byte[]> answer = send(request, bytes(8, size));

            if (bindsRequests() || answer.statusCode() >= 300) {
                assertRefused(answer);
                assertNothingStored(key);
            } else {
                assertThat(requireNonNull(store.stat(key)).byteSize()).isEqualTo(size);
            }
        }

        @Test
        void signPut_otherContentType() throws Exception {
            String key = stagedKey();
            SignedRequest request = signPut(key, SIZE);
            Map<String, String> headers = new LinkedHashMap<>(request.headers());
            headers.keySet().removeIf(name -> name.equalsIgnoreCase("Content-Type"));
            headers.put("Content-Type", "text/html");

            HttpResponse<byte[]> answer = send(request.method(), absolute(request.url()), headers, bytes(9, SIZE));

            if (bindsRequests() || answer.statusCode() >= 300) {
                assertRefused(answer);
                assertNothingStored(key);
            } else {
                assertThat(requireNonNull(store.stat(key)).contentType()).isEqualTo("text/html");
            }
        }

        @Test
        void signPut_headers_areAllNeeded() throws Exception {
            String key = stagedKey();
            SignedRequest request = signPut(key, SIZE);

            assertHeadersAreNeeded(request, bytes(10, SIZE));
            if (bindsRequests()) {
                assertNothingStored(key);
            }
        }

        @Test
        void signPut_sameQuestion_sameAnswer() {
            String key = stagedKey();

            assertThat(signPut(key, SIZE)).isEqualTo(signPut(key, SIZE));
        }

        @Test
        void signPut_tellsItsEnd() {
            assertThat(signPut(stagedKey(), SIZE).expiresAt()).isAfter(signedAt).isBeforeOrEqualTo(expiresAt);
        }

        @Test
        void signPut_toString_hidesTheUrl() {
            SignedRequest request = signPut(stagedKey(), SIZE);

            assertHidden(request.toString(), request.url());
            assertHidden(access().toString(), request.url());
        }
    }

    @Nested
    class Get {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 100_000})
        void signGet_asSigned(int size) throws Exception {
            String key = putPrivate(bytes(20, size));

            HttpResponse<byte[]> answer = get(signGet(key, null));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(bytes(20, size));
            assertThat(answer.headers().firstValue("Content-Type")).hasValue(PNG);
            assertThat(answer.headers().firstValue("Content-Disposition")).hasValue(INLINE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"utf-8", "shift_jis"})
        void signGet_text_inItsEncoding(String charset) throws Exception {
            String contentType = "text/csv;charset=" + charset;
            String key = privateKey();
            store.put(
                    new PutRequest(key, SIZE, contentType, INLINE, Visibility.PRIVATE),
                    new ByteArrayInputStream(bytes(31, SIZE)));

            for (String disposition : new @Nullable String[] {null, "attachment"}) {
                assertThat(get(signGet(key, disposition)).headers().firstValue("Content-Type"))
                        .hasValueSatisfying(
                                sent -> assertThat(sent.replace(" ", "")).isEqualTo(contentType));
            }
        }

        @Test
        void signGet_range() throws Exception {
            String key = putPrivate(bytes(21, 100_000));

            HttpResponse<byte[]> answer =
                    send("GET", absolute(signGet(key, null).url()), Map.of("Range", "bytes=500-1499"), null);

            assertThat(answer.statusCode()).isEqualTo(206);
            assertThat(answer.headers().firstValue("Content-Range")).hasValue("bytes 500-1499/100000");
            assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(bytes(21, 100_000), 500, 1500));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "attachment",
                    "attachment; filename=\"other name.png\"",
                    "attachment; filename=\"na_ve+&=%.png\"; filename*=UTF-8''na%C3%AFve%20%E2%82%AC.png"
                })
        void signGet_contentDisposition_replacesTheStoredOne(String disposition) throws Exception {
            String key = putPrivate(bytes(22, SIZE));

            HttpResponse<byte[]> answer = get(signGet(key, disposition));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Disposition")).hasValue(disposition);
        }

        @Test
        void signGet_tampered() throws Exception {
            String key = putPrivate(bytes(23, SIZE));

            for (String disposition : new @Nullable String[] {null, "attachment"}) {
                for (URI tampered : tampered(absolute(signGet(key, disposition).url()))) {
                    assertRefused(send("GET", tampered, Map.of(), null), tampered);
                }
            }
        }

        @Test
        void signGet_otherKey() throws Exception {
            String key = putPrivate(bytes(24, SIZE));
            String other = putPrivate(bytes(25, SIZE));

            for (URI mixed : SignedUrlChanges.mixed(
                    absolute(signGet(key, null).url()),
                    absolute(signGet(other, null).url()))) {
                assertRefused(send("GET", mixed, Map.of(), null), mixed);
            }
        }

        @Test
        void signGet_unsigned() throws Exception {
            URI url = absolute(signGet(putPrivate(bytes(26, SIZE)), null).url());
            URI bare = url.resolve(url.getRawPath());

            assertRefused(send("GET", bare, Map.of(), null));
        }

        @Test
        void signGet_expired() throws Exception {
            SignedUrl url = access().signGet(new SignGetRequest(
                    putPrivate(bytes(27, SIZE)),
                    Visibility.PRIVATE,
                    null,
                    signedAt.minusSeconds(7200),
                    signedAt.minusSeconds(3600)));

            assertRefused(get(url));
        }

        @ParameterizedTest
        @ValueSource(strings = {"PUT", "POST", "DELETE"})
        void signGet_otherMethod(String method) throws Exception {
            String key = putPrivate(bytes(28, SIZE));
            URI url = absolute(signGet(key, null).url());

            assertRefused(send(method, url, Map.of("Content-Type", PNG), bytes(29, SIZE)));
            assertThat(stored(key)).isEqualTo(bytes(28, SIZE));
        }

        @Test
        void signGet_missingBlob() throws Exception {
            assertThat(get(signGet(privateKey(), null)).statusCode()).isEqualTo(404);
        }

        @Test
        void signGet_sameQuestion_sameAnswer() {
            String key = privateKey();

            assertThat(signGet(key, null)).isEqualTo(signGet(key, null));
            assertThat(signGet(key, "attachment")).isEqualTo(signGet(key, "attachment"));
        }

        @Test
        void signGet_tellsItsEnd() {
            assertThat(signGet(privateKey(), null).expiresAt())
                    .isNotNull()
                    .isAfter(signedAt)
                    .isBeforeOrEqualTo(expiresAt);
        }

        @Test
        void signGet_toString_hidesTheUrl() {
            SignedUrl url = signGet(privateKey(), null);

            assertHidden(url.toString(), url.url());
            assertHidden(access().toString(), url.url());
        }

        @Test
        void signGet_public_isPermanent() throws Exception {
            String key = "public/" + UUID.randomUUID();
            store.put(
                    new PutRequest(key, SIZE, PNG, INLINE, Visibility.PUBLIC),
                    new ByteArrayInputStream(bytes(30, SIZE)));

            SignedUrl url = access().signGet(new SignGetRequest(key, Visibility.PUBLIC, null, signedAt, expiresAt));

            assertThat(url.expiresAt()).isNull();
            assertThat(url)
                    .isEqualTo(access().signGet(new SignGetRequest(
                            key, Visibility.PUBLIC, null, signedAt.plusSeconds(1), expiresAt.plusSeconds(1))));
            if (servesPublicBlobs()) {
                assertThat(get(url).body()).isEqualTo(bytes(30, SIZE));
            }
        }
    }

    /** For a store that is not {@link PartUploads}, each of these asks that it signs no parts. */
    @Nested
    class Part {

        @Test
        void signPart_asSigned() throws Exception {
            withUpload((uploads, key, partByteSize) -> {
                byte[] content = bytes(40, partByteSize + SIZE);
                PartUpload upload = uploads.beginParts(new PartUploadRequest(key, content.length, partByteSize, PNG));

                assertTaken(send(signPart(upload, 2, SIZE), Arrays.copyOfRange(content, partByteSize, content.length)));
                assertTaken(send(signPart(upload, 1, partByteSize), Arrays.copyOf(content, partByteSize)));

                List<UploadedPart> parts = uploads.listParts(upload);
                assertThat(parts.stream().map(UploadedPart::number)).containsExactly(1, 2);
                assertThat(parts.stream().map(UploadedPart::byteSize))
                        .containsExactly((long) partByteSize, (long) SIZE);
                uploads.completeParts(upload, parts);
                assertThat(stored(key)).isEqualTo(content);
                assertThat(requireNonNull(store.stat(key)).contentType()).isEqualTo(PNG);
            });
        }

        @Test
        void signPart_sentAgain() throws Exception {
            withUpload((uploads, key, partByteSize) -> {
                PartUpload upload = uploads.beginParts(new PartUploadRequest(key, SIZE, partByteSize, PNG));
                SignedRequest request = signPart(upload, 1, SIZE);
                assertTaken(send(request, bytes(41, SIZE)));

                assertTaken(send(request, bytes(41, SIZE)));

                assertThat(uploads.listParts(upload)).hasSize(1);
            });
        }

        @Test
        void signPart_tampered() throws Exception {
            withUpload((uploads, key, partByteSize) -> {
                PartUpload upload = uploads.beginParts(new PartUploadRequest(key, SIZE, partByteSize, PNG));
                SignedRequest request = signPart(upload, 1, SIZE);

                for (URI tampered : tampered(absolute(request.url()))) {
                    assertRefused(send(request.method(), tampered, request.headers(), bytes(42, SIZE)), tampered);
                }
                assertNoParts(uploads, upload);
                assertNothingStored(key);
            });
        }

        @Test
        void signPart_otherNumber() throws Exception {
            withUpload((uploads, key, partByteSize) -> {
                PartUpload upload =
                        uploads.beginParts(new PartUploadRequest(key, 2L * partByteSize + SIZE, partByteSize, PNG));
                // The short one is sent: a server may refuse it and close the connection before it has read a long one.
                SignedRequest request = signPart(upload, 3, SIZE);
                SignedRequest other = signPart(upload, 2, partByteSize);
                List<URI> mixed = SignedUrlChanges.mixed(absolute(request.url()), absolute(other.url()));

                assertThat(mixed).isNotEmpty();
                for (URI url : mixed) {
                    HttpResponse<byte[]> answer = send(request.method(), url, request.headers(), bytes(43, SIZE));
                    if (bindsRequests() || answer.statusCode() >= 300) {
                        assertRefused(answer, url);
                        assertNoParts(uploads, upload);
                    } else {
                        // Another number than it was signed for, and told so, with the length that came.
                        assertThat(uploads.listParts(upload))
                                .extracting(UploadedPart::number, UploadedPart::byteSize)
                                .containsExactly(tuple(2, (long) SIZE));
                    }
                }
            });
        }

        @Test
        void signPart_otherUpload() throws Exception {
            withUpload((uploads, key, partByteSize) -> {
                String otherKey = stagedKey();
                PartUpload upload = uploads.beginParts(new PartUploadRequest(key, SIZE, partByteSize, PNG));
                PartUpload other = uploads.beginParts(new PartUploadRequest(otherKey, SIZE, partByteSize, PNG));
                SignedRequest request = signPart(upload, 1, SIZE);
                List<URI> mixed = SignedUrlChanges.mixed(
                        absolute(request.url()),
                        absolute(signPart(other, 1, SIZE).url()));

                assertThat(mixed).isNotEmpty();
                for (URI url : mixed) {
                    HttpResponse<byte[]> answer = send(request.method(), url, request.headers(), bytes(44, SIZE));
                    boolean reachesTheOther =
                            !url.getRawPath().equals(absolute(request.url()).getRawPath());
                    if (bindsRequests() || reachesTheOther || answer.statusCode() >= 300) {
                        assertRefused(answer, url);
                    }
                }
                assertNoParts(uploads, upload);
                assertNoParts(uploads, other);
            });
        }

        @Test
        void signPart_expired() throws Exception {
            withUpload((uploads, key, partByteSize) -> {
                PartUpload upload = uploads.beginParts(new PartUploadRequest(key, SIZE, partByteSize, PNG));
                SignedRequest request = partAccess()
                        .signPart(new SignPartRequest(
                                upload, 1, SIZE, signedAt.minusSeconds(7200), signedAt.minusSeconds(3600)));

                assertRefused(send(request, bytes(45, SIZE)));
                assertNoParts(uploads, upload);
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "POST", "DELETE"})
        void signPart_otherMethod(String method) throws Exception {
            withUpload((uploads, key, partByteSize) -> {
                PartUpload upload = uploads.beginParts(new PartUploadRequest(key, SIZE, partByteSize, PNG));
                SignedRequest request = signPart(upload, 1, SIZE);
                assertTaken(send(request, bytes(46, SIZE)));

                assertRefused(send(method, absolute(request.url()), request.headers(), bytes(47, SIZE)));

                uploads.completeParts(upload, uploads.listParts(upload));
                assertThat(stored(key)).isEqualTo(bytes(46, SIZE));
            });
        }

        @ParameterizedTest
        @ValueSource(ints = {0, SIZE - 1, SIZE + 1, 2 * SIZE})
        void signPart_otherLength(int size) throws Exception {
            withUpload((uploads, key, partByteSize) -> {
                PartUpload upload = uploads.beginParts(new PartUploadRequest(key, SIZE, partByteSize, PNG));
                SignedRequest request = signPart(upload, 1, SIZE);

                HttpResponse<byte[]> answer = send(request, bytes(48, size));

                if ((bindsRequests() && bindsPartLength()) || answer.statusCode() >= 300) {
                    assertRefused(answer);
                    assertNoParts(uploads, upload);
                } else {
                    assertThat(uploads.listParts(upload).stream().map(UploadedPart::byteSize))
                            .containsExactly((long) size);
                }
            });
        }

        @Test
        void signPart_headers_areAllNeeded() throws Exception {
            withUpload((uploads, key, partByteSize) -> {
                PartUpload upload = uploads.beginParts(new PartUploadRequest(key, SIZE, partByteSize, PNG));

                assertHeadersAreNeeded(signPart(upload, 1, SIZE), bytes(49, SIZE));
                assertNoParts(uploads, upload);
            });
        }

        @Test
        void signPart_sameQuestion_sameAnswer() throws Exception {
            withUpload((uploads, key, partByteSize) -> {
                PartUpload upload = uploads.beginParts(new PartUploadRequest(key, SIZE, partByteSize, PNG));

                assertThat(signPart(upload, 1, SIZE)).isEqualTo(signPart(upload, 1, SIZE));
            });
        }

        @Test
        void signPart_tellsItsEnd() throws Exception {
            withUpload((uploads, key, partByteSize) -> {
                PartUpload upload = uploads.beginParts(new PartUploadRequest(key, SIZE, partByteSize, PNG));

                assertThat(signPart(upload, 1, SIZE).expiresAt())
                        .isAfter(signedAt)
                        .isBeforeOrEqualTo(expiresAt);
            });
        }

        @Test
        void signPart_toString_hidesTheUrl() throws Exception {
            withUpload((uploads, key, partByteSize) -> {
                PartUpload upload = uploads.beginParts(new PartUploadRequest(key, SIZE, partByteSize, PNG));
                SignedRequest request = signPart(upload, 1, SIZE);

                assertHidden(request.toString(), request.url());
                assertThat(upload.toString()).doesNotContain(upload.uploadId());
            });
        }
    }

    private interface UploadTest {
        void run(PartUploads uploads, String key, int partByteSize) throws Exception;
    }

    private void withUpload(UploadTest test) throws Exception {
        String key = stagedKey();
        if (store instanceof PartUploads uploads) {
            test.run(uploads, key, (int) Math.max(uploads.partLimits().minPartByteSize(), 100_000));
        } else {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> signPart(new PartUpload(key, "none"), 1, SIZE));
        }
    }

    private DirectPartAccess partAccess() {
        return assertThat(access())
                .asInstanceOf(InstanceOfAssertFactories.type(DirectPartAccess.class))
                .actual();
    }

    private DirectAccess access() {
        return requireNonNull(access);
    }

    private static String stagedKey() {
        return "staged/20300131/" + UUID.randomUUID();
    }

    private static String privateKey() {
        return "private/" + UUID.randomUUID();
    }

    private String putPrivate(byte[] content) throws IOException {
        String key = privateKey();
        store.put(blob(key, content.length), new ByteArrayInputStream(content));
        return key;
    }

    private static PutRequest blob(String key, int byteSize) {
        return new PutRequest(key, byteSize, PNG, INLINE, Visibility.PRIVATE);
    }

    private byte[] stored(String key) throws IOException {
        try (InputStream in = store.open(key, ByteRange.whole())) {
            return in.readAllBytes();
        }
    }

    private SignedRequest signPut(String key, int byteSize) {
        return access().signPut(new SignPutRequest(key, byteSize, PNG, signedAt, expiresAt));
    }

    private SignedUrl signGet(String key, @Nullable String disposition) {
        return access().signGet(new SignGetRequest(key, Visibility.PRIVATE, disposition, signedAt, expiresAt));
    }

    private SignedRequest signPart(PartUpload upload, int number, long byteSize) {
        return partAccess().signPart(new SignPartRequest(upload, number, byteSize, signedAt, expiresAt));
    }

    private URI absolute(URI url) {
        return url.isAbsolute() ? url : URI.create(baseUrl() + url.toString());
    }

    private HttpResponse<byte[]> get(SignedUrl url) throws Exception {
        return send("GET", absolute(url.url()), Map.of(), null);
    }

    private HttpResponse<byte[]> send(SignedRequest request, byte[] body) throws Exception {
        return send(request.method(), absolute(request.url()), request.headers(), body);
    }

    private static HttpResponse<byte[]> send(
            String method, URI url, Map<String, String> headers, byte @Nullable [] body) throws Exception {
        boolean hasBody = body != null && !Set.of("GET", "DELETE").contains(method);
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .method(
                        method,
                        hasBody
                                ? HttpRequest.BodyPublishers.ofByteArray(requireNonNull(body))
                                : HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::setHeader);
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            // A server that refused a request may close its connection in the moment that the next one is sent on it.
            // Browsers send that one again; the JDK's client does so for GET only.
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    /** What was altered of a signed URL. More parameters than were signed harm nobody where no request is signed. */
    private List<URI> tampered(URI url) {
        return SignedUrlChanges.tampered(url).stream()
                .filter(tampered -> bindsRequests() || isSigned(url, tampered))
                .toList();
    }

    /** Whether a parameter of the signature was altered: one that URLs to read have too, which say nothing more. */
    private boolean isSigned(URI url, URI tampered) {
        String signature = absolute(signGet(privateKey(), "attachment").url()).getRawQuery();
        List<String> names = Arrays.stream(signature.split("&"))
                .map(parameter -> parameter.substring(0, parameter.indexOf('=') + 1))
                .toList();
        List<String> after = List.of(tampered.getRawQuery().split("&"));
        return Arrays.stream(url.getRawQuery().split("&"))
                .filter(parameter -> !after.contains(parameter))
                .anyMatch(parameter -> names.stream().anyMatch(parameter::startsWith));
    }

    private void assertHeadersAreNeeded(SignedRequest request, byte[] body) throws Exception {
        for (String name : request.headers().keySet()) {
            assertThat(name.toLowerCase(Locale.ROOT))
                    .as("headers that every client sends on its own")
                    .isNotIn("host", "content-length");
            Map<String, String> others = new LinkedHashMap<>(request.headers());
            others.remove(name);
            HttpResponse<byte[]> answer = send(request.method(), absolute(request.url()), others, body);
            if (bindsRequests()) {
                assertRefused(answer, "without " + name);
            }
        }
    }

    private static void assertTaken(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as("status of %s", text(answer)).isBetween(200, 299);
    }

    private static void assertRefused(HttpResponse<byte[]> answer) {
        assertRefused(answer, "request");
    }

    /** @param request for whoever reads the failure; never a URL that works */
    private static void assertRefused(HttpResponse<byte[]> answer, Object request) {
        assertThat(answer.statusCode())
                .as("status of %s: %s", request, text(answer))
                .isBetween(400, 499);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), 0, Math.min(answer.body().length, 500), UTF_8);
    }

    private void assertNothingStored(String key) {
        assertThat(store.stat(key)).isNull();
    }

    private static void assertNoParts(PartUploads uploads, PartUpload upload) {
        try {
            assertThat(uploads.listParts(upload)).isEmpty();
        } catch (BlobNotFoundException e) {
            throw new AssertionError("expected the upload to go on, found it gone", e);
        }
    }

    private static void assertHidden(String text, URI url) {
        assertThat(text).doesNotContain(url.getRawPath());
        String query = url.getRawQuery();
        if (query != null) {
            assertThat(query.split("&")).noneMatch(parameter -> parameter.length() > 20 && text.contains(parameter));
        }
    }
}
