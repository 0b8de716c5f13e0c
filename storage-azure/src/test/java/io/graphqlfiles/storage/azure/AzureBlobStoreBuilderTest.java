package io.graphqlfiles.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.azure.core.credential.TokenCredential;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.Visibility;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class AzureBlobStoreBuilderTest {

    private static final StorageSharedKeyCredential KEY = new StorageSharedKeyCredential("pictures", "AAAA");
    private static final BlobServiceClient CLIENT = new BlobServiceClientBuilder()
            .endpoint("https://pictures.blob.core.windows.net")
            .credential(KEY)
            .buildClient();

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "A-container", "a--b", "-ab", "ab-", "a/b", "../a", "a_b"})
    void container_noName_isRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> AzureBlobStore.newAzureBlobStore(CLIENT, name));
        assertThatIllegalArgumentException().isThrownBy(() -> newStore().publicContainer(name));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_535, 1_073_741_825})
    void chunkByteSize_outOfRange_isRefused(int bytes) {
        assertThatIllegalArgumentException().isThrownBy(() -> newStore().chunkByteSize(bytes));
    }

    @Test
    void bufferByteSize_lessThanAChunk_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> newStore()
                        .chunkByteSize(1 << 20)
                        .bufferByteSize(1 << 19)
                        .build())
                .withMessageContaining("bufferByteSize: expected at least a chunk (1048576 bytes), found 524288");
    }

    @Test
    void callTimeout_tooShort_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> newStore().callTimeout(Duration.ofMillis(99)));
    }

    @Test
    void sharedKey_ofAnotherAccount_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> newStore().sharedKey(new StorageSharedKeyCredential("others", "AAAA")));
    }

    @Test
    void build_clientWithoutAccountKey_isRefusedUnlessToldHowToSign() {
        TokenCredential token = request -> Mono.error(new IllegalStateException("asked"));
        BlobServiceClient client = new BlobServiceClientBuilder()
                .endpoint("https://pictures.blob.core.windows.net")
                .credential(token)
                .buildClient();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AzureBlobStore.at(client, "files"))
                .withMessageContaining("userDelegation()");
        assertThat(AzureBlobStore.newAzureBlobStore(client, "files")
                        .sharedKey(KEY)
                        .build())
                .isNotNull();
    }

    @Test
    void signGet_public_isTheContainerOfPublicBlobs() {
        assertThat(publicUrl(newStore())).isEqualTo("https://pictures.blob.core.windows.net/files/app/public/cat");
        assertThat(publicUrl(newStore().publicContainer("everyone")))
                .isEqualTo("https://pictures.blob.core.windows.net/everyone/app/public/cat");
        assertThat(publicUrl(newStore().publicBaseUrl(URI.create("https://cdn.example.com/pictures/"))))
                .isEqualTo("https://cdn.example.com/pictures/public/cat");
    }

    @Test
    void toString_hasNoKey() {
        assertThat(newStore().build()).hasToString("AzureBlobStore[https://pictures.blob.core.windows.net/files/app/]");
        assertThat(SigningKey.of(KEY)).hasToString("SigningKey[until null]");
    }

    private static AzureBlobStore.Builder newStore() {
        return AzureBlobStore.newAzureBlobStore(CLIENT, "files").keyPrefix("app/");
    }

    private static String publicUrl(AzureBlobStore.Builder store) {
        return store.build()
                .signGet(new SignGetRequest(
                        "public/cat", Visibility.PUBLIC, null, Instant.EPOCH, Instant.EPOCH.plusSeconds(1)))
                .text();
    }
}
