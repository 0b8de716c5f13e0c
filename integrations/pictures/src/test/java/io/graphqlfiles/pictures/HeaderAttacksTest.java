package io.graphqlfiles.pictures;

import static io.graphqlfiles.pictures.Allocations.allocated;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spi.media.FileFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files whose headers make a reader that copies what they say work for minutes, or hold gigabytes. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeaderAttacksTest {

    private static final int HEAD = 65_536;
    private static final int BYTE = 1;
    private static final int ASCII = 2;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;
    private static final int SUB_DIRECTORIES = 0x014a;

    /** What may be allocated in addition to a few times the file. */
    private static final long LITTLE = 16L << 20;

    private final PictureAnalyzer analyzer = PictureAnalyzer.create();

    private static void assertAllocates(long most, Allocations.Work<IOException> work) throws IOException {
        assertThat(allocated(work)).isLessThan(most);
    }

    private static void assertStripsCheaply(String mimeType, byte[] picture) throws IOException {
        assertAllocates(LITTLE + 8L * picture.length, () -> {
            try (InputStream stripped = PictureStripper.create().strip(mimeType, new ByteArrayInputStream(picture))) {
                assertThat(stripped.transferTo(OutputStream.nullOutputStream())).isLessThanOrEqualTo(picture.length);
            }
        });
    }

    private FileFacts factsCheaply(String mimeType, byte[] picture) throws IOException {
        Stored stored = new Stored(mimeType, picture);
        FileFacts[] facts = new FileFacts[1];
        assertAllocates(LITTLE + 8L * picture.length, () -> facts[0] = stored.facts(analyzer));
        assertThat(stored.store.openStreams()).isZero();
        return facts[0];
    }

    private static ByteBuffer entry(ByteBuffer tiff, int tag, int type, int count) {
        return tiff.putShort((short) tag).putShort((short) type).putInt(count);
    }

    private static ByteBuffer begun(byte[] tiff) {
        return ByteBuffer.wrap(tiff).put(Samples.ascii("MM\0*")).putInt(8);
    }

    /** Entries that all have the rest of the file for their value, behind those that say 60 x 40, on its side. */
    private static byte[] overlapping(int size, int entries, int type, int sizeOfOne) {
        byte[] tiff = new byte[size];
        ByteBuffer buffer = begun(tiff).putShort((short) (entries + 3));
        entry(buffer, 0x0100, SHORT, 1).putShort((short) 60).putShort((short) 0);
        entry(buffer, 0x0101, LONG, 1).putInt(40);
        entry(buffer, 0x0112, SHORT, 1).putShort((short) 6).putShort((short) 0);
        int data = 14 + 12 * (entries + 3);
        for (int i = 0; i < entries; i++) {
            entry(buffer, 0x2000 + i, type, (size - data) / sizeOfOne).putInt(data);
        }
        return tiff;
    }

    /** Directories that begin within each other, with the same entries, and these with the same value. */
    private static byte[] nested(int size, int directories) {
        byte[] tiff = new byte[size];
        // The low half of where the value is, in the last entry of the one before, is the number of entries.
        int count = 1281;
        ByteBuffer buffer = begun(tiff).putShort((short) 2);
        entry(buffer, 0x0112, SHORT, 1).putShort((short) 6).putShort((short) 0);
        entry(buffer, SUB_DIRECTORIES, LONG, directories).putInt(38).putInt(0);
        int first = 40 + 4 * directories;
        for (int i = 1; i <= directories; i++) {
            buffer.putInt(first - 2 + 12 * i);
        }
        buffer.position(first);
        for (int i = 0; i < count + directories; i++) {
            entry(buffer, 0x1234, RATIONAL, (size - count - 8) / 8).putInt(count);
        }
        return tiff;
    }

    @ParameterizedTest
    @CsvSource({BYTE + ", 1", ASCII + ", 1", SHORT + ", 2", LONG + ", 4", RATIONAL + ", 8", "7, 1", "12, 8"})
    void tiff_whoseEntriesShareTheirValue_costsItsDirectory(int type, int sizeOfOne) throws IOException {
        FileFacts facts = factsCheaply("image/tiff", overlapping(HEAD, 2700, type, sizeOfOne));
        assertThat(facts.width()).isEqualTo(40);
        assertThat(facts.height()).isEqualTo(60);
    }

    @Test
    void tiff_ofMegabytes_costsItsDirectory() throws IOException {
        byte[] tiff = overlapping(4 << 20, 20_000, BYTE, 1);

        assertThat(factsCheaply("image/tiff", tiff).width()).isEqualTo(40);
        ByteBuffer.wrap(tiff).putShort(8, (short) 0xffff);
        Arrays.fill(tiff, 10, 10 + 36, (byte) 0);
        assertThat(factsCheaply("image/tiff", tiff).width()).isNull();
    }

    @Test
    void tiff_whoseDirectoriesOverlap_costsItsFirst() throws IOException {
        assertThat(factsCheaply("image/tiff", nested(HEAD - 1, 1000)).width()).isNull();
    }

    private static byte[] segment(int marker, byte[]... payload) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] each : payload) {
            all.writeBytes(each);
        }
        return ByteBuffer.allocate(4 + all.size())
                .putShort((short) (0xff00 | marker))
                .putShort((short) (all.size() + 2))
                .put(all.toByteArray())
                .array();
    }

    private static byte[] exif(byte[] tiff) {
        return segment(0xe1, Samples.ascii("Exif\0\0"), tiff);
    }

    /** These segments, the size, and the begin of a scan. */
    private static byte[] jpeg(byte[]... segments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd8});
        for (byte[] segment : segments) {
            out.writeBytes(segment);
        }
        out.writeBytes(segment(0xc0, new byte[] {8, 0, 40, 0, 60, 1, 1, 0x11, 0}));
        out.writeBytes(segment(0xda, new byte[] {1, 1, 0, 0, 63, 0}));
        return out.toByteArray();
    }

    private static byte[] hostileExif(String kind) {
        return kind.equals("nested") ? nested(65_000, 1000) : overlapping(65_000, 2700, RATIONAL, 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlapping", "nested"})
    void jpeg_withSuchExif_costsItsDirectory(String kind) throws IOException {
        byte[] exif = exif(hostileExif(kind));
        byte[][] many = new byte[20][];
        Arrays.fill(many, exif);

        assertStripsCheaply("image/jpeg", jpeg(exif));
        assertStripsCheaply("image/jpeg", jpeg(many));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlapping", "nested"})
    void png_withSuchExif_costsItsDirectory(String kind) throws IOException {
        byte[] bomb = Samples.bomb(60, 40);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.write(bomb, 0, 33);
        for (int i = 0; i < 20; i++) {
            png.writeBytes(Samples.chunk("eXIf", hostileExif(kind)));
        }
        png.write(bomb, 33, bomb.length - 33);

        assertThat(factsCheaply("image/png", png.toByteArray()).width()).isEqualTo(40);
        assertStripsCheaply("image/png", png.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlapping", "nested"})
    void webp_withSuchExif_costsItsDirectory(String kind) throws IOException {
        byte[] exif = hostileExif(kind);
        ByteBuffer webp = ByteBuffer.allocate(12 + 20 * (8 + exif.length)).order(ByteOrder.LITTLE_ENDIAN);
        webp.put(Samples.ascii("RIFF")).putInt(webp.capacity() - 8).put(Samples.ascii("WEBP"));
        while (webp.hasRemaining()) {
            webp.put(Samples.ascii("EXIF")).putInt(exif.length).put(exif);
        }

        assertStripsCheaply("image/webp", webp.array());
    }

    private static byte[] xmp(String description) {
        return Samples.ascii("<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><r:Description r:about=''"
                + description + "/></r:RDF>");
    }

    /** Exif that is hostile, XMP that says that there are 1.9 GB of it, a profile that is all tags, and much XMP. */
    private static byte[] talkative(String kind) {
        return switch (kind) {
            case "overlapping", "nested" -> jpeg(exif(hostileExif(kind)));
            case "extended XMP" -> {
                String id = "0123456789ABCDEF0123456789ABCDEF";
                byte[] length = ByteBuffer.allocate(8).putInt(1_900_000_000).array();
                yield jpeg(
                        segment(
                                0xe1,
                                Samples.ascii("http://ns.adobe.com/xap/1.0/\0"),
                                xmp(" xmlns:n='http://ns.adobe.com/xmp/note/' n:HasExtendedXMP='" + id + "'")),
                        segment(
                                0xe1,
                                Samples.ascii("http://ns.adobe.com/xmp/extension/\0" + id),
                                length,
                                Samples.ascii("<a/>")));
            }
            case "XMP" -> {
                byte[][] segments = new byte[20_000][];
                Arrays.fill(segments, segment(0xe1, Samples.ascii("XMP"), new byte[26], xmp(" xmlns:p='p' p:a='1'")));
                yield jpeg(segments);
            }
            default -> {
                byte[] profile = new byte[1_000_000];
                int count = 40_000;
                ByteBuffer buffer = ByteBuffer.wrap(profile).putInt(0, profile.length);
                buffer.putInt(128, count).position(132);
                int data = 132 + 12 * count;
                for (int i = 0; i < count; i++) {
                    buffer.putInt(0x41000000 + i).putInt(data).putInt(profile.length - data);
                }
                byte[][] segments = new byte[20][];
                for (int i = 0; i < segments.length; i++) {
                    segments[i] = segment(
                            0xe2,
                            Samples.ascii("ICC_PROFILE\0"),
                            new byte[] {(byte) (i + 1), (byte) segments.length},
                            Arrays.copyOfRange(profile, i * 50_000, (i + 1) * 50_000));
                }
                yield jpeg(segments);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlapping", "nested", "extended XMP", "XMP", "profile"})
    void jpeg_withMetadata_costsItsSize(String kind) throws IOException {
        FileFacts facts = factsCheaply("image/jpeg", talkative(kind));
        boolean isTurned = kind.equals("overlapping") || kind.equals("nested");
        assertThat(facts.width()).isEqualTo(isTurned ? 40 : 60);
        assertThat(facts.height()).isEqualTo(isTurned ? 60 : 40);
    }

    /** Markers and nothing else, fill bytes, and none at all. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00ff\u00e1\0\2", "\u00ff", "\u00ff\u00d0", "\0", "\u00ff\u00c0\0\7\10\0\1\0\1"})
    void jpeg_ofMegabytesBeforeItsScan_endsWithinBounds(String repeated) throws IOException {
        byte[] jpeg = new byte[10 << 20];
        byte[] each = Samples.ascii(repeated);
        jpeg[0] = (byte) 0xff;
        jpeg[1] = (byte) 0xd8;
        for (int i = 2; i < jpeg.length; i++) {
            jpeg[i] = each[(i - 2) % each.length];
        }
        Stored stored = new Stored("image/jpeg", jpeg);

        assertAllocates(LITTLE, () -> assertThat(stored.facts(analyzer).width()).isNull());
        assertThat(stored.opened()).isLessThanOrEqualTo(64);
    }

    /** Scans without data, scans of a byte, and segments without content in between. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00ff\u00da\0\2", "\u00ff\u00da\0\2a", "\u00ff\u00da\0\2\u00ff\u00dd\0\2"})
    void jpeg_ofMillionsOfScans_isStrippedForItsSize(String scan) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd8});
        byte[] each = Samples.ascii(scan);
        while (out.size() < 10 << 20) {
            out.writeBytes(each);
        }
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
        byte[] jpeg = out.toByteArray();

        assertAllocates(
                1L << 30,
                () -> assertThat(PictureStripper.create()
                                .strip("image/jpeg", new ByteArrayInputStream(jpeg))
                                .transferTo(OutputStream.nullOutputStream()))
                        .isLessThanOrEqualTo(jpeg.length));
    }

    /** Extensions of a byte each. */
    @Test
    void gif_withMetadata_costsItsSize() throws IOException {
        ByteArrayOutputStream gif = new ByteArrayOutputStream();
        gif.writeBytes(Samples.ascii("GIF89a\74\0\50\0\0\0\0"));
        for (int i = 0; i < 1_000_000; i++) {
            gif.writeBytes(Samples.ascii("!\u00fe\1a\0"));
        }
        Stored stored = new Stored("image/gif", gif.toByteArray());

        assertAllocates(LITTLE, () -> assertThat(stored.facts(analyzer).width()).isEqualTo(60));
        assertThat(stored.opened()).isZero();
    }
}
