package io.graphqlfiles.pictures;

import io.graphqlfiles.pictures.internal.pdf.PdfPages;
import io.graphqlfiles.spi.media.FileAnalyzer;
import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.spi.media.StoredContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the size of JPEG, PNG, GIF, WebP, BMP, TIFF, HEIC and AVIF, and size and playing time of MP4 and QuickTime, as
 * they are shown: what the orientation turns on its side is turned. Of a stored file it reads ranges, at most 8 MiB of
 * them, and mostly none: the first 64 KiB tell nearly all.
 *
 * <p>Of a PDF it finds the number of pages. It is the one that the file states, which readers show when they open it;
 * the pages are not counted, so a file may have others. It is unknown for a file that is damaged, and for most that are
 * encrypted. Of a PDF of 64 KiB or more it reads one to three ranges of 64 KiB as a rule, and at most 2 MiB.
 *
 * <p>With {@link Builder#placeholders placeholders} it also decodes pictures, which reads each to its end. Immutable
 * and thread-safe.
 */
public final class PictureAnalyzer implements FileAnalyzer {

    private static final String PDF = "application/pdf";

    private final @Nullable Placeholders placeholders;

    private PictureAnalyzer(Builder builder) {
        this.placeholders = builder.placeholders ? new Placeholders(builder.maxPixels) : null;
    }

    /** Finds sizes, playing times and numbers of pages. */
    public static PictureAnalyzer create() {
        return newPictureAnalyzer().build();
    }

    /** Starts with the defaults. */
    public static Builder newPictureAnalyzer() {
        return new Builder();
    }

    @Override
    public boolean analyzes(String mimeType) {
        return switch (mimeType) {
            case "image/jpeg",
                    "image/gif",
                    "image/bmp",
                    "image/tiff",
                    "image/png",
                    "image/apng",
                    "image/webp",
                    "image/heic",
                    "image/heif",
                    "image/avif",
                    "video/mp4",
                    "video/quicktime",
                    PDF -> true;
            default -> false;
        };
    }

    @Override
    public Analysis analyzeHead(String mimeType, byte[] head) {
        if (mimeType.equals(PDF)) {
            return PdfPages.head(head);
        }
        FileFacts facts;
        try {
            facts = read(mimeType, new ByteArrayInputStream(head), head, false);
        } catch (IOException e) {
            // It goes on after what we have.
            facts = FileFacts.none();
        }
        boolean isComplete = isComplete(mimeType, facts) && !wantsPlaceholder(mimeType, facts);
        return new Analysis(facts, isComplete);
    }

    private static boolean isComplete(String mimeType, FileFacts facts) {
        return facts.width() != null && (!mimeType.startsWith("video/") || facts.duration() != null);
    }

    private boolean wantsPlaceholder(String mimeType, FileFacts facts) {
        return placeholders != null && placeholders.makes(mimeType, facts);
    }

    @Override
    public FileFacts analyze(StoredContent content, FileFacts found) throws IOException {
        if (content.mimeType().equals(PDF)) {
            return PdfPages.stored(content, found);
        }
        FileFacts facts = found;
        if (!isComplete(content.mimeType(), found)) {
            facts = read(content, found);
        }
        if (placeholders != null && placeholders.makes(content.mimeType(), facts)) {
            String placeholder = placeholders.make(content);
            return placeholder == null ? facts : facts.withPlaceholder(placeholder);
        }
        return facts;
    }

    private static FileFacts read(StoredContent content, FileFacts found) throws IOException {
        try (RangedInput ranges = new RangedInput(content)) {
            FileFacts facts = found;
            try {
                facts = read(content.mimeType(), ranges, new byte[0], true);
            } catch (IOException e) {
                // A file that ends within its header, or has one that is too large, has no more facts.
            }
            ranges.requireIntact();
            return facts.isEmpty() ? found : facts;
        }
    }

    /**
     * @param head for types whose size is always at the same place; empty if that was looked at
     * @param isAll whether nothing comes after the content
     */
    private static FileFacts read(String mimeType, InputStream content, byte[] head, boolean isAll) throws IOException {
        return switch (mimeType) {
            case "image/jpeg" -> facts(Headers.jpeg(content, isAll));
            case "image/gif" -> facts(Headers.gif(content));
            case "image/bmp" -> facts(Headers.bmp(content));
            case "image/tiff" -> facts(Headers.tiff(content, isAll));
            case "image/png", "image/apng" -> facts(Headers.png(content, isAll));
            case "image/webp" -> facts(Decoders.webpHeader(head));
            case "image/heic", "image/heif", "image/avif" -> facts(Headers.heif(content));
            default -> Headers.film(content);
        };
    }

    private static FileFacts facts(Headers.@Nullable Header header) {
        return header == null ? FileFacts.none() : header.addTo(FileFacts.none());
    }

    @Override
    public String toString() {
        return "PictureAnalyzer[" + (placeholders == null ? "no placeholders" : "placeholders") + "]";
    }

    /** Builds a {@link PictureAnalyzer}. Not thread-safe. */
    public static final class Builder {

        private boolean placeholders;
        private long maxPixels = Decoders.DEFAULT_MAX_PIXELS;

        private Builder() {}

        /**
         * Whether placeholders are made: a {@code data:} URL of a picture of at most 8 pixels a side, about 300
         * characters. For JPEG, PNG, GIF and WebP. Costs the decoding of each picture while it is uploaded. Default
         * false.
         */
        public Builder placeholders(boolean placeholders) {
            this.placeholders = placeholders;
            return this;
        }

        /**
         * The most pixels of a picture, width times height, for which a placeholder is made. Default 50 million.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxPixels(long maxPixels) {
            this.maxPixels = Decoders.requirePixels(maxPixels);
            return this;
        }

        /** The analyzer as set. */
        public PictureAnalyzer build() {
            return new PictureAnalyzer(this);
        }
    }
}
