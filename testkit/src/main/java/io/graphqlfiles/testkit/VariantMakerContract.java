package io.graphqlfiles.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.media.VariantFailedException;
import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link VariantMaker} promises. Extend it in a test, once for each type of file. */
public abstract class VariantMakerContract {

    /** For subclasses. */
    protected VariantMakerContract() {}

    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** A new maker. */
    protected abstract VariantMaker createMaker();

    /** The type of the originals. */
    protected abstract String mimeType();

    /** A file of this type. */
    protected abstract byte[] original();

    /** What is made of it. */
    protected VariantRecipe recipe() {
        return VariantRecipe.ofWidth(16);
    }

    /** As what it is made. */
    protected VariantRecipe.Format format() {
        return VariantRecipe.Format.JPEG;
    }

    /** Called after each job: nothing of it may be left. */
    protected void assertNothingIsLeft() {}

    private byte[] make(MediaSample original) throws IOException {
        try (InputStream made = createMaker().make(original.content, recipe(), format(), LIMIT)) {
            return made.readAllBytes();
        } finally {
            assertThat(original.store.openStreams()).isZero();
        }
    }

    @Test
    void variant_isMade() throws IOException {
        assertThat(createMaker().makes(mimeType(), recipe(), format())).isTrue();
        assertThat(make(new MediaSample(mimeType(), original()))).isNotEmpty();
        assertNothingIsLeft();
    }

    @Test
    void otherTypes_areNotMade() {
        assertThat(createMaker().makes("application/x-unknown", recipe(), format()))
                .isFalse();
    }

    @Test
    void closedEarly_leavesNothing() throws IOException {
        MediaSample original = new MediaSample(mimeType(), original());

        createMaker().make(original.content, recipe(), format(), LIMIT).close();

        assertThat(original.store.openStreams()).isZero();
        assertNothingIsLeft();
    }

    @Test
    void garbage_failsForGood() {
        byte[] garbage = new byte[10_000];
        new Random(1).nextBytes(garbage);

        assertThatThrownBy(() -> make(new MediaSample(mimeType(), garbage))).isInstanceOf(VariantFailedException.class);
        assertNothingIsLeft();
    }

    @Test
    void storeThatFails_isNoDamagedOriginal() {
        MediaSample original = new MediaSample(mimeType(), original());
        original.store.fail(Operation.OPEN).before();
        assertThatThrownBy(() -> make(original)).isInstanceOf(BlobStoreException.class);

        MediaSample breaking = new MediaSample(mimeType(), original());
        breaking.store.fail(Operation.OPEN).afterBytes(5);
        assertThatThrownBy(() -> make(breaking))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(VariantFailedException.class);
        assertNothingIsLeft();
    }

    @Test
    void timeThatIsOver_isNoDamagedOriginal() {
        MediaSample original = new MediaSample(mimeType(), original());

        assertThatThrownBy(() -> {
                    try (InputStream made =
                            createMaker().make(original.content, recipe(), format(), Duration.ofNanos(1))) {
                        made.readAllBytes();
                    }
                })
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(VariantFailedException.class);
        assertThat(original.store.openStreams()).isZero();
        assertNothingIsLeft();
    }
}
