package io.graphqlfiles.pictures;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * What the first directory of a TIFF says (TIFF 6.0, section 2), which EXIF data are as well (CIPA DC-008, section
 * 4.5.2): size and orientation.
 *
 * <p>Nothing but the directory is read. Other values and directories are anywhere in the file, and any number of
 * entries may point at the same bytes: a reader that copies them all makes gigabytes of a few kilobytes.
 */
final class TiffDirectory {

    private static final int MAGIC = 42;
    private static final int HEADER = 8;
    private static final int ENTRY = 12;

    private static final int SHORT = 3;
    private static final int LONG = 4;

    private static final int WIDTH = 0x0100;
    private static final int HEIGHT = 0x0101;
    private static final int ORIENTATION = 0x0112;

    /** More than any program writes; they are in the order of their tags, and ours are among the first. */
    private static final int MOST_ENTRIES = 4096;

    private int width;
    private int height;
    private int orientation;
    private boolean isWhole = true;

    private TiffDirectory() {}

    /** Of what is no TIFF nothing is known; BigTIFF is none. */
    static TiffDirectory of(byte[] tiff) {
        try {
            return read(new ByteArrayInputStream(tiff));
        } catch (IOException e) {
            return new TiffDirectory();
        }
    }

    /**
     * The same of a stream: what is before the directory is passed over.
     *
     * @throws java.io.EOFException if it ends before the directory begins
     */
    static TiffDirectory read(InputStream content) throws IOException {
        TiffDirectory directory = new TiffDirectory();
        byte[] header = content.readNBytes(HEADER);
        ByteOrder order = order(header);
        if (order == null) {
            return directory;
        }
        long offset =
                Integer.toUnsignedLong(ByteBuffer.wrap(header).order(order).getInt(4));
        if (offset < HEADER) {
            return directory;
        }
        content.skipNBytes(offset - HEADER);
        byte[] size = content.readNBytes(2);
        if (size.length < 2) {
            directory.isWhole = false;
            return directory;
        }
        int count = Math.min(MOST_ENTRIES, ByteBuffer.wrap(size).order(order).getShort() & 0xffff);
        byte[] entries = content.readNBytes(count * ENTRY);
        directory.isWhole = entries.length == count * ENTRY;
        for (int at = 0; at + ENTRY <= entries.length; at += ENTRY) {
            directory.entry(ByteBuffer.wrap(entries, at, ENTRY).slice().order(order));
        }
        return directory;
    }

    private static @Nullable ByteOrder order(byte[] header) {
        if (header.length < HEADER || header[0] != header[1]) {
            return null;
        }
        ByteOrder order = header[0] == 'M' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        boolean isTiff = (header[0] == 'M' || header[0] == 'I')
                && ByteBuffer.wrap(header).order(order).getShort(2) == MAGIC;
        return isTiff ? order : null;
    }

    /** Of several with the same tag the first counts. */
    private void entry(ByteBuffer entry) {
        int value = value(entry);
        switch (entry.getShort(0) & 0xffff) {
            case WIDTH -> width = width > 0 ? width : value;
            case HEIGHT -> height = height > 0 ? height : value;
            case ORIENTATION -> orientation = orientation > 0 || value > 8 ? orientation : value;
            default -> {
                // not ours
            }
        }
    }

    /** One number, which is in the entry itself; 0 if there is none that counts. */
    private static int value(ByteBuffer entry) {
        if (entry.getInt(4) != 1) {
            return 0;
        }
        return switch (entry.getShort(2)) {
            case SHORT -> entry.getShort(8) & 0xffff;
            case LONG -> Math.max(0, entry.getInt(8));
            default -> 0;
        };
    }

    /** In pixels, as it is stored; 0 if it is not said. */
    int width() {
        return width;
    }

    /** In pixels, as it is stored; 0 if it is not said. */
    int height() {
        return height;
    }

    /** {@link Orientation#UPRIGHT} if it is not said, or not one of the eight. */
    int orientation() {
        return orientation == 0 ? Orientation.UPRIGHT : orientation;
    }

    /** Whether the content does not end within the directory. */
    boolean isWhole() {
        return isWhole;
    }
}
