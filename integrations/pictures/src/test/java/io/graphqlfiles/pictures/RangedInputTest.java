package io.graphqlfiles.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RangedInputTest {

    /** A parser takes the exception for the end of a damaged file. */
    @Test
    void storeThatFails_whileBytesArePassedOver_isNotTakenForADamagedFile() throws IOException {
        Stored stored = new Stored("video/mp4", new byte[200_000]);
        stored.store.fail(Operation.OPEN).afterBytes(1000);

        try (RangedInput ranges = new RangedInput(stored.content)) {
            assertThat(ranges.read()).isZero();
            assertThatThrownBy(() -> ranges.skipNBytes(2000)).isInstanceOf(IOException.class);
            assertThatThrownBy(ranges::requireIntact).isInstanceOf(IOException.class);
        }
        assertThat(stored.store.openStreams()).isZero();
    }
}
