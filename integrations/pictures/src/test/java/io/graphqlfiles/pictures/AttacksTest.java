package io.graphqlfiles.pictures;

import static io.graphqlfiles.pictures.Allocations.allocated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.spi.media.VariantFailedException;
import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.spi.media.VariantRecipe.Format;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were made to cost what they must not cost: memory, time, other files, other machines. */
class AttacksTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final VariantRecipe SMALL = VariantRecipe.ofWidth(16);
    private static final int MILLION = 1_000_000;

    /** What a job may take in this process that has nothing to decode. */
    private static final long LITTLE = 48L << 20;

    @TempDir
    private Path directory;

    private Path temporary;

    @BeforeEach
    void makeTemporaryDirectory() throws IOException {
        temporary = Files.createDirectory(directory.resolve("tmp"));
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    private CommandVariants.Builder commands() {
        return CommandVariants.newCommandVariants().temporaryDirectory(temporary);
    }

    private static byte[] make(VariantMaker maker, String mimeType, byte[] original) throws IOException {
        Stored stored = new Stored(mimeType, original);
        try (InputStream made = maker.make(stored.content, SMALL, Format.PNG, LIMIT)) {
            return made.readAllBytes();
        } finally {
            assertThat(stored.store.openStreams()).isZero();
        }
    }

    /** A picture of the size that is wanted, or the one exception. */
    private static void assertShownOrFailed(VariantMaker maker, String mimeType, byte[] original) throws IOException {
        try {
            assertThat(Samples.decoded(make(maker, mimeType, original)).getWidth())
                    .isLessThanOrEqualTo(16);
        } catch (VariantFailedException expected) {
            // as promised
        }
    }

    private static String svg(String content) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""
                + " width=\"32\" height=\"32\">" + content + "</svg>";
    }

    /** Ten of ten of ten. */
    private static String uses(String bottom) {
        StringBuilder svg = new StringBuilder("<defs><g id=\"g0\">" + bottom + "</g>");
        for (int i = 1; i <= 12; i++) {
            svg.append("<g id=\"g").append(i).append("\">");
            svg.append(("<use xlink:href=\"#g" + (i - 1) + "\"/>").repeat(10)).append("</g>");
        }
        return svg(svg + "</defs><use xlink:href=\"#g12\"/>");
    }

    private static String entities() {
        StringBuilder doctype = new StringBuilder("<!DOCTYPE svg [<!ENTITY e0 \"aaaaaaaaaa\">");
        for (int i = 1; i <= 12; i++) {
            doctype.append("<!ENTITY e")
                    .append(i)
                    .append(" \"")
                    .append(("&e" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return doctype + "]>" + svg("<text>&e12;</text>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"entities", "uses", "selfUse", "nested", "huge", "filters", "patterns"})
    void svg_costsWhatItMay(String attack) throws IOException {
        assumeTrue(Commands.isThere("vipsthumbnail"));
        String svg = switch (attack) {
            case "entities" -> entities();
            case "uses" -> uses("<rect width=\"1\" height=\"1\"/>");
            case "selfUse" -> svg("<g id=\"a\"><use xlink:href=\"#a\"/></g><use xlink:href=\"#a\"/>");
            case "nested" -> svg("<g>".repeat(100_000) + "</g>".repeat(100_000));
            case "huge" -> svg("").replace("\"32\"", "\"2000000000\"");
            case "filters" ->
                svg("<filter id=\"f\">" + "<feGaussianBlur stdDeviation=\"1000000\"/>".repeat(1000)
                        + "</filter><rect width=\"32\" height=\"32\" filter=\"url(#f)\"/>");
            default ->
                svg("<pattern id=\"p\" width=\"1e-9\" height=\"1e-9\"><rect width=\"9\" height=\"9\"/></pattern>"
                        + "<rect width=\"32\" height=\"32\" fill=\"url(#p)\"/>");
        };

        assertShownOrFailed(commands().svg(true).build(), "image/svg+xml", svg.getBytes(StandardCharsets.UTF_8));
    }

    /** Neither another file is drawn, nor is anybody called. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<image width=\"32\" height=\"32\" xlink:href=\"%s\"/>",
                "<image width=\"32\" height=\"32\" href=\"%s\"/>",
                "<use xlink:href=\"%s#a\"/>",
                "<style>@import url(%s); rect { fill: url(%<s#a) }</style><rect width=\"32\" height=\"32\"/>",
                "<foreignObject><img xmlns=\"http://www.w3.org/1999/xhtml\" src=\"%s\"/></foreignObject>",
            })
    void svg_readsNothingElse(String content) throws Exception {
        assumeTrue(Commands.isThere("vipsthumbnail"));
        Path secret = directory.resolve("secret.png");
        Files.write(secret, Samples.encoded("png", Samples.quarters(32, 32, BufferedImage.TYPE_INT_RGB)));
        CommandVariants maker = commands().svg(true).build();
        byte[] ofOurs = svg(content.formatted(secret.toUri())).getBytes(StandardCharsets.UTF_8);

        BufferedImage made = Samples.decoded(make(maker, "image/svg+xml", ofOurs));
        for (int i = 0; i < 256; i++) {
            int argb = made.getRGB(i % 16, i / 16);
            assertThat((argb >>> 24 == 0) || (argb & 0xffffff) == 0)
                    .as("pixel %d is black or clear", i)
                    .isTrue();
        }

        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/a.svg";
            make(maker, "image/svg+xml", svg(content.formatted(url)).getBytes(StandardCharsets.UTF_8));
            server.setSoTimeout(1);
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void svg_withAnExternalEntity_showsNoOtherFile() throws IOException {
        assumeTrue(Commands.isThere("vipsthumbnail"));
        Path secret = directory.resolve("secret.txt");
        Files.writeString(secret, "<rect width=\"32\" height=\"32\" fill=\"#f00\"/>");
        String svg = "<!DOCTYPE svg [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>" + svg("&e;");
        byte[] made;
        try {
            made = make(commands().svg(true).build(), "image/svg+xml", svg.getBytes(StandardCharsets.UTF_8));
        } catch (VariantFailedException expected) {
            return;
        }
        assertThat(Samples.decoded(made).getRGB(8, 8) >>> 24).isZero();
    }

    /** Where SVG is not asked for it is not drawn either, whatever it says that it is. */
    @ParameterizedTest
    @CsvSource({"image/png, false", "image/jpeg, false", "image/png, true"})
    void svg_underAnotherType_isNotDrawn(String mimeType, boolean isWanted) {
        assumeTrue(Commands.isThere("vipsthumbnail"));
        byte[] svg = svg("<rect width=\"9\" height=\"9\"/>").getBytes(StandardCharsets.UTF_8);
        CommandVariants maker = commands().svg(isWanted).build();

        assertThatThrownBy(() -> make(maker, mimeType, svg)).isInstanceOf(VariantFailedException.class);
    }

    /** What ImageMagick reads, and libvips by it: scripts in place of pictures. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "push graphic-context\nviewbox 0 0 32 32\nfill red\nrectangle 0,0 32,32\npop graphic-context\n",
                "<?xml version=\"1.0\"?><image><read filename=\"/etc/passwd\"/></image>",
                "P3 1 1 255 255 0 0 ",
            })
    void scripts_areNotRead(String content) {
        assumeTrue(Commands.isThere("vipsthumbnail"));
        assertThatThrownBy(() -> make(commands().build(), "image/png", content.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(VariantFailedException.class);
    }

    /** Frames of one pixel, 16 bytes each. */
    private static byte[] millionFrames() {
        byte[] header = Samples.ascii("GIF89a\40\0\40\0\u0080\0\0\u00ff\0\0\0\0\u00ff");
        byte[] frame = Samples.ascii(",\0\0\0\0\1\0\1\0\0\2\2D\1\0");
        ByteBuffer gif = ByteBuffer.allocate(header.length + MILLION * frame.length + 1);
        gif.put(header);
        for (int i = 0; i < MILLION; i++) {
            gif.put(frame);
        }
        return gif.put((byte) ';').array();
    }

    @Test
    void gif_ofAMillionFrames_isOnePicture() throws IOException {
        byte[] gif = millionFrames();
        Stored stored = new Stored("image/gif", gif);
        PictureAnalyzer analyzer =
                PictureAnalyzer.newPictureAnalyzer().placeholders(true).build();
        FileFacts[] facts = new FileFacts[1];

        // The file itself is held, by a maker.
        long most = LITTLE + 2L * gif.length;
        assertThat(allocated(() -> facts[0] = stored.facts(analyzer))).isLessThan(most);
        assertThat(facts[0].width()).isEqualTo(32);
        assertThat(allocated(() -> assertThat(Samples.decoded(make(InProcessVariants.create(), "image/gif", gif))
                                .getWidth())
                        .isEqualTo(16)))
                .isLessThan(most + 2L * gif.length);

        long[] length = {0};
        byte[] buffer = new byte[8192];
        try (InputStream stripped = PictureStripper.create().strip("image/gif", new ByteArrayInputStream(gif))) {
            for (int read = stripped.read(buffer); read >= 0; read = stripped.read(buffer)) {
                length[0] += read;
            }
        }
        assertThat(length[0]).isEqualTo(gif.length);
    }

    @Test
    void gif_ofAMillionFrames_isBoundedInAnotherProcess() throws IOException {
        assumeTrue(Commands.isThere("vipsthumbnail"));

        assertShownOrFailed(commands().maxMemory(256L << 20).build(), "image/gif", millionFrames());
    }

    private static byte[] riff(byte[]... chunks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] chunk : chunks) {
            all.writeBytes(chunk);
        }
        ByteBuffer webp = ByteBuffer.allocate(12 + all.size()).order(ByteOrder.LITTLE_ENDIAN);
        webp.put(Samples.ascii("RIFF")).putInt(all.size() + 4).put(Samples.ascii("WEBP"));
        return webp.put(all.toByteArray()).array();
    }

    private static byte[] chunk(String name, byte[] data) {
        ByteBuffer chunk =
                ByteBuffer.allocate(8 + data.length + (data.length & 1)).order(ByteOrder.LITTLE_ENDIAN);
        return chunk.put(Samples.ascii(name)).putInt(data.length).put(data).array();
    }

    /** The header of a lossless picture of that size, and nearly nothing in it (RFC 9649, section 3.4). */
    private static byte[] lossless(int width, int height) {
        int size = (width - 1) | (height - 1) << 14;
        return chunk(
                "VP8L",
                ByteBuffer.allocate(40)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put((byte) 0x2f)
                        .putInt(size)
                        .array());
    }

    private static byte[] canvas(int width, int height) {
        byte[] canvas = new byte[10];
        ByteBuffer.wrap(canvas).order(ByteOrder.LITTLE_ENDIAN).putInt(4, width - 1);
        ByteBuffer.wrap(canvas).order(ByteOrder.LITTLE_ENDIAN).putShort(7, (short) (height - 1));
        return chunk("VP8X", canvas);
    }

    /** A small canvas around a picture of 268 megapixels. */
    @Test
    void webp_thatIsLargerThanItSays_costsWhatItSays() throws IOException {
        byte[] webp = riff(canvas(32, 32), lossless(16_383, 16_383));
        assertThat(new Stored("image/webp", webp)
                        .facts(PictureAnalyzer.create())
                        .width())
                .isEqualTo(32);

        assertThat(allocated(() -> assertShownOrFailed(InProcessVariants.create(), "image/webp", webp)))
                .isLessThan(LITTLE);
        if (Commands.isThere("vipsthumbnail")) {
            assertShownOrFailed(commands().maxMemory(256L << 20).build(), "image/webp", webp);
        }
    }

    @Test
    void webp_ofMorePixelsThanAreDecoded_isNotDecoded() throws IOException {
        byte[] webp = riff(lossless(16_383, 16_383));

        assertThat(allocated(() -> assertThatThrownBy(() -> make(InProcessVariants.create(), "image/webp", webp))
                        .isInstanceOf(VariantFailedException.class)
                        .hasMessageContaining("50000000 are decoded")))
                .isLessThan(LITTLE);
    }

    /** Lengths that a decoder could make an array of. */
    @ParameterizedTest
    @ValueSource(strings = {"tEXt", "zTXt", "iTXt", "iCCP", "PLTE", "tRNS", "eXIf", "sPLT", "hIST", "IDAT", "quIt"})
    void png_chunksThatClaimGigabytes_costNothing(String type) throws IOException {
        byte[] png = Samples.bomb(32, 32);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(png, 0, 33);
        out.writeBytes(ByteBuffer.allocate(8)
                .putInt(0x7ffffff0)
                .put(Samples.ascii(type))
                .array());
        out.writeBytes(Samples.ascii("a\0\0"));
        out.write(png, 33, png.length - 33);

        assertCostsNothing("image/png", out.toByteArray());
    }

    @ParameterizedTest
    @CsvSource({"ICCP", "ALPH", "VP8 ", "VP8L", "ANMF", "EXIF", "JUNK"})
    void webp_chunksThatClaimGigabytes_costNothing(String name) throws IOException {
        byte[] claim = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(Samples.ascii(name))
                .putInt(0x7ffffff0)
                .array();

        assertCostsNothing("image/webp", riff(canvas(32, 32), claim, lossless(32, 32)));
    }

    @Test
    void bmp_thatClaimsGigabytes_costsNothing() throws IOException {
        for (int at : new int[] {2, 10, 14, 34, 46, 50}) {
            byte[] bmp = Samples.encoded("bmp", Samples.quarters(32, 32, BufferedImage.TYPE_BYTE_INDEXED));
            ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(at, 0x7ffffff0);

            assertCostsNothing("image/bmp", bmp);
        }
    }

    private static void assertCostsNothing(String mimeType, byte[] content) throws IOException {
        PictureAnalyzer analyzer =
                PictureAnalyzer.newPictureAnalyzer().placeholders(true).build();
        assertThat(allocated(() -> new Stored(mimeType, content).facts(analyzer)))
                .as("for facts")
                .isLessThan(LITTLE);
        assertThat(allocated(() -> assertShownOrFailed(InProcessVariants.create(), mimeType, content)))
                .as("for a variant")
                .isLessThan(LITTLE);
    }

    /** Boxes in boxes in boxes: a reader that calls itself for each would not come back. */
    @ParameterizedTest
    @CsvSource({"video/mp4, moov", "video/quicktime, trak", "image/heic, meta", "image/avif, iprp"})
    void boxesInBoxes_costNothing(String mimeType, String name) throws IOException {
        int depth = 500_000;
        ByteBuffer boxes = ByteBuffer.allocate(16 + 8 * depth);
        boxes.putInt(16).put(Samples.ascii("ftyp")).put(Samples.ascii("mif1")).putInt(0);
        for (int i = depth; i > 0; i--) {
            boxes.putInt(8 * i).put(Samples.ascii(name));
        }

        assertThat(new Stored(mimeType, boxes.array())
                        .facts(PictureAnalyzer.create())
                        .width())
                .isNull();
    }

    private String script(String text) throws IOException {
        Path script = directory.resolve("command");
        Files.writeString(script, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script.toString();
    }

    @Test
    void decoder_thatCrashes_isOneFailure() throws IOException {
        CommandVariants maker =
                commands().vipsthumbnail(script("kill -SEGV $$")).build();

        assertThatThrownBy(() -> make(maker, "image/png", Samples.bomb(32, 32)))
                .isInstanceOf(VariantFailedException.class)
                .hasMessageContaining("ended with 139");
    }

    /** It wants all memory there is: {@code tail} waits for the end of a line that has none. */
    @Test
    void decoder_thatEatsMemory_isStopped() throws IOException {
        CommandVariants maker = commands()
                .vipsthumbnail(script("exec tail -n 1 /dev/zero"))
                .maxMemory(64L << 20)
                .build();

        assertThatThrownBy(() -> make(maker, "image/png", Samples.bomb(32, 32)))
                .isInstanceOf(VariantFailedException.class)
                .hasMessageContaining("memory");
    }
}
