package io.graphqlfiles.storage.azure;

import static io.graphqlfiles.storage.azure.Content.bytes;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.UploadedPart;
import io.graphqlfiles.spi.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many requests the store sends, and what is left of those that fail. */
class AzureRequestsTest {

    private static final int CHUNK = 64 * 1024;

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final String prefix = "requests/" + UUID.randomUUID() + "/";
    private AzureFixture fixture;
    private AzureBlobStore store;

    @BeforeEach
    void open() throws Exception {
        fixture = AzureFixture.shared();
        store = newStore(fixture.client());
    }

    private AzureBlobStore newStore(BlobServiceClient client) {
        HttpPipeline pipeline = client.getHttpPipeline();
        HttpPipelinePolicy[] policies = IntStream.range(0, pipeline.getPolicyCount())
                .mapToObj(pipeline::getPolicy)
                .toArray(HttpPipelinePolicy[]::new);
        BlobServiceClient counted = new BlobServiceClientBuilder()
                .endpoint(client.getAccountUrl())
                .pipeline(new HttpPipelineBuilder()
                        .httpClient(counting(pipeline.getHttpClient()))
                        .policies(policies)
                        .build())
                .buildClient();
        return AzureBlobStore.newAzureBlobStore(counted, fixture.container())
                .publicContainer(fixture.publicContainer())
                .keyPrefix(prefix)
                .chunkByteSize(CHUNK)
                .bufferByteSize(CHUNK)
                .build();
    }

    private HttpClient counting(HttpClient client) {
        return request -> {
            String query = request.getUrl().getQuery();
            String what = query == null ? "blob" : query.replaceAll(".*comp=([a-z]+).*", "$1");
            requests.add(request.getHttpMethod() + " " + what);
            return client.send(request);
        };
    }

    @Test
    void put_oneChunk_isOneRequest() throws IOException {
        put("private/a", CHUNK);

        assertThat(requests).containsExactly("PUT blob");
    }

    @Test
    void put_longer_isBlocksInTheMemoryOfOne() throws IOException {
        put("private/a", 3 * CHUNK + 1);

        assertThat(requests).containsExactly("PUT block", "PUT block", "PUT block", "PUT block", "PUT blocklist");
        assertThat(read("private/a")).isEqualTo(bytes(1, 3 * CHUNK + 1));
        assertThat(requireNonNull(store.stat("private/a")).checksum()).startsWith("md5:");
    }

