package io.graphqlfiles.pictures;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a JPEG says before its first scan (ITU-T T.81, annex B): its size, and how it must be turned. All other segments
 * are passed over by their length.
 */
final class JpegHeader {

    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int SOF0 = 0xc0;
    private static final int SOF15 = 0xcf;
    private static final int DHT = 0xc4;
    private static final int JPG = 0xc8;
    private static final int DAC = 0xcc;
    private static final int APP1 = 0xe1;
    private static final int RST0 = 0xd0;
    private static final int TEM = 0x01;

    private static final String EXIF = "Exif\0\0";

    /** Precision, height and width. */
    private static final int FRAME = 5;

    /** Few, because most of what is behind a segment's header is passed over. */
    private static final int BUFFER = 256;

    private final InputStream content;
    private int width;
    private int height;
    private int orientation = Orientation.UPRIGHT;
    private boolean hasExif;
    private boolean isWhole;

    private JpegHeader(InputStream content) {
        this.content = content;
    }

    /** Of what is no JPEG nothing is known, and of one that ends too early what came before. */
    static JpegHeader read(InputStream content) throws IOException {
        JpegHeader header = new JpegHeader(new BufferedInputStream(content, BUFFER));
        try {
            header.segments();
            header.isWhole = true;
        } catch (EOFException e) {
            // It is not whole.
        }
        return header;
    }

    private void segments() throws IOException {
        if (next() != 0xff || next() != SOI) {
            return;
        }
        int marker = marker();
        while (marker != SOS && marker != EOI) {
            if (marker != TEM && (marker < RST0 || marker > SOI)) {
                int length = (next() << 8) | next();
                if (length < 2) {
                    // Decoders do not show it.
                    width = 0;
                    height = 0;
                    return;
                }
                segment(marker, length - 2);
            }
            marker = marker();
        }
    }

    /** What is between segments is passed over, as decoders do. */
    private int marker() throws IOException {
        int before = next();
        int marker = next();
        while (before != 0xff || marker == 0xff || marker == 0) {
            before = marker;
            marker = next();
        }
        return marker;
    }

    private void segment(int marker, int length) throws IOException {
        int left = length;
        if (isFrame(marker) && length >= FRAME) {
            byte[] frame = take(FRAME);
            left -= FRAME;
            frame(unsigned(frame, 3), unsigned(frame, 1));
        } else if (marker == APP1 && !hasExif && length >= EXIF.length()) {
            byte[] name = take(EXIF.length());
            left -= name.length;
            if (new String(name, StandardCharsets.ISO_8859_1).equals(EXIF)) {
                orientation = Orientation.ofExif(take(left));
                left = 0;
                // The first one counts, as for who shows it.
                hasExif = true;
            }
        }
        content.skipNBytes(left);
    }

    private static boolean isFrame(int marker) {
        return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
    }

    /** There is one. If there are more, the largest is what a decoder may have to hold. */
    private void frame(int width, int height) {
        if ((long) width * height > (long) this.width * this.height) {
            this.width = width;
            this.height = height;
        }
    }

    private static int unsigned(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    private int next() throws IOException {
        int next = content.read();
        if (next < 0) {
            throw new EOFException("the content ends within its header");
        }
        return next;
    }

    private byte[] take(int count) throws IOException {
        byte[] bytes = content.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the content ends within a segment");
        }
        return bytes;
    }

    /** In pixels, as it is stored; 0 if it is not said. */
    int width() {
        return width;
    }

    /** In pixels, as it is stored; 0 if it is not said. */
    int height() {
        return height;
    }

    /** {@link Orientation#UPRIGHT} if it is not said. */
    int orientation() {
        return orientation;
    }

    /** Whether the content does not end before its first scan. */
    boolean isWhole() {
        return isWhole;
    }
}
