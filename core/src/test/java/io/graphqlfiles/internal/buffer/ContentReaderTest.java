package io.graphqlfiles.internal.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentReaderTest {

    private static final int PIECE = 500_000;

    private final BufferMemory memory = new BufferMemory(PIECE, Duration.ZERO);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 65_537, 196_608, 499_999, 500_000, 500_001, 1_000_000, 1_234_567})
    void next_piecesAreTheContent(int size) throws IOException {
        byte[] content = bytes(size);
        for (long promised : new long[] {size, ContentReader.UNKNOWN_SIZE}) {
            ContentReader reader = reader(content, promised);
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            int pieces = 0;
            while (!reader.hasEnded()) {
                try (Piece piece = reader.next()) {
                    pieces++;
                    assertThat(reader.hasEnded() || piece.length() == PIECE).isTrue();
                    piece.stream().transferTo(read);
                }
            }

            assertThat(read.toByteArray()).isEqualTo(content);
            assertThat(pieces).isEqualTo(Math.max(1, (size + PIECE - 1) / PIECE));
            assertThat(reader.byteSize()).isEqualTo(size);
        }
        assertThat(memory.free()).isEqualTo(PIECE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 200_000, 299_999, 300_000})
    void writeTo_passesOverWhatIsBefore(int from) throws IOException {
        byte[] content = bytes(300_000);
        ByteArrayOutputStream written = new ByteArrayOutputStream();

        try (Piece piece = reader(content, content.length).next()) {
            piece.writeTo(written, from);
        }

        assertThat(written.toByteArray()).isEqualTo(Arrays.copyOfRange(content, from, content.length));
    }

    @ParameterizedTest
    @CsvSource({"10, 9, 9 bytes", "10, 11, more", "500000, 500001, more", "600000, 500000, 500000 bytes", "0, 1, more"})
    void next_otherLengthThanPromised_fails(int promised, int size, String found) {
        ContentReader reader = reader(bytes(size), promised);

        assertThatExceptionOfType(UploadFailure.class)
                .isThrownBy(() -> {
                    while (!reader.hasEnded()) {
                        reader.next().close();
                    }
                })
                .withMessage("expected " + promised + " bytes, found " + found);
        assertThat(memory.free()).isEqualTo(PIECE);
    }

    @Test
    void next_streamFails_givesTheMemoryBack() {
        IOException failure = new IOException("of the test");
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw failure;
            }
        };
        InputStream content = new SequenceInputStream(new ByteArrayInputStream(bytes(300_000)), failing);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new ContentReader(
                                content, ContentReader.UNKNOWN_SIZE, PIECE, memory, UploadFailure.FAILURES)
                        .next())
                .isSameAs(failure);
        assertThat(memory.free()).isEqualTo(PIECE);
    }

    @ParameterizedTest
    @CsvSource({"10, 9, 9 bytes", "10, 11, more"})
    void promisedInputStream_otherLength_failsBeforeItsLastByte(int promised, int size, String found) {
        PromisedInputStream stream =
                new PromisedInputStream(new ByteArrayInputStream(bytes(size)), promised, UploadFailure.FAILURES);
        ByteArrayOutputStream read = new ByteArrayOutputStream();

        assertThatExceptionOfType(UploadFailure.class)
                .isThrownBy(() -> {
                    for (int next = stream.read(); next >= 0; next = stream.read()) {
                        read.write(next);
                    }
                })
                .withMessage("expected " + promised + " bytes, found " + found);
        assertThat(read.size()).isLessThan(promised);
        assertThat(stream.isBegun()).isTrue();
        assertThatExceptionOfType(UploadFailure.class).isThrownBy(stream::throwFailure);
    }

    private ContentReader reader(byte[] content, long promised) {
        return new ContentReader(new ByteArrayInputStream(content), promised, PIECE, memory, UploadFailure.FAILURES);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
