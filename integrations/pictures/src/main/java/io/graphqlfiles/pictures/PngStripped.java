package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.media.MalformedContentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A PNG (ISO/IEC 15948), animated or not, with the chunks that show it and no others: text, times, EXIF and whatever
 * programs add are left out; the orientation stays, in an EXIF chunk of its own. Ends with the picture.
 */
final class PngStripped extends StrippedContent {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    /** Critical chunks, transparency, colour, density, and those of animations. */
    private static final Set<String> KEPT = Set.of(
            "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI",
            "mDCv", "cLLi", "bKGD", "hIST", "pHYs", "sPLT", "acTL", "fcTL", "fdAT");

    private boolean isBegun;
    private boolean hasOrientation;

    PngStripped(InputStream content) {
        super(content);
    }

    @Override
    void next() throws IOException {
        if (!isBegun) {
            byte[] start = take(SIGNATURE.length);
            if (!Arrays.equals(start, SIGNATURE)) {
                throw new MalformedContentException("expected a PNG, found something else");
            }
            isBegun = true;
            emit(start);
            return;
        }
        byte[] header = take(8);
        long length = unsigned(header, 0, true);
        String type = new String(header, 4, 4, StandardCharsets.ISO_8859_1);
        if (length > Integer.MAX_VALUE) {
            throw new MalformedContentException("expected a chunk of less than 2 GiB");
        }
        if (KEPT.contains(type)) {
            emit(header);
            copy(length + 4);
            if (type.equals("IEND")) {
                if (length != 0) {
                    throw new MalformedContentException("expected an empty last chunk");
                }
                end();
            }
        } else if (type.equals("eXIf") && !hasOrientation && length <= MOST_HELD) {
            orientation(take((int) length));
            drop(4);
        } else if (Character.isUpperCase(type.charAt(0))) {
            throw new MalformedContentException("expected critical chunks of the standard");
        } else {
            drop(length + 4);
        }
    }

    private void orientation(byte[] exif) {
        int orientation = Orientation.ofExif(exif);
        if (orientation != Orientation.UPRIGHT) {
            byte[] only = Orientation.exif(orientation);
            ByteBuffer chunk = ByteBuffer.allocate(12 + only.length).putInt(only.length);
            chunk.put("eXIf".getBytes(StandardCharsets.ISO_8859_1)).put(only);
            CRC32 crc = new CRC32();
            crc.update(chunk.array(), 4, 4 + only.length);
            emit(chunk.putInt((int) crc.getValue()).array());
        }
        // The first one counts, as for who shows it.
        hasOrientation = true;
    }
}
