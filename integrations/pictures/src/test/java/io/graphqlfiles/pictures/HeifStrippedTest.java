package io.graphqlfiles.pictures;

import static io.graphqlfiles.pictures.HeifBoxes.box;
import static io.graphqlfiles.pictures.HeifBoxes.full;
import static io.graphqlfiles.pictures.HeifBoxes.item;
import static io.graphqlfiles.pictures.HeifBoxes.items;
import static io.graphqlfiles.pictures.HeifBoxes.join;
import static io.graphqlfiles.pictures.HeifBoxes.location;
import static io.graphqlfiles.pictures.HeifBoxes.locations;
import static io.graphqlfiles.pictures.HeifBoxes.number;
import static io.graphqlfiles.pictures.HeifBoxes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.GpsDirectory;
import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.spi.media.MalformedContentException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeifStrippedTest {

    private static final byte[] TYPE = box("ftyp", Samples.ascii("heic"), number(4, 0), Samples.ascii("mif1"));
    private static final byte[] SECRET = Samples.ascii("SECRET");

    @TempDir
    private Path directory;

    private static byte[] strip(byte[]... parts) throws IOException {
        return new HeifStripped(new ByteArrayInputStream(join(parts))).readAllBytes();
    }

    /** As phones make them, but for the tiles. */
    @ParameterizedTest
    @ValueSource(strings = {"heic", "avif"})
    void pictureOfPhone_isTheSameWithoutPosition(String format) throws Exception {
        Files.write(directory.resolve("phone.jpg"), Samples.withMetadata(Samples.jpeg(128, 64, false), 1));
        Commands.run(directory, "vips", "copy", "phone.jpg", "phone." + format);
        byte[] phone = Files.readAllBytes(directory.resolve("phone." + format));
        assertThat(text(phone)).contains("SECRET", "Spy Phones");
        assertThat(metadata(phone).containsDirectoryOfType(ExifIFD0Directory.class))
                .isTrue();

        byte[] stripped = strip(phone);

        assertThat(stripped).hasSameSizeAs(phone);
        assertThat(text(stripped)).doesNotContain("SECRET", "Spy Phones", "Exif");
        assertThat(metadata(stripped).containsDirectoryOfType(ExifIFD0Directory.class))
                .isFalse();
        assertThat(metadata(stripped).containsDirectoryOfType(GpsDirectory.class))
                .isFalse();
        Files.write(directory.resolve("stripped." + format), stripped);
        assertThat(pixels("stripped." + format)).isEqualTo(pixels("phone." + format));
        assertThat(strip(stripped)).isEqualTo(stripped);
    }

    private int[] pixels(String name) throws Exception {
        Commands.run(directory, "vips", "copy", name, "decoded.png");
        BufferedImage picture = Samples.decoded(Files.readAllBytes(directory.resolve("decoded.png")));
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }

    private static Metadata metadata(byte[] picture) throws Exception {
        return ImageMetadataReader.readMetadata(new ByteArrayInputStream(picture));
    }

    @Test
    void everyPlaceInWhichSomethingIsSaid_isOverwritten() throws IOException {
        byte[] talkative = HeifBoxes.talkative("SECRET");

        byte[] stripped = strip(talkative);

        assertThat(stripped).hasSameSizeAs(talkative);
        assertThat(text(stripped)).contains("picture", "ispe", "hvc1", "mvhd").doesNotContain("SECRET", "Exif", "rdf");
        assertThat(PictureAnalyzer.create().analyzeHead("image/heic", stripped).facts())
                .isEqualTo(FileFacts.none().withSize(40, 30));
    }

    @Test
    void plainPicture_isLeftAsItIs() throws IOException {
        byte[] plain = join(
                TYPE,
                full("meta", 0, items(item(1, "av01", "")), locations(location(1, 0, 0, 7))),
                box("mdat", Samples.ascii("picture")));

        assertThat(strip(plain)).isEqualTo(plain);
        assertThat(strip(TYPE)).isEqualTo(TYPE);
    }

    @Test
    void boxesOfEveryLength() throws IOException {
        byte[] meta = full("meta", 0, items(item(1, "av01", "")));
        byte[] wide = join(number(4, 1), Samples.ascii("mdat"), number(8, 16 + 7), Samples.ascii("picture"));
        byte[] last = join(number(4, 0), Samples.ascii("mdat"), Samples.ascii("picture"));

        assertThat(strip(TYPE, meta, wide, last)).isEqualTo(join(TYPE, meta, wide, last));
    }

    @Test
    void whatIsBehindTheLastBox_isCutOff_orOverwritten() throws IOException {
        byte[] picture = join(TYPE, full("meta", 0, items()), box("mdat", Samples.ascii("picture")));

        assertThat(strip(picture, SECRET)).isEqualTo(picture);
        assertThat(strip(picture, number(4, 3), SECRET)).isEqualTo(picture);
        assertThat(text(strip(picture, Samples.ascii("a longer SECRET")))).doesNotContain("SECRET");
        assertThat(text(strip(picture, number(4, 0), Samples.ascii("filmSECRET"))))
                .doesNotContain("SECRET");
    }

    @Test
    void largeData_isOverwrittenWhereItMustBe() throws IOException {
        byte[] data = new byte[100_000];
        Arrays.fill(data, (byte) 'x');
        byte[][] parts = {TYPE, new byte[0], box("mdat", data)};
        for (int pass = 0; pass < 2; pass++) {
            long start = TYPE.length + parts[1].length + 8L;
            parts[1] = full(
                    "meta",
                    0,
                    items(item(1, "hvc1", ""), item(2, "Exif", ""), item(3, "mime", "")),
                    locations(
                            location(2, 0, start + 16_000, 20_000),
                            location(3, 0, start + 30_000, 10_000),
                            location(1, 0, start, 16_000)));
        }

        byte[] stripped = strip(parts);

        byte[] found = Arrays.copyOfRange(stripped, stripped.length - data.length, stripped.length);
        Arrays.fill(data, 16_000, 40_000, (byte) 0);
        assertThat(found).isEqualTo(data);
    }

    @Test
    void dataBeforeItsDescription_isRefused() {
        assertRefused(TYPE, box("mdat", SECRET), full("meta", 0, items()));
    }

    /** A reader may follow the first, and what that says to be metadata would still be there. */
    @Test
    void secondDescription_isRefused() {
        byte[] exif = items(item(2, "Exif", ""));
        byte[][] parts = {TYPE, new byte[0], full("meta", 0, items()), box("mdat", SECRET)};
        for (int pass = 0; pass < 2; pass++) {
            long at = TYPE.length + parts[1].length + parts[2].length + 8L;
            parts[1] = full("meta", 0, exif, locations(location(2, 0, at, SECRET.length)));
        }

        assertRefused(parts);
        assertRefused(TYPE, parts[2], parts[2]);
    }

    @Test
    void secondTableOfPlaces_isRefused() {
        byte[] exif = items(item(2, "Exif", ""));
        byte[] none = locations();
        byte[][] parts = {TYPE, new byte[0], box("mdat", SECRET)};
        for (int pass = 0; pass < 2; pass++) {
            long at = TYPE.length + parts[1].length + 8L;
            parts[1] = full("meta", 0, exif, locations(location(2, 0, at, SECRET.length)), none);
        }

        assertRefused(parts);
    }

    @Test
    void secondDataInTheDescription_areRefused() {
        byte[] exif = items(item(2, "Exif", ""));
        byte[] place = locations(location(2, 1, 0, SECRET.length));

        assertRefused(TYPE, full("meta", 0, exif, place, box("idat", SECRET), box("idat", SECRET)));
    }

    /** Of a sequence of pictures, what is not looked at. */
    @Test
    void metadataThatIsSaidToBeInAFilm_isOverwritten() throws IOException {
        byte[] film = box("moov", box("trak", box("skip", SECRET)));
        byte[][] parts = {TYPE, new byte[0], film};
        for (int pass = 0; pass < 2; pass++) {
            long at = TYPE.length + parts[1].length + film.length - (long) SECRET.length;
            parts[1] = full("meta", 0, items(item(2, "Exif", "")), locations(location(2, 0, at, SECRET.length)));
        }

        byte[] stripped = strip(parts);

        assertThat(stripped).hasSize(join(parts).length);
        assertThat(text(stripped)).contains("skip").doesNotContain("SECRET");
    }

    @Test
    void dataThatNothingDescribes_isOverwritten() throws IOException {
        assertThat(strip(TYPE, box("mdat", SECRET))).isEqualTo(join(TYPE, box("mdat", new byte[SECRET.length])));
    }

    @Test
    void metadataThatIsSaidToBeElsewhere_isRefused() {
        byte[] exif = items(item(2, "Exif", ""));
        byte[] data = box("mdat", SECRET);

        assertRefused(TYPE, full("meta", 0, exif, locations(location(2, 0, 4, 6))), data);
        assertRefused(TYPE, full("meta", 0, exif, locations(location(2, 1, 4, 6))), data);
        assertRefused(TYPE, full("meta", 0, exif, locations(location(2, 2, 4, 6))), data);
        assertRefused(TYPE, full("meta", 0, exif, locations(location(2, 0, 400, 0))), data);
    }

    @Test
    void itemThatBreaksOff_isRefused() {
        for (int length = 0; length < 12; length++) {
            byte[] item = box("infe", Arrays.copyOf(new byte[] {2}, length));
            assertRefused(TYPE, full("meta", 0, full("iinf", 0, number(2, 1), item), box("free", new byte[20])));
        }
    }

    @Test
    void descriptionThatIsTooLong_isRefusedUnread() {
        byte[] header = join(number(4, HeifStripped.MOST_DESCRIBED + 9), Samples.ascii("meta"));

        assertRefused(TYPE, header);
        assertRefused(TYPE, number(4, 1), Samples.ascii("meta"), number(8, Long.MAX_VALUE));
    }

    /** A file may say that it has four billion places, of no bytes each. */
    @Test
    void countsThatCostNothing_costNothing() {
        byte[] endless = full(
                "iloc",
                2,
                number(2, 0),
                number(4, 0xffff_ffffL),
                number(4, 1),
                number(2, 0),
                number(2, 0),
                number(2, 0xffff));

        assertRefused(TYPE, full("meta", 0, items(item(1, "Exif", "")), endless));
    }

    @Test
    void placesThatAreTheSame_areOverwrittenOnce() {
        byte[][] places = new byte[40_000][];
        Arrays.fill(places, location(2, 0, 2_000_000, 8_000_000));
        byte[] described = join(TYPE, full("meta", 0, items(item(2, "Exif", "")), locations(places)));
        byte[] header = join(number(4, 20_000_008), Samples.ascii("mdat"));

        byte[] stripped =
                assertTimeoutPreemptively(Duration.ofMinutes(1), () -> strip(described, header, new byte[20_000_000]));

        assertThat(stripped).hasSize(described.length + 20_000_008);
    }

    @Test
    void films_nestedWithoutEnd_areRefused() {
        byte[] film = box("udta", SECRET);
        for (int i = 0; i < 10_000; i++) {
            film = box("trak", film);
        }

        assertRefused(TYPE, box("moov", film));
    }

    private static void assertRefused(byte[]... parts) {
        assertThatThrownBy(() -> strip(parts)).isInstanceOf(MalformedContentException.class);
    }
}
