package io.graphqlfiles.pictures;

import com.drew.imaging.FileType;
import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.heif.HeifReader;
import com.drew.imaging.quicktime.QuickTimeReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.bmp.BmpHeaderDirectory;
import com.drew.metadata.gif.GifHeaderDirectory;
import com.drew.metadata.jpeg.JpegDirectory;
import com.drew.metadata.mov.QuickTimeDirectory;
import com.drew.metadata.mov.media.QuickTimeVideoDirectory;
import com.drew.metadata.png.PngDirectory;
import io.graphqlfiles.spi.media.FileFacts;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What headers say, read by metadata-extractor within bounds: it makes an array of whatever length a box or chunk says
 * that it has, so those are kept from it that say too much.
 */
final class Headers {

    /** The largest part of a header that is read at once. */
    private static final long LARGEST_BOX = 1 << 20;

    /** How much of a file is read for its header. */
    static final long MOST_BYTES = 8 << 20;

    /** Signature and first chunk of a PNG (ISO/IEC 15948, sections 5.2 and 11.2.1): always the size. */
    static final int PNG_HEADER = 33;

    private static final byte[] PNG_BEGIN = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R'
    };
    private static final byte[] PNG_END = {0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xae, 0x42, 0x60, (byte) 0x82};

    private Headers() {}

    /** Where sizes are in a directory. */
    private record Tags(Class<? extends Directory> directory, int width, int height) {}

    /**
     * TIFF.
     *
     * @param isAll whether what is missing of a directory will not come either
     * @throws IOException if the content ends before its directory does
     */
    static @Nullable Header tiff(InputStream content, boolean isAll) throws IOException {
        TiffDirectory directory = TiffDirectory.read(new LimitedInput(content, MOST_BYTES, "the header is too large"));
        if (!directory.isWhole() && !isAll) {
            throw new EOFException("the content ends within its directory");
        }
        Header header = header(directory.width(), directory.height());
        return header == null ? null : header.turned(directory.orientation());
    }

    /** A negative height says that the first row is on top. */
    private static @Nullable Header header(int width, int height) {
        return width <= 0 || height == 0 || height == Integer.MIN_VALUE
                ? null
                : new Header(width, Math.abs(height), false);
    }

    /**
     * JPEG, GIF and BMP.
     *
     * @throws IOException if the content ends before its header does
     */
    static @Nullable Header picture(FileType type, InputStream content) throws IOException {
        Tags tags = switch (type) {
            case Jpeg -> new Tags(JpegDirectory.class, JpegDirectory.TAG_IMAGE_WIDTH, JpegDirectory.TAG_IMAGE_HEIGHT);
            case Gif ->
                new Tags(
                        GifHeaderDirectory.class,
                        GifHeaderDirectory.TAG_IMAGE_WIDTH,
                        GifHeaderDirectory.TAG_IMAGE_HEIGHT);
            default ->
                new Tags(
                        BmpHeaderDirectory.class,
                        BmpHeaderDirectory.TAG_IMAGE_WIDTH,
                        BmpHeaderDirectory.TAG_IMAGE_HEIGHT);
        };
        try {
            Metadata metadata = ImageMetadataReader.readMetadata(
                    new LimitedInput(content, MOST_BYTES, "the header is too large"), -1, type);
            return header(metadata, tags);
        } catch (ImageProcessingException e) {
            return null;
        }
    }

    /**
     * PNG. Its first chunk is always the same, and of the others only their EXIF is looked at: any may claim two
     * gigabytes.
     *
     * @param isAll whether a picture that is not there will not come either: then it is upright
     * @throws IOException if the content ends before its picture, and there is more
     */
    static @Nullable Header png(InputStream content, boolean isAll) throws IOException {
        InputStream limited = new LimitedInput(content, MOST_BYTES, "the header is too large");
        byte[] head = limited.readNBytes(PNG_HEADER);
        if (head.length < PNG_HEADER || !Arrays.equals(head, 0, PNG_BEGIN.length, PNG_BEGIN, 0, PNG_BEGIN.length)) {
            return null;
        }
        byte[] header = Arrays.copyOf(head, PNG_HEADER + PNG_END.length);
        System.arraycopy(PNG_END, 0, header, PNG_HEADER, PNG_END.length);
        Header found;
        try {
            Metadata metadata =
                    ImageMetadataReader.readMetadata(new ByteArrayInputStream(header), header.length, FileType.Png);
            found = header(
                    metadata,
                    new Tags(PngDirectory.class, PngDirectory.TAG_IMAGE_WIDTH, PngDirectory.TAG_IMAGE_HEIGHT));
        } catch (ImageProcessingException e) {
            return null;
        }
        return found == null ? null : found.turned(pngOrientation(limited, isAll));
    }

    private static int pngOrientation(InputStream chunks, boolean isAll) throws IOException {
        try {
            return PngOrientation.read(chunks);
        } catch (IOException e) {
            if (isAll) {
                return Orientation.UPRIGHT;
            }
            throw e;
        }
    }

    /** HEIC, HEIF and AVIF. What was found before the content ends is found. */
    static @Nullable Header heif(InputStream content) {
        HeifPicture picture = new HeifPicture(LARGEST_BOX);
        new HeifReader().extract(new LimitedInput(content, MOST_BYTES, "the header is too large"), picture);
        return picture.header();
    }

    /** MP4 and QuickTime: the largest track counts. */
    static FileFacts film(InputStream content) {
        Metadata metadata = new Metadata();
        QuickTimeReader.extract(
                new LimitedInput(content, MOST_BYTES, "the header is too large"), new FilmBoxes(metadata, LARGEST_BOX));
        FileFacts facts = FileFacts.none();
        Header header = header(
                metadata,
                new Tags(
                        QuickTimeVideoDirectory.class,
                        QuickTimeVideoDirectory.TAG_WIDTH,
                        QuickTimeVideoDirectory.TAG_HEIGHT));
        Directory film = metadata.getFirstDirectoryOfType(QuickTimeDirectory.class);
        if (header != null) {
            Integer rotation = film == null ? null : film.getInteger(QuickTimeDirectory.TAG_ROTATION);
            boolean isOnItsSide = rotation != null && Math.abs(rotation) % 180 == 90;
            facts = new Header(header.width(), header.height(), isOnItsSide).addTo(facts);
        }
        Double seconds = film == null ? null : film.getDoubleObject(QuickTimeDirectory.TAG_DURATION_SECONDS);
        if (seconds != null && seconds >= 0 && seconds < Integer.MAX_VALUE) {
            facts = facts.withDuration(Duration.ofMillis(Math.round(seconds * 1000)));
        }
        return facts;
    }

    private static @Nullable Header header(Metadata metadata, Tags tags) {
        Header largest = null;
        for (Directory directory : metadata.getDirectoriesOfType(tags.directory())) {
            Integer width = directory.getInteger(tags.width());
            Integer height = directory.getInteger(tags.height());
            // A negative height of a bitmap says that its first row is on top.
            if (width != null && height != null && width > 0 && height != 0 && height != Integer.MIN_VALUE) {
                Header found = new Header(width, Math.abs(height), Orientation.isOnItsSide(Orientation.of(metadata)));
                largest = largest == null || found.pixels() > largest.pixels() ? found : largest;
            }
        }
        return largest;
    }

    /** The size of a picture as it is stored, and whether it is shown on its side. */
    record Header(int width, int height, boolean isOnItsSide) {

        long pixels() {
            return (long) width * height;
        }

        Header turned(int orientation) {
            return new Header(width, height, Orientation.isOnItsSide(orientation));
        }

        FileFacts addTo(FileFacts facts) {
            return isOnItsSide ? facts.withSize(height, width) : facts.withSize(width, height);
        }
    }
}
