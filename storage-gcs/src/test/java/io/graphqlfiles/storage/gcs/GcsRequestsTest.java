package io.graphqlfiles.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.MultipartUploadClient;
import com.google.cloud.storage.MultipartUploadSettings;
import com.google.cloud.storage.multipartupload.model.AbortMultipartUploadRequest;
import com.google.cloud.storage.multipartupload.model.CreateMultipartUploadRequest;
import com.google.cloud.storage.multipartupload.model.ListPartsRequest;
import io.graphqlfiles.spi.BlobHead;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.UploadedPart;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.storage.gcs.server.Faults.Call;
import io.graphqlfiles.testkit.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the store asks, and what the service answers to requests that were not made as signed. */
class GcsRequestsTest {

    private static final int CHUNK = 256 * 1024;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final MovableClock CLOCK = MovableClock.at("2030-01-01T00:00:00Z");

    @TempDir
    private static Path directory;

    private static GcsFixture gcs;

    private final String key = "private/" + UUID.randomUUID();
    private final GcsBlobStore store = gcs.newHmacStore().chunkByteSize(CHUNK).build();

    @BeforeAll
    static void start() throws Exception {
        gcs = GcsFixture.startServer(directory, CLOCK);
        gcs.server()
                .configureBucket(
                        GcsFixture.BUCKET,
                        "{\"cors\": [{\"origin\": [\"https://app.example.org\"], \"method\": [\"PUT\"],"
                                + " \"responseHeader\": [\"Content-Type\", \"x-goog-content-length-range\","
                                + " \"x-goog-if-generation-match\"]}]}");
    }

    @AfterAll
    static void stop() {
        gcs.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1000, 0", "262144, 0", "262145, 2", "524288, 2", "1000000, 4"})
    void put_oneRequestOrOneForEachChunk(int size, int chunks) throws IOException {
        int before = gcs.server().calls().size();

        store.put(blob(PutRequest.UNKNOWN_SIZE), new ByteArrayInputStream(new byte[size]));

        List<Call> calls = gcs.server().calls();
        List<Call> uploads = calls.subList(before, calls.size()).stream()
                .filter(call -> call.path().startsWith("/upload/"))
                .toList();
        assertThat(uploads.stream().filter(call -> call.method().equals("POST")))
                .hasSize(1);
        assertThat(uploads.stream().filter(call -> call.method().equals("PUT"))).hasSize(chunks);
        assertThat(uploads.get(0).query()).contains("ifGenerationMatch=0");
    }

    @Test
    void look_thenCopy_areTwoRequests() throws IOException {
        byte[] content = new byte[1000];
        Arrays.fill(content, (byte) 7);
        store.put(blob(1000), new ByteArrayInputStream(content));
        // The first requests, of the vendor's client and of ours, are for access tokens.
        store.stat(key);
        store.head(key, 1);
        int before = gcs.server().calls().size();

        BlobHead head = store.head(key, 100);
        BlobInfo copy =
                store.copy(new CopyRequest(head.info(), key + "-copy", "text/plain", "attachment", Visibility.PRIVATE));

        List<Call> calls = gcs.server().calls();
        assertThat(calls.subList(before, calls.size())).extracting(Call::method).containsExactly("GET", "POST");
        assertThat(calls.get(calls.size() - 1).query())
                .contains("ifSourceGenerationMatch=" + head.info().version())
                .contains("ifGenerationMatch=0");
        assertThat(head.bytes()).isEqualTo(Arrays.copyOf(content, 100));
        assertThat(copy).isEqualTo(store.stat(key + "-copy"));
    }

    @Test
    void copy_sourceReplacedSinceTheLook_isRefused() throws IOException {
        store.put(blob(1000), new ByteArrayInputStream(new byte[1000]));
        BlobInfo seen = store.head(key, 100).info();
        store.delete(List.of(key));
        store.put(blob(1000), new ByteArrayInputStream(new byte[1000]));

        assertThatExceptionOfType(BlobIntegrityException.class)
                .isThrownBy(() -> store.copy(
                        new CopyRequest(seen, key + "-copy", "text/plain", "attachment", Visibility.PRIVATE)));
        assertThat(store.stat(key + "-copy")).isNull();
    }

    @Test
    void uploadInParts_listedCompletedLookedAtAndCopied_areFourRequests() throws IOException {
        PartUpload upload = store.beginParts(new PartUploadRequest(key, 1000, 5 << 20, "image/png"));
        store.putPart(new PutPartRequest(upload, 1, 1000), new ByteArrayInputStream(new byte[1000]));
        int before = gcs.server().calls().size();

        store.completeParts(upload, store.listParts(upload));
        store.copy(new CopyRequest(
                store.head(key, 100).info(), key + "-copy", "text/plain", "attachment", Visibility.PRIVATE));

        assertThat(gcs.server().calls().size() - before).isEqualTo(4);
    }

    @Test
    void copy_large_inSeveralCalls() throws IOException {
        BlobInfo source = store.put(blob(20 << 20), new ByteArrayInputStream(new byte[20 << 20]));
        String target = "private/" + UUID.randomUUID();
        int before = gcs.server().calls().size();

        BlobInfo copy = store.copy(new CopyRequest(source, target, "image/png", "attachment", Visibility.PRIVATE));

        List<Call> calls = gcs.server().calls();
        assertThat(calls.subList(before, calls.size()))
                .hasSize(3)
                .allMatch(call -> call.query().contains("ifSourceGenerationMatch=" + source.version()));
        assertThat(copy.checksum()).isEqualTo(source.checksum());
    }

    @Test
    void delete_many_inBatches() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            keys.add(key + "-" + i);
        }
        int before = gcs.server().calls().size();

