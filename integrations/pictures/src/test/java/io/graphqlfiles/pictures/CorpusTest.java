package io.graphqlfiles.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.media.StoredContent;
import io.graphqlfiles.spi.media.VariantFailedException;
import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.spi.media.VariantRecipe.Format;
import io.graphqlfiles.testkit.FaultyBlobStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of picture through everything that is done to pictures: facts, rules, variants, stripping. */
class CorpusTest {

    private static final String SDL = """
            type Query {
              plain: StoredFile @file(accept: ["image/*"])
              fitting: StoredFile @file(accept: ["image/*"], maxPixels: "8192")
              tooLarge: StoredFile @file(accept: ["image/*"], maxPixels: "8191")
              wide: StoredFile @file(accept: ["image/*"], aspectRatio: "2:1")
              clean: StoredFile @file(accept: ["image/*"], stripMetadata: true)
            }
            """;
    private static final VariantRecipe SMALL = VariantRecipe.within(32, 32);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Encoders take longer than all that is tried here. */
    private static final Map<CorpusPicture, byte[]> ENCODED = new EnumMap<>(CorpusPicture.class);

    @TempDir
    private Path directory;

    private Path temporary;
    private final InMemoryBlobStore blobs = new InMemoryBlobStore();
    private final FaultyBlobStore store = new FaultyBlobStore(blobs);
    private final InProcessVariants inProcess = InProcessVariants.create();
    private CommandVariants commands;
    private GraphQLFiles files;

    @BeforeEach
    void start() throws IOException {
        temporary = Files.createDirectory(directory.resolve("work"));
        commands = CommandVariants.newCommandVariants()
                .svg(true)
                .temporaryDirectory(temporary)
                .build();
        files = GraphQLFiles.newGraphQLFiles()
                .store(store)
                .secret("a secret of the tests, long enough to be one")
                .analyzer(
                        PictureAnalyzer.newPictureAnalyzer().placeholders(true).build())
                .metadataStripper(PictureStripper.create())
                .build();
        RuntimeWiring wiring =
                files.addScalars(RuntimeWiring.newRuntimeWiring()).build();
        files.apply(new SchemaGenerator()
                .makeExecutableSchema(files.addTypeDefinitions(new SchemaParser().parse(SDL)), wiring));
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(store.openStreams()).isZero();
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
        files.close();
    }

    private byte[] encoded(CorpusPicture picture) throws Exception {
        byte[] content = ENCODED.get(picture);
        if (content == null) {
            content = picture.encode(directory);
            ENCODED.put(picture, content);
        }
        return content.clone();
    }

    private StoredFile store(String field, byte[] content) throws IOException {
        return files.store("Query." + field, FileSource.of(content).withFileName("picture"));
    }

    private FileException refused(String field, byte[] content) {
        int before = blobs.keys().size();
        FileException refusal = catchThrowableOfType(FileException.class, () -> store(field, content));
        assertThat(refusal).as("refusal by %s", field).isNotNull();
        assertThat(blobs.keys()).hasSize(before);
        return refusal;
    }

    private BufferedImage make(VariantMaker maker, StoredFile file, Format format) throws IOException {
        StoredContent content = new StoredContent(store, file.key(), file.mimeType(), file.byteSize());
        try (InputStream made = maker.make(content, SMALL, format, LIMIT)) {
            return Samples.decoded(made.readAllBytes());
        }
    }

