package io.graphqlfiles.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link io.graphqlfiles.spi.BlobStore#head} of stores that have none of their own, with others at work meanwhile. */
class BlobHeadTest {

    private static final String KEY = "private/a";

    private final InMemoryBlobStore memory = new InMemoryBlobStore();

    @Test
    void head_replacedBeforeItIsRead() {
        put("first");

        assertChanged(() -> put("second"), () -> {});
    }

    @Test
    void head_replacedAfterItIsRead() {
        put("first");

        assertChanged(() -> {}, () -> put("second"));
    }

    @Test
    void head_deletedBeforeItIsRead() {
        put("first");

        assertChanged(() -> memory.delete(List.of(KEY)), () -> {});
    }

    @Test
    void head_deletedAfterItIsRead() {
        put("first");

        assertChanged(() -> {}, () -> memory.delete(List.of(KEY)));
    }

    private void assertChanged(Runnable beforeOpen, Runnable afterOpen) {
        ForwardingBlobStore meddled = new ForwardingBlobStore(memory) {
            @Override
            public InputStream open(String key, ByteRange range) {
                beforeOpen.run();
                InputStream opened = super.open(key, range);
                afterOpen.run();
                return opened;
            }
        };

        assertThatExceptionOfType(BlobIntegrityException.class)
                .isThrownBy(() -> meddled.head(KEY, 10))
                .satisfies(e -> assertThat(e.key()).isEqualTo(KEY));
    }

    private void put(String content) {
        memory.delete(List.of(KEY));
        try {
            memory.put(
                    new PutRequest(KEY, content.length(), "text/plain", "inline", Visibility.PRIVATE),
                    new ByteArrayInputStream(content.getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
