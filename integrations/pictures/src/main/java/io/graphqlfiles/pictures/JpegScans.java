package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.media.VariantFailedException;

/**
 * The scans of a JPEG (ITU T.81, annex B): a decoder goes over the whole picture for each, even if there is nearly
 * nothing in it. Programs that write progressive JPEG make about ten.
 */
final class JpegScans {

    private static final int MOST = 100;

    private static final int NONE = 0x00;
    private static final int TEMPORARY = 0x01;
    private static final int FIRST_RESTART = 0xd0;
    private static final int BEGIN = 0xd8;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;

    private JpegScans() {}

    /**
     * Where the first of them begins; the length if there is none.
     *
     * @throws VariantFailedException if there are too many
     */
    static int requireFew(byte[] jpeg) throws VariantFailedException {
        int first = jpeg.length;
        int scans = 0;
        int at = 0;
        while (at + 1 < jpeg.length) {
            if (jpeg[at] != (byte) 0xff || jpeg[at + 1] == (byte) 0xff) {
                at++;
                continue;
            }
            int marker = jpeg[at + 1] & 0xff;
            if (marker == END) {
                break;
            }
            if (marker == SCAN) {
                first = Math.min(first, at);
                if (++scans > MOST) {
                    throw new VariantFailedException(
                            "the picture has more than " + MOST + " scans, and that many are decoded", null);
                }
            }
            at += 2;
            boolean isAlone = marker == NONE || marker == TEMPORARY || (marker >= FIRST_RESTART && marker <= BEGIN);
            if (!isAlone && at + 1 < jpeg.length) {
                at += Math.max(2, (jpeg[at] & 0xff) << 8 | (jpeg[at + 1] & 0xff));
            }
        }
        return first;
    }
}
