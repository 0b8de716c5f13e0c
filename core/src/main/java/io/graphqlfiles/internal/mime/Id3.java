package io.graphqlfiles.internal.mime;

import org.jspecify.annotations.Nullable;

/** Tells what stands behind ID3 tags (ID3v2.4, section 3.1): not only MP3 has them in front. */
final class Id3 {

    private static final int HEADER = 10;
    private static final int HAS_FOOTER = 0x10;

    private Id3() {}

    /** The type of what follows; null if it is none that is known to have tags, or not within these bytes. */
    static @Nullable String following(byte[] bytes, int length) {
        int position = 0;
        while (TextContent.isAt(position, "ID3", bytes, length) && position + HEADER <= length) {
            int size = (bytes[position + 6] & 0x7f) << 21
                    | (bytes[position + 7] & 0x7f) << 14
                    | (bytes[position + 8] & 0x7f) << 7
                    | (bytes[position + 9] & 0x7f);
            position += HEADER + size + ((bytes[position + 5] & HAS_FOOTER) == 0 ? 0 : HEADER);
        }
        if (TextContent.isAt(position, "fLaC", bytes, length)) {
            return "audio/flac";
        }
        // A frame of ADTS; one of MPEG audio has a layer.
        boolean isAac =
                position + 2 <= length && bytes[position] == (byte) 0xff && (bytes[position + 1] & 0xf6) == 0xf0;
        return isAac && position > 0 ? "audio/aac" : null;
    }
}
