package io.graphqlfiles.internal.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.body.SlowClientException;
import io.graphqlfiles.internal.execution.FileListeners;
import io.graphqlfiles.internal.token.PathSigner;
import io.graphqlfiles.server.FileEndpoint;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import io.graphqlfiles.testkit.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileEndpointTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-06-03T10:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3600);
    private static final String PRIVATE = "private/abcdefghijklmnopqrstuvwxyz";
    private static final String PUBLIC = "public/abcdefghijklmnopqrstuvwxyz";
    private static final String STAGED = "staged/20260603/abcdefghijklmnopqrstuvwxyz";

    private final MovableClock clock = MovableClock.at(NOW);
    private final InMemoryBlobStore store = new InMemoryBlobStore(clock);
    private final PathSigner signer = new PathSigner(List.of(SECRET));
    private final EndpointDirectAccess access = new EndpointDirectAccess("main", "/files", signer);
    private FileEndpoint endpoint = new SignedFileEndpoint(
            Map.of("main", store), null, signer, clock, List.of("*"), FileListeners.NONE, ByteSize.kilobytes(1));

    private record Answer(int status, Map<String, String> headers, String body) {}

    private void put(String key, String type, String disposition, String content) throws IOException {
        store.put(
                new PutRequest(key, PutRequest.UNKNOWN_SIZE, type, disposition, Visibility.PRIVATE),
                new ByteArrayInputStream(content.getBytes(UTF_8)));
    }

    private Answer send(String method, String url, byte[] body, long length, String... headers) throws IOException {
        return send(method, url, new ByteArrayInputStream(body), length, headers);
    }

    private Answer send(String method, String url, InputStream body, long length, String... headers)
            throws IOException {
        Map<String, String> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        String below = url.substring("/files".length());
        int query = below.indexOf('?');
        try (FileEndpointResponse response = endpoint.handle(new FileEndpointRequest(
                method,
                query < 0 ? below : below.substring(0, query),
                query < 0 ? null : below.substring(query + 1),
                map::get,
                body,
                length))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            response.writeTo(out);
            return new Answer(response.status(), response.headers(), out.toString(UTF_8));
        }
    }

    private Answer get(String url, String... headers) throws IOException {
        return send("GET", url, new byte[0], -1, headers);
    }

    private Answer upload(SignedRequest request, String url, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        return send(request.method(), url, bytes, bytes.length, headers);
    }

    private String signed(String key) {
        return access.signGet(new SignGetRequest(key, FileKeys.visibilityOf(key), null, NOW, LATER))
                .url()
                .toString();
    }

    private void assertRefused(Answer answer, int status, String text) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(text + "\n");
        assertThat(answer.headers())
                .contains(
                        entry("Content-Type", "text/plain; charset=utf-8"),
                        entry("Cache-Control", "no-store"),
                        entry("X-Content-Type-Options", "nosniff"));
    }

    @Nested
    class Get {

        @Test
        void get_signed() throws Exception {
            put(PRIVATE, "image/png", "inline; filename=\"a.png\"", "picture");

            Answer answer = get(signed(PRIVATE));

            BlobInfo blob = store.stat(PRIVATE);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("picture");
            assertThat(answer.headers())
                    .containsExactly(
                            entry("X-Content-Type-Options", "nosniff"),
                            entry("Referrer-Policy", "no-referrer"),
                            entry("Cross-Origin-Resource-Policy", "cross-origin"),
                            entry("Access-Control-Allow-Origin", "*"),
                            entry(
                                    "Access-Control-Expose-Headers",
                                    "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag"),
                            entry("ETag", "\"" + blob.version() + "\""),
                            entry("Last-Modified", "Wed, 03 Jun 2026 10:00:00 GMT"),
                            entry("Accept-Ranges", "bytes"),
                            entry("Cache-Control", "private, max-age=3600, immutable"),
                            entry("Content-Type", "image/png"),
                            entry("Content-Disposition", "inline; filename=\"a.png\""),
                            entry(
                                    "Content-Security-Policy",
                                    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"),
                            entry("Content-Length", "7"));
        }

        @Test
        void get_publicForEver() throws Exception {
            put(PUBLIC, "image/png", "inline", "picture");
            String url = signed(PUBLIC);
            clock.advance(Duration.ofDays(36_500));

            assertThat(url).isEqualTo("/files/main/" + PUBLIC);
            assertThat(get(url).body()).isEqualTo("picture");
            assertThat(get(url).headers()).containsEntry("Cache-Control", "public, max-age=31536000, immutable");
        }

        @Test
        void get_publicUnderAnotherName_isSignedToo() throws Exception {
            put(PUBLIC, "image/png", "inline", "picture");
            String url = access.signGet(new SignGetRequest(
                            PUBLIC, Visibility.PUBLIC, "attachment; filename=\"a b&c=d+e%.png\"", NOW, LATER))
                    .url()
                    .toString();
            clock.advance(Duration.ofDays(36_500));

            assertThat(get(url).headers())
                    .containsEntry("Content-Disposition", "attachment; filename=\"a b&c=d+e%.png\"");
            assertRefused(get("/files/main/" + PUBLIC + "?disposition=attachment"), 403, "The URL is not valid.");
            assertRefused(get(url.replace("png", "exe")), 403, "The URL is not valid.");
        }

        @Test
        void get_privateKeySignedAsPublic_expires() throws Exception {
            put(PRIVATE, "image/png", "inline", "picture");
            String url = access.signGet(new SignGetRequest(PRIVATE, Visibility.PUBLIC, null, NOW, LATER))
                    .url()
                    .toString();
            clock.set(LATER);

            assertRefused(get(url), 403, "The URL has expired.");
        }

        @Test
        void get_expiryIsExclusive() throws Exception {
            put(PRIVATE, "image/png", "inline", "picture");
            String url = signed(PRIVATE);

            clock.set(LATER.minusMillis(1));
            assertThat(get(url).status()).isEqualTo(200);
            assertThat(get(url).headers()).containsEntry("Cache-Control", "private, max-age=1, immutable");
            clock.set(LATER);
            assertRefused(get(url), 403, "The URL has expired.");
        }

        @Test
        void get_everyCharacterOfTheUrlChanged() throws Exception {
            put(PRIVATE, "image/png", "inline", "picture");
            String url = access.signGet(
                            new SignGetRequest(PRIVATE, Visibility.PRIVATE, "attachment; filename=\"x\"", NOW, LATER))
                    .url()
                    .toString();
            assertThat(get(url).status()).isEqualTo(200);

            for (int i = "/files".length(); i < url.length(); i++) {
                String changed = url.substring(0, i) + (char) (url.charAt(i) ^ 1) + url.substring(i + 1);
                assertThat(get(changed).status()).as(changed).isIn(403, 404);
                assertThat(get(url.substring(0, i)).status()).isIn(403, 404);
            }
        }

        @Test
        void get_queryAltered() throws Exception {
            put(PRIVATE, "image/png", "inline", "picture");
            String url = signed(PRIVATE);
            for (String altered : List.of(
                    url + "&",
                    url + "&x=1",
                    url + "&expires=9999999999",
                    url + "&signature=x",
                    url + "&disposition=inline",
                    url + "&size=1",
                    url.replace("expires=", "expires=0"),
                    url.replace("expires=", "expires=+"),
                    url.replaceAll("expires=\\d+&", ""),
                    url.replaceAll("expires=\\d+", "expires="),
                    url.replaceAll("&signature=.*", ""),
                    url.replaceAll("\\?.*", ""),
                    url + "%0a",
                    url + "%zz",
                    url + "&a".repeat(5000))) {
                assertRefused(get(altered), 403, "The URL is not valid.");
            }
        }

        @Test
        void get_publicRulesDoNotReachPrivateKeys() throws Exception {
            put(PRIVATE, "image/png", "inline", "picture");
            put(STAGED, "image/png", "inline", "picture");

            assertRefused(get("/files/main/" + PRIVATE), 403, "The URL is not valid.");
            assertRefused(get("/files/main/" + STAGED), 403, "The URL is not valid.");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "/",
                    "/main",
                    "/main/",
                    "//main/public/a",
                    "/main//public/a",
                    "/main/public/../private/abcdefghijklmnopqrstuvwxyz",
                    "/main/public/%2e%2e/private/abcdefghijklmnopqrstuvwxyz",
                    "/main/public%2Fabcdefghijklmnopqrstuvwxyz",
                    "/main/public\\abcdefghijklmnopqrstuvwxyz",
                    "/main/public/abcdefghijklmnopqrstuvwxyz/",
                    "/main/public/abcdefghijklmnopqrstuvwxyz;x=1",
                    "/main/public/abcdefghijklmnopqrstuvwxyz%00",
                    "/main/public/.hidden",
                    "/main/PUBLIC/abcdefghijklmnopqrstuvwxyz",
                    "/other/public/abcdefghijklmnopqrstuvwxyz",
                    "/../main/public/abcdefghijklmnopqrstuvwxyz",
                })
        void get_hostilePath(String path) throws Exception {
            put(PUBLIC, "image/png", "inline", "picture");
            put(PRIVATE, "image/png", "inline", "picture");

            assertThat(get("/files" + path).status()).isIn(403, 404);
            assertThat(get("/files" + path).body()).isIn("There is no such file.\n", "The URL is not valid.\n");
        }

        @Test
        void get_missing() throws Exception {
            assertRefused(get(signed(PRIVATE)), 404, "There is no such file.");
            assertRefused(get(signed(PUBLIC)), 404, "There is no such file.");
        }

        @Test
        void get_secretRotated() throws Exception {
            put(PRIVATE, "image/png", "inline", "picture");
            String url = signed(PRIVATE);
            endpoint = new SignedFileEndpoint(
                    Map.of("main", store),
                    null,
                    new PathSigner(List.of("x".repeat(32), SECRET)),
                    clock,
                    List.of("*"),
                    FileListeners.NONE,
                    ByteSize.kilobytes(1));
            assertThat(get(url).status()).isEqualTo(200);
            endpoint = new SignedFileEndpoint(
                    Map.of("main", store),
                    null,
                    new PathSigner(List.of("x".repeat(32))),
                    clock,
                    List.of("*"),
                    FileListeners.NONE,
                    ByteSize.kilobytes(1));
            assertRefused(get(url), 403, "The URL is not valid.");
        }

        @Test
        void get_urlOfAnotherStore() throws Exception {
            put(PRIVATE, "image/png", "inline", "picture");
            endpoint = new SignedFileEndpoint(
                    Map.of("main", store, "other", store),
                    null,
                    signer,
                    clock,
                    List.of("*"),
                    FileListeners.NONE,
                    ByteSize.kilobytes(1));

            assertRefused(get(signed(PRIVATE).replace("/main/", "/other/")), 403, "The URL is not valid.");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "text/html",
                    "text/html; charset=utf-8",
                    "TEXT/HTML",
                    "image/svg+xml",
                    "application/xhtml+xml",
                    "text/xml",
                    "text/javascript",
                    "application/x-acme",
                    "nonsense"
                })
        void get_activeTypes_neverInline(String type) throws Exception {
            put(PRIVATE, type, "inline; filename=\"a.html\"", "<script>alert(1)</script>");
            String inline = access.signGet(new SignGetRequest(PRIVATE, Visibility.PRIVATE, "inline", NOW, LATER))
                    .url()
                    .toString();

            assertThat(get(signed(PRIVATE)).headers())
                    .containsEntry("Content-Disposition", "attachment; filename=\"a.html\"")
                    .containsEntry("X-Content-Type-Options", "nosniff")
                    .hasEntrySatisfying(
                            "Content-Security-Policy",
                            policy -> assertThat(policy).endsWith("; sandbox"));
            assertThat(get(inline).headers()).containsEntry("Content-Disposition", "attachment");
        }

        @ParameterizedTest
        @CsvSource({
            "image/png, image/png",
            "text/plain, text/plain; charset=utf-8",
            "text/csv, text/csv; charset=utf-8",
            "text/csv;charset=utf-8, text/csv; charset=utf-8",
            "text/csv;charset=windows-1252, text/csv; charset=windows-1252",
            "text/csv;encoding=unknown, text/csv",
            "nonsense, application/octet-stream",
            "video/mp4, video/mp4",
        })
        void get_contentType(String stored, String served) throws Exception {
            put(PRIVATE, stored, "inline", "x");

            assertThat(get(signed(PRIVATE)).headers()).containsEntry("Content-Type", served);
        }

        @Test
        void text_inItsEncoding_inWhateverAnswer() throws Exception {
            put(PRIVATE, "text/plain;charset=koi8-r", "inline; filename=\"a.txt\"", "0123456789");
            String url = signed(PRIVATE);

            for (Answer answer : List.of(
                    get(url),
                    get(url, "Range", "bytes=2-4"),
                    send("HEAD", url, new byte[0], -1),
                    get(url, "If-None-Match", "\"another\""))) {
                assertThat(answer.status()).isIn(200, 206);
                assertThat(answer.headers())
                        .containsEntry("Content-Type", "text/plain; charset=koi8-r")
                        .containsEntry("X-Content-Type-Options", "nosniff")
                        .containsEntry("Content-Disposition", "inline; filename=\"a.txt\"");
            }
            // It goes on with what the answer before it said (RFC 9110, section 15.4.5).
            assertThat(get(url, "If-None-Match", get(url).headers().get("ETag")))
                    .satisfies(answer -> assertThat(answer.status()).isEqualTo(304))
                    .satisfies(answer -> assertThat(answer.headers()).doesNotContainKey("Content-Type"));
        }

        @Test
        void get_pdf_isNotSandboxed() throws Exception {
            put(PRIVATE, "application/pdf", "inline; filename=\"a.pdf\"", "%PDF-1.7");

            assertThat(get(signed(PRIVATE)).headers())
                    .containsEntry("Content-Disposition", "inline; filename=\"a.pdf\"")
                    .containsEntry(
                            "Content-Security-Policy",
                            "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'");
        }

        @Test
        void get_empty() throws Exception {
            put(PRIVATE, "text/plain", "inline", "");

            assertThat(get(signed(PRIVATE)).body()).isEmpty();
            assertThat(get(signed(PRIVATE)).headers()).containsEntry("Content-Length", "0");
            assertThat(get(signed(PRIVATE), "Range", "bytes=0-").status()).isEqualTo(416);
        }

        @Test
        void get_range() throws Exception {
            put(PRIVATE, "video/mp4", "inline", "0123456789");
            String url = signed(PRIVATE);

            Answer part = get(url, "Range", "bytes=2-4");
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.body()).isEqualTo("234");
            assertThat(part.headers()).contains(entry("Content-Range", "bytes 2-4/10"), entry("Content-Length", "3"));
            assertThat(get(url, "Range", "bytes=-3").body()).isEqualTo("789");
            assertThat(get(url, "Range", "bytes=8-").body()).isEqualTo("89");
            assertThat(get(url, "Range", "bytes=0-1,3-4").status()).isEqualTo(200);
            Answer beyond = get(url, "Range", "bytes=10-");
            assertRefused(beyond, 416, "The file has 10 bytes, none of which are in the range.");
            assertThat(beyond.headers()).containsEntry("Content-Range", "bytes */10");
            assertThat(get(url, "Range", "bytes=2-4", "If-Range", "\"other\"").status())
                    .isEqualTo(200);
            assertThat(get(url, "Range", "bytes=2-4", "If-Range", part.headers().get("ETag"))
                            .status())
                    .isEqualTo(206);
        }

        @Test
        void get_conditions() throws Exception {
            put(PRIVATE, "image/png", "inline", "picture");
            String url = signed(PRIVATE);
            String tag = get(url).headers().get("ETag");

            Answer notModified = get(url, "If-None-Match", tag);
            assertThat(notModified.status()).isEqualTo(304);
            assertThat(notModified.body()).isEmpty();
            assertThat(notModified.headers())
                    .contains(entry("ETag", tag), entry("Cache-Control", "private, max-age=3600, immutable"))
                    .doesNotContainKeys("Content-Length", "Content-Type");
            assertThat(get(url, "If-Modified-Since", "Wed, 03 Jun 2026 10:00:00 GMT")
                            .status())
                    .isEqualTo(304);
            assertRefused(get(url, "If-Match", "\"other\""), 412, "The file is not the one that the request expects.");
        }

        @Test
        void head_likeGetWithoutBody() throws Exception {
            put(PRIVATE, "image/png", "inline", "picture");

            Answer head = send("HEAD", signed(PRIVATE), new byte[0], -1, "Range", "bytes=0-1");
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers()).isEqualTo(get(signed(PRIVATE)).headers());
            Answer missing = send("HEAD", signed(PUBLIC), new byte[0], -1);
            assertThat(missing.status()).isEqualTo(404);
            assertThat(missing.body()).isEmpty();
        }
    }

    @Nested
    class Put {

        private final SignedRequest request = access.signPut(new SignPutRequest(STAGED, 7, "image/png", NOW, LATER));
        private final String url = request.url().toString();

        @Test
        void put_signed() throws Exception {
            Answer answer = upload(request, url, "picture", "Content-Type", "image/png");

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.body()).isEmpty();
            BlobInfo blob = store.stat(STAGED);
            assertThat(answer.headers()).containsEntry("ETag", "\"" + blob.version() + "\"");
            assertThat(blob.contentType()).isEqualTo("image/png");
            assertThat(blob.contentDisposition()).isEqualTo("attachment");
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.headers()).containsExactly(entry("Content-Type", "image/png"));
        }

        @Test
        void put_twice() throws Exception {
            upload(request, url, "picture", "Content-Type", "image/png");

            assertRefused(
                    upload(request, url, "another", "Content-Type", "image/png"),
                    409,
                    "The upload is already complete.");
            try (InputStream bytes = store.open(STAGED, ByteRange.whole())) {
                assertThat(bytes).hasContent("picture");
            }
        }

        @Test
        void put_everyCharacterOfTheUrlChanged() throws Exception {
            for (int i = "/files".length(); i < url.length(); i++) {
                String changed = url.substring(0, i) + (char) (url.charAt(i) ^ 1) + url.substring(i + 1);
                assertThat(upload(request, changed, "picture", "Content-Type", "image/png")
                                .status())
                        .as(changed)
                        .isIn(403, 404);
            }
            assertNothingStored();
        }

        @Test
        void put_otherLength() throws Exception {
            assertRefused(
                    upload(request, url, "picture!", "Content-Type", "image/png"),
                    413,
                    "Expected a body of 7 bytes, found one of 8.");
            assertRefused(
                    upload(request, url, "pictur", "Content-Type", "image/png"),
                    400,
                    "Expected a body of 7 bytes, found one of 6.");
            assertRefused(
                    send("PUT", url, "picture".getBytes(UTF_8), -1, "Content-Type", "image/png"),
                    411,
                    "Expected a Content-Length of 7.");
            assertNothingStored();
        }

        @Test
        void put_tooSlowly() throws IOException {
            InputStream slow = new FilterInputStream(InputStream.nullInputStream()) {
                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    throw new SlowClientException("Expected more speed");
                }
            };
            assertRefused(send("PUT", url, slow, 7, "Content-Type", "image/png"), 408, "Expected more speed.");
            assertNothingStored();
        }

        @Test
        void put_bodyBelongsToAnotherLength() throws Exception {
            assertRefused(
                    send("PUT", url, "pict".getBytes(UTF_8), 7, "Content-Type", "image/png"),
                    400,
                    "Expected a body of 7 bytes.");
            assertNothingStored();
        }

        @Test
        void put_otherType() throws Exception {
            assertRefused(
                    upload(request, url, "picture", "Content-Type", "text/html"),
                    415,
                    "Expected the Content-Type image/png.");
            assertRefused(upload(request, url, "picture"), 415, "Expected the Content-Type image/png.");
            assertNothingStored();
            assertThat(upload(request, url, "picture", "Content-Type", "image/png; charset=utf-8")
                            .status())
                    .isEqualTo(201);
        }

        @Test
        void put_expired() throws Exception {
            clock.set(LATER);

            assertRefused(upload(request, url, "picture", "Content-Type", "image/png"), 403, "The URL has expired.");
            assertNothingStored();
        }

        @Test
        void put_urlUsedWithOtherMethods() throws Exception {
            put(PRIVATE, "image/png", "inline", "picture");

            assertRefused(get(url), 403, "The URL is not valid.");
            assertRefused(
                    send("PUT", signed(PRIVATE), new byte[7], 7, "Content-Type", "image/png"),
                    403,
                    "The URL is not valid.");
            assertRefused(
                    send("PUT", "/files/main/" + PUBLIC, new byte[7], 7, "Content-Type", "image/png"),
                    403,
                    "The URL is not valid.");
            for (String method : List.of("POST", "DELETE", "PATCH", "put", "TRACE", "X")) {
                Answer answer = send(method, url, new byte[7], 7, "Content-Type", "image/png");
                assertRefused(answer, 405, "Expected GET, HEAD, PUT or OPTIONS.");
                assertThat(answer.headers()).containsEntry("Allow", "GET, HEAD, PUT, OPTIONS");
            }
        }

        @Test
        void put_bodyBreaksOff() {
            InputStream broken = new FilterInputStream(new ByteArrayInputStream("pic".getBytes(UTF_8))) {
                @Override
                public int read() throws IOException {
                    int next = super.read();
                    if (next < 0) {
                        throw new IOException("connection reset");
                    }
                    return next;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int count = super.read(buffer, offset, length);
                    if (count < 0) {
                        throw new IOException("connection reset");
                    }
                    return count;
                }
            };
            URI signedUrl = request.url();
            FileEndpointRequest broken7 = new FileEndpointRequest(
                    "PUT",
                    signedUrl.getRawPath().substring("/files".length()),
                    signedUrl.getRawQuery(),
                    name -> name.equals("Content-Type") ? "image/png" : null,
                    broken,
                    7);

            assertThatThrownBy(() -> endpoint.handle(broken7))
                    .isInstanceOf(IOException.class)
                    .hasMessage("connection reset");
            assertNothingStored();
            assertThat(broken7).hasToString("FileEndpointRequest[PUT]");
        }

        private void assertNothingStored() {
            assertThat(store.list("", null, 1000).blobs()).isEmpty();
        }
    }

    @Test
    void signing_isTheSameOnEveryNode() {
        EndpointDirectAccess other = new EndpointDirectAccess("main", "/files", new PathSigner(List.of(SECRET)));

        assertThat(signed(PRIVATE))
                .isEqualTo(other.signGet(new SignGetRequest(PRIVATE, Visibility.PRIVATE, null, NOW, LATER))
                        .url()
                        .toString())
                .matches("/files/main/" + PRIVATE + "\\?expires=1780484400&signature=[A-Za-z0-9_-]{43}");
    }

    @Test
    void options_preflight() throws Exception {
        Answer answer = send(
                "OPTIONS",
                "/files/main/" + STAGED,
                new byte[0],
                -1,
                "Origin",
                "https://a.test",
                "Access-Control-Request-Method",
                "PUT");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers())
                .contains(
                        entry("Access-Control-Allow-Origin", "*"),
                        entry("Access-Control-Allow-Methods", "GET, HEAD, PUT, OPTIONS"),
                        entry("Access-Control-Allow-Headers", "content-type, if-match, if-none-match, if-range, range"),
                        entry("Allow", "GET, HEAD, PUT, OPTIONS"))
                .doesNotContainKey("Access-Control-Allow-Credentials");
    }

    @Test
    void origins_allowList() throws Exception {
        endpoint = new SignedFileEndpoint(
                Map.of("main", store),
                null,
                signer,
                clock,
                List.of("https://a.test"),
                FileListeners.NONE,
                ByteSize.kilobytes(1));
        put(PUBLIC, "image/png", "inline", "picture");
        String url = "/files/main/" + PUBLIC;

        assertThat(get(url, "Origin", "https://a.test").headers())
                .contains(entry("Access-Control-Allow-Origin", "https://a.test"), entry("Vary", "Origin"));
        assertThat(get(url, "Origin", "https://a.test.evil.test").headers())
                .containsEntry("Vary", "Origin")
                .doesNotContainKey("Access-Control-Allow-Origin");
        assertThat(get(url).headers()).containsEntry("Vary", "Origin").doesNotContainKey("Access-Control-Allow-Origin");
    }

    @Test
    void store_fails() throws Exception {
        BlobStore failing = (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    throw new BlobStoreException("disk /secret/path", method.getName(), PUBLIC, true, "broken", null);
                });
        endpoint = new SignedFileEndpoint(
                Map.of("main", failing), null, signer, clock, List.of("*"), FileListeners.NONE, ByteSize.kilobytes(1));

        assertRefused(get("/files/main/" + PUBLIC), 503, "The file store is not available; try again later.");
    }
}
