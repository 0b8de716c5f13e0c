package io.graphqlfiles.pictures;

import static io.graphqlfiles.pictures.Allocations.allocated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.spi.media.VariantFailedException;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.spi.media.VariantRecipe.Format;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files that were made to keep a decoder busy without a word from it, or to have it fill the memory. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowPicturesTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final VariantRecipe SMALL = VariantRecipe.within(8, 8);
    private static final int SIDE = 7000;

    /** What a small variant may take, whatever the file says of itself. */
    private static final long LITTLE = 48L << 20;

    /** 196609 x 16 pixels whose transparency ends at once. */
    private static final String ENDLESS_ALPHA = """
            UklGRqgBAABXRUJQVlA4WAoAAAAQAAAAAAADDwAAQUxQSMMAAAABJ6KokSTleucYX+ffKpmImP90cY3gJjDi4Yt3
            MsjBEVyDKzDosHgVjnhRNcEIDAJPkqBqsFUZHNa2bUYvTsZ2PLbtd/uvKa4hov9J0f2PkPe6REkkGzolkTTzFG0O
            x9PlFgAAAIi+kOGDtxoynjaCfx0pfk52CPuInrOR75lzRugygtv4zEiy90UwfSD9NheMITJWLaXWayO8XeOlWRXV
            nIGk2W6WdYoYMQ+KqixQNPowgt+6a1BSKbUtz+lUFAoBAAAAVlA4IL4AAACQAgCdASoQABAAAwA0JbACdDBPCIUM
            fAMdCCz96AD+/XSg/QKbH4r3Q3ycN/bSDK/T/zVo4u6nvclvG/SqxWOuup+XhN9BojvaW+Tv+MvxvX/hr/o/5Qns
            9LtmX/+qKdl/yWznhuasl7nkxvSTI4xf3Y85VSB/lU/8Ofj/b9JrA+ifvIOYZm2x1RP/dhfmsf5diuSfR7+z+r/+
            HR3zEo/+XM/B+vkYw73Pzx+ROaAB/ZoBSzEs3rzZe6qsAAAA
            """;

    private static byte[] make(String mimeType, byte[] original, Duration limit) throws IOException {
        Stored stored = new Stored(mimeType, original);
        try (InputStream made = InProcessVariants.create().make(stored.content, SMALL, Format.PNG, limit)) {
            return made.readAllBytes();
        } finally {
            assertThat(stored.store.openStreams()).isZero();
        }
    }

    private static void assertRefused(String mimeType, byte[] original) {
        assertThatThrownBy(() -> make(mimeType, original, LIMIT)).isInstanceOf(VariantFailedException.class);
    }

    /** A picture or the one exception, of little memory. */
    private static void assertCostsLittle(String mimeType, byte[] original) throws IOException {
        assertThat(allocated(() -> {
                    try {
                        assertThat(Samples.decoded(make(mimeType, original, LIMIT))
                                        .getWidth())
                                .isLessThanOrEqualTo(8);
                    } catch (VariantFailedException expected) {
                        // as promised
                    }
                }))
                .isLessThan(LITTLE);
    }

    private static void segment(ByteArrayOutputStream jpeg, int marker, int... payload) {
        jpeg.write(0xff);
        jpeg.write(marker);
        jpeg.write((payload.length + 2) >> 8);
        jpeg.write(payload.length + 2);
        for (int each : payload) {
            jpeg.write(each);
        }
    }

    /** Progressive and gray; each scan but the first says of all blocks that nothing more is in them. */
    static byte[] jpeg(int side, int scans) {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        jpeg.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd8});
        int[] quantization = new int[65];
        Arrays.fill(quantization, 1, 65, 1);
        segment(jpeg, 0xdb, quantization);
        segment(jpeg, 0xc2, 8, side >> 8, side, side >> 8, side, 1, 1, 0x11, 0);
        int[] differences = new int[18];
        differences[1] = 1;
        segment(jpeg, 0xc4, differences);
        int[] runs = new int[19];
        runs[0] = 0x10;
        runs[1] = 1;
        runs[2] = 1;
        runs[17] = 0xe0;
        segment(jpeg, 0xc4, runs);
        int blocks = ((side + 7) / 8) * ((side + 7) / 8);
        segment(jpeg, 0xda, 1, 1, 0, 0, 0, 0);
        jpeg.writeBytes(new byte[blocks / 8 + 1]);
        StringBuilder bits = new StringBuilder();
        for (int done = 0; done < blocks; done += 32_767) {
            bits.append('0').append("1".repeat(14));
        }
        bits.append("1".repeat(-bits.length() & 7));
        for (int i = 1; i < scans; i++) {
            segment(jpeg, 0xda, 1, 1, 0x10, 1, 63, i % 2 == 1 ? 0x01 : 0x10);
            for (int at = 0; at < bits.length(); at += 8) {
                int each = Integer.parseInt(bits.substring(at, at + 8), 2);
                jpeg.write(each);
                if (each == 0xff) {
                    jpeg.write(0);
                }
            }
        }
        jpeg.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
        return jpeg.toByteArray();
    }

    @Test
    void jpeg_ofAThousandScans_isRefused() {
        assertRefused("image/jpeg", jpeg(SIDE, 1000));
    }

    /** All of them are read before the first row is told of. */
    @Test
    void jpeg_ofManyScans_endsWithItsTime() {
        byte[] jpeg = jpeg(SIDE, 100);

        assertEndsWithItsTime("image/jpeg", jpeg);
    }

    private static void assertEndsWithItsTime(String mimeType, byte[] original) {
        long begin = System.nanoTime();
        assertThatThrownBy(() -> make(mimeType, original, Duration.ofMillis(200)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(VariantFailedException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(1500));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 90})
    void jpeg_ofSomeScans_isDecoded(int scans) throws IOException {
        assertThat(Samples.decoded(make("image/jpeg", jpeg(600, scans), LIMIT)).getWidth())
                .isEqualTo(8);
    }

    /** An extension of a GIF, in blocks of one byte, behind the header and its colours. */
    private static byte[] withExtension(byte[] gif, int label, int blocks) {
        int header = 13 + (3 << ((gif[10] & 7) + 1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(gif, 0, header);
        out.write('!');
        out.write(label);
        if (label == 0xff) {
            out.write(11);
            out.writeBytes(Samples.ascii("NETSCAPE2.0"));
        } else if (label == 0x01) {
            out.write(12);
            out.writeBytes(new byte[12]);
        } else if (label == 0xf9) {
            out.write(4);
            out.writeBytes(new byte[4]);
        }
        for (int i = 0; i < blocks; i++) {
            out.write(1);
            out.write('x');
        }
        out.write(0);
        out.write(gif, header, gif.length - header);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0xfe, 0xff, 0x01, 0xf9, 0x77})
    void gif_withAnExtensionOfManyBlocks_costsLittle(int label) throws IOException {
        byte[] gif = Samples.encoded("gif", Samples.quarters(40, 20, BufferedImage.TYPE_INT_RGB));

        byte[] original = withExtension(gif, label, 400_000);

        assertCostsLittle("image/gif", original);
        assertThat(Samples.decoded(make("image/gif", original, LIMIT)).getWidth())
                .isEqualTo(8);
    }

    private static byte[] screen(int width, int height, int screenWidth, int screenHeight) throws IOException {
        byte[] gif = Samples.encoded("gif", Samples.quarters(width, height, BufferedImage.TYPE_INT_RGB));
        gif[6] = (byte) screenWidth;
        gif[7] = (byte) (screenWidth >> 8);
        gif[8] = (byte) screenHeight;
        gif[9] = (byte) (screenHeight >> 8);
        return gif;
    }

    @Test
    void gif_ofALargeScreenAndASmallFrame_costsLittle() throws IOException {
        assertCostsLittle("image/gif", screen(1, 1, SIDE, SIDE));
        assertCostsLittle("image/gif", screen(SIDE, 100, SIDE, SIDE));
        assertCostsLittle("image/gif", screen(100, SIDE, SIDE, SIDE));
    }

    /** As browsers show it: what does not fit is not seen. */
    @Test
    void gif_ofASmallScreenAndALargeFrame_isItsScreen() throws IOException {
        byte[] gif = screen(2000, 2000, 4, 2);

        assertCostsLittle("image/gif", gif);
        BufferedImage made = Samples.decoded(make("image/gif", gif, LIMIT));
        assertThat(made.getWidth()).isEqualTo(4);
        assertThat(made.getHeight()).isEqualTo(2);
        assertThat(made.getRGB(3, 1)).isEqualTo(Samples.CORNERS[0].getRGB());
    }

    @Test
    void webp_whoseTransparencyEndsTooEarly_isRefused() {
        assertRefused("image/webp", Base64.getMimeDecoder().decode(ENDLESS_ALPHA));
    }

    @Test
    void reads_behindTheEnd_areLimited() throws IOException {
        try (WatchedInput input = new WatchedInput(new byte[1], 1, () -> false)) {
            assertThatThrownBy(() -> {
                        while (true) {
                            input.read();
                        }
                    })
                    .isInstanceOf(WatchedInput.StoppedException.class)
                    .hasMessageContaining("ends");
        }
    }

    @Test
    void reads_ofEveryKind_hearTheDeadline() throws IOException {
        try (WatchedInput input = new WatchedInput(new byte[1 << 16], 1 << 16, () -> true)) {
            byte[] into = new byte[10];
            assertStops(() -> input.read(into, 0, 10));
            assertStops(() -> input.readFully(into));
            assertStops(input::read);
            assertStops(() -> input.seek(1));
            assertStops(input::getStreamPosition);
        }
    }

    private static void assertStops(Allocations.Work<IOException> read) {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        read.run();
                    }
                })
                .isInstanceOf(WatchedInput.StoppedException.class)
                .hasMessageContaining("time");
    }

    /** What fills an array piece by piece has all of it, and what comes after. */
    @Test
    void scans_areGivenOutOneByOne() throws IOException {
        byte[] file = Samples.ascii("ab\u00ff\u00dacd\u00ff\u00daef");
        try (WatchedInput input = new WatchedInput(file, 2, () -> false)) {
            byte[] into = new byte[10];
            assertThat(input.read(into, 0, 10)).isEqualTo(2);
            assertThat(input.read(into, 2, 8)).isEqualTo(-1);
            assertThat(input.read(into, 2, 8)).isEqualTo(4);
            assertThat(input.read(into, 0, 10)).isEqualTo(4);
            assertThat(input.read(into, 0, 10)).isEqualTo(-1);
            input.seek(0);
            input.readFully(into);
            assertThat(into).isEqualTo(file);
        }
    }

    /** Bits from the lowest on. */
    private static final class Bits {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int held;
        private int value;

        Bits put(int bits, int count) {
            for (int i = 0; i < count; i++) {
                value |= (bits >> i & 1) << held;
                if (++held == 8) {
                    out.write(value);
                    held = 0;
                    value = 0;
                }
            }
            return this;
        }

        /** Five codes of one symbol each: no pixel has a bit. */
        Bits putCodes() {
            for (int i = 0; i < 5; i++) {
                put(1, 4);
            }
            return this;
        }

        byte[] bytes() {
            put(0, 7);
            out.writeBytes(new byte[16]);
            return out.toByteArray();
        }
    }

    private static byte[] chunk(String name, byte[]... contents) {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        int size = Arrays.stream(contents).mapToInt(each -> each.length).sum();
        chunk.writeBytes(Samples.ascii(name));
        chunk.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(size)
                .array());
        for (byte[] each : contents) {
            chunk.writeBytes(each);
        }
        if (size % 2 == 1) {
            chunk.write(0);
        }
        return chunk.toByteArray();
    }

    private static byte[] riff(byte[] chunk) {
        return chunk("RIFF", Samples.ascii("WEBP"), chunk);
    }

    /** One colour; it has these transforms, which change nothing. */
    private static byte[] lossless(int side, int... transforms) {
        Bits bits = new Bits().put(0x2f, 8).put(side - 1, 14).put(side - 1, 14).put(0, 4);
        for (int transform : transforms) {
            bits.put(1, 1).put(transform, 2);
            if (transform < 2) {
                bits.put(7, 3).put(0, 1).putCodes();
            } else if (transform == 3) {
                bits.put(255, 8).put(0, 1).putCodes();
            }
        }
        return riff(chunk("VP8L", bits.put(0, 3).putCodes().bytes()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void webp_ofATransformTwice_isRefused(int transform) throws IOException {
        int[] transforms = new int[100];
        Arrays.fill(transforms, transform);

        assertRefused("image/webp", lossless(SIDE, transforms));
        assertRefused("image/webp", lossless(SIDE, transform, transform));
        assertThat(Samples.decoded(make("image/webp", lossless(100, transform), LIMIT))
                        .getWidth())
                .isEqualTo(8);
    }

    @Test
    void webp_ofEachTransform_isDecoded() throws IOException {
        assertThat(Samples.decoded(make("image/webp", lossless(100, 0, 1, 2, 3), LIMIT))
                        .getWidth())
                .isEqualTo(8);
    }

    @Test
    void webp_whosePixelsHaveNoBits_endsWithItsTime() {
        assertEndsWithItsTime("image/webp", lossless(SIDE));
    }

    /** The file says one pixel, and the picture in it a quarter of a billion. */
    @Test
    void webp_whosePictureIsLargerThanItSays_isRefused() {
        byte[] lossy = ByteBuffer.allocate(3000)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x90, 2, 0, (byte) 0x9d, 1, 0x2a})
                .putShort((short) 16_383)
                .putShort((short) 16_383)
                .array();
        byte[] canvas = chunk("VP8X", new byte[10]);
        byte[] webp = chunk("RIFF", Samples.ascii("WEBP"), canvas, chunk("VP8 ", lossy));

        assertThatThrownBy(() -> make("image/webp", webp, LIMIT))
                .isInstanceOf(VariantFailedException.class)
                .hasMessageContaining("are decoded");
    }

    /** A row is held as it is in the file, and no pixel of it can be left out. */
    @Test
    void png_ofOneRow_costsLittle() throws IOException {
        assertCostsLittle("image/png", Samples.bomb(30_000_000, 1));
        assertCostsLittle("image/png", Samples.bomb(1, 50_000_000));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void bmp_aroundAnotherPicture_isRefused(int compression) {
        byte[] within = jpeg(SIDE, 100);
        byte[] bmp = ByteBuffer.allocate(54 + within.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(Samples.ascii("BM"))
                .putInt(54 + within.length)
                .putInt(0)
                .putInt(54)
                .putInt(40)
                .putInt(100)
                .putInt(100)
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(compression)
                .putInt(0x7ffffff0)
                .position(54)
                .put(within)
                .array();

        assertThatThrownBy(() -> make("image/bmp", bmp, LIMIT))
                .isInstanceOf(VariantFailedException.class)
                .hasMessageContaining("in a BMP");
    }
}
