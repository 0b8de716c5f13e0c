package io.graphqlfiles.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.api.gax.rpc.FixedHeaderProvider;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GcsBlobStoreBuilderTest {

    private final Storage storage = StorageOptions.http()
            .setProjectId("tests")
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();

    @Test
    void build_noKeyToSignWith() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GcsBlobStore.at(storage, "bucket"))
                .withMessageContaining("give hmacKey(...) or signer(...)");
    }

    @Test
    void build_credentialsThatAskAServiceToSign() {
        Storage compute = StorageOptions.http()
                .setProjectId("tests")
                .setCredentials(ComputeEngineCredentials.create())
                .build()
                .getService();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> GcsBlobStore.at(compute, "bucket"))
                .withMessageContaining("expected a key to sign URLs with");
    }

    /** As that of Spring Cloud GCP is. */
    @ParameterizedTest
    @ValueSource(strings = {"User-Agent", "user-agent"})
    void build_clientWithAName(String header) {
        Storage named = StorageOptions.http()
                .setProjectId("tests")
                .setCredentials(NoCredentials.getInstance())
                .setHeaderProvider(FixedHeaderProvider.create(header, "Spring/8"))
                .build()
                .getService();

        assertThat(GcsBlobStore.newGcsBlobStore(named, "bucket")
                        .hmacKey("id", "secret")
                        .build())
                .isNotNull();
    }

    @Test
    void signer_thatAsksAService() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> newStore().signer(ComputeEngineCredentials.create()))
                .withMessageContaining("ComputeEngineCredentials, which asks a service to sign");
    }

    /** One of the vendor's needs gRPC, which the tests do without, as most applications do. */
    @Test
    void build_clientNotOverHttp() {
        Storage another = (Storage) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> GcsBlobStore.newGcsBlobStore(another, "bucket")
                        .hmacKey("id", "secret")
                        .build())
                .withMessage("storage: expected a client over HTTP, StorageOptions.http(), found another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "UPPER", "a/b", "a b", "-bucket", "bucket?", "../.."})
    void newGcsBlobStore_badBucket(String bucket) {
        assertThatIllegalArgumentException().isThrownBy(() -> GcsBlobStore.newGcsBlobStore(storage, bucket));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "app", "/app/", "a//", "../", "a b/"})
    void keyPrefix_bad(String prefix) {
        assertThatIllegalArgumentException().isThrownBy(() -> newStore().keyPrefix(prefix));
    }

    @Test
    void bufferByteSize_lessThanAChunk_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> newStore().bufferByteSize(1000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> newStore().bufferByteSize(1 << 20).build())
                .withMessage("bufferByteSize: expected at least a chunk (8388608 bytes), found 1048576");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -262_144, 1, 262_143, 262_145})
    void chunkByteSize_bad(int bytes) {
        assertThatIllegalArgumentException().isThrownBy(() -> newStore().chunkByteSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"files", "/files", "ftp://example.org", "https://example.org/?a=b", "https://example.org/#a"})
    void publicBaseUrl_bad(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> newStore().publicBaseUrl(URI.create(url)));
    }

    @ParameterizedTest
    @CsvSource({
        ", https://storage.googleapis.com/bucket/app/public/a",
        "https://cdn.example.org, https://cdn.example.org/public/a",
        "https://cdn.example.org/files/, https://cdn.example.org/files/public/a"
    })
    void signGet_public_isPermanent(String baseUrl, String expected) {
        GcsBlobStore.Builder builder = newStore().hmacKey("id", "secret").keyPrefix("app/");
        if (baseUrl != null) {
            builder.publicBaseUrl(URI.create(baseUrl));
        }

        SignedUrl url = builder.build()
                .signGet(new SignGetRequest("public/a", Visibility.PUBLIC, "attachment", Instant.EPOCH, Instant.EPOCH));

        assertThat(url).isEqualTo(new SignedUrl(expected, null));
    }

    @Test
    void toString_hidesTheKey() {
        GcsBlobStore store =
                newStore().keyPrefix("app/").hmacKey("the-id", "the-secret").build();

        assertThat(store).hasToString("GcsBlobStore[gs://bucket/app/]");
        assertThat(store.isSlowToSign()).isFalse();
    }

    private GcsBlobStore.Builder newStore() {
        return GcsBlobStore.newGcsBlobStore(storage, "bucket");
    }
}