        store.delete(keys);

        assertThat(gcs.server().calls().size() - before).isEqualTo(3);
    }

    /** The server lists at most 100 at once, whatever is asked for. */
    @Test
    void listParts_pages() throws IOException {
        PartUpload upload = store.beginParts(new PartUploadRequest(key, 150, 1, "image/png"));
        for (int i = 1; i <= 150; i++) {
            store.putPart(new PutPartRequest(upload, i, 1), new ByteArrayInputStream(new byte[1]));
        }

        assertThat(store.listParts(upload).stream().map(UploadedPart::number))
                .hasSize(150)
                .isSorted();
        store.abortParts(upload);
    }

    @Test
    void removeUnfinishedWrites_pages_onlyOlderOnesBelowItsPrefix() {
        GcsBlobStore app = gcs.newHmacStore().keyPrefix("sweep/").build();
        PartUpload others = store.beginParts(new PartUploadRequest(key, 1, 1, "image/png"));
        for (int i = 0; i < 120; i++) {
            app.beginParts(new PartUploadRequest(key + "-" + i, 1, 1, "image/png"));
        }
        CLOCK.advance(Duration.ofHours(1));
        PartUpload younger = app.beginParts(new PartUploadRequest(key, 1, 1, "image/png"));

        assertThat(app.removeUnfinishedWrites(CLOCK.instant())).isEqualTo(120);

        assertThat(app.listParts(younger)).isEmpty();
        assertThat(store.listParts(others)).isEmpty();
        app.abortParts(younger);
        store.abortParts(others);
    }

    @Test
    void removeUnfinishedWrites_uploadsOfOthers_areLeftAlone() {
        GcsBlobStore app = gcs.newHmacStore().keyPrefix("shared/").build();
        MultipartUploadClient others = MultipartUploadClient.create(
                MultipartUploadSettings.of((HttpStorageOptions) gcs.storage().getOptions()));
        String name = "shared/a film.mp4";
        String uploadId = others.createMultipartUpload(CreateMultipartUploadRequest.builder()
                        .bucket(gcs.bucket())
                        .key(name)
                        .build())
                .uploadId();
        PartUpload ours = app.beginParts(new PartUploadRequest(key, 1, 1, "image/png"));
        CLOCK.advance(Duration.ofSeconds(1));

        assertThat(app.removeUnfinishedWrites(CLOCK.instant())).isEqualTo(1);

        assertThat(others.listParts(ListPartsRequest.builder()
                                .bucket(gcs.bucket())
                                .key(name)
                                .uploadId(uploadId)
                                .build())
                        .uploadId())
                .isEqualTo(uploadId);
        assertThatExceptionOfType(BlobNotFoundException.class).isThrownBy(() -> app.listParts(ours));
        others.abortMultipartUpload(AbortMultipartUploadRequest.builder()
                .bucket(gcs.bucket())
                .key(name)
                .uploadId(uploadId)
                .build());
    }

    /** What the Cloud Console makes for a folder, and whatever else: what is listed can be deleted. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void list_objectsOfOthers_arePassedOver(int limit) throws IOException {
        GcsBlobStore app = gcs.newHmacStore().keyPrefix("others" + limit + "/").build();
        for (String other :
                List.of("", "staged/", "staged/a.txt", "staged/a b", "staged/1/2/3/4/5/6", "staged/x/", "z.txt")) {
            gcs.storage()
                    .create(com.google.cloud.storage.BlobInfo.newBuilder(gcs.bucket(), "others" + limit + "/" + other)
                            .build());
        }
        app.put(
                new PutRequest("staged/mine", 1, "image/png", "inline", Visibility.PRIVATE),
                new ByteArrayInputStream(new byte[1]));

        assertThat(keys(app, "", limit)).containsExactly("staged/mine");
        List<String> staged = keys(app, "staged/", limit);
        app.delete(staged);

        assertThat(staged).containsExactly("staged/mine");
        assertThat(app.stat("staged/mine")).isNull();
    }

    @Test
    void keyPrefix_isPartOfNoKey() throws IOException {
        GcsBlobStore app = gcs.newHmacStore().keyPrefix("one/two/").build();

        app.put(blob(10), new ByteArrayInputStream(new byte[10]));

        assertThat(store.stat("one/two/" + key)).isNotNull();
        assertThat(store.stat(key)).isNull();
        BlobStore.Page page = app.list("", null, 1000);
        assertThat(page.blobs().stream().map(BlobInfo::key)).containsExactly(key);
    }

    @Test
    void objectAcls_publicBlobsCanBeReadByEveryone() throws Exception {
        gcs.server().createBucket("with-acls", "");
        gcs.server()
                .configureBucket(
                        "with-acls", "{\"iamConfiguration\": {\"uniformBucketLevelAccess\": {\"enabled\": false}}}");
        GcsBlobStore acls = GcsBlobStore.newGcsBlobStore(gcs.storage(), "with-acls")
                .objectAcls(true)
                .chunkByteSize(CHUNK)
                .build();

        for (int size : new int[] {10, 3 * CHUNK}) {
            String name = UUID.randomUUID().toString();
            BlobInfo source = put(acls, "public/" + name, size, Visibility.PUBLIC);
            put(acls, "private/" + name, size, Visibility.PRIVATE);
            acls.copy(new CopyRequest(source, "public/copy-" + name, "image/png", "inline", Visibility.PUBLIC));

            assertThat(get(publicUrl(acls, "public/" + name)).body()).hasSize(size);
            assertThat(get(publicUrl(acls, "public/copy-" + name)).body()).hasSize(size);
            assertThat(get(publicUrl(acls, "private/" + name)).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void objectAcls_bucketThatTakesNone_isToldOf() {
        GcsBlobStore acls = gcs.newStore().objectAcls(true).build();

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> put(acls, "public/a", 10, Visibility.PUBLIC))
                .withMessageContaining("answered 400");
        assertThat(acls.stat("public/a")).isNull();
    }

    @Test
    void signPut_takenKey_isRefused() throws Exception {
        SignedRequest request = sign();
        assertThat(send(request, new byte[10]).statusCode()).isEqualTo(200);

        HttpResponse<String> again = send(request, new byte[10]);

        assertThat(again.statusCode()).isEqualTo(412);
        assertThat(again.body()).contains("<Code>PreconditionFailed</Code>");
    }

    @Test
    void signPut_ended_isRefused() throws Exception {
        SignedRequest request = sign();
        CLOCK.advance(Duration.ofSeconds(60));

        HttpResponse<String> answer = send(request, new byte[10]);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("<Code>ExpiredToken</Code>");
    }

    @Test
    void signPut_endsAtItsEnd() throws Exception {
        SignedRequest request = sign();
        CLOCK.advance(Duration.ofSeconds(59));

        assertThat(send(request, new byte[10]).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"9, EntityTooSmall", "11, EntityTooLarge"})
    void signPut_otherLength_isRefused(int size, String code) throws Exception {
        HttpResponse<String> answer = send(sign(), new byte[size]);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("<Code>" + code + "</Code>");
    }

    @ParameterizedTest
    @CsvSource({"x-goog-acl, public-read", "x-goog-meta-a, b", "x-goog-storage-class, ARCHIVE"})
    void signPut_headerThatIsNotSigned_isRefused(String name, String value) throws Exception {
        SignedRequest request = sign();
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(request.url()).PUT(BodyPublishers.ofByteArray(new byte[10]));
        request.headers().forEach(builder::setHeader);

        HttpResponse<String> answer = CLIENT.send(builder.setHeader(name, value).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(store.stat(key)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.org, 'content-type,x-goog-content-length-range,x-goog-if-generation-match', true",
        "https://app.example.org, 'content-type,x-goog-acl', false",
        "https://evil.example.org, content-type, false"
    })
    void signPut_preflight(String origin, String headers, boolean permitted) throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(sign().url())
                        .method("OPTIONS", BodyPublishers.noBody())
                        .setHeader("Origin", origin)
                        .setHeader("Access-Control-Request-Method", "PUT")
                        .setHeader("Access-Control-Request-Headers", headers)
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin").isPresent())
                .isEqualTo(permitted);
    }

    private static List<String> keys(GcsBlobStore app, String prefix, int limit) {
        List<String> keys = new ArrayList<>();
        String cursor = null;
        do {
            BlobStore.Page page = app.list(prefix, cursor, limit);
            page.blobs().forEach(blob -> keys.add(blob.key()));
            cursor = page.nextCursor();
        } while (cursor != null);
        return keys;
    }

    private SignedRequest sign() {
        Instant now = CLOCK.instant();
        return store.signPut(new SignPutRequest(key, 10, "image/png", now, now.plusSeconds(60)));
    }

    private static HttpResponse<String> send(SignedRequest request, byte[] body) throws Exception {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.url()).PUT(BodyPublishers.ofByteArray(body));
        request.headers().forEach(builder::setHeader);
        return CLIENT.send(builder.build(), BodyHandlers.ofString());
    }

    private static URI publicUrl(GcsBlobStore acls, String key) {
        return acls.signGet(new SignGetRequest(key, Visibility.PUBLIC, null, Instant.EPOCH, Instant.EPOCH))
                .url();
    }

    private static HttpResponse<byte[]> get(URI url) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
    }

    private static BlobInfo put(GcsBlobStore acls, String key, int size, Visibility visibility) throws IOException {
        return acls.put(
                new PutRequest(key, size, "image/png", "inline", visibility), new ByteArrayInputStream(new byte[size]));
    }

    private PutRequest blob(long size) {
        return new PutRequest(key, size, "image/png", "attachment", Visibility.PRIVATE);
    }
}
