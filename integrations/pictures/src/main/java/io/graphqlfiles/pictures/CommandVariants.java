package io.graphqlfiles.pictures;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.media.FileAnalyzer;
import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.spi.media.StoredContent;
import io.graphqlfiles.spi.media.VariantFailedException;
import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.spi.media.VariantRecipe.Format;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes variants in another process, by {@code vipsthumbnail} of libvips (Debian: {@code libvips-tools}): of JPEG, PNG,
 * GIF, WebP, TIFF, HEIC and AVIF, of SVG if that is wanted, of films by {@code ffmpeg} and of PDF by {@code pdftoppm},
 * which give a picture first; as JPEG, PNG, WebP and AVIF. Of animations, films and documents it takes the first
 * picture.
 *
 * <p>Each job has a directory of its own, which has the original and is deleted with the job; a process without our
 * environment, bounded by the shell's {@code ulimit} in memory, processor time and what it writes; and a deadline, at
 * which it is killed, as it is when the request for it is given up. It is not kept from the network, which none of
 * these commands uses for such files; {@link Builder#prefix} takes a command that does that, and more, such as
 * {@code bwrap}. Needs {@code /bin/sh}. Immutable and thread-safe.
 */
public final class CommandVariants implements VariantMaker {

    private static final Set<String> PICTURES = Set.of(
            "image/jpeg",
            "image/png",
            "image/apng",
            "image/gif",
            "image/webp",
            "image/tiff",
            "image/heic",
            "image/heif",
            "image/avif");

    /** Containers of films alone: a play list in one, or in its place, could name other files of this machine. */
    private static final String FILMS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,mpegvideo,ogg,flv,asf";

    private static final String SVG = "image/svg+xml";

    /** One thread of work for each job: how many jobs there are is for the library to say. */
    private static final Map<String, String> ONE_THREAD = Map.of("VIPS_CONCURRENCY", "1");

    /**
     * libvips goes by the content and not by its type. From 8.13 on it then keeps to readers that were hardened; among
     * the others are that of SVG, and all of ImageMagick's.
     */
    private static final Map<String, String> NOTHING_UNTRUSTED =
            Map.of("VIPS_CONCURRENCY", "1", "VIPS_BLOCK_UNTRUSTED", "1");

    private static final FileAnalyzer SIZES = PictureAnalyzer.create();

    private final String vipsthumbnail;
    private final @Nullable String ffmpeg;
    private final @Nullable String pdftoppm;
    private final Set<String> types = new HashSet<>(PICTURES);
    private final ChildProcess processes;
    private final Path temporaryDirectory;
    private final long maxByteSize;
    private final long maxPixels;

    private CommandVariants(Builder builder) {
        this.vipsthumbnail = builder.vipsthumbnail;
        this.ffmpeg = builder.ffmpeg;
        this.pdftoppm = builder.pdftoppm;
        this.processes = new ChildProcess(builder.prefix, builder.maxMemory, builder.maxByteSize);
        this.temporaryDirectory = builder.temporaryDirectory;
        this.maxByteSize = builder.maxByteSize;
        this.maxPixels = builder.maxPixels;
        if (builder.svg) {
            types.add(SVG);
        }
    }

    /** Pictures by {@code vipsthumbnail}, with the defaults. */
    public static CommandVariants create() {
        return newCommandVariants().build();
    }

    /** Starts with the defaults. */
    public static Builder newCommandVariants() {
        return new Builder();
    }

    @Override
    public boolean makes(String mimeType, VariantRecipe recipe, Format format) {
        return types.contains(mimeType) || first(mimeType) != null;
    }

    /** The command that gives a picture of what is none; null if there is none, or it is one. */
    private @Nullable String first(String mimeType) {
        if (mimeType.startsWith("video/")) {
            return ffmpeg;
        }
        return mimeType.equals("application/pdf") ? pdftoppm : null;
    }

    @Override
    public InputStream make(StoredContent original, VariantRecipe recipe, Format format, Duration limit)
            throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        if (original.byteSize() > maxByteSize) {
            throw new VariantFailedException(
                    "the file has " + original.byteSize() + " bytes, and " + maxByteSize + " are read", null);
        }
        WorkDirectory directory = WorkDirectory.in(temporaryDirectory);
        boolean isOpen = false;
        try {
            InputStream made = make(original, recipe, format, directory, end);
            isOpen = true;
            return made;
        } finally {
            if (!isOpen) {
                directory.close();
            }
        }
    }

    private InputStream make(
            StoredContent original, VariantRecipe recipe, Format format, WorkDirectory directory, long end)
            throws IOException {
        FileFacts facts = requireFewPixels(facts(original));
        Path work = directory.path();
        Path file = work.resolve("original");
        try (InputStream content = original.open(ByteRange.whole());
                OutputStream out = Files.newOutputStream(file)) {
            content.transferTo(out);
        }
        String first = first(original.mimeType());
        if (first != null) {
            Path picture = work.resolve("picture.png");
            processes.run(
                    original.mimeType().equals("application/pdf") ? page(first, recipe) : frame(first),
                    Map.of(),
                    work,
                    end);
            if (Files.notExists(picture)) {
                throw new VariantFailedException(first + " made no picture", null);
            }
            file = picture;
        }
        String extension = format == Format.JPEG ? "jpg" : format.name().toLowerCase(Locale.ROOT);
        Path made = work.resolve("made." + extension);
        List<String> command = thumbnail(original.mimeType(), file, made, recipe, format, facts);
        Map<String, String> variables = original.mimeType().equals(SVG) ? ONE_THREAD : NOTHING_UNTRUSTED;
        try {
            processes.run(inSrgb(command), variables, work, end);
        } catch (VariantFailedException e) {
            if (!String.valueOf(e.getMessage()).contains("icc_transform")) {
                throw e;
            }
            // Shades of grey without a profile, which are what they are, or a profile that is damaged.
            processes.run(command, variables, work, end);
        }
        if (Files.notExists(made)) {
            throw new VariantFailedException(vipsthumbnail + " made no picture", null);
        }
        return directory.openLast(made);
    }

    /** Memory is bounded by the shell; time is what many pixels cost. */
    private FileFacts requireFewPixels(FileFacts facts) throws VariantFailedException {
        Integer width = facts.width();
        Integer height = facts.height();
        if (width != null && height != null && (long) width * height > maxPixels) {
            throw new VariantFailedException(
                    "the picture has " + width + " x " + height + " pixels, and " + maxPixels + " are decoded", null);
        }
        return facts;
    }

    private static FileFacts facts(StoredContent original) throws IOException {
        if (!SIZES.analyzes(original.mimeType())) {
            return FileFacts.none();
        }
        byte[] head;
        try (InputStream in = original.open(ByteRange.first(65_536))) {
            head = in.readNBytes(65_536);
        }
        FileAnalyzer.Analysis analysis = SIZES.analyzeHead(original.mimeType(), head);
        return analysis.isComplete() ? analysis.facts() : SIZES.analyze(original, analysis.facts());
    }

    /** By one thread: it would take some for each processor, with their address space, and a frame needs no more. */
    private static List<String> frame(String ffmpeg) {
        return List.of(
                ffmpeg,
                "-nostdin",
                "-v",
                "error",
                "-filter_threads",
                "1",
                "-threads",
                "1",
                "-protocol_whitelist",
                "file",
                "-format_whitelist",
                FILMS,
                "-i",
                "original",
                "-frames:v",
                "1",
                "-threads",
                "1",
                "picture.png");
    }

    /** Rendered at about the size that is needed: a page may be of any. */
    private static List<String> page(String pdftoppm, VariantRecipe recipe) {
        int width = recipe.width() == null ? 0 : recipe.width();
        int height = recipe.height() == null ? 0 : recipe.height();
        int longest = Math.max(width, height)
                * (recipe.fit() == VariantRecipe.Fit.COVER || width == 0 || height == 0 ? 2 : 1);
        return List.of(
                pdftoppm,
                "-f",
                "1",
                "-l",
                "1",
                "-singlefile",
                "-png",
                "-scale-to",
                Integer.toString(Math.min(longest, VariantRecipe.MAX_SIDE)),
                "original",
                "picture");
    }

    private List<String> thumbnail(
            String original, Path file, Path made, VariantRecipe recipe, Format format, FileFacts facts) {
        List<String> command =
                new ArrayList<>(List.of(vipsthumbnail, file.getFileName().toString()));
        if (original.equals("image/webp")) {
            // It would be turned by what is behind the picture, and nobody else turns it.
            command.add("--no-rotate");
        }
        command.add("--size");
        command.add(size(recipe, facts));
        if (recipe.fit() == VariantRecipe.Fit.COVER) {
            command.add("--smartcrop");
            command.add("centre");
        }
        command.add("-o");
        String quality = format == Format.PNG ? "" : ",Q=" + (recipe.quality() == null ? 80 : recipe.quality());
        String background = format == Format.JPEG ? ",background=255" : "";
        command.add(made.getFileName() + "[strip" + quality + background + "]");
        return command;
    }

    /**
     * What has no profile is sRGB: if that were not said, libvips would bring it there as if it were something else.
     */
    private static List<String> inSrgb(List<String> thumbnail) {
        List<String> command = new ArrayList<>(thumbnail);
        command.addAll(List.of("--import-profile", "srgb", "--export-profile", "srgb"));
        return command;
    }

    /** Where the original's is known, exactly what the library says to clients. */
    private static String size(VariantRecipe recipe, FileFacts facts) {
        Integer width = facts.width();
        Integer height = facts.height();
        if (width != null && height != null) {
            VariantRecipe.Size size = recipe.sizeOf(width, height);
            return size.width() + "x" + size.height();
        }
        return (recipe.width() == null ? "" : recipe.width()) + "x" + (recipe.height() == null ? "" : recipe.height())
                + ">";
    }

    @Override
    public String toString() {
        return "CommandVariants[" + vipsthumbnail + "]";
    }

    /** Builds {@link CommandVariants}. Not thread-safe. */
    public static final class Builder {

        private String vipsthumbnail = "vipsthumbnail";
        private @Nullable String ffmpeg;
        private @Nullable String pdftoppm;
        private boolean svg;
        private List<String> prefix = List.of();
        private long maxMemory = 1L << 30;
        private long maxByteSize = 256L << 20;
        private long maxPixels = 500_000_000;
        private Path temporaryDirectory = Path.of(System.getProperty("java.io.tmpdir"));

        private Builder() {}

        /** The command, by its name on the path or by its path. Default {@code vipsthumbnail}. */
        public Builder vipsthumbnail(String command) {
            this.vipsthumbnail = requireNonNull(command, "command");
            return this;
        }

        /** The command that takes pictures from films. Default: none; there are no variants of films. */
        public Builder ffmpeg(@Nullable String command) {
            this.ffmpeg = command;
            return this;
        }

        /** The command that draws the first page of a PDF. Default: none; there are no variants of PDF. */
        public Builder pdftoppm(@Nullable String command) {
            this.pdftoppm = command;
            return this;
        }

        /**
         * Whether SVG is drawn, which is a program of its own kind: it can be made to take long, and is killed then.
         * Default false.
         */
        public Builder svg(boolean svg) {
            this.svg = svg;
            return this;
        }

        /** What to run the commands by, for example {@code bwrap} with its arguments. Default: nothing. */
        public Builder prefix(String... prefix) {
            this.prefix = List.of(prefix);
            return this;
        }

        /**
         * The most memory of a process, in bytes of address space. Default 1 GiB.
         *
         * @throws IllegalArgumentException if it is below 64 MiB
         */
        public Builder maxMemory(long maxMemory) {
            if (maxMemory < 64L << 20) {
                throw new IllegalArgumentException("maxMemory: expected 64 MiB or more, found " + maxMemory);
            }
            this.maxMemory = maxMemory;
            return this;
        }

        /**
         * The largest file in bytes that is read, and the largest that is written. Default 256 MiB.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxByteSize(long maxByteSize) {
            if (maxByteSize < 1) {
                throw new IllegalArgumentException("maxByteSize: expected 1 or more, found " + maxByteSize);
            }
            this.maxByteSize = maxByteSize;
            return this;
        }

        /**
         * The most pixels of a picture, width times height, where its header says how many it has. Default 500 million.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxPixels(long maxPixels) {
            this.maxPixels = Decoders.requirePixels(maxPixels);
            return this;
        }

        /** Where originals are put for the commands. Must exist. Default: the JVM's {@code java.io.tmpdir}. */
        public Builder temporaryDirectory(Path temporaryDirectory) {
            this.temporaryDirectory = requireNonNull(temporaryDirectory, "temporaryDirectory");
            return this;
        }

        /** The maker as set; does not look for the commands. */
        public CommandVariants build() {
            return new CommandVariants(this);
        }
    }
}
