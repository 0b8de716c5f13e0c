package io.graphqlfiles.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.WriteChannel;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.MultipartUploadClient;
import com.google.cloud.storage.MultipartUploadSettings;
import com.google.cloud.storage.RequestBody;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.multipartupload.model.UploadPartRequest;
import com.google.cloud.storage.multipartupload.model.UploadPartResponse;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.SignPartRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.UploadedPart;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.storage.gcs.server.Faults.Call;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of our own next to those that the vendor's client sends for the same: service and test server read both. */
class GcsVendorRequestsTest {

    private static final int CHUNK = 256 * 1024;

    @TempDir
    private static Path directory;

    private static GcsFixture gcs;

    private final String key = "private/" + UUID.randomUUID();
    private final GcsBlobStore store = gcs.newStore().chunkByteSize(CHUNK).build();

    @BeforeAll
    static void start() throws Exception {
        gcs = GcsFixture.startServer(directory, Clock.systemUTC());
        // The first request of each is for an access token.
        gcs.storage().get(GcsFixture.BUCKET, "none");
    }

    @AfterAll
    static void stop() {
        gcs.close();
    }

    @Test
    void put_inOneRequest() throws IOException {
        Call vendors = only(
                calls(() -> gcs.storage().create(vendorsObject(), content(1000), BlobTargetOption.doesNotExist())));

        Call ours = only(calls(() -> put(1000)));

        assertThat(ours.method()).isEqualTo(vendors.method());
        assertThat(ours.path()).isEqualTo(vendors.path());
        assertThat(parameters(vendors)).containsAll(parameters(ours));
        assertThat(gcs.storage().get(GcsFixture.BUCKET, key).getCrc32c())
                .isEqualTo(
                        gcs.storage().get(GcsFixture.BUCKET, key + "-vendors").getCrc32c());
    }

    /** The vendor's client asks nothing afterwards either: the answer says all. */
    @ParameterizedTest
    @ValueSource(ints = {CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 17})
    void put_inSeveralRequests(int size) throws IOException {
        List<Call> vendors = calls(() -> {
            WriteChannel channel = gcs.storage().writer(vendorsObject(), BlobWriteOption.doesNotExist());
            channel.setChunkSize(CHUNK);
            channel.write(ByteBuffer.wrap(content(size)));
            channel.close();
        });

        List<Call> ours = calls(() -> put(size));

        assertThat(ours.get(0).path()).isEqualTo(vendors.get(0).path());
        assertThat(parameters(vendors.get(0))).containsAll(List.of("uploadType=resumable", "ifGenerationMatch=0"));
        assertThat(parameters(ours.get(0))).containsExactlyInAnyOrder("uploadType=resumable", "ifGenerationMatch=0");
        // Where the length is a multiple of the chunk, it does not know in time that a chunk is the last.
        boolean isMultiple = size % CHUNK == 0;
        assertThat(ours.subList(1, isMultiple ? ours.size() - 1 : ours.size()))
                .extracting(call -> call.method() + " " + call.contentRange())
                .containsExactlyElementsOf(vendors.stream()
                        .skip(1)
                        .limit(isMultiple ? ours.size() - 2 : vendors.size())
                        .map(call -> call.method() + " " + call.contentRange())
                        .toList());
        assertThat(gcs.storage().get(GcsFixture.BUCKET, key).getCrc32c())
                .isEqualTo(
                        gcs.storage().get(GcsFixture.BUCKET, key + "-vendors").getCrc32c());
    }

    @Test
    void putPart_andSignedParts() throws IOException {
        PartUpload upload = store.beginParts(new PartUploadRequest(key, 2000, 5 << 20, "image/png"));
        MultipartUploadClient client = MultipartUploadClient.create(
                MultipartUploadSettings.of((HttpStorageOptions) gcs.storage().getOptions()));
        UploadPartResponse[] answer = new UploadPartResponse[1];
        Call vendors = only(calls(() -> answer[0] = client.uploadPart(
                UploadPartRequest.builder()
                        .bucket(GcsFixture.BUCKET)
                        .key(key)
                        .uploadId(upload.uploadId())
                        .partNumber(1)
                        .build(),
                RequestBody.of(ByteBuffer.wrap(content(1000))))));
        UploadedPart[] part = new UploadedPart[1];

        Call ours = only(calls(() ->
                part[0] = store.putPart(new PutPartRequest(upload, 1, 1000), new ByteArrayInputStream(content(1000)))));
        Instant now = Instant.now();
        SignedRequest signed = store.signPart(new SignPartRequest(upload, 1, 1000, now, now.plusSeconds(60)));

        assertThat(ours.method()).isEqualTo(vendors.method()).isEqualTo(signed.method());
        // It encodes the slashes of a name, which is the same to the service.
        assertThat(ours.path())
                .isEqualTo(vendors.path().replace("%2F", "/"))
                .isEqualTo(signed.url().getRawPath());
        assertThat(parameters(ours)).containsExactlyInAnyOrderElementsOf(parameters(vendors));
        assertThat(signed.url().getRawQuery().split("&")).containsAll(parameters(vendors));
        assertThat(part[0].version()).isEqualTo(answer[0].eTag().replace("\"", ""));
        store.abortParts(upload);
    }

    private interface Requests {
        void send() throws IOException;
    }

    private static List<Call> calls(Requests requests) throws IOException {
        int before = gcs.server().calls().size();
        requests.send();
        List<Call> calls = gcs.server().calls();
        return calls.subList(before, calls.size()).stream()
                .filter(call -> !call.path().equals("/token"))
                .toList();
    }

    private static Call only(List<Call> calls) {
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }

    private static List<String> parameters(Call call) {
        return Arrays.asList(call.query().split("&"));
    }

    private com.google.cloud.storage.BlobInfo vendorsObject() {
        return com.google.cloud.storage.BlobInfo.newBuilder(GcsFixture.BUCKET, key + "-vendors")
                .setContentType("image/png")
                .build();
    }

    private void put(int size) throws IOException {
        store.put(
                new PutRequest(key, PutRequest.UNKNOWN_SIZE, "image/png", "attachment", Visibility.PRIVATE),
                new ByteArrayInputStream(content(size)));
    }

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
