package io.graphqlfiles.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.spi.media.VariantFailedException;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.spi.media.VariantRecipe.Format;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InProcessVariantsTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final InProcessVariants maker = InProcessVariants.create();

    @TempDir
    private Path directory;

    private BufferedImage make(String mimeType, byte[] original, VariantRecipe recipe, Format format)
            throws IOException {
        Stored stored = new Stored(mimeType, original);
        try (InputStream made = maker.make(stored.content, recipe, format, LIMIT)) {
            BufferedImage picture = Samples.decoded(made.readAllBytes());
            assertThat(stored.store.openStreams()).isZero();
            return picture;
        }
    }

    /** The middle of each quarter, clockwise from the top left. */
    private static void assertCorners(BufferedImage picture, Color... expected) {
        int[][] at = {{1, 1}, {3, 1}, {3, 3}, {1, 3}};
        for (int i = 0; i < 4; i++) {
            Color found =
                    new Color(picture.getRGB(at[i][0] * picture.getWidth() / 4, at[i][1] * picture.getHeight() / 4));
            assertThat(Math.abs(found.getRed() - expected[i].getRed())
                            + Math.abs(found.getGreen() - expected[i].getGreen())
                            + Math.abs(found.getBlue() - expected[i].getBlue()))
                    .as("quarter %d: expected %s, found %s", i, expected[i], found)
                    .isLessThan(60);
        }
    }

    private static void assertSize(BufferedImage picture, int width, int height) {
        assertThat(picture.getWidth()).isEqualTo(width);
        assertThat(picture.getHeight()).isEqualTo(height);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void jpeg(boolean progressive) throws IOException {
        BufferedImage made =
                make("image/jpeg", Samples.jpeg(1200, 800, progressive), VariantRecipe.ofWidth(300), Format.JPEG);

        assertSize(made, 300, 200);
        assertCorners(made, Samples.CORNERS);
    }

    /** Where red, green, blue and white come to be. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 1, 2, 3", "2, 1, 0, 3, 2", "3, 2, 3, 0, 1", "4, 3, 2, 1, 0",
        "5, 0, 3, 2, 1", "6, 3, 0, 1, 2", "7, 2, 1, 0, 3", "8, 1, 2, 3, 0",
    })
    void orientation_isApplied(int orientation, int a, int b, int c, int d) throws IOException {
        byte[] phone = Samples.withMetadata(Samples.jpeg(600, 400, false), orientation);

        BufferedImage made = make("image/jpeg", phone, VariantRecipe.within(120, 120), Format.JPEG);

        assertSize(made, orientation >= 5 ? 80 : 120, orientation >= 5 ? 120 : 80);
        Color[] corners = Samples.CORNERS;
        assertCorners(made, corners[a], corners[b], corners[c], corners[d]);
    }

    @ParameterizedTest
    @CsvSource({
        "600, 400, 200, 200, 200, 200",
        "400, 600, 200, 100, 200, 100",
        "100, 50, 200, 200, 50, 50",
        "300, 100, 200, 200, 100, 100",
        "7, 5, 3, 3, 3, 3",
    })
    void cover_fillsTheFrame_andEnlargesNothing(int width, int height, int w, int h, int expectedW, int expectedH)
            throws IOException {
        byte[] png = Samples.encoded("png", Samples.quarters(width, height, BufferedImage.TYPE_INT_RGB));
        VariantRecipe recipe = VariantRecipe.covering(w, h);

        BufferedImage made = make("image/png", png, recipe, Format.PNG);

        assertSize(made, expectedW, expectedH);
        assertThat(recipe.sizeOf(width, height)).isEqualTo(new VariantRecipe.Size(expectedW, expectedH));
    }

    @Test
    void small_staysSmall() throws IOException {
        byte[] png = Samples.encoded("png", Samples.quarters(60, 40, BufferedImage.TYPE_INT_RGB));

        assertSize(make("image/png", png, VariantRecipe.ofWidth(1280), Format.PNG), 60, 40);
    }

    @Test
    void alpha_staysInPng_andIsWhiteInJpeg() throws IOException {
        BufferedImage clear = new BufferedImage(60, 40, BufferedImage.TYPE_INT_ARGB);
        byte[] png = Samples.encoded("png", clear);

        BufferedImage made = make("image/png", png, VariantRecipe.ofWidth(30), Format.PNG);
        assertThat(made.getRGB(10, 10) >>> 24).isZero();
        assertCorners(
                make("image/png", png, VariantRecipe.ofWidth(30), Format.JPEG),
                Color.WHITE,
                Color.WHITE,
                Color.WHITE,
                Color.WHITE);
    }

    @ParameterizedTest
    @CsvSource({"gif, image/gif", "bmp, image/bmp"})
    void others(String format, String mimeType) throws IOException {
        byte[] bytes = Samples.encoded(format, Samples.quarters(600, 400, BufferedImage.TYPE_INT_RGB));

        BufferedImage made = make(mimeType, bytes, VariantRecipe.ofWidth(60), Format.PNG);

        assertSize(made, 60, 40);
        assertCorners(made, Samples.CORNERS);
    }

    /** What is shown of a GIF is its screen, and not its first frame. */
    @Test
    void gif_whoseFirstFrameIsSmall_isItsScreen() throws IOException {
        byte[] gif = Samples.encoded("gif", Samples.quarters(40, 20, BufferedImage.TYPE_INT_RGB));
        int frame = 13 + (3 << ((gif[10] & 7) + 1));
        while (gif[frame] != ',') {
            frame++;
        }
        gif[6] = 80;
        gif[8] = 40;
        gif[frame + 1] = 40;
        gif[frame + 3] = 20;

        BufferedImage made = make("image/gif", gif, VariantRecipe.ofWidth(40), Format.PNG);

        assertSize(made, 40, 20);
        assertThat(made.getRGB(5, 5) >>> 24).isZero();
        assertCorners(made.getSubimage(20, 10, 20, 10), Samples.CORNERS);
        assertThatThrownBy(() -> {
                    gif[7] = (byte) 0xff;
                    gif[9] = (byte) 0xff;
                    make("image/gif", gif, VariantRecipe.ofWidth(40), Format.PNG);
                })
                .isInstanceOf(VariantFailedException.class)
                .hasMessageContaining("are decoded");
    }

    @Test
    void webp_whoseFirstFrameIsSmall_isItsCanvas() throws Exception {
        Files.write(
                directory.resolve("small.png"),
                Samples.encoded("png", Samples.quarters(40, 20, BufferedImage.TYPE_INT_RGB)));
        Files.write(
                directory.resolve("large.png"),
                Samples.encoded("png", Samples.quarters(80, 40, BufferedImage.TYPE_INT_RGB)));
        Commands.run(directory, "cwebp -quiet -lossless small.png -o small.webp".split(" "));
        Commands.run(directory, "cwebp -quiet -lossless large.png -o large.webp".split(" "));
        Commands.run(directory, "webpmux -frame small.webp +100+40+20 -frame large.webp +100 -o a.webp".split(" "));

        byte[] webp = Files.readAllBytes(directory.resolve("a.webp"));
        assertThat(new Stored("image/webp", webp)
                        .facts(PictureAnalyzer.create())
                        .width())
                .isEqualTo(80);

        BufferedImage made = make("image/webp", webp, VariantRecipe.ofWidth(40), Format.PNG);

        assertSize(made, 40, 20);
        assertThat(made.getRGB(5, 5) >>> 24).isZero();
        assertCorners(made.getSubimage(20, 10, 20, 10), Samples.CORNERS);
    }

    @Test
    void sixteenBits() throws Exception {
        Files.write(
                directory.resolve("a.png"),
                Samples.encoded("png", Samples.quarters(600, 400, BufferedImage.TYPE_INT_RGB)));
        Commands.run(directory, "vips", "colourspace", "a.png", "b.png", "rgb16");

        assertCorners(
                make(
                        "image/png",
                        Files.readAllBytes(directory.resolve("b.png")),
                        VariantRecipe.ofWidth(60),
                        Format.PNG),
                Samples.CORNERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-lossless", "-sharp_yuv"})
    void webp(String how) throws Exception {
        Files.write(
                directory.resolve("a.png"),
                Samples.encoded("png", Samples.quarters(600, 400, BufferedImage.TYPE_INT_RGB)));
        Commands.run(directory, "cwebp", "-quiet", how, "a.png", "-o", "a.webp");

        BufferedImage made = make(
                "image/webp", Files.readAllBytes(directory.resolve("a.webp")), VariantRecipe.ofWidth(60), Format.PNG);

        assertSize(made, 60, 40);
        assertCorners(made, Samples.CORNERS);
    }

    @Test
    void cmyk() throws Exception {
        Files.write(
                directory.resolve("a.png"),
                Samples.encoded("png", Samples.quarters(600, 400, BufferedImage.TYPE_INT_RGB)));
        Commands.run(directory, "vips", "colourspace", "a.png", "a.jpg[Q=95]", "cmyk");

        BufferedImage made = make(
                "image/jpeg", Files.readAllBytes(directory.resolve("a.jpg")), VariantRecipe.ofWidth(60), Format.JPEG);

        assertSize(made, 60, 40);
        // Inks have no such green and blue: red and white are what can be asked for.
        Color white = new Color(made.getRGB(15, 30));
        assertThat(white.getRed() + white.getGreen() + white.getBlue()).isGreaterThan(700);
        Color red = new Color(made.getRGB(15, 10));
        assertThat(red.getRed()).isGreaterThan(red.getBlue() + 80);
    }

    @Test
    void bombs_areNotDecoded() {
        assertThatThrownBy(
                        () -> make("image/png", Samples.bomb(100_000, 100_000), VariantRecipe.ofWidth(10), Format.PNG))
                .isInstanceOf(VariantFailedException.class);
        assertThatThrownBy(() -> make("image/png", Samples.bomb(10_000, 10_000), VariantRecipe.ofWidth(10), Format.PNG))
                .isInstanceOf(VariantFailedException.class)
                .hasMessageContaining("50000000 are decoded");
    }

    /** A canvas of a billion pixels around a picture of one. */
    @Test
    void webp_thatLies_isNotDecoded() {
        ByteBuffer webp = ByteBuffer.allocate(70);
        webp.put(
                Samples.ascii(
                        "RIFF\76\0\0\0WEBPVP8X\12\0\0\0\0\0\0\0\u00ff\u00ff\0\u00ff\u00ff\0VP8L\16\0\0\0/\0\0\0\0\7\20\21\u00fd\17\u00fa\37\21\u00fd\17"));

        assertThatThrownBy(() -> make("image/webp", webp.array(), VariantRecipe.ofWidth(10), Format.PNG))
                .isInstanceOf(VariantFailedException.class);
    }

    @Test
    void damaged_fails_forGood() throws IOException {
        byte[] jpeg = Samples.jpeg(600, 400, false);
        for (int length : new int[] {0, 1, 2, 50, 200}) {
            assertThatThrownBy(() ->
                            make("image/jpeg", Arrays.copyOf(jpeg, length), VariantRecipe.ofWidth(10), Format.JPEG))
                    .isInstanceOf(VariantFailedException.class);
        }
        byte[] png = Samples.encoded("png", Samples.quarters(600, 400, BufferedImage.TYPE_INT_RGB));
        assertThatThrownBy(() -> make("image/jpeg", png, VariantRecipe.ofWidth(10), Format.JPEG))
                .isInstanceOf(VariantFailedException.class);
    }

    @Test
    void time_isLimited() throws IOException {
        Stored stored = new Stored("image/jpeg", Samples.jpeg(3000, 2000, false));

        assertThatThrownBy(
                        () -> maker.make(stored.content, VariantRecipe.ofWidth(100), Format.JPEG, Duration.ofNanos(1)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(VariantFailedException.class);
        assertThat(stored.store.openStreams()).isZero();
    }

    @Test
    void formats_areThoseThatThereAreEncodersFor() {
        assertThat(maker.makes("image/webp", VariantRecipe.ofWidth(1), Format.PNG))
                .isTrue();
        assertThat(maker.makes("image/jpeg", VariantRecipe.ofWidth(1), Format.WEBP))
                .isFalse();
        assertThat(maker.makes("image/heic", VariantRecipe.ofWidth(1), Format.JPEG))
                .isFalse();
    }
}
