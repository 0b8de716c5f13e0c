package io.graphqlfiles.pictures;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * How a PNG must be turned. Its EXIF counts where it is before the picture (PNG, third edition, section 11.3.4.6),
 * because whoever shows a picture while it loads cannot turn it afterwards (CSS Images 3, section 2.1.1). A WebP has
 * its EXIF behind the picture (RFC 9649, section 2.7), so that nobody turns it: neither do we.
 */
final class PngOrientation {

    private PngOrientation() {}

    /**
     * Reads up to the EXIF or the picture.
     *
     * @param chunks a PNG after its first chunk
     * @throws EOFException if it ends before that
     */
    static int read(InputStream chunks) throws IOException {
        while (true) {
            byte[] header = take(chunks, 8);
            long length = StrippedContent.unsigned(header, 0, true);
            String type = new String(header, 4, 4, StandardCharsets.ISO_8859_1);
            if (type.equals("IDAT") || type.equals("IEND")) {
                return Orientation.UPRIGHT;
            }
            if (type.equals("eXIf")) {
                return length > StrippedContent.MOST_HELD
                        ? Orientation.UPRIGHT
                        : Orientation.ofExif(take(chunks, (int) length));
            }
            chunks.skipNBytes(length + 4);
        }
    }

    private static byte[] take(InputStream chunks, int count) throws IOException {
        byte[] bytes = chunks.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the content ends before its picture");
        }
        return bytes;
    }
}
