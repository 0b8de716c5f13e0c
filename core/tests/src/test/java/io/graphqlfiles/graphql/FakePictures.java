package io.graphqlfiles.graphql;

import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.media.FileAnalyzer;
import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.spi.media.MalformedContentException;
import io.graphqlfiles.spi.media.MetadataStripper;
import io.graphqlfiles.spi.media.StoredContent;
import io.graphqlfiles.spi.media.VariantFailedException;
import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.spi.media.VariantRecipe;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads, strips and makes "pictures" that are text: {@code <svg>640x480} has that size; with {@code later} in front, it
 * is said after the head only; {@code secret} is metadata; {@code damaged} cannot be decoded.
 */
final class FakePictures implements FileAnalyzer, MetadataStripper, VariantMaker {

    private static final Pattern SIZE = Pattern.compile("(\\d+)x(\\d+)");

    final List<String> made = new CopyOnWriteArrayList<>();
    final List<String> analyzed = new CopyOnWriteArrayList<>();

    @Nullable
    volatile CountDownLatch hold;

    volatile CountDownLatch begun = new CountDownLatch(1);
    volatile @Nullable IOException failure;

    static String text(String content) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\">" + content + "</svg>";
    }

    @Override
    public boolean analyzes(String mimeType) {
        return mimeType.equals("image/svg+xml");
    }

    @Override
    public Analysis analyzeHead(String mimeType, byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8);
        return text.contains("later") ? new Analysis(FileFacts.none(), false) : new Analysis(facts(text), true);
    }

    @Override
    public FileFacts analyze(StoredContent content, FileFacts found) throws IOException {
        try (InputStream in = content.open(ByteRange.whole())) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            analyzed.add(text);
            return facts(text);
        }
    }

    private static FileFacts facts(String text) {
        if (text.contains("crash")) {
            throw new IllegalStateException("an analyzer that fails");
        }
        Matcher size = SIZE.matcher(text);
        return size.find()
                ? FileFacts.none().withSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)))
                : FileFacts.none();
    }

    @Override
    public Set<String> mimeTypes() {
        return Set.of("image/svg+xml");
    }

    @Override
    public InputStream strip(String mimeType, InputStream content) {
        return new FilterInputStream(content) {
            private @Nullable InputStream stripped;

            private InputStream stripped() throws IOException {
                if (stripped == null) {
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    if (text.contains("damaged")) {
                        throw new MalformedContentException("damaged");
                    }
                    stripped =
                            new ByteArrayInputStream(text.replace("secret", "").getBytes(StandardCharsets.UTF_8));
                }
                return stripped;
            }

            @Override
            public int read() throws IOException {
                return stripped().read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return stripped().read(buffer, offset, length);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public boolean makes(String mimeType, VariantRecipe recipe, VariantRecipe.Format format) {
        return mimeType.equals("image/svg+xml");
    }

    @Override
    public InputStream make(StoredContent original, VariantRecipe recipe, VariantRecipe.Format format, Duration limit)
            throws IOException {
        String text;
        try (InputStream in = original.open(ByteRange.whole())) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        made.add(recipe.toString());
        begun.countDown();
        CountDownLatch latch = hold;
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }
        IOException failing = failure;
        if (failing != null) {
            throw failing;
        }
        if (text.contains("damaged")) {
            throw new VariantFailedException("damaged", null);
        }
        if (text.contains("memory")) {
            throw new OutOfMemoryError("a decoder that eats memory");
        }
        return new ByteArrayInputStream((recipe + " of " + text).getBytes(StandardCharsets.UTF_8));
    }
}
