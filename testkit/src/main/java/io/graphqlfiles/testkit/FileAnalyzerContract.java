package io.graphqlfiles.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.media.FileAnalyzer;
import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link FileAnalyzer} promises. Extend it in a test, once for each type of file. */
public abstract class FileAnalyzerContract {

    /** For subclasses. */
    protected FileAnalyzerContract() {}

    private static final int HEAD = 65_536;

    /** A new analyzer. */
    protected abstract FileAnalyzer createAnalyzer();

    /** The type of the files. */
    protected abstract String mimeType();

    /** A file of this type. */
    protected abstract byte[] sample();

    /** What is known of it. */
    protected abstract FileFacts expected();

    @Test
    void analyzes_itsType() {
        assertThat(createAnalyzer().analyzes(mimeType())).isTrue();
        assertThat(createAnalyzer().analyzes("application/x-unknown")).isFalse();
    }

    @Test
    void facts_ofAStoredFile() throws IOException {
        MediaSample stored = new MediaSample(mimeType(), sample());

        assertThat(createAnalyzer().analyze(stored.content, FileFacts.none())).satisfies(found -> {
            // Of what is always in the head, a whole file need not be read again.
            assertThat(found).isIn(expected(), FileFacts.none());
        });
        assertThat(facts(stored, sample())).isEqualTo(expected());
        assertThat(stored.store.openStreams()).isZero();
    }

    private FileFacts facts(MediaSample stored, byte[] bytes) throws IOException {
        byte[] head = Arrays.copyOf(bytes, Math.min(HEAD, bytes.length));
        FileAnalyzer.Analysis analysis = createAnalyzer().analyzeHead(mimeType(), head);
        assertThat(head).as("the head is not to be changed").isEqualTo(Arrays.copyOf(bytes, head.length));
        return analysis.isComplete() ? analysis.facts() : createAnalyzer().analyze(stored.content, analysis.facts());
    }

    @Test
    void garbage_hasNoFacts_orFails() throws IOException {
        byte[] garbage = new byte[100_000];
        new Random(1).nextBytes(garbage);
        MediaSample stored = new MediaSample(mimeType(), garbage);
        try {
            assertThat(facts(stored, garbage)).isEqualTo(FileFacts.none());
        } catch (IOException | RuntimeException expected) {
            // means the same
        }
        assertThat(stored.store.openStreams()).isZero();
    }

    @Test
    void truncated_tellsNothingElse() throws IOException {
        byte[] sample = sample();
        for (int i = 0; i < 20; i++) {
            byte[] part = Arrays.copyOf(sample, sample.length * i / 20);
            MediaSample stored = new MediaSample(mimeType(), part);
            try {
                FileFacts found = facts(stored, part);
                assertThat(found.width()).isIn(null, expected().width());
                assertThat(found.height()).isIn(null, expected().height());
            } catch (IOException | RuntimeException expected) {
                // means that there are none
            }
            assertThat(stored.store.openStreams()).isZero();
        }
    }

    @Test
    void storeThatFails_isNoDamagedFile() {
        byte[] sample = sample();
        MediaSample stored = new MediaSample(mimeType(), sample);
        stored.store.fail(Operation.OPEN).before();

        assertThatThrownBy(() -> {
                    FileFacts found = createAnalyzer().analyze(stored.content, FileFacts.none());
                    // It may not have asked at all.
                    if (stored.store.calls(Operation.OPEN) == 0) {
                        throw new BlobStoreException("store", "open", null, true, "not asked: " + found, null);
                    }
                })
                .isInstanceOfAny(BlobStoreException.class, IOException.class);
    }
}
