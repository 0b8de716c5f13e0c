package io.graphqlfiles.pictures;

import static io.graphqlfiles.pictures.Allocations.allocated;
import static io.graphqlfiles.pictures.HeifBoxes.box;
import static io.graphqlfiles.pictures.HeifBoxes.full;
import static io.graphqlfiles.pictures.HeifBoxes.item;
import static io.graphqlfiles.pictures.HeifBoxes.items;
import static io.graphqlfiles.pictures.HeifBoxes.join;
import static io.graphqlfiles.pictures.HeifBoxes.number;
import static io.graphqlfiles.pictures.HeifBoxes.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spi.media.FileFacts;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Films and HEIC whose numbers of entries, lengths and places were made to cost memory or time. */
@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
class BoxAttacksTest {

    /** Little more than what is read: that is at most 8 MiB, of a stored file 4 MiB. */
    private static final long LITTLE = 24L << 20;

    private static final FileFacts FILM = FileFacts.none().withSize(360, 640).withDuration(Duration.ofSeconds(3));
    private static final FileFacts PICTURE = FileFacts.none().withSize(40, 30);

    private static final byte[] TYPE = box("ftyp", Samples.ascii("heic"), number(4, 0), Samples.ascii("mif1"));

    /** What is behind it is not in the part of a file that is looked at first. */
    private static final byte[] FAR = box("free", new byte[70_000]);

    /** What it gives, within bounds. */
    private static <T> T cheap(long most, Callable<T> work) throws Exception {
        AtomicReference<T> made = new AtomicReference<>();
        assertThat(allocated(() -> made.set(work.call()))).as("bytes allocated").isLessThan(most);
        return made.get();
    }

    private static FileFacts facts(String mimeType, byte[]... parts) throws Exception {
        Stored stored = new Stored(mimeType, join(parts));
        return cheap(LITTLE, () -> stored.facts(PictureAnalyzer.create()));
    }

    private static byte[] entry(int width, int height) {
        return box(
                "avc1",
                number(8, 1),
                new byte[16],
                number(2, width),
                number(2, height),
                number(4, 0x48_0000),
                number(4, 0x48_0000),
                number(4, 0),
                number(2, 1),
                new byte[32],
                number(4, 0x18_ffff));
    }

    private static byte[] descriptions(long count, byte[]... entries) {
        return full("stsd", 0, number(4, count), join(entries));
    }

    private static byte[] times(long count) {
        return full("stts", 0, number(4, count), number(4, 75), number(4, 512));
    }

    private static byte[] track(String handler, byte[]... table) {
        byte[] turned = join(
                number(4, 0),
                number(4, 0x1_0000),
                number(4, 0),
                number(4, 0xffff_0000L),
                new byte[16],
                number(4, 0x4000_0000));
        return box(
                "trak",
                full("tkhd", 0, new byte[36], turned, number(4, 640L << 16), number(4, 360L << 16)),
                box(
                        "mdia",
                        full("mdhd", 0, number(8, 0), number(4, 12_800), number(4, 38_400), number(4, 0)),
                        full("hdlr", 0, number(4, 0), Samples.ascii(handler), new byte[13]),
                        box("minf", full("vmhd", 1, number(8, 0)), box("stbl", table))));
    }

    /** As phones make them: 640 to 360 pixels on its side, three seconds. */
    private static byte[] film(byte[]... tracks) {
        byte[] header = full(
                "mvhd",
                0,
                number(8, 0),
                number(4, 1000),
                number(4, 3000),
                number(4, 0x1_0000),
                number(2, 0x100),
                new byte[10 + 36 + 24],
                number(4, 2));
        return join(
                box("ftyp", Samples.ascii("isom"), number(4, 512), Samples.ascii("isomiso2avc1mp41")),
                box("moov", header, join(tracks)));
    }

