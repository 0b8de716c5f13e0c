package io.graphqlfiles.benchmarks;

import io.graphqlfiles.pictures.CommandVariants;
import io.graphqlfiles.pictures.InProcessVariants;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.spi.media.StoredContent;
import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import net.coobird.thumbnailator.Thumbnails;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 200 pixels of a JPEG of 12 megapixels: in the process and in another one, beside Thumbnailator and
 * {@code vipsthumbnail} by hand.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms512m", "-Xmx512m", "-Djava.awt.headless=true"})
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
public class ThumbnailBenchmark {

    private static final VariantRecipe RECIPE = VariantRecipe.within(200, 200);

    private final VariantMaker inProcess = InProcessVariants.create();
    private final VariantMaker command = CommandVariants.create();
    private byte[] jpeg = {};
    // Set before each run.
    @SuppressWarnings("NullAway.Init")
    private StoredContent original;

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Setup
    public void draw() throws IOException {
        BufferedImage picture = new BufferedImage(4000, 3000, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        Random random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            graphics.fillOval(random.nextInt(4000), random.nextInt(3000), random.nextInt(400), random.nextInt(400));
        }
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpeg", out);
        jpeg = out.toByteArray();
        InMemoryBlobStore store = new InMemoryBlobStore();
        store.put(
                new PutRequest("private/a", jpeg.length, "image/jpeg", "inline", Visibility.PRIVATE),
                new ByteArrayInputStream(jpeg));
        original = new StoredContent(store, "private/a", "image/jpeg", jpeg.length);
        directory = Files.createTempDirectory("thumbnails");
        Files.write(directory.resolve("picture.jpg"), jpeg);
    }

    @TearDown
    public void delete() throws IOException {
        for (String name : List.of("picture.jpg", "thumbnail.jpg")) {
            Files.deleteIfExists(directory.resolve(name));
        }
        Files.delete(directory);
    }

    @Benchmark
    public byte[] inProcess() throws IOException {
        return read(inProcess);
    }

    @Benchmark
    public byte[] vipsthumbnail() throws IOException {
        return read(command);
    }

    @Benchmark
    public byte[] vipsthumbnailByHand() throws IOException, InterruptedException {
        int exit = new ProcessBuilder("vipsthumbnail", "--size=200x200", "--output=thumbnail.jpg", "picture.jpg")
                .directory(directory.toFile())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("vipsthumbnail ended with " + exit);
        }
        return Files.readAllBytes(directory.resolve("thumbnail.jpg"));
    }

    private byte[] read(VariantMaker maker) throws IOException {
        try (InputStream made = maker.make(original, RECIPE, VariantRecipe.Format.JPEG, Duration.ofMinutes(1))) {
            return made.readAllBytes();
        }
    }

    @Benchmark
    public byte[] thumbnailatorByHand() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Thumbnails.of(new ByteArrayInputStream(jpeg))
                .size(200, 200)
                .outputFormat("jpeg")
                .toOutputStream(out);
        return out.toByteArray();
    }
}
