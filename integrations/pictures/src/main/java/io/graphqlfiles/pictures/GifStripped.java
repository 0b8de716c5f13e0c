package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.media.MalformedContentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A GIF (GIF89a) without comments, text, and data of applications other than those that repeat an animation or hold a
 * colour profile. Ends with the picture.
 */
final class GifStripped extends StrippedContent {

    private static final int IMAGE = 0x2c;
    private static final int EXTENSION = 0x21;
    private static final int TRAILER = 0x3b;
    private static final int GRAPHIC_CONTROL = 0xf9;
    private static final int APPLICATION = 0xff;

    private boolean isBegun;
    private boolean isInBlocks;

    GifStripped(InputStream content) {
        super(content);
    }

    @Override
    void next() throws IOException {
        if (!isBegun) {
            begin();
        } else if (isInBlocks) {
            keptBlock();
        } else {
            part();
        }
    }

    private void begin() throws IOException {
        byte[] header = take(13);
        if (!isAt(header, 0, "GIF87a") && !isAt(header, 0, "GIF89a")) {
            throw new MalformedContentException("expected a GIF, found something else");
        }
        isBegun = true;
        emit(header);
        copy(colours(header[10]));
    }

    private static int colours(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private void part() throws IOException {
        int kind = take(1)[0] & 0xff;
        switch (kind) {
            case TRAILER -> {
                emit(new byte[] {TRAILER});
                end();
            }
            case IMAGE -> {
                byte[] image = take(9);
                emit(new byte[] {IMAGE});
                emit(image);
                // The colours, and the byte that says how they are coded.
                emit(take(colours(image[8]) + 1));
                isInBlocks = true;
            }
            case EXTENSION -> extension();
            default -> throw new MalformedContentException("expected a part of a GIF");
        }
    }

    private void extension() throws IOException {
        byte label = take(1)[0];
        int size = take(1)[0] & 0xff;
        byte[] first = take(size);
        boolean isKept = (label & 0xff) == GRAPHIC_CONTROL
                || ((label & 0xff) == APPLICATION
                        && (isAt(first, 0, "NETSCAPE2.0")
                                || isAt(first, 0, "ANIMEXTS1.0")
                                || isAt(first, 0, "ICCRGBG1012")));
        if (isKept) {
            ByteArrayOutputStream begin = new ByteArrayOutputStream();
            begin.write(EXTENSION);
            begin.write(label);
            begin.write(size);
            begin.writeBytes(first);
            emit(begin.toByteArray());
            isInBlocks = size > 0;
        } else {
            while (size > 0) {
                size = take(1)[0] & 0xff;
                drop(size);
            }
        }
    }

    private void keptBlock() throws IOException {
        byte[] size = take(1);
        emit(size);
        copy(size[0] & 0xff);
        isInBlocks = size[0] != 0;
    }
}