    @Test
    void put_streamFailsAmongBlocks_leavesNoBlock() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.put(
                        blob("private/a", -1),
                        new SequenceInputStream(Content.stream(1, 2 * CHUNK), new BrokenStream())));

        assertThat(uncommitted()).isEmpty();
    }

    @Test
    void head_isOneRequest() throws IOException {
        put("private/a", 1000);
        requests.clear();

        store.head("private/a", 100);

        assertThat(requests).containsExactly("GET blob");
    }

    @Test
    void open_isOneRequestHoweverLong() throws IOException {
        put("private/a", 20 * CHUNK);
        requests.clear();

        assertThat(read("private/a")).hasSize(20 * CHUNK);

        assertThat(requests).containsExactly("GET blob");
    }

    @Test
    void copy_isTwoRequests() throws IOException {
        BlobInfo source = put("staged/a", 1000);
        requests.clear();

        store.copy(new CopyRequest(source, "public/a", "image/png", "inline", Visibility.PUBLIC));

        assertThat(requests).containsExactly("PUT block", "PUT blocklist");
        assertThat(read("public/a")).isEqualTo(bytes(1, 1000));
        assertThat(cacheControl(fixture.publicContainer(), "public/a")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(cacheControl(fixture.container(), "staged/a")).isEqualTo("private, max-age=86400, immutable");
    }

    @Test
    void delete_many_isOneRequestForEachContainer() throws IOException {
        store = newStore(fixture.hostStyleClient());
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            put("private/" + i, 1);
            put("public/" + i, 1);
            keys.add("private/" + i);
            keys.add("public/" + i);
            keys.add("private/missing" + i);
        }
        requests.clear();

        store.delete(keys);

        assertThat(requests).containsExactly("POST batch", "POST batch");
        assertThat(store.list("", null, 100).blobs()).isEmpty();
    }

    @Test
    void list_all_isBothContainers() throws IOException {
        put("private/a", 1);
        put("public/a", 1);

        List<String> keys = new ArrayList<>();
        String cursor = null;
        do {
            var page = store.list("", cursor, 1);
            page.blobs().forEach(blob -> keys.add(blob.key()));
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(keys).containsExactlyInAnyOrder("private/a", "public/a");
        assertThat(store.list("public/", null, 10).blobs()).hasSize(1);
    }

    @Test
    void putPart_longerThanAChunk_isSeveralBlocksOfOnePart() throws IOException {
        int size = 2 * CHUNK + 10;
        PartUpload upload = store.beginParts(new PartUploadRequest("staged/a", 2L * size, size, "image/png"));
        UploadedPart first = store.putPart(new PutPartRequest(upload, 1, size), Content.stream(3, size));
        UploadedPart second = store.putPart(new PutPartRequest(upload, 2, size), Content.stream(4, size));

        assertThat(store.listParts(upload)).containsExactly(first, second);
        store.completeParts(upload, List.of(first, second));

        assertThat(read("staged/a")).startsWith(bytes(3, size)).endsWith(bytes(4, size));
        assertThat(uncommitted()).isEmpty();
    }

    @Test
    void putPart_failsAmongItsBlocks_isNotListed() {
        int size = 2 * CHUNK + 10;
        PartUpload upload = store.beginParts(new PartUploadRequest("staged/a", size, size, "image/png"));

        assertThatExceptionOfType(BlobIntegrityException.class)
                .isThrownBy(() -> store.putPart(new PutPartRequest(upload, 1, size), Content.stream(3, CHUNK + 10)));

        assertThat(store.listParts(upload)).isEmpty();
    }

    @Test
    void abortParts_leavesNoBlock() throws IOException {
        PartUpload upload = store.beginParts(new PartUploadRequest("staged/a", 10, 10, "image/png"));
        store.putPart(new PutPartRequest(upload, 1, 10), Content.stream(3, 10));
        assertThat(uncommitted()).hasSize(1);

        store.abortParts(upload);

        assertThat(uncommitted()).isEmpty();
    }

    /** Names of what has uncommitted blocks and nothing else: those of our prefix are all of them but blobs. */
    private List<String> uncommitted() {
        List<String> blobs = names(false);
        return names(true).stream().filter(name -> !blobs.contains(name)).toList();
    }

    private List<String> names(boolean uncommitted) {
        return fixture
                .client()
                .getBlobContainerClient(fixture.container())
                .listBlobs(
                        new ListBlobsOptions()
                                .setPrefix(prefix)
                                .setDetails(new BlobListDetails().setRetrieveUncommittedBlobs(uncommitted)),
                        null)
                .stream()
                .map(item -> item.getName())
                .toList();
    }

    private String cacheControl(String container, String key) {
        return fixture.client()
                .getBlobContainerClient(container)
                .getBlobClient(prefix + key)
                .getProperties()
                .getCacheControl();
    }

    private BlobInfo put(String key, int size) throws IOException {
        return store.put(blob(key, size), new ByteArrayInputStream(bytes(1, size)));
    }

    private static PutRequest blob(String key, long size) {
        return new PutRequest(key, size, "image/png", "inline", Visibility.PRIVATE);
    }

    private byte[] read(String key) throws IOException {
        try (InputStream in = store.open(key, ByteRange.whole())) {
            return in.readAllBytes();
        }
    }

    private static final class BrokenStream extends InputStream {

        @Override
        public int read() throws IOException {
            throw new IOException("the client went away");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
        }
    }
}
