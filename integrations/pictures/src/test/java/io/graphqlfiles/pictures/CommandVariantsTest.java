package io.graphqlfiles.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.graphqlfiles.spi.media.VariantFailedException;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.spi.media.VariantRecipe.Format;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandVariantsTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final VariantRecipe RECIPE = VariantRecipe.ofWidth(60);

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

    private CommandVariants.Builder maker() {
        return CommandVariants.newCommandVariants().temporaryDirectory(temporary);
    }

    private byte[] make(
            CommandVariants maker,
            String mimeType,
            byte[] original,
            VariantRecipe recipe,
            Format format,
            Duration limit)
            throws IOException {
        Stored stored = new Stored(mimeType, original);
        try (InputStream made = maker.make(stored.content, recipe, format, limit)) {
            return made.readAllBytes();
        } finally {
            assertThat(stored.store.openStreams()).isZero();
        }
    }

    private byte[] sample() throws IOException {
        return Samples.encoded("png", Samples.quarters(600, 400, BufferedImage.TYPE_INT_RGB));
    }

    @ParameterizedTest
    @CsvSource({
        "heic, image/heic",
        "avif, image/avif",
        "tif, image/tiff",
        "webp, image/webp",
        "jpg, image/jpeg",
        "gif, image/gif"
    })
    void pictures(String extension, String mimeType) throws Exception {
        Files.write(directory.resolve("a.png"), sample());
        Commands.run(directory, "vips", "copy", "a.png", "a." + extension);
        byte[] original = Files.readAllBytes(directory.resolve("a." + extension));

        BufferedImage made = Samples.decoded(make(maker().build(), mimeType, original, RECIPE, Format.JPEG, LIMIT));

        assertThat(made.getWidth()).isEqualTo(60);
        assertThat(made.getHeight()).isEqualTo(40);
        assertThat(made.getRGB(15, 10) & 0xff0000).isGreaterThan(0xd00000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WEBP", "AVIF", "PNG"})
    void formats(Format format) throws Exception {
        assumeTrue(Commands.isThere("vipsthumbnail"));
        byte[] made = make(
                maker().build(),
                "image/png",
                sample(),
                VariantRecipe.covering(50, 50).quality(60),
                format,
                LIMIT);

        assertThat(new Stored(format.mimeType(), made)
                        .facts(PictureAnalyzer.create())
                        .width())
                .isEqualTo(50);
        assertThat(new Stored(format.mimeType(), made)
                        .facts(PictureAnalyzer.create())
                        .height())
                .isEqualTo(50);
    }

    @Test
    void orientation_isApplied_andMetadataIsGone() throws Exception {
        assumeTrue(Commands.isThere("vipsthumbnail"));
        byte[] phone = Samples.withMetadata(Samples.jpeg(600, 400, false), 6);

        byte[] made = make(maker().build(), "image/jpeg", phone, VariantRecipe.within(60, 60), Format.JPEG, LIMIT);

        assertThat(Samples.decoded(made).getWidth()).isEqualTo(40);
        assertThat(new String(made, StandardCharsets.ISO_8859_1)).doesNotContain("Spy Phones", "SECRET");
    }

    /** Without a profile, colours are sRGB already. */
    @Test
    void colours_stay() throws Exception {
        assumeTrue(Commands.isThere("vipsthumbnail"));
        BufferedImage made = Samples.decoded(make(maker().build(), "image/png", sample(), RECIPE, Format.PNG, LIMIT));

        assertThat(made.getRGB(15, 10)).isEqualTo(0xffff0000);
        assertThat(made.getRGB(45, 10)).isEqualTo(0xff00ff00);
        assertThat(made.getRGB(45, 30)).isEqualTo(0xff0000ff);
    }

    /** With one they are brought to sRGB, because metadata is left out. */
    @Test
    void colours_ofAProfile_areBroughtToSrgb() throws Exception {
        Files.write(directory.resolve("a.png"), sample());
        Commands.run(directory, "vips icc_transform a.png p3.png p3 --input-profile srgb".split(" "));
        byte[] p3 = Files.readAllBytes(directory.resolve("p3.png"));
        assertThat(Samples.decoded(p3).getRaster().getPixel(100, 100, (int[]) null))
                .isNotEqualTo(new int[] {255, 0, 0});

        BufferedImage made = Samples.decoded(make(maker().build(), "image/png", p3, RECIPE, Format.PNG, LIMIT));

        int red = made.getRGB(15, 10);
        assertThat(red & 0xff0000).isGreaterThan(0xfa0000);
        assertThat(red & 0xffff).matches(rest -> (rest >> 8) < 6 && (rest & 0xff) < 6);
    }

    @Test
    void small_staysSmall() throws Exception {
        assumeTrue(Commands.isThere("vipsthumbnail"));
        BufferedImage made = Samples.decoded(
                make(maker().build(), "image/png", sample(), VariantRecipe.ofWidth(1280), Format.PNG, LIMIT));

        assertThat(made.getWidth()).isEqualTo(600);
    }

    @Test
    void pdf_byItsFirstPage() throws Exception {
        assumeTrue(Commands.isThere("pdftoppm") && Commands.isThere("vipsthumbnail"));
        byte[] pdf = Samples.ascii("""
                %PDF-1.4
                1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
                2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
                3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj
                trailer<</Root 1 0 R>>
                %%EOF
                """);
        CommandVariants maker = maker().pdftoppm("pdftoppm").build();

        BufferedImage made = Samples.decoded(make(maker, "application/pdf", pdf, RECIPE, Format.JPEG, LIMIT));

        assertThat(made.getWidth()).isEqualTo(60);
        // The page is drawn in whole pixels first.
        assertThat(made.getHeight()).isBetween(30, 31);
        assertThat(maker.makes("application/pdf", RECIPE, Format.JPEG)).isTrue();
        assertThat(maker().build().makes("application/pdf", RECIPE, Format.JPEG))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"mp4, video/mp4", "webm, video/webm", "avi, video/vnd.avi", "mov, video/quicktime"})
    void film_byItsFirstPicture(String extension, String mimeType) throws Exception {
        // As the documents have it. Threads for each processor would want more.
        CommandVariants maker = maker().ffmpeg("ffmpeg").maxMemory(512L << 20).build();

        BufferedImage made =
                Samples.decoded(make(maker, mimeType, film("film." + extension), RECIPE, Format.JPEG, LIMIT));

        assertThat(made.getWidth()).isEqualTo(60);
        assertThat(made.getHeight()).isEqualTo(40);
        assertThat(made.getRGB(30, 20) & 0xff0000).isGreaterThan(0xd00000);
        assertThat(maker().build().makes(mimeType, RECIPE, Format.JPEG)).isFalse();
    }

    /** Two seconds of red. */
    private byte[] film(String name) throws IOException, InterruptedException {
        Commands.run(
                directory,
                "ffmpeg",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "color=red:size=120x80:rate=5:duration=2",
                name);
        return Files.readAllBytes(directory.resolve(name));
    }

    /** What a play list names could be any file that this process may read. */
    @Test
    void playListInPlaceOfAFilm_showsNoOtherFile() throws Exception {
        film("secret.ts");
        String segment = directory.resolve("secret.ts").toUri().toString();
        for (String list : List.of(
                "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:2.0,\n" + segment + "\n#EXT-X-ENDLIST\n",
                "ffconcat version 1.0\nfile '" + segment + "'\n")) {
            assertThatThrownBy(() -> make(
                            maker().ffmpeg("ffmpeg").build(),
                            "video/mp4",
                            list.getBytes(StandardCharsets.UTF_8),
                            RECIPE,
                            Format.JPEG,
                            LIMIT))
                    .isInstanceOf(VariantFailedException.class);
        }
    }

    @Test
    void damagedAndBombs_fail() {
        assumeTrue(Commands.isThere("vipsthumbnail"));
        assertThatThrownBy(() -> make(maker().build(), "image/jpeg", new byte[] {1, 2, 3}, RECIPE, Format.JPEG, LIMIT))
                .isInstanceOf(VariantFailedException.class);
        assertThatThrownBy(() ->
                        make(maker().build(), "image/png", Samples.bomb(100_000, 100_000), RECIPE, Format.JPEG, LIMIT))
                .isInstanceOf(VariantFailedException.class)
                .hasMessageContaining("500000000 are decoded");
    }

    private String script(String text) throws IOException {
        Path script = directory.resolve("command");
        Files.writeString(script, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script.toString();
    }

    @Test
    void hanging_isKilled_withItsChildren() throws Exception {
        Path pids = directory.resolve("pids");
        String hanging = script("sleep 600 & echo $! > " + pids + "; echo $$ >> " + pids + "; wait");

        assertThatThrownBy(() -> make(
                        maker().vipsthumbnail(hanging).build(),
                        "image/png",
                        sample(),
                        RECIPE,
                        Format.PNG,
                        Duration.ofSeconds(2)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(VariantFailedException.class);

        List<String> lines = Files.exists(pids) ? Files.readAllLines(pids) : List.of();
        for (String pid : lines) {
            ProcessHandle.of(Long.parseLong(pid))
                    .ifPresent(process ->
                            process.onExit().orTimeout(1, TimeUnit.MINUTES).join());
        }
    }

    @Test
    void interrupted_isKilled() throws Exception {
        String hanging = script("exec sleep 600");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() ->
                        make(maker().vipsthumbnail(hanging).build(), "image/png", sample(), RECIPE, Format.PNG, LIMIT))
                .isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void output_isLimited() throws Exception {
        String flooding = script("exec head -c 100000000 /dev/zero > made.png");

        assertThatThrownBy(() -> make(
                        maker().vipsthumbnail(flooding).maxByteSize(1 << 20).build(),
                        "image/png",
                        sample(),
                        RECIPE,
                        Format.PNG,
                        LIMIT))
                .isInstanceOf(VariantFailedException.class);
    }

    @Test
    void environment_isNotOurs() throws Exception {
        String telling = script("env > made.png");

        byte[] made = make(maker().vipsthumbnail(telling).build(), "image/png", sample(), RECIPE, Format.PNG, LIMIT);

        assertThat(new String(made, StandardCharsets.UTF_8).lines().map(line -> line.replaceAll("=.*", "")))
                .contains("PATH", "LC_ALL", "HOME", "TMPDIR", "VIPS_CONCURRENCY", "VIPS_BLOCK_UNTRUSTED")
                .allMatch(name -> name.matches(
                        "PATH|LC_ALL|HOME|TMPDIR|VIPS_CONCURRENCY|VIPS_BLOCK_UNTRUSTED|PWD|OLDPWD|SHLVL|_"));
    }

    @Test
    void missingCommand_fails() {
        assertThatThrownBy(() -> make(
                        maker().vipsthumbnail("no-such-command").build(),
                        "image/png",
                        sample(),
                        RECIPE,
                        Format.PNG,
                        LIMIT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-command ended with 127");
    }

    @Test
    void large_isNotRead() {
        assertThatThrownBy(
                        () -> make(maker().maxByteSize(100).build(), "image/png", sample(), RECIPE, Format.PNG, LIMIT))
                .isInstanceOf(VariantFailedException.class)
                .hasMessageContaining("100 are read");
    }
}
