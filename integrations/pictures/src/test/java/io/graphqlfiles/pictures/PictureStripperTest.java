package io.graphqlfiles.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.GpsDirectory;
import io.graphqlfiles.spi.media.MalformedContentException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureStripperTest {

    private final PictureStripper stripper = PictureStripper.create();

    @TempDir
    private Path directory;

    private byte[] strip(String mimeType, byte[] bytes) throws IOException {
        return stripper.strip(mimeType, new ByteArrayInputStream(bytes)).readAllBytes();
    }

    private static void assertClean(byte[] stripped, int orientation) throws IOException, ImageProcessingException {
        Metadata metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(stripped));
        assertThat(metadata.getFirstDirectoryOfType(GpsDirectory.class)).isNull();
        ExifIFD0Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        if (exif == null) {
            assertThat(orientation).isEqualTo(Orientation.UPRIGHT);
        } else {
            assertThat(exif.getInteger(ExifDirectoryBase.TAG_ORIENTATION)).isEqualTo(orientation);
            assertThat(exif.getTags()).hasSize(1);
        }
        assertThat(new String(stripped, StandardCharsets.ISO_8859_1)).doesNotContain("SECRET", "Spy Phones");
    }

    private static int[] pixels(byte[] picture) throws IOException {
        BufferedImage image = Samples.decoded(picture);
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "false, 6", "true, 3", "true, 8"})
    void jpeg(boolean progressive, int orientation) throws Exception {
        byte[] plain = Samples.jpeg(600, 400, progressive);
        byte[] phone = Samples.withMetadata(plain, orientation);
        assertThat(new String(phone, StandardCharsets.ISO_8859_1)).contains("SECRET", "Spy Phones");

        byte[] stripped = strip("image/jpeg", phone);

        assertClean(stripped, orientation);
        assertThat(pixels(stripped)).isEqualTo(pixels(plain));
        assertThat(stripped).hasSizeLessThan(plain.length + 64);
        assertThat(strip("image/jpeg", stripped)).isEqualTo(stripped);
    }

    @Test
    void jpeg_colourProfileStays() throws Exception {
        byte[] plain = Samples.jpeg(60, 40, false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(plain, 0, 2);
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe2, 0, 18});
        out.writeBytes(Samples.ascii("ICC_PROFILE\0\1\1\0\0"));
        out.write(plain, 2, plain.length - 2);

        assertThat(strip("image/jpeg", out.toByteArray())).isEqualTo(out.toByteArray());
    }

    @Test
    void png() throws Exception {
        byte[] plain = Samples.encoded("png", Samples.quarters(60, 40, BufferedImage.TYPE_INT_ARGB));
        byte[] chatty = Samples.withChunks(
                plain,
                "gAMA\0\0\261\217",
                "tEXtComment\0SECRET",
                "iTXtXML:com.adobe.xmp\0\0\0\0\0SECRET",
                "zTXtSECRET",
                "tIMESECRET.",
                "eXIf",
                "prVtSECRET");

        byte[] stripped = strip("image/png", chatty);

        assertClean(stripped, 6);
        assertThat(pixels(stripped)).isEqualTo(pixels(plain));
        assertThat(new String(stripped, StandardCharsets.ISO_8859_1)).contains("gAMA", "eXIf");
        assertThat(strip("image/png", plain)).isEqualTo(plain);
    }

    @Test
    void png_animation_stays() throws Exception {
        byte[] plain = Samples.encoded("png", Samples.quarters(6, 4, BufferedImage.TYPE_INT_RGB));
        byte[] animated = Samples.withChunks(
                plain, "acTL\0\0\0\1\0\0\0\0", "fcTL\0\0\0\0\0\0\0\6\0\0\0\4\0\0\0\0\0\0\0\0\0\1\0\12\0\0");

        assertThat(strip("image/apng", animated)).isEqualTo(animated);
    }

    @Test
    void gif() throws Exception {
        byte[] plain = Samples.encoded("gif", Samples.quarters(60, 40, BufferedImage.TYPE_INT_RGB));
        int palette = 13 + (3 << ((plain[10] & 7) + 1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(plain, 0, palette);
        out.writeBytes(Samples.ascii("!\u00fe\6SECRET\0"));
        out.writeBytes(Samples.ascii("!\u00ff\13XMP DataXMP\6SECRET\0"));
        byte[] loop = Samples.ascii("!\u00ff\13NETSCAPE2.0\3\1\0\0\0");
        out.writeBytes(loop);
        out.write(plain, palette, plain.length - palette);
        out.writeBytes(Samples.ascii("SECRET"));

        byte[] stripped = strip("image/gif", out.toByteArray());

        assertThat(stripped).hasSize(plain.length + loop.length);
        assertThat(new String(stripped, StandardCharsets.ISO_8859_1))
                .contains("NETSCAPE")
                .doesNotContain("SECRET");
        assertThat(pixels(stripped)).isEqualTo(pixels(plain));
        assertThat(strip("image/gif", plain)).isEqualTo(plain);
    }

    @Test
    void webp() throws Exception {
        Files.write(
                directory.resolve("a.png"),
                Samples.encoded("png", Samples.quarters(60, 40, BufferedImage.TYPE_INT_ARGB)));
        Files.write(directory.resolve("a.exif"), Samples.exif(6));
        Files.writeString(directory.resolve("a.xmp"), "<x:xmpmeta>SECRET</x:xmpmeta>");
        Commands.run(directory, "cwebp", "-quiet", "-lossless", "a.png", "-o", "plain.webp");
        Commands.run(directory, "webpmux", "-set", "exif", "a.exif", "plain.webp", "-o", "b.webp");
        Commands.run(directory, "webpmux", "-set", "xmp", "a.xmp", "b.webp", "-o", "c.webp");
        byte[] phone = Files.readAllBytes(directory.resolve("c.webp"));

        byte[] stripped = strip("image/webp", phone);

        assertThat(stripped).hasSameSizeAs(phone);
        assertClean(stripped, 6);
        assertThat(pixels(stripped)).isEqualTo(pixels(Files.readAllBytes(directory.resolve("plain.webp"))));
        Files.write(directory.resolve("stripped.webp"), stripped);
        Commands.run(directory, "dwebp", "-quiet", "stripped.webp", "-o", "d.png");
        Commands.run(directory, "webpinfo", "-quiet", "stripped.webp");
        byte[] plain = Files.readAllBytes(directory.resolve("plain.webp"));
        assertThat(strip("image/webp", plain)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/jpeg", "image/png", "image/gif", "image/webp", "image/heic", "image/avif"})
    void somethingElse_isRefused(String mimeType) {
        assertThatThrownBy(() -> strip(mimeType, Samples.ascii("something else, and long enough to be one")))
                .isInstanceOf(MalformedContentException.class);
        assertThatThrownBy(() -> strip(mimeType, new byte[0])).isInstanceOf(MalformedContentException.class);
    }

    @Test
    void failingStream_isPassedOnAsItIs() {
        IOException broken = new IOException("broken");
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw broken;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw broken;
            }
        };

        assertThatThrownBy(() -> stripper.strip("image/jpeg", failing).readAllBytes())
                .isSameAs(broken);
    }

    /**
     * Whatever it is given, it ends: with a picture or with the one exception, and never with more than it was given.
     */
    @Test
    void mutated_endsEitherWay() throws IOException {
        Random random = new Random(20261130);
        byte[][] originals = {
            Samples.withMetadata(Samples.jpeg(60, 40, true), 6),
            Samples.withChunks(
                    Samples.encoded("png", Samples.quarters(60, 40, BufferedImage.TYPE_INT_ARGB)),
                    "tEXtSECRET",
                    "eXIf"),
            Samples.encoded("gif", Samples.quarters(60, 40, BufferedImage.TYPE_INT_RGB)),
            Samples.ascii(
                    "RIFF\100\0\0\0WEBPVP8X\12\0\0\0\14\0\0\0\5\0\0\5\0\0EXIF\10\0\0\0MM\0\52\0\0\0\10XMP \4\0\0\0abcd"),
            HeifBoxes.talkative("SECRET"),
        };
        String[] types = {"image/jpeg", "image/png", "image/gif", "image/webp", "image/heic"};
        for (int i = 0; i < 20_000; i++) {
            int which = i % types.length;
            byte[] bytes = Arrays.copyOf(originals[which], random.nextInt(originals[which].length + 1));
            for (int n = random.nextInt(4); n > 0 && bytes.length > 0; n--) {
                bytes[random.nextInt(Math.min(bytes.length, 1 + random.nextInt(600)))] = (byte) random.nextInt();
            }
            try {
                assertThat(strip(types[which], bytes).length).isLessThanOrEqualTo(bytes.length);
            } catch (MalformedContentException expected) {
                // as promised
            }
        }
    }
}
