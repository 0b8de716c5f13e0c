package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.media.MalformedContentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * A WebP (RFC 9649) whose metadata is overwritten. The size of the file is at its beginning and metadata is at its end,
 * so that what is left out would have to be known before it comes: in its place there is as much of nothing. EXIF
 * becomes EXIF that says the orientation only; XMP, further EXIF and unknown chunks become unknown chunks of zeros,
 * which readers pass over.
 */
final class WebpStripped extends StrippedContent {

    private static final Set<String> KEPT = Set.of("VP8 ", "VP8L", "ICCP", "ANIM", "ANMF", "ALPH");

    private static final byte XMP_FLAG = 0x04;

    private boolean isBegun;
    private boolean hasExif;
    private long left;
    private long zeros;

    WebpStripped(InputStream content) {
        super(content);
    }

    @Override
    void next() throws IOException {
        if (!isBegun) {
            begin();
        } else if (zeros > 0) {
            int count = (int) Math.min(zeros, 8192);
            drop(count);
            zeros -= count;
            emit(new byte[count]);
        } else if (left < 8) {
            // What is behind the size that it says is not the picture's.
            end();
        } else {
            chunk();
        }
    }

    private void begin() throws IOException {
        byte[] header = take(12);
        if (!isAt(header, 0, "RIFF") || !isAt(header, 8, "WEBP")) {
            throw new MalformedContentException("expected a WebP, found something else");
        }
        isBegun = true;
        left = unsigned(header, 4, false) - 4;
        emit(header);
    }

    private void chunk() throws IOException {
        byte[] header = take(8);
        long size = unsigned(header, 4, false);
        long padded = size + (size & 1);
        if (padded > left - 8) {
            throw new MalformedContentException("expected chunks within the size of the file");
        }
        left -= 8 + padded;
        if (isAt(header, 0, "VP8X") && size >= 10) {
            emit(header);
            byte[] flags = take(1);
            flags[0] &= ~XMP_FLAG;
            emit(flags);
            copy(padded - 1);
        } else if (KEPT.contains(name(header))) {
            emit(header);
            copy(padded);
        } else if (isAt(header, 0, "EXIF") && !hasExif) {
            hasExif = true;
            emit(header);
            exif(size, padded);
        } else {
            System.arraycopy(new byte[] {'J', 'U', 'N', 'K'}, 0, header, 0, 4);
            emit(header);
            zeros = padded;
        }
    }

    private static String name(byte[] header) {
        return new String(header, 0, 4, StandardCharsets.ISO_8859_1);
    }

    private void exif(long size, long padded) throws IOException {
        byte[] exif = take((int) Math.min(size, MOST_HELD));
        int preamble = isAt(exif, 0, "Exif\0\0") ? 6 : 0;
        byte[] only = Orientation.exif(Orientation.ofExif(Arrays.copyOfRange(exif, preamble, exif.length)));
        byte[] replaced = new byte[exif.length];
        if (only.length <= replaced.length) {
            System.arraycopy(only, 0, replaced, 0, only.length);
        }
        emit(replaced);
        zeros = padded - exif.length;
    }
}