    private List<VariantMaker> makers(String mimeType) {
        return Stream.of(inProcess, commands)
                .filter(maker -> maker.makes(mimeType, SMALL, Format.PNG))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void picture_isKnown(CorpusPicture picture) throws Exception {
        StoredFile file = store("plain", encoded(picture));

        assertThat(file.mimeType()).isEqualTo(picture.mimeType());
        if (picture == CorpusPicture.SVG) {
            assertThat(file.facts().width()).isNull();
        } else {
            assertThat(file.facts().width()).isEqualTo(picture.width());
            assertThat(file.facts().height()).isEqualTo(picture.height());
        }
        boolean hasPlaceholder = inProcess.makes(picture.mimeType(), SMALL, Format.PNG);
        assertThat(file.facts().placeholder() != null).isEqualTo(hasPlaceholder);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SVG")
    void rules_areAboutWhatIsShown(CorpusPicture picture) throws Exception {
        byte[] content = encoded(picture);

        assertThat(store("fitting", content).facts().width()).isEqualTo(picture.width());
        assertThat(refused("tooLarge", content).details())
                .containsEntry("width", picture.width())
                .containsEntry("height", picture.height())
                .containsEntry("maxPixels", 8191L);
        if (picture.width() > picture.height()) {
            assertThat(store("wide", content)).isNotNull();
        } else {
            assertThat(refused("wide", content).details()).containsEntry("aspectRatio", "2:1");
        }
    }

    /** One that has no size of its own cannot be held against a rule. */
    @ParameterizedTest
    @CsvSource({"fitting", "wide"})
    void rules_refuseSvg(String field) throws Exception {
        assertThat(refused(field, encoded(CorpusPicture.SVG)).code()).isEqualTo(FileErrorCode.FILE_INVALID);
    }

    @ParameterizedTest
    @EnumSource
    void variants_showTheSame(CorpusPicture picture) throws Exception {
        StoredFile file = store("plain", encoded(picture));
        assertThat(makers(picture.mimeType())).isNotEmpty();

        for (VariantMaker maker : makers(picture.mimeType())) {
            assumeTrue(maker == inProcess || Commands.isThere("vipsthumbnail"));
            BufferedImage made = make(maker, file, Format.PNG);

            assertThat(made.getWidth()).as("width by %s", maker).isEqualTo(picture.width() / 4);
            assertThat(made.getHeight()).as("height by %s", maker).isEqualTo(picture.height() / 4);
            assertCorners(made, picture, maker);
        }
    }

    /** The middle of each quarter, clockwise from the top left. */
    private static void assertCorners(BufferedImage made, CorpusPicture picture, VariantMaker maker) {
        int[][] at = {{1, 1}, {3, 1}, {3, 3}, {1, 3}};
        Color[] expected = picture.corners();
        for (int i = 0; i < 4; i++) {
            Color found = colour(made, at[i][0] * made.getWidth() / 4, at[i][1] * made.getHeight() / 4);
            int off = Math.abs(found.getAlpha() - expected[i].getAlpha());
            if (expected[i].getAlpha() > 0) {
                off += Math.abs(found.getRed() - expected[i].getRed())
                        + Math.abs(found.getGreen() - expected[i].getGreen())
                        + Math.abs(found.getBlue() - expected[i].getBlue());
            }
            assertThat(off)
                    .as("quarter %d by %s: expected %s, found %s", i, maker, expected[i], found)
                    .isLessThan(picture.tolerance());
        }
    }

    private static Color colour(BufferedImage picture, int x, int y) {
        if (picture.getType() == BufferedImage.TYPE_BYTE_GRAY) {
            // For Java2D these are linear, for everybody else they are not.
            int shade = picture.getRaster().getSample(x, y, 0);
            return new Color(shade, shade, shade);
        }
        return new Color(picture.getRGB(x, y), true);
    }

    @ParameterizedTest
    @EnumSource
    void stripping_leavesThePicture(CorpusPicture picture) throws Exception {
        byte[] content = encoded(picture);
        if (!picture.isStripped()) {
            FileException refusal = refused("clean", content);
            assertThat(refusal.code()).isEqualTo(FileErrorCode.FILE_TYPE_NOT_ACCEPTED);
            assertThat(refusal.details())
                    .hasEntrySatisfying(
                            "accept",
                            accept -> assertThat(accept)
                                    .asString()
                                    .contains("image/jpeg", "image/webp")
                                    .doesNotContain(picture.mimeType()));
            return;
        }

        StoredFile file = store("clean", content);

        byte[] stripped = blobs.bytes(file.key());
        assertThat(new String(stripped, StandardCharsets.ISO_8859_1)).doesNotContain("SECRET", "Spy Phones");
        assertThat(file.facts().width()).isEqualTo(picture.width());
        assertThat(file.facts().height()).isEqualTo(picture.height());
        assertThat(file.byteSize()).isEqualTo(stripped.length).isLessThanOrEqualTo(content.length);
        List<int[]> expected = frames(picture, content);
        assertThat(expected).hasSize(picture.frames());
        List<int[]> found = frames(picture, stripped);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i)).as("frame %d", i).isEqualTo(expected.get(i));
        }
        // What it says of how it is to be turned stays.
        VariantMaker maker = makers(picture.mimeType()).get(0);
        assertCorners(make(maker, file, Format.PNG), picture, maker);
    }

    /** The pixels of each frame, as they are stored. */
    private List<int[]> frames(CorpusPicture picture, byte[] content) throws Exception {
        if (picture == CorpusPicture.APNG) {
            return framesOfFfmpeg(content);
        }
        if (!InProcessVariants.create().makes(picture.mimeType(), VariantRecipe.within(1, 1), Format.PNG)) {
            return List.of(pictureOfVips(content));
        }
        List<int[]> frames = new ArrayList<>();
        ImageReader reader =
                ImageIO.getImageReadersByMIMEType(picture.mimeType()).next();
        try (ImageInputStream input = ImageIO.createImageInputStream(new ByteArrayInputStream(content))) {
            reader.setInput(input);
            for (int i = 0; i < reader.getNumImages(true); i++) {
                frames.add(pixels(reader.read(i)));
            }
        } finally {
            reader.dispose();
        }
        return frames;
    }

    private int[] pictureOfVips(byte[] content) throws Exception {
        Files.write(directory.resolve("picture"), content);
        Commands.run(directory, "vips", "copy", "picture", "decoded.png");
        return pixels(Samples.decoded(Files.readAllBytes(directory.resolve("decoded.png"))));
    }

    private static int[] pixels(BufferedImage picture) {
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }

    private List<int[]> framesOfFfmpeg(byte[] apng) throws Exception {
        Files.write(directory.resolve("animated.png"), apng);
        Commands.run(directory, "ffmpeg -v error -y -f apng -i animated.png out%d.png".split(" "));
        List<int[]> frames = new ArrayList<>();
        Path frame = directory.resolve("out1.png");
        while (Files.exists(frame)) {
            frames.add(pixels(Samples.decoded(Files.readAllBytes(frame))));
            Files.delete(frame);
            frame = directory.resolve("out" + (frames.size() + 1) + ".png");
        }
        return frames;
    }

    /** The header is there, the picture is not: its size is known, and there is a variant of that size or none. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SVG")
    void truncated_isShownAsFarAsItGoes_orNotAtAll(CorpusPicture picture) throws Exception {
        byte[] whole = encoded(picture);
        byte[] content = Arrays.copyOf(whole, whole.length * 2 / 3);

        StoredFile file = store("plain", content);

        assertThat(file.mimeType()).isEqualTo(picture.mimeType());
        assertShownOrFailed(picture, file);
        assertCleanOrRefused(content);
    }

    /** Bytes in the middle are others. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SVG")
    void corrupt_isShownAsFarAsItGoes_orNotAtAll(CorpusPicture picture) throws Exception {
        byte[] content = encoded(picture);
        Random random = new Random(picture.name().hashCode());
        for (int i = content.length / 2; i < content.length - 8; i += 1 + random.nextInt(40)) {
            content[i] = (byte) random.nextInt();
        }

        StoredFile file = store("plain", content);

        assertShownOrFailed(picture, file);
        assertStrippedOrRefused(content);
    }

    private void assertShownOrFailed(CorpusPicture picture, StoredFile file) throws IOException {
        VariantMaker maker = makers(picture.mimeType()).get(0);
        assumeTrue(maker == inProcess || Commands.isThere("vipsthumbnail"));
        try {
            BufferedImage made = make(maker, file, Format.PNG);
            assertThat(made.getWidth()).isEqualTo(picture.width() / 4);
            assertThat(made.getHeight()).isEqualTo(picture.height() / 4);
        } catch (VariantFailedException e) {
            assertThat(e).hasMessageNotContaining("\n");
        }
    }

    private void assertCleanOrRefused(byte[] content) throws IOException {
        StoredFile clean = assertStrippedOrRefused(content);
        if (clean != null) {
            assertThat(new String(blobs.bytes(clean.key()), StandardCharsets.ISO_8859_1))
                    .doesNotContain("SECRET", "Spy Phones");
        }
    }

    private @Nullable StoredFile assertStrippedOrRefused(byte[] content) throws IOException {
        int before = blobs.keys().size();
        try {
            return store("clean", content);
        } catch (FileException e) {
            assertThat(e.code()).isIn(FileErrorCode.FILE_INVALID, FileErrorCode.FILE_TYPE_NOT_ACCEPTED);
            assertThat(blobs.keys()).hasSize(before);
            return null;
        }
    }

    /** It is the content that says what a file is. */
    @ParameterizedTest
    @CsvSource({"PNG, jpg, image/jpeg", "JPEG, png, image/png", "WEBP, gif, image/gif", "HEIC, jpg, image/jpeg"})
    void wrongExtension_isNotBelieved(CorpusPicture picture, String extension, String claimed) throws Exception {
        FileSource source = FileSource.of(encoded(picture))
                .withFileName("picture." + extension)
                .withMimeType(claimed);

        StoredFile file = files.store("Query.plain", source);

        assertThat(file.mimeType()).isEqualTo(picture.mimeType());
        assertThat(file.facts().width()).isEqualTo(picture.width());
        VariantMaker maker = makers(file.mimeType()).get(0);
        assumeTrue(maker == inProcess || Commands.isThere("vipsthumbnail"));
        assertCorners(make(maker, file, Format.PNG), picture, maker);
    }

    @ParameterizedTest
    @CsvSource({"picture.jpg, just text", "picture.png, %PDF-1.4", "picture.webp, <html></html>"})
    void somethingElse_isNoPicture(String name, String content) {
        FileException refusal = catchThrowableOfType(
                FileException.class,
                () -> files.store(
                        "Query.plain",
                        FileSource.of(content.getBytes(StandardCharsets.UTF_8))
                                .withFileName(name)
                                .withMimeType("image/png")));

        assertThat(refusal.code()).isEqualTo(FileErrorCode.FILE_TYPE_NOT_ACCEPTED);
        assertThat(blobs.keys()).isEmpty();
    }
}
