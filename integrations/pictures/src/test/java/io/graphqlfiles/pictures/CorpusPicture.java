package io.graphqlfiles.pictures;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Pictures as people have them, made by the encoders that they come from. Each is stored with 128 x 64 pixels, red,
 * green, blue and white from the top left corner on, clockwise; where a format can say more, it has a secret.
 */
enum CorpusPicture {
    JPEG("image/jpeg", at -> jpeg(false, 1)),
    JPEG_PROGRESSIVE("image/jpeg", at -> jpeg(true, 1)),
    JPEG_GREY("image/jpeg", at -> Samples.withMetadata(Samples.encoded("jpeg", grey()), 1)) {
        @Override
        Color[] corners() {
            Raster shades = grey().getRaster();
            int[][] at = {{0, 0}, {WIDTH - 1, 0}, {WIDTH - 1, HEIGHT - 1}, {0, HEIGHT - 1}};
            return Arrays.stream(at)
                    .map(xy -> shades.getSample(xy[0], xy[1], 0))
                    .map(shade -> new Color(shade, shade, shade))
                    .toArray(Color[]::new);
        }
    },
    JPEG_CMYK("image/jpeg", at -> Samples.withMetadata(at.vips("colourspace", "jpg", "[Q=95]", "cmyk"), 1)) {
        /** Inks have no such green and blue; red is not green, by 510. */
        @Override
        int tolerance() {
            return 300;
        }
    },
    JPEG_ORIENTATION_2("image/jpeg", at -> jpeg(false, 2), 2),
    JPEG_ORIENTATION_3("image/jpeg", at -> jpeg(false, 3), 3),
    JPEG_ORIENTATION_4("image/jpeg", at -> jpeg(false, 4), 4),
    JPEG_ORIENTATION_5("image/jpeg", at -> jpeg(false, 5), 5),
    JPEG_ORIENTATION_6("image/jpeg", at -> jpeg(false, 6), 6),
    JPEG_ORIENTATION_7("image/jpeg", at -> jpeg(false, 7), 7),
    JPEG_ORIENTATION_8("image/jpeg", at -> jpeg(false, 8), 8),
    PNG("image/png", at -> Samples.withChunks(png(), "tEXtComment\0SECRET")),
    PNG_INTERLACED("image/png", at -> Samples.withChunks(at.vips("copy", "png", "[interlace]"), "tEXtComment\0SECRET")),
    PNG_PALETTE("image/png", at -> Samples.encoded("png", quarters(BufferedImage.TYPE_BYTE_INDEXED))),
    PNG_16_BIT("image/png", at -> Samples.withChunks(at.vips("colourspace", "png", "", "rgb16"), "tIMESECRET.")),
    PNG_ALPHA("image/png", at -> Samples.withChunks(Samples.encoded("png", clearCorner()), "tEXtComment\0SECRET")) {
        @Override
        Color[] corners() {
            return new Color[] {Color.RED, Color.GREEN, Color.BLUE, CLEAR};
        }
    },
    PNG_TURNED("image/png", at -> Samples.withChunks(png(), "eXIf", "tEXtComment\0SECRET"), 6),
    APNG("image/png", at -> at.ffmpeg("apng", "-plays", "0"), 3, 1) {
        @Override
        String mimeType() {
            return "image/apng";
        }
    },
    GIF("image/gif", at -> gifComment(Samples.encoded("gif", quarters(BufferedImage.TYPE_INT_RGB)))),
    GIF_ANIMATED("image/gif", at -> gifComment(at.ffmpeg("gif")), 3, 1),
    WEBP("image/webp", at -> at.webpXmp(at.cwebp("-q", "95"))),
    WEBP_LOSSLESS("image/webp", at -> at.webpXmp(at.cwebp("-lossless"))),
    WEBP_ALPHA("image/webp", at -> {
        at.write("picture.png", Samples.encoded("png", clearCorner()));
        return at.cwebp("-q", "95", "-alpha_q", "100");
    }) {
        @Override
        Color[] corners() {
            return new Color[] {Color.RED, Color.GREEN, Color.BLUE, CLEAR};
        }
    },
    /** What stands behind the picture turns nothing, as in browsers. */
    WEBP_WITH_EXIF("image/webp", at -> at.webpExif(at.cwebp("-lossless"), 6)),
    WEBP_ANIMATED("image/webp", at -> at.webpXmp(at.img2webp()), 3, 1),
    HEIC("image/heic", at -> at.heif("heic")),
    HEIC_TURNED("image/heic", at -> turned(at.heif("heic")), 6),
    AVIF("image/avif", at -> at.heif("avif")),
    AVIF_TURNED("image/avif", at -> turned(at.heif("avif")), 6),
    TIFF("image/tiff", at -> at.vips("copy", "tif", "[compression=lzw]")),
    TIFF_TURNED(
            "image/tiff",
            at -> {
                at.write("picture.png", Samples.withChunks(png(), "eXIf"));
                return at.vips("copy", "tif", "");
            },
            6),
    BMP("image/bmp", at -> Samples.encoded("bmp", quarters(BufferedImage.TYPE_INT_RGB))),
    SVG("image/svg+xml", at -> """
                    <svg xmlns="http://www.w3.org/2000/svg" width="128" height="64">
                      <rect width="64" height="32" fill="#f00"/><rect x="64" width="64" height="32" fill="#0f0"/>
                      <rect x="64" y="32" width="64" height="32" fill="#00f"/>
                      <rect y="32" width="64" height="32" fill="#fff"/>
                    </svg>""".getBytes(StandardCharsets.UTF_8));

