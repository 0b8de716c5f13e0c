package io.graphqlfiles.internal.pair;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import io.graphqlfiles.testkit.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** URLs of files while they move, and afterwards. */
class MigratingUrlsTest {

    private static final String PRIVATE = "private/abc";
    private static final String PUBLIC = "public/abc";

    private final MovableClock clock = MovableClock.at("2026-11-30T10:20:30Z");
    private final InMemoryBlobStore old = new InMemoryBlobStore();
    private final Bucket young = new Bucket("new.example.com");

    /** A store with a server of its own. */
    private static final class Bucket extends ForwardingBlobStore implements DirectAccess {

        private final String host;

        Bucket(String host) {
            super(new InMemoryBlobStore());
            this.host = host;
        }

        @Override
        public SignedRequest signPut(SignPutRequest put) {
            return new SignedRequest("PUT", URI.create("https://" + host + "/" + put.key()), Map.of(), put.expiresAt());
        }

        @Override
        public SignedUrl signGet(SignGetRequest get) {
            Instant expires = get.visibility() == Visibility.PUBLIC ? null : get.expiresAt();
            return new SignedUrl("https://" + host + "/" + get.key() + "?as=" + get.contentDisposition(), expires);
        }
    }

    private GraphQLFiles files(BlobStore from) {
        GraphQLFiles.Builder builder = GraphQLFiles.newGraphQLFiles()
                .store(young)
                .secret("a secret of the tests, long enough to be one")
                .clock(clock);
        if (from != null) {
            builder.migrateFrom(from);
        }
        return builder.build();
    }

    private static void put(BlobStore store, String key) throws IOException {
        store.put(
                new PutRequest(key, 5, "text/plain", "inline", FileKeys.visibilityOf(key)),
                new ByteArrayInputStream("hello".getBytes(UTF_8)));
    }

    private static StoredFile file(String key) {
        return new StoredFile(
                "default", key, "a.txt", "text/plain", 5, Instant.EPOCH, FileKeys.visibilityOf(key), null);
    }

    private record Answer(int status, Map<String, String> headers, String body) {}

    private static Answer send(GraphQLFiles files, String method, String url) throws IOException {
        URI uri = URI.create(url);
        try (FileEndpointResponse response = files.server()
                .fileEndpoint()
                .handle(new FileEndpointRequest(
                        method,
                        uri.getRawPath().substring("/files".length()),
                        uri.getRawQuery(),
                        header -> null,
                        InputStream.nullInputStream(),
                        0))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            response.writeTo(out);
            return new Answer(response.status(), response.headers(), out.toString(UTF_8));
        }
    }

    @Test
    void url_isTheEndpoints_andLeadsToWhereTheFileIs() throws IOException {
        try (GraphQLFiles files = files(old)) {
            put(old, PRIVATE);
            String url = files.url(file(PRIVATE)).toString();

            assertThat(send(files, "GET", url).body()).isEqualTo("hello");
            assertThat(send(files, "HEAD", url).status()).isEqualTo(200);

            put(young, PRIVATE);
            Answer moved = send(files, "GET", url);
            assertThat(moved.status()).isEqualTo(302);
            assertThat(moved.headers().get("Location")).isEqualTo("https://new.example.com/private/abc?as=null");
            assertThat(moved.headers().get("Cache-Control")).matches("private, max-age=1[0-9]{4}");
            assertThat(send(files, "HEAD", url).status()).isEqualTo(200);
        }
    }

    @Test
    void url_oldStoreHasAServer_leadsThere() throws IOException {
        Bucket bucket = new Bucket("old.example.com");
        try (GraphQLFiles files = files(bucket)) {
            put(bucket, PRIVATE);
            put(bucket, PUBLIC);

            assertThat(send(files, "GET", files.url(file(PRIVATE)).toString())
                            .headers()
                            .get("Location"))
                    .startsWith("https://old.example.com/private/abc");
            Answer isPublic = send(files, "GET", files.url(file(PUBLIC)).toString());
            assertThat(isPublic.headers().get("Location")).startsWith("https://old.example.com/public/abc");
            assertThat(isPublic.headers().get("Cache-Control")).isEqualTo("public, max-age=3600");
        }
    }

    @Test
    void url_missingFile_orAlteredSignature_isRefused() throws IOException {
        try (GraphQLFiles files = files(old)) {
            String url = files.url(file(PRIVATE)).toString();

            assertThat(send(files, "GET", url).status()).isEqualTo(404);
            put(young, PRIVATE);
            assertThat(send(files, "GET", url.replaceFirst("expires=\\d", "expires=9"))
                            .status())
                    .isEqualTo(403);
            assertThat(send(files, "GET", "/files/default/private/abc").status())
                    .isEqualTo(403);
        }
    }

    @Test
    void url_outlivesTheMigration() throws IOException {
        String url;
        try (GraphQLFiles files = files(old)) {
            url = files.url(file(PRIVATE)).toString();
        }
        try (GraphQLFiles files = files(null)) {
            assertThat(send(files, "GET", url).headers().get("Location"))
                    .startsWith("https://new.example.com/private/abc");
            assertThat(send(files, "GET", "/files/default/public/abc").headers().get("Location"))
                    .startsWith("https://new.example.com/public/abc");
            assertThat(send(files, "GET", "/files/default/private/abc").status())
                    .isEqualTo(403);
        }
    }

    /** As while files move: link checkers and previews ask so, and other servers refuse what is signed for GET. */
    @Test
    void head_afterTheMigration_tellsOfTheFile() throws IOException {
        String url;
        try (GraphQLFiles files = files(old)) {
            url = files.url(file(PRIVATE)).toString();
        }
        put(young, PRIVATE);
        try (GraphQLFiles files = files(null)) {
            Answer head = send(files, "HEAD", url);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers()).containsEntry("Content-Length", "5");
            assertThat(send(files, "HEAD", "/files/default/public/abc").status())
                    .isEqualTo(404);
            assertThat(send(files, "HEAD", "/files/default/private/abc").status())
                    .isEqualTo(403);
        }
    }

    @Test
    void migrateFrom_endpointOff_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GraphQLFiles.newGraphQLFiles()
                        .store(young)
                        .migrateFrom(old)
                        .fileEndpoint(false)
                        .secret("a secret of the tests, long enough to be one")
                        .build())
                .withMessageContaining("file endpoint");
    }

    @Test
    void migrateFrom_theStoreItself_isRefused() {
        GraphQLFiles.Builder builder =
                GraphQLFiles.newGraphQLFiles().store(young).secret("a secret of the tests, long enough to be one");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.migrateFrom(young).build())
                .withMessageContaining("found the same");
    }

    @Test
    void migrateFrom_unknownName_orMirroredToo_isRefused() {
        GraphQLFiles.Builder builder =
                GraphQLFiles.newGraphQLFiles().store(young).secret("a secret of the tests, long enough to be one");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.migrateFrom("archive", old).build())
                .withMessageContaining("found \"archive\"");
    }
}
