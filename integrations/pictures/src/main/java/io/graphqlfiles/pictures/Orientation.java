package io.graphqlfiles.pictures;

/**
 * How a picture must be turned, as EXIF says it (CIPA DC-008, tag 0x0112): 1 to 8, where 1 is upright and 5 to 8 lie on
 * their side.
 */
final class Orientation {

    static final int UPRIGHT = 1;

    /** A TIFF header in big-endian order, one directory with one entry: the orientation. */
    private static final byte[] EXIF = {
        'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, UPRIGHT, 0, 0, 0, 0, 0, 0
    };

    private static final int VALUE = 19;

    private Orientation() {}

    /** Of EXIF data that begin with a TIFF header; {@link #UPRIGHT} if they are none. */
    static int ofExif(byte[] exif) {
        return TiffDirectory.of(exif).orientation();
    }

    /** EXIF data that say the orientation and nothing else, from the TIFF header on. */
    static byte[] exif(int orientation) {
        byte[] exif = EXIF.clone();
        exif[VALUE] = (byte) orientation;
        return exif;
    }

    static boolean isOnItsSide(int orientation) {
        return orientation >= 5;
    }
}
