package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.media.VariantFailedException;
import java.io.ByteArrayOutputStream;

/**
 * The first picture of a GIF (GIF89a) as a file of its own, with what says which of its colours is transparent.
 * Comments, text and data of applications are not shown, and the decoder of the JDK copies all that it has of them for
 * each piece of at most 255 bytes.
 */
final class GifFrame {

    private static final int HEADER = 13;
    private static final int IMAGE = 0x2c;
    private static final int EXTENSION = 0x21;
    private static final int TRAILER = 0x3b;
    private static final int PLAIN_TEXT = 0x01;
    private static final int GRAPHIC_CONTROL = 0xf9;

    /** With what introduces it and what ends it. */
    private static final int GRAPHIC_CONTROL_SIZE = 8;

    private final byte[] gif;
    private int at;

    private GifFrame(byte[] gif) {
        this.gif = gif;
    }

    /** @throws VariantFailedException if there is none */
    static byte[] first(byte[] gif) throws VariantFailedException {
        return new GifFrame(gif).first();
    }

    private byte[] first() throws VariantFailedException {
        int begin = HEADER + colours(10);
        int control = -1;
        at = begin;
        while (true) {
            int kind = unsigned(at);
            if (kind == IMAGE) {
                return frame(begin, control);
            }
            if (kind != EXTENSION) {
                throw damaged();
            }
            int label = unsigned(at + 1);
            if (label == GRAPHIC_CONTROL && unsigned(at + 2) == GRAPHIC_CONTROL_SIZE - 4) {
                control = at;
            } else if (label == PLAIN_TEXT) {
                // What came before was for the text.
                control = -1;
            }
            at += 2;
            skipBlocks();
        }
    }

    /** One that ends too early has what there is. */
    private byte[] frame(int begin, int control) throws VariantFailedException {
        int image = at;
        at += 10 + colours(at + 9) + 1;
        while (at < gif.length && gif[at] != 0) {
            at += 1 + unsigned(at);
        }
        int end = Math.min(gif.length, at + 1);
        ByteArrayOutputStream frame = new ByteArrayOutputStream(begin + end - image + GRAPHIC_CONTROL_SIZE + 1);
        frame.write(gif, 0, begin);
        if (control >= 0) {
            frame.write(gif, control, GRAPHIC_CONTROL_SIZE - 1);
            frame.write(0);
        }
        frame.write(gif, image, end - image);
        if (at < gif.length) {
            frame.write(TRAILER);
        }
        return frame.toByteArray();
    }

    private void skipBlocks() throws VariantFailedException {
        int size = unsigned(at);
        while (size > 0) {
            at += 1 + size;
            size = unsigned(at);
        }
        at++;
    }

    private int colours(int flags) throws VariantFailedException {
        return (unsigned(flags) & 0x80) == 0 ? 0 : 3 << ((unsigned(flags) & 7) + 1);
    }

    private int unsigned(int offset) throws VariantFailedException {
        if (offset >= gif.length) {
            throw damaged();
        }
        return gif[offset] & 0xff;
    }

    private static VariantFailedException damaged() {
        return new VariantFailedException("the picture is damaged", null);
    }
}
