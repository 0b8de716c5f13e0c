package io.graphqlfiles.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.spi.media.FileFacts;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiffDirectoryTest {

    private static final int SHORT = 3;
    private static final int LONG = 4;

    private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(count);
        if (type == SHORT) {
            tiff.putShort((short) value).putShort((short) 0);
        } else {
            tiff.putInt(value);
        }
    }

    /** 60 x 40, with the directory there, and as many bytes behind it. */
    private static byte[] tiff(ByteOrder order, int offset, int orientation, int behind) {
        ByteBuffer tiff = ByteBuffer.allocate(offset + 54 + behind).order(order);
        tiff.put(Samples.ascii(order == ByteOrder.BIG_ENDIAN ? "MM" : "II")).putShort((short) 42);
        tiff.putInt(offset).position(offset);
        tiff.putShort((short) 4);
        entry(tiff, 0x0100, SHORT, 1, 60);
        entry(tiff, 0x0101, LONG, 1, 40);
        entry(tiff, 0x0112, SHORT, 1, orientation);
        entry(tiff, 0x0115, SHORT, 1, 3);
        return tiff.array();
    }

    @ParameterizedTest
    @CsvSource({"II, 8", "MM, 8", "II, 1000", "MM, 1001"})
    void directory_isRead(String order, int offset) {
        ByteOrder byteOrder = order.equals("MM") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        for (int orientation = 1; orientation <= 8; orientation++) {
            TiffDirectory directory = TiffDirectory.of(tiff(byteOrder, offset, orientation, 0));

            assertThat(directory.width()).isEqualTo(60);
            assertThat(directory.height()).isEqualTo(40);
            assertThat(directory.orientation()).isEqualTo(orientation);
            assertThat(directory.isWhole()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 65_535})
    void orientation_thatIsNone_isUpright(int orientation) {
        assertThat(TiffDirectory.of(tiff(ByteOrder.BIG_ENDIAN, 8, orientation, 0))
                        .orientation())
                .isEqualTo(Orientation.UPRIGHT);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 100", "3, 2, 100", "5, 1, 100", "4, 1, -1", "4, 0, 100", "4, -1, 100"})
    void values_ofOtherTypesOrElsewhere_areNone(int type, int count, int value) {
        byte[] tiff = tiff(ByteOrder.BIG_ENDIAN, 8, 6, 200);
        ByteBuffer entry = ByteBuffer.wrap(tiff);
        entry.position(10);
        entry(entry, 0x0100, type, count, value);

        TiffDirectory directory = TiffDirectory.of(tiff);

        assertThat(directory.width()).isZero();
        assertThat(directory.height()).isEqualTo(40);
        assertThat(directory.orientation()).isEqualTo(6);
    }

    @Test
    void entry_thatIsRepeated_countsOnce() {
        byte[] tiff = tiff(ByteOrder.BIG_ENDIAN, 8, 6, 0);
        ByteBuffer entry = ByteBuffer.wrap(tiff);
        entry.position(10 + 36);
        entry(entry, 0x0112, SHORT, 1, 3);

        assertThat(TiffDirectory.of(tiff).orientation()).isEqualTo(6);
    }

    @Test
    void somethingElse_isNone() throws IOException {
        byte[] tiff = tiff(ByteOrder.BIG_ENDIAN, 8, 6, 0);
        for (int i = 0; i < 4; i++) {
            byte[] other = tiff.clone();
            other[i]++;
            assertThat(TiffDirectory.of(other).width()).isZero();
        }
        for (int offset : new int[] {0, 7, 1000, Integer.MAX_VALUE, -1}) {
            byte[] other = tiff.clone();
            ByteBuffer.wrap(other).putInt(4, offset);
            assertThat(TiffDirectory.of(other).width()).isZero();
            assertThat(TiffDirectory.of(other).orientation()).isEqualTo(Orientation.UPRIGHT);
        }
        assertThat(TiffDirectory.of(new byte[0]).width()).isZero();
        assertThat(new Stored("image/tiff", new byte[7])
                        .facts(PictureAnalyzer.create())
                        .width())
                .isNull();
    }

    @Test
    void truncated_saysWhatThereIs() throws IOException {
        byte[] tiff = tiff(ByteOrder.BIG_ENDIAN, 8, 6, 0);
        for (int length = 0; length < tiff.length; length++) {
            TiffDirectory directory = TiffDirectory.of(Arrays.copyOf(tiff, length));
            assertThat(directory.width()).isEqualTo(length < 22 ? 0 : 60);
            assertThat(directory.height()).isEqualTo(length < 34 ? 0 : 40);
            assertThat(directory.orientation()).isEqualTo(length < 46 ? 1 : 6);
        }
        byte[] far = Arrays.copyOf(tiff(ByteOrder.BIG_ENDIAN, 100, 6, 0), 50);
        assertThatThrownBy(() -> TiffDirectory.read(new ByteArrayInputStream(far)))
                .isInstanceOf(EOFException.class);
    }

    /** Programs write the pixels first, and the directory behind them. */
    @ParameterizedTest
    @ValueSource(ints = {65_500, 65_536, 200_000, 20_000_000})
    void tiff_withItsDirectoryBehindThePixels_isReadInRanges(int offset) throws IOException {
        Stored stored = new Stored("image/tiff", tiff(ByteOrder.LITTLE_ENDIAN, offset, 6, 100_000));

        FileFacts facts = stored.facts(PictureAnalyzer.create());

        assertThat(facts.width()).isEqualTo(40);
        assertThat(facts.height()).isEqualTo(60);
        assertThat(stored.opened()).isBetween(1, 2);
        assertThat(stored.store.openStreams()).isZero();
    }

    @Test
    void tiff_whoseDirectoryIsInTheHead_isNotReadFromTheStore() throws IOException {
        Stored stored = new Stored("image/tiff", tiff(ByteOrder.LITTLE_ENDIAN, 8, 1, 100_000));

        assertThat(stored.facts(PictureAnalyzer.create()).width()).isEqualTo(60);
        assertThat(stored.opened()).isZero();
    }
}
