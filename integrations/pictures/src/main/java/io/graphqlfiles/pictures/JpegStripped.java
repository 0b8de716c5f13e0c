package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.media.MalformedContentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A JPEG (ITU-T T.81, annex B) without application data and comments, but for what is needed to show it right: JFIF,
 * colour profile, Adobe's colour transformation, and the orientation in an EXIF segment of its own. Ends with the
 * picture: what phones put behind it, further pictures and films, is left out.
 */
final class JpegStripped extends StrippedContent {

    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int COM = 0xfe;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int RST0 = 0xd0;
    private static final int RST7 = 0xd7;
    private static final int TEM = 0x01;

    private static final String EXIF = "Exif\0\0";

    private boolean isBegun;
    private boolean isInScan;
    private boolean hasOrientation;
    /** Of a scan, and the same for all of them: there may be millions. */
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    private byte[] ahead = new byte[0];
    private int aheadPosition;

    JpegStripped(InputStream content) {
        super(content);
    }

    @Override
    void next() throws IOException {
        if (!isBegun) {
            byte[] start = take(2);
            if ((start[0] & 0xff) != 0xff || (start[1] & 0xff) != SOI) {
                throw new MalformedContentException("expected a JPEG, found something else");
            }
            isBegun = true;
            emit(start);
        } else if (isInScan) {
            scan();
        } else {
            segment();
        }
    }

    private void segment() throws IOException {
        int marker = marker();
        if (marker == EOI) {
            emit(new byte[] {(byte) 0xff, (byte) EOI});
            end();
            return;
        }
        if (marker == TEM || (marker >= RST0 && marker <= RST7)) {
            emit(new byte[] {(byte) 0xff, (byte) marker});
            return;
        }
        byte[] length = bytes(2);
        int size = (((length[0] & 0xff) << 8) | (length[1] & 0xff)) - 2;
        if (size < 0) {
            throw new MalformedContentException("expected a segment of 2 bytes or more");
        }
        byte[] payload = bytes(size);
        if (marker == APP1 && isAt(payload, 0, EXIF)) {
            if (!hasOrientation) {
                orientation(payload);
            }
        } else if (isKept(marker, payload)) {
            emit(marker, payload);
        }
        isInScan = marker == SOS;
    }

    private void emit(int marker, byte[] payload) {
        byte[] segment = new byte[payload.length + 4];
        segment[0] = (byte) 0xff;
        segment[1] = (byte) marker;
        segment[2] = (byte) ((payload.length + 2) >> 8);
        segment[3] = (byte) (payload.length + 2);
        System.arraycopy(payload, 0, segment, 4, payload.length);
        emit(segment);
    }

    private void orientation(byte[] payload) {
        byte[] exif = new byte[payload.length - EXIF.length()];
        System.arraycopy(payload, EXIF.length(), exif, 0, exif.length);
        int orientation = Orientation.ofExif(exif);
        if (orientation != Orientation.UPRIGHT) {
            byte[] only = Orientation.exif(orientation);
            byte[] segment = new byte[EXIF.length() + only.length];
            for (int i = 0; i < EXIF.length(); i++) {
                segment[i] = (byte) EXIF.charAt(i);
            }
            System.arraycopy(only, 0, segment, EXIF.length(), only.length);
            emit(APP1, segment);
        }
        hasOrientation = true;
    }

    private static boolean isKept(int marker, byte[] payload) {
        return switch (marker) {
            case COM -> false;
            case APP0 -> isAt(payload, 0, "JFIF\0") && payload.length >= 14;
            case APP2 -> isAt(payload, 0, "ICC_PROFILE\0");
            case APP14 -> isAt(payload, 0, "Adobe");
            default -> marker < APP0 || marker > APP15;
        };
    }

    /** Any number of fill bytes may be before a marker (section B.1.1.2). */
    private int marker() throws IOException {
        if ((bytes(1)[0] & 0xff) != 0xff) {
            throw new MalformedContentException("expected a marker");
        }
        int marker = 0xff;
        while (marker == 0xff) {
            marker = bytes(1)[0] & 0xff;
        }
        if (marker == 0 || marker == SOI) {
            throw new MalformedContentException("expected a segment");
        }
        return marker;
    }

    /** Passes on the compressed data of a scan up to the next marker that is none of its own. */
    private void scan() throws IOException {
        data.reset();
        while (data.size() < MOST_HELD) {
            int next = readAhead();
            if (next < 0) {
                // Viewers show what there is of a picture that breaks off.
                end();
                break;
            }
            if (next != 0xff) {
                data.write(next);
                continue;
            }
            int marker = readAhead();
            if (marker < 0) {
                end();
                break;
            }
            if (marker == 0xff) {
                unreadAhead(1);
            } else if (marker == 0 || (marker >= RST0 && marker <= RST7)) {
                data.write(0xff);
                data.write(marker);
            } else {
                unreadAhead(2);
                isInScan = false;
                break;
            }
        }
        emit(data.toByteArray());
    }

    /** Whatever was read ahead of a scan's end comes first. */
    private byte[] bytes(int count) throws IOException {
        int buffered = Math.min(count, ahead.length - aheadPosition);
        if (buffered == 0) {
            return take(count);
        }
        byte[] bytes = new byte[count];
        System.arraycopy(ahead, aheadPosition, bytes, 0, buffered);
        aheadPosition += buffered;
        if (buffered < count) {
            byte[] rest = take(count - buffered);
            System.arraycopy(rest, 0, bytes, buffered, rest.length);
        }
        return bytes;
    }

    private int readAhead() throws IOException {
        if (aheadPosition == ahead.length) {
            // The last two stay, so that they can be given back.
            byte[] more = takeUpTo(8192);
            if (more.length == 0) {
                return -1;
            }
            int kept = Math.min(2, ahead.length);
            byte[] next = new byte[kept + more.length];
            System.arraycopy(ahead, ahead.length - kept, next, 0, kept);
            System.arraycopy(more, 0, next, kept, more.length);
            ahead = next;
            aheadPosition = kept;
        }
        return ahead[aheadPosition++] & 0xff;
    }

    private void unreadAhead(int count) {
        aheadPosition -= count;
    }
}
