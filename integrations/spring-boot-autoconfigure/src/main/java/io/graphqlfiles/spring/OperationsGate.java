package io.graphqlfiles.spring;

import java.util.Arrays;

/**
 * Tells when {@code operations} and {@code map} of a multipart request have been received, so that no thread waits for
 * a client that is slow to send them. Only looks for delimiter lines: what is right about them is for the parser to
 * say. Looks at each byte once, however small the pieces are that bytes come in. One use, by one thread at a time.
 */
final class OperationsGate {

    /** RFC 2046, section 5.1.1: 70 for the boundary. A longer one is for the parser to refuse. */
    private static final int MAX_DELIMITER = 72;

    private final long maxBytes;
    private int start;
    private int end;
    private int at;
    private int delimiters;

    /** @param maxBytes beyond which it opens in any case */
    OperationsGate(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Looks at what is new.
     *
     * @param received the body from its beginning
     * @param length how much of it has been received, at least as much as the last time
     * @return whether the parser has something to do
     */
    boolean opensAt(byte[] received, int length) {
        if (length > maxBytes) {
            return true;
        }
        if (delimiters == 0 && !findsDelimiter(received, length)) {
            return false;
        }
        int size = end - start;
        if (size > MAX_DELIMITER) {
            return true;
        }
        // The one before operations, the one before map and the one behind it.
        while (delimiters < 3 && at + size <= length) {
            if (received[at] == '-' && Arrays.equals(received, start, end, received, at, at + size)) {
                delimiters++;
                at += size;
            } else {
                at++;
            }
        }
        return delimiters == 3;
    }

    /** The first line that is not empty. */
    private boolean findsDelimiter(byte[] received, int length) {
        while (start < length && isLineEnd(received[start])) {
            start++;
        }
        end = Math.max(end, start);
        while (end < length && !isLineEnd(received[end])) {
            end++;
        }
        if (end == length && end - start <= MAX_DELIMITER) {
            return false;
        }
        delimiters = 1;
        at = end;
        return true;
    }

    private static boolean isLineEnd(byte b) {
        return b == '\r' || b == '\n';
    }
}