    static final int WIDTH = 128;
    static final int HEIGHT = 64;
    static final Color CLEAR = new Color(0, 0, 0, 0);

    /** Where red, green, blue and white come to be, clockwise from the top left. */
    private static final int[][] TURNED = {
        {0, 1, 2, 3}, {1, 0, 3, 2}, {2, 3, 0, 1}, {3, 2, 1, 0}, {0, 3, 2, 1}, {3, 0, 1, 2}, {2, 1, 0, 3}, {1, 2, 3, 0},
    };

    private final String mimeType;

    @SuppressWarnings("ImmutableEnumChecker") // Lambdas without state.
    private final Encoding encoding;

    private final int frames;
    private final int orientation;

    CorpusPicture(String mimeType, Encoding encoding) {
        this(mimeType, encoding, 1, 1);
    }

    CorpusPicture(String mimeType, Encoding encoding, int orientation) {
        this(mimeType, encoding, 1, orientation);
    }

    CorpusPicture(String mimeType, Encoding encoding, int frames, int orientation) {
        this.mimeType = mimeType;
        this.encoding = encoding;
        this.frames = frames;
        this.orientation = orientation;
    }

    /** Makes a picture in a directory that has it as {@code picture.png}. */
    @FunctionalInterface
    interface Encoding {
        byte[] encode(Encoders at) throws Exception;
    }

    byte[] encode(Path directory) throws Exception {
        Encoders at = new Encoders(directory);
        at.write("picture.png", png());
        return encoding.encode(at);
    }

    String mimeType() {
        return mimeType;
    }

    int frames() {
        return frames;
    }

    /** As it is shown. */
    int width() {
        return orientation >= 5 ? HEIGHT : WIDTH;
    }

    int height() {
        return orientation >= 5 ? WIDTH : HEIGHT;
    }

    int orientation() {
        return orientation;
    }

    /** As it is shown. */
    Color[] corners() {
        Color[] corners = new Color[4];
        for (int i = 0; i < 4; i++) {
            corners[i] = Samples.CORNERS[TURNED[orientation - 1][i]];
        }
        return corners;
    }

    /** How far a colour may be off, the sum of all channels. */
    int tolerance() {
        return 60;
    }

    boolean isStripped() {
        return PictureStripper.create().mimeTypes().contains(mimeType());
    }

    private static BufferedImage quarters(int type) {
        return Samples.quarters(WIDTH, HEIGHT, type);
    }

    private static BufferedImage grey() {
        return quarters(BufferedImage.TYPE_BYTE_GRAY);
    }

    private static byte[] png() throws IOException {
        return Samples.encoded("png", quarters(BufferedImage.TYPE_INT_RGB));
    }

    private static byte[] jpeg(boolean progressive, int orientation) throws IOException {
        return Samples.withMetadata(Samples.jpeg(WIDTH, HEIGHT, progressive), orientation);
    }

