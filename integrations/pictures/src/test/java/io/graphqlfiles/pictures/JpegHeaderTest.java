package io.graphqlfiles.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spi.media.FileFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegHeaderTest {

    private static final byte[] SCAN = bytes(0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0);

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] jpeg(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(0xff, 0xd8));
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] frame(int marker, int width, int height) {
        return bytes(0xff, marker, 0, 11, 8, height >> 8, height, width >> 8, width, 1, 1, 0x11, 0);
    }

    private static byte[] exif(int orientation) {
        byte[] exif = Orientation.exif(orientation);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(0xff, 0xe1, 0, 8 + exif.length));
        out.writeBytes(Samples.ascii("Exif\0\0"));
        out.writeBytes(exif);
        return out.toByteArray();
    }

    private static JpegHeader read(byte[] jpeg) throws IOException {
        return JpegHeader.read(new ByteArrayInputStream(jpeg));
    }

    private static void assertSays(byte[] jpeg, int width, int height, int orientation) throws IOException {
        JpegHeader header = read(jpeg);
        assertThat(header.width()).isEqualTo(width);
        assertThat(header.height()).isEqualTo(height);
        assertThat(header.orientation()).isEqualTo(orientation);
        assertThat(header.isWhole()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf})
    void everyKindOfFrame_hasASize(int marker) throws IOException {
        assertSays(jpeg(exif(8), frame(marker, 6000, 40_000), SCAN), 6000, 40_000, 8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xc4, 0xc8, 0xcc, 0xdb, 0xe0, 0xfe})
    void otherSegments_haveNone(int marker) throws IOException {
        assertSays(jpeg(frame(marker, 6000, 4000), frame(0xc0, 60, 40), SCAN), 60, 40, 1);
    }

    @Test
    void exif_mayBeBehindTheSize_andTheFirstCounts() throws IOException {
        assertSays(jpeg(frame(0xc0, 60, 40), exif(6), exif(3), SCAN), 60, 40, 6);
        assertSays(jpeg(frame(0xc0, 60, 40), SCAN, exif(6)), 60, 40, 1);
    }

    @Test
    void fillBytesAndWhatIsBetweenSegments_arePassedOver() throws IOException {
        byte[] between = bytes(0xff, 0xff, 0xff, 0xff);
        assertSays(jpeg(between, exif(6), bytes(0, 1, 2), frame(0xc0, 60, 40), SCAN), 60, 40, 6);
        assertSays(jpeg(bytes(0xff, 1, 0xff, 0xd0), frame(0xc0, 60, 40), bytes(0xff, 0xd9)), 60, 40, 1);
    }

    @Test
    void largestFrame_counts() throws IOException {
        assertSays(jpeg(frame(0xc0, 60, 40), frame(0xc0, 600, 400), frame(0xc0, 6, 4), SCAN), 600, 400, 1);
    }

    @Test
    void damagedSegment_leavesNoSize() throws IOException {
        assertSays(jpeg(frame(0xc0, 60, 40), bytes(0xff, 0xe0, 0, 1), SCAN), 0, 0, 1);
        assertSays(bytes(0xff, 0xd9, 0xff, 0xda), 0, 0, 1);
    }

    /** What is looked at may end anywhere; the stored file is the whole of it. */
    @Test
    void truncated_isReadFurther_unlessThatIsAll() throws IOException {
        byte[] jpeg = jpeg(frame(0xc0, 60, 40), exif(6), SCAN);
        for (int length = 0; length < jpeg.length - SCAN.length + 2; length++) {
            byte[] head = Arrays.copyOf(jpeg, length);
            assertThat(read(head).isWhole()).isFalse();
            FileFacts facts =
                    PictureAnalyzer.create().analyzeHead("image/jpeg", head).facts();
            assertThat(facts).isEqualTo(FileFacts.none());
        }
        byte[] withoutEnd = jpeg(frame(0xc0, 60, 40), bytes(0xff, 0xe0, 0xff, 0xff));
        assertThat(new Stored("image/jpeg", withoutEnd)
                        .facts(PictureAnalyzer.create())
                        .width())
                .isEqualTo(60);
    }
}
