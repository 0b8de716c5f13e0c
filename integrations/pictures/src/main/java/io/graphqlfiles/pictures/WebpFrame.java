package io.graphqlfiles.pictures;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the decoder of WebP (RFC 9649) finds of the first picture: it decodes all that is there, in the size that is
 * stated next to it, which need not be the one that the file states.
 */
final class WebpFrame {

    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FRAME_HEADER = 16;
    private static final int LOSSLESS_HEADER = 5;

    private final byte[] webp;
    private final long maxPixels;
    private final Decoders.Deadline deadline;

    private WebpFrame(byte[] webp, long maxPixels, Decoders.Deadline deadline) {
        this.webp = webp;
        this.maxPixels = maxPixels;
        this.deadline = deadline;
    }

    /**
     * @param width of the first picture, as the decoder has it
     * @throws IOException if it is too large, damaged, or the deadline is over
     */
    static void requireSound(byte[] webp, int width, int height, long maxPixels, Decoders.Deadline deadline)
            throws IOException {
        WebpFrame frame = new WebpFrame(webp, maxPixels, deadline);
        if (frame.isAt(FIRST_CHUNK, "VP8X")) {
            frame.chunks(FIRST_CHUNK + CHUNK_HEADER + 10L, webp.length, width, height);
        } else {
            frame.picture(FIRST_CHUNK, width, height);
        }
    }

    private boolean isAt(long offset, String name) {
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        return offset + ascii.length <= webp.length
                && Arrays.equals(webp, (int) offset, (int) offset + ascii.length, ascii, 0, ascii.length);
    }

    private void chunks(long begin, long end, int width, int height) throws IOException {
        long at = begin;
        while (at + CHUNK_HEADER <= Math.min(end, webp.length)) {
            long size = StrippedContent.unsigned(webp, (int) at + 4, false);
            if (isAt(at, "ANMF")) {
                if (begin == FIRST_CHUNK + CHUNK_HEADER + 10L) {
                    chunks(at + CHUNK_HEADER + FRAME_HEADER, at + CHUNK_HEADER + size, width, height);
                }
                return;
            }
            picture(at, width, height);
            at += CHUNK_HEADER + size + (size & 1);
        }
    }

    private void picture(long chunk, int width, int height) throws IOException {
        int content = (int) chunk + CHUNK_HEADER;
        if (isAt(chunk, "VP8L")) {
            LosslessWebp.requireFewTransforms(webp, content + LOSSLESS_HEADER, width, height, deadline);
        } else if (isAt(chunk, "ALPH") && content < webp.length && (webp[content] & 3) == 1) {
            LosslessWebp.requireFewTransforms(webp, content + 1, width, height, deadline);
        } else if (isAt(chunk, "VP8 ") && content + 10 <= webp.length) {
            Decoders.requireFew(unsigned(content + 6) & 0x3fff, unsigned(content + 8) & 0x3fff, maxPixels);
        }
    }

    private int unsigned(int offset) {
        return (webp[offset] & 0xff) | (webp[offset + 1] & 0xff) << 8;
    }
}