    /** White is transparent. */
    private static BufferedImage clearCorner() {
        BufferedImage picture = quarters(BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setComposite(AlphaComposite.Clear);
        graphics.fillRect(0, HEIGHT / 2, WIDTH / 2, HEIGHT / 2);
        graphics.dispose();
        return picture;
    }

    private static byte[] gifComment(byte[] gif) {
        int palette = 13 + ((gif[10] & 0x80) == 0 ? 0 : 3 << ((gif[10] & 7) + 1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(gif, 0, palette);
        out.writeBytes(Samples.ascii("!\u00fe\6SECRET\0"));
        out.write(gif, palette, gif.length - palette);
        return out.toByteArray();
    }

    /** Turned to the right, as a phone says it: the last property says so in place of the number of bits. */
    private static byte[] turned(byte[] heif) {
        byte[] turned = heif.clone();
        int box = new String(heif, StandardCharsets.ISO_8859_1).indexOf("pixi");
        System.arraycopy(Samples.ascii("irot\3"), 0, turned, box, 5);
        return turned;
    }

    /** Programs that work in one directory. */
    record Encoders(Path directory) {

        void write(String name, byte[] content) throws IOException {
            Files.write(directory.resolve(name), content);
        }

        private byte[] read(String name) throws IOException {
            return Files.readAllBytes(directory.resolve(name));
        }

        byte[] vips(String command, String extension, String options, String... further) throws Exception {
            String[] all = new String[4 + further.length];
            all[0] = "vips";
            all[1] = command;
            all[2] = "picture.png";
            all[3] = "made." + extension + options;
            System.arraycopy(further, 0, all, 4, further.length);
            Commands.run(directory, all);
            return read("made." + extension);
        }

        /** With the metadata of a JPEG. */
        byte[] heif(String extension) throws Exception {
            write("picture.png", jpeg(false, 1));
            return vips("copy", extension, "[Q=90]");
        }

        byte[] cwebp(String... options) throws Exception {
            String[] all = new String[5 + options.length];
            all[0] = "cwebp";
            all[1] = "-quiet";
            System.arraycopy(options, 0, all, 2, options.length);
            all[2 + options.length] = "picture.png";
            all[3 + options.length] = "-o";
            all[4 + options.length] = "made.webp";
            Commands.run(directory, all);
            return read("made.webp");
        }

        byte[] webpXmp(byte[] webp) throws Exception {
            return webpmux(webp, "xmp", Samples.ascii("<x:xmpmeta>SECRET</x:xmpmeta>"));
        }

        byte[] webpExif(byte[] webp, int orientation) throws Exception {
            return webpmux(webp, "exif", Samples.exif(orientation));
        }

        private byte[] webpmux(byte[] webp, String kind, byte[] metadata) throws Exception {
            write("before.webp", webp);
            write("metadata", metadata);
            Commands.run(directory, "webpmux", "-set", kind, "metadata", "before.webp", "-o", "after.webp");
            return read("after.webp");
        }

        /** The picture, then grey, then black. */
        private void frames() throws IOException {
            write("frame1.png", png());
            for (int i = 2; i <= 3; i++) {
                BufferedImage frame = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
                Graphics2D graphics = frame.createGraphics();
                graphics.setColor(i == 2 ? Color.GRAY : Color.BLACK);
                graphics.fillRect(0, 0, WIDTH, HEIGHT);
                graphics.dispose();
                write("frame" + i + ".png", Samples.encoded("png", frame));
            }
        }

        byte[] ffmpeg(String format, String... options) throws Exception {
            frames();
            String[] all = new String[10 + options.length];
            System.arraycopy("ffmpeg -v error -framerate 5 -i frame%d.png -f".split(" "), 0, all, 0, 8);
            all[8] = format;
            System.arraycopy(options, 0, all, 9, options.length);
            all[9 + options.length] = "made." + format;
            Commands.run(directory, all);
            return read("made." + format);
        }

        byte[] img2webp() throws Exception {
            frames();
            Commands.run(
                    directory, "img2webp -lossless -d 200 frame1.png frame2.png frame3.png -o made.webp".split(" "));
            return read("made.webp");
        }
    }
}