    private static byte[] film() {
        return film(track("vide", descriptions(1, entry(640, 360)), times(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"video/mp4", "video/quicktime"})
    void film_isKnown(String mimeType) throws Exception {
        byte[] sound = track("soun", descriptions(1, box("mp4a", new byte[28])), times(1));

        assertThat(facts(mimeType, film())).isEqualTo(FILM);
        assertThat(facts(mimeType, box("mdat", new byte[200_000]), film())).isEqualTo(FILM);
        assertThat(facts(
                        mimeType,
                        film(
                                track("vide", descriptions(1, entry(640, 360)), times(1)),
                                sound,
                                track("vide", descriptions(2, entry(64, 36), entry(9000, 9000)), times(1)))))
                .isEqualTo(FILM);
        assertThat(facts(mimeType, film(sound))).isEqualTo(FileFacts.none().withDuration(Duration.ofSeconds(3)));
    }

    /** An entry takes sixteen bytes of a list, before one is read. */
    @ParameterizedTest
    @ValueSource(longs = {0x1000_0000L, 0x7fff_fff0L, 0xffff_ffffL})
    void film_withMoreEntriesThanThereAre_costsNothing(long count) throws Exception {
        assertThat(facts("video/mp4", film(track("vide", descriptions(count, entry(640, 360)), times(1)))))
                .isEqualTo(FILM);
        assertThat(facts("video/mp4", film(track("vide", descriptions(1, entry(640, 360)), times(count)))))
                .isEqualTo(FILM);
    }

    /** Whatever number a reader believes, it is one of these. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 7, 0x1000_0000, 0x7fff_fff0, Integer.MIN_VALUE})
    void film_withAnyNumberReplaced_costsNothing(int number) throws Exception {
        byte[] film = film();
        for (int at = 0; at + 4 <= film.length; at++) {
            byte[] damaged = film.clone();
            System.arraycopy(number(4, number & 0xffff_ffffL), 0, damaged, at, 4);

            cheap(8 << 20, () -> PictureAnalyzer.create().analyzeHead("video/mp4", damaged));
        }
    }

    @Test
    void film_whoseDescriptionsBreakOff_hasNoSize() throws Exception {
        byte[] whole = descriptions(1, entry(640, 360));
        for (int length = 0; length < 36; length++) {
            byte[] table = full("stsd", 0, Arrays.copyOfRange(whole, 12, 12 + length));

            assertThat(facts("video/mp4", film(track("vide", table))))
                    .isEqualTo(FileFacts.none().withDuration(Duration.ofSeconds(3)));
        }
        assertThat(facts("video/mp4", film(track("vide", descriptions(0, entry(640, 360))))))
                .isEqualTo(FileFacts.none().withDuration(Duration.ofSeconds(3)));
    }

    private static byte[] xmp() {
        StringBuilder xmp = new StringBuilder("<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
                + "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
                + "<rdf:Description rdf:about='' xmlns:p='http://p/'>");
        for (int i = 0; i < 80_000; i++) {
            xmp.append("<p:a").append(Integer.toString(i, 36)).append("/>");
        }
        return Samples.ascii(xmp + "</rdf:Description></rdf:RDF></x:xmpmeta>");
    }

    /** Each would take ten seconds and more. */
    @Test
    void film_withXmp_costsNothing() throws Exception {
        byte[] xmp = box("XMP_", xmp());

        assertThat(facts("video/quicktime", xmp, xmp, xmp, box("moov", box("udta", xmp, xmp)), film()))
                .isEqualTo(FILM);
    }

    @Test
    void film_withAThumbnailThatClaimsGigabytes_costsNothing() throws Exception {
        byte[] thumbnail = box("CNTH", number(4, 0x7fff_fff0), Samples.ascii("CNDA"), new byte[20]);

        assertThat(facts("video/quicktime", box("moov", box("udta", thumbnail)), film()))
                .isEqualTo(FILM);
    }

    private static byte[] primary() {
        return full("pitm", 0, number(2, 1));
    }

    private static byte[] properties(byte[]... associations) {
        return box(
                "iprp",
                box("ipco", full("ispe", 0, number(4, 40), number(4, 30))),
                full("ipma", 0, number(4, 1), number(2, 1), number(1, 1), number(1, 0x81)),
                join(associations));
    }

    /** The library's reader goes back for them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 4, 5, 6, 7})
    void picture_withABoxOfLessThanItsHeader_isKnown(int size) throws Exception {
        byte[] broken = join(number(4, size), Samples.ascii("oops"), new byte[200]);
        byte[] meta = full("meta", 0, primary(), properties());

        assertThat(facts("image/heic", TYPE, meta, broken)).isEqualTo(PICTURE);
        assertThat(facts("image/heic", TYPE, full("meta", 0, primary(), properties(), broken)))
                .isEqualTo(PICTURE);
        assertThat(facts("image/heic", TYPE, full("meta", 0, primary(), properties(broken))))
                .isEqualTo(PICTURE);
        assertThat(facts("image/heic", TYPE, broken, meta).width()).isIn(null, 40);
    }

    /** Three megabytes of numbers, of which each would be an object. */
    @ParameterizedTest
    @CsvSource({"true, items", "false, items", "true, indexes", "false, indexes"})
    void picture_withMillionsOfAssociations_costsWhatIsRead(boolean isPrimaryFirst, String what) throws Exception {
        boolean isOfItems = what.equals("items");
        int length = isOfItems ? 5 : 4 + 1 + 2 * 255;
        int count = 1_040_000 / length;
        byte[][] many = new byte[3][];
        for (int i = 0; i < many.length; i++) {
            byte[][] entries = new byte[count][];
            for (int j = 0; j < count; j++) {
                byte[] entry = new byte[length];
                Arrays.fill(entry, (byte) 0x7e);
                System.arraycopy(number(4, isOfItems ? i * count + j + 2L : 1), 0, entry, 0, 4);
                entry[4] = (byte) (isOfItems ? 0 : 255);
                entries[j] = entry;
            }
            many[i] = box("ipma", number(4, 0x0100_0001), number(4, count), join(entries));
        }
        byte[] first = isPrimaryFirst ? primary() : new byte[0];
        byte[] last = isPrimaryFirst ? new byte[0] : primary();

        assertThat(facts("image/heic", TYPE, FAR, full("meta", 0, first, properties(many), last)))
                .isEqualTo(PICTURE);
    }

    @Test
    void picture_ofManyTiles_isKnown() throws Exception {
        byte[][] tiles = new byte[2000][];
        for (int i = 0; i < tiles.length; i++) {
            tiles[i] = join(number(2, i + 1L), number(1, 1), number(1, 0x81));
        }
        byte[] properties = box(
                "iprp",
                box(
                        "ipco",
                        full("ispe", 0, number(4, 512), number(4, 512)),
                        full("ispe", 0, number(4, 4000), number(4, 3000)),
                        box("irot", number(1, 1))),
                full(
                        "ipma",
                        0,
                        number(4, tiles.length + 1L),
                        join(tiles),
                        number(2, 5000),
                        number(1, 2),
                        number(2, 0x0283)));
        byte[] primary = full("pitm", 0, number(2, 5000));
        FileFacts expected = FileFacts.none().withSize(3000, 4000);

        assertThat(facts("image/heic", TYPE, full("meta", 0, primary, properties)))
                .isEqualTo(expected);
        assertThat(facts("image/heic", TYPE, full("meta", 0, properties, primary)))
                .isEqualTo(expected);
    }

    /** A hundred thousand places and more, all the same. */
    @Test
    void description_whoseDataIsSaidToBeMetadataAgainAndAgain_isOverwrittenOnce() throws Exception {
        byte[] data = new byte[500_000];
        Arrays.fill(data, (byte) 'x');
        byte[] extents = new byte[3 * 60_000];
        for (int i = 0; i < extents.length; i += 3) {
            System.arraycopy(number(3, data.length), 0, extents, i, 3);
        }
        byte[] place = join(number(2, 2), number(2, 1), number(2, 0), number(2, 60_000), extents);
        byte[] locations = full("iloc", 1, number(2, 0x0300), number(2, 2), place, place);
        byte[] file = join(TYPE, full("meta", 0, items(item(2, "Exif", "")), locations, box("idat", data)));

        for (int i = 0; i < 20; i++) {
            byte[] stripped = cheap(LITTLE, () -> new HeifStripped(new ByteArrayInputStream(file)).readAllBytes());

            assertThat(stripped).hasSize(file.length);
            assertThat(text(stripped)).doesNotContain("x");
        }
    }

    /** Next to each other and apart, so that nothing becomes one. */
    @Test
    void description_withManyPlaces_holdsLittle() throws Exception {
        byte[][] extents = new byte[65_000][];
        for (int i = 0; i < extents.length; i++) {
            extents[i] = join(number(3, 2_000_000 + 2L * (i * 7919L % extents.length)), number(1, 1));
        }
        byte[] place = join(number(2, 2), number(2, 0), number(2, 0), number(2, extents.length), join(extents));
        byte[] locations = full("iloc", 1, number(2, 0x3100), number(2, 3), place, place, place);
        byte[] data = new byte[2_200_000];
        Arrays.fill(data, (byte) 'x');
        byte[] file = join(TYPE, full("meta", 0, items(item(2, "Exif", "")), locations), box("mdat", data));

        byte[] stripped = cheap(2 * LITTLE, () -> new HeifStripped(new ByteArrayInputStream(file)).readAllBytes());

        assertThat(stripped[1_999_999]).isEqualTo((byte) 'x');
        for (int i = 0; i < 2 * extents.length; i++) {
            assertThat(stripped[2_000_000 + i]).isEqualTo((byte) (i % 2 == 0 ? 0 : 'x'));
        }
    }
}
