package io.graphqlfiles.pictures;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spi.media.FileFacts;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureAnalyzerTest {

    private final PictureAnalyzer analyzer = PictureAnalyzer.create();

    @TempDir
    private Path directory;

    private static void assertSize(FileFacts facts, int width, int height) {
        assertThat(facts.width()).isEqualTo(width);
        assertThat(facts.height()).isEqualTo(height);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void jpeg(boolean progressive) throws IOException {
        assertSize(new Stored("image/jpeg", Samples.jpeg(60, 40, progressive)).facts(analyzer), 60, 40);
    }

    @ParameterizedTest
    @CsvSource({"1, 60, 40", "2, 60, 40", "3, 60, 40", "4, 60, 40", "5, 40, 60", "6, 40, 60", "7, 40, 60", "8, 40, 60"})
    void jpeg_asItIsShown(int orientation, int width, int height) throws IOException {
        byte[] jpeg = Samples.withMetadata(Samples.jpeg(60, 40, false), orientation);
        Stored stored = new Stored("image/jpeg", jpeg);

        assertSize(stored.facts(analyzer), width, height);
        assertThat(stored.opened()).isZero();
    }

    @Test
    void jpeg_withALongHeader_isReadFromTheStore() throws IOException {
        byte[] jpeg = Samples.withMetadata(Samples.jpeg(60, 40, false), 6);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        for (int i = 0; i < 3; i++) {
            out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe2, (byte) 0xff, (byte) 0xff});
            out.writeBytes(new byte[65_533]);
        }
        out.write(jpeg, 2, jpeg.length - 2);
        out.writeBytes(new byte[1 << 20]);
        Stored stored = new Stored("image/jpeg", out.toByteArray());

        assertSize(stored.facts(analyzer), 40, 60);
        assertThat(stored.opened()).isBetween(1, 5);
        assertThat(stored.store.openStreams()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif", "bmp", "tiff"})
    void ofTheJdk(String format) throws IOException {
        byte[] bytes = Samples.encoded(format, Samples.quarters(60, 40, BufferedImage.TYPE_INT_RGB));

        assertSize(new Stored("image/" + format, bytes).facts(analyzer), 60, 40);
    }

    /** From the bottom up, from the top down, and as OS/2 wrote them. */
    @Test
    void bmp_ofAllKinds() throws IOException {
        byte[] bmp = Samples.encoded("bmp", Samples.quarters(60, 40, BufferedImage.TYPE_INT_RGB));
        ByteBuffer header = ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(22, -40);
        assertSize(new Stored("image/bmp", bmp).facts(analyzer), 60, 40);

        header.putInt(14, 12).putShort(18, (short) 60_000).putShort(20, (short) 40_000);
        assertSize(new Stored("image/bmp", bmp).facts(analyzer), 60_000, 40_000);

        header.putInt(14, 124).putInt(18, 60).putInt(22, Integer.MIN_VALUE);
        assertThat(new Stored("image/bmp", bmp).facts(analyzer).width()).isNull();
        header.putInt(14, 125).putInt(22, 40);
        assertThat(new Stored("image/bmp", bmp).facts(analyzer).width()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"webp, image/webp", "heic, image/heic", "avif, image/avif"})
    void ofLibvips(String extension, String mimeType) throws Exception {
        Files.write(
                directory.resolve("a.png"),
                Samples.encoded("png", Samples.quarters(128, 64, BufferedImage.TYPE_INT_RGB)));
        Commands.run(directory, "vips", "copy", "a.png", "a." + extension);

        assertSize(
                new Stored(mimeType, Files.readAllBytes(directory.resolve("a." + extension))).facts(analyzer), 128, 64);
    }

    /** Encoders of odd sizes write a larger picture first, and then what part of it is shown; phones write tiles. */
    @ParameterizedTest
    @CsvSource({"heic, image/heic", "avif, image/avif"})
    void primaryPicture_counts(String extension, String mimeType) throws Exception {
        Files.write(
                directory.resolve("a.png"),
                Samples.encoded("png", Samples.quarters(201, 135, BufferedImage.TYPE_INT_RGB)));
        Commands.run(directory, "vips", "copy", "a.png", "a." + extension);

        byte[] picture = Files.readAllBytes(directory.resolve("a." + extension));
        assertSize(new Stored(mimeType, picture).facts(analyzer), 201, 135);

        // What says so may be far behind.
        int end = ByteBuffer.wrap(picture).getInt();
        byte[] between = ByteBuffer.allocate(200_000)
                .putInt(200_000)
                .put(Samples.ascii("free"))
                .array();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(picture, 0, end);
        out.writeBytes(between);
        out.write(picture, end, picture.length - end);
        Stored far = new Stored(mimeType, out.toByteArray());
        assertSize(far.facts(analyzer), 201, 135);
        assertThat(far.opened()).isBetween(1, 3);
    }

    /** Its EXIF counts, however much comes before it, unless the picture does. */
    @Test
    void png_asItIsShown() throws IOException {
        byte[] png = Samples.encoded("png", Samples.quarters(60, 40, BufferedImage.TYPE_INT_RGB));
        Stored near = new Stored("image/png", Samples.withChunks(png, "tEXta\0b", "eXIf"));
        assertSize(near.facts(analyzer), 40, 60);
        assertThat(near.opened()).isZero();

        Stored far = new Stored("image/png", Samples.withChunks(png, "tEXta\0" + "b".repeat(200_000), "eXIf"));
        assertSize(far.facts(analyzer), 40, 60);
        assertThat(far.opened()).isBetween(1, 3);
        assertThat(far.store.openStreams()).isZero();

        ByteArrayOutputStream late = new ByteArrayOutputStream();
        late.write(png, 0, png.length - 12);
        late.writeBytes(Samples.chunk("eXIf", Samples.exif(6)));
        late.write(png, png.length - 12, 12);
        assertSize(new Stored("image/png", late.toByteArray()).facts(analyzer), 60, 40);

        assertSize(new Stored("image/png", Arrays.copyOf(png, 33)).facts(analyzer), 60, 40);
    }

    /** With the index in front, as for the web, and behind the pictures, as encoders write it first. */
    @ParameterizedTest
    @CsvSource({
        "mp4, video/mp4, 0",
        "mp4, video/mp4, faststart",
        "mov, video/quicktime, 0",
        "mov, video/quicktime, faststart"
    })
    void filmOfFfmpeg(String extension, String mimeType, String flags) throws Exception {
        Commands.run(
                directory,
                ("ffmpeg -v error -f lavfi -i testsrc=size=320x180:rate=25:duration=3 -f lavfi -i sine=duration=3"
                                + " -g 5 -b:v 4M -movflags " + flags + " film." + extension)
                        .split(" "));
        FileFacts facts = new Stored(mimeType, Files.readAllBytes(directory.resolve("film." + extension)))
                .facts(PictureAnalyzer.create());

        assertSize(facts, 320, 180);
        assertThat(requireNonNull(facts.duration())).isBetween(Duration.ofMillis(2900), Duration.ofMillis(3100));
    }

    /** A track's description that claims two gigabytes. */
    @Test
    void filmWithAHugeDescription_costsNothing() throws Exception {
        Commands.run(
                directory, "ffmpeg -v error -f lavfi -i color=red:size=120x80:rate=5:duration=1 film.mp4".split(" "));
        byte[] film = Files.readAllBytes(directory.resolve("film.mp4"));
        int box = new String(film, StandardCharsets.ISO_8859_1).indexOf("stsd") - 4;
        System.arraycopy(new byte[] {0x7f, -1, -1, 0}, 0, film, box, 4);

        assertThat(new Stored("video/mp4", film).facts(PictureAnalyzer.create()).width())
                .isNull();
    }

    @Test
    void png_thatClaimsTenGigapixels_isBelieved() throws IOException {
        assertSize(new Stored("image/png", Samples.bomb(100_000, 100_000)).facts(analyzer), 100_000, 100_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/jpeg",
                "image/png",
                "image/gif",
                "image/bmp",
                "image/tiff",
                "image/webp",
                "image/heic",
                "image/avif",
                "video/mp4",
                "video/quicktime"
            })
    void garbage_hasNoFacts(String mimeType) throws IOException {
        byte[] random = new byte[100_000];
        new Random(1).nextBytes(random);

        assertThat(new Stored(mimeType, random).facts(analyzer).width()).isNull();
        assertThat(new Stored(mimeType, new byte[0]).facts(analyzer)).isEqualTo(FileFacts.none());
    }

    /** Lengths that a parser would make an array of. */
    @ParameterizedTest
    @CsvSource({"video/mp4, mvhd", "video/quicktime, mvhd", "image/heic, ftyp", "image/avif, ispe"})
    void boxesThatClaimGigabytes_costNothing(String mimeType, String box) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(100);
        bytes.putInt(16).put(Samples.ascii("ftyp")).put(Samples.ascii("mif1")).putInt(0);
        bytes.putInt(0x7ffffff0).put(Samples.ascii(box));

        assertThat(new Stored(mimeType, bytes.array()).facts(analyzer).width()).isNull();
    }

    @Test
    void truncatedAnywhere_endsWithoutFailure() throws IOException {
        byte[] jpeg = Samples.withMetadata(Samples.jpeg(60, 40, true), 6);
        for (int length = 0; length < jpeg.length; length += 7) {
            FileFacts facts = new Stored("image/jpeg", Arrays.copyOf(jpeg, length)).facts(analyzer);
            assertThat(facts.width()).isIn(null, 40);
        }
    }

    @Test
    void placeholder_isATinyPictureOfTheSameColours() throws IOException {
        PictureAnalyzer withPlaceholders =
                PictureAnalyzer.newPictureAnalyzer().placeholders(true).build();
        byte[] jpeg = Samples.withMetadata(Samples.jpeg(600, 400, false), 6);

        FileFacts facts = new Stored("image/jpeg", jpeg).facts(withPlaceholders);

        assertSize(facts, 400, 600);
        assertThat(facts.placeholder()).startsWith("data:image/png;base64,").hasSizeLessThan(600);
        BufferedImage tiny = Samples.decoded(
                java.util.Base64.getDecoder().decode(facts.placeholder().substring("data:image/png;base64,".length())));
        assertThat(tiny.getHeight()).isEqualTo(8);
        assertThat(tiny.getWidth()).isEqualTo(5);
        // Turned to the right, blue and red change places with their neighbours: white comes to the top left.
        assertThat(tiny.getRGB(0, 0) & 0xffffff).isGreaterThan(0xf0f0f0);
    }

    @Test
    void placeholder_ofADamagedPicture_isNone() throws IOException {
        PictureAnalyzer withPlaceholders = PictureAnalyzer.newPictureAnalyzer()
                .placeholders(true)
                .maxPixels(100)
                .build();

        assertThat(new Stored("image/png", Samples.bomb(10, 10))
                        .facts(withPlaceholders)
                        .placeholder())
                .isNull();
        assertThat(new Stored("image/png", Samples.bomb(100, 100))
                        .facts(withPlaceholders)
                        .placeholder())
                .isNull();
    }
}
