package io.graphqlfiles.pictures;

import com.drew.imaging.heif.HeifReader;
import com.drew.imaging.quicktime.QuickTimeReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.mov.QuickTimeDirectory;
import com.drew.metadata.mov.media.QuickTimeVideoDirectory;
import io.graphqlfiles.spi.media.FileFacts;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What headers say. Those of HEIC, AVIF and films are read by metadata-extractor within bounds: it makes an array of
 * whatever length a box says that it has, so those are kept from it that say too much. Those of pictures whose size is
 * easily found are read by us: it would read all their metadata as well.
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
    /** Signature and the size of the screen. */
    private static final int GIF_HEADER = 10;

    /** File header, and the size in the information header. */
    private static final int BMP_HEADER = 26;

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

    private static @Nullable Header header(int width, int height) {
        return width <= 0 || height <= 0 ? null : new Header(width, height, false);
    }

    /**
     * JPEG.
     *
     * @param isAll whether what is missing of the header will not come either
     * @throws IOException if the content ends before its header does
     */
    static @Nullable Header jpeg(InputStream content, boolean isAll) throws IOException {
        JpegHeader jpeg = JpegHeader.read(new LimitedInput(content, MOST_BYTES, "the header is too large"));
        if (!jpeg.isWhole() && !isAll) {
            throw new EOFException("the content ends within its header");
        }
        Header header = header(jpeg.width(), jpeg.height());
        return header == null ? null : header.turned(jpeg.orientation());
    }

    /** GIF (GIF89a, section 18): the size of the screen. */
    static @Nullable Header gif(InputStream content) throws IOException {
        byte[] head = content.readNBytes(GIF_HEADER);
        if (head.length < GIF_HEADER
                || !(StrippedContent.isAt(head, 0, "GIF87a") || StrippedContent.isAt(head, 0, "GIF89a"))) {
            return null;
        }
        ByteBuffer gif = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        return header(gif.getShort(6) & 0xffff, gif.getShort(8) & 0xffff);
    }

    /**
     * BMP. Its information header begins with the length of that, which says the version; only the first is shorter.
     */
    static @Nullable Header bmp(InputStream content) throws IOException {
        byte[] head = content.readNBytes(BMP_HEADER);
        if (head.length < BMP_HEADER || !StrippedContent.isAt(head, 0, "BM")) {
            return null;
        }
        ByteBuffer bmp = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        return switch (bmp.getInt(14)) {
            case 12 -> header(bmp.getShort(18) & 0xffff, bmp.getShort(20) & 0xffff);
            // A negative height says that the first row is on top.
            case 16, 40, 52, 56, 64, 108, 124 -> header(bmp.getInt(18), Math.abs(bmp.getInt(22)));
            default -> null;
        };
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
        ByteBuffer png = ByteBuffer.wrap(head);
        Header found = header(png.getInt(16), png.getInt(20));
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
            Header found = width == null || height == null ? null : header(width, height);
            if (found != null) {
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
