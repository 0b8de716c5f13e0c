package io.graphqlfiles.storage.s3;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times as Signature Version 4 writes them. By hand: a formatter takes as long as the signature itself. */
final class SignatureTime {

    private SignatureTime() {}

    /** As {@code yyyyMMdd'T'HHmmss'Z'}, in UTC. */
    static String of(long epochSecond) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
        char[] text = new char[16];
        digits(text, 0, 4, time.getYear());
        digits(text, 4, 2, time.getMonthValue());
        digits(text, 6, 2, time.getDayOfMonth());
        text[8] = 'T';
        digits(text, 9, 2, time.getHour());
        digits(text, 11, 2, time.getMinute());
        digits(text, 13, 2, time.getSecond());
        text[15] = 'Z';
        return new String(text);
    }

    private static void digits(char[] text, int offset, int count, int number) {
        int rest = number;
        for (int i = offset + count - 1; i >= offset; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
