package io.graphqlfiles.pictures.internal.pdf;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Undoes the filters of PNG (ISO/IEC 15948, section 9.2), which PDF uses for tables (ISO 32000-1, section 7.4.4.4). */
final class PngPredictor extends InputStream {

    private final InputStream in;
    private final int pixel;
    private byte[] row;
    private byte[] above;
    private int next;

    /**
     * @param row length of a row in bytes, without its filter
     * @param pixel length of a pixel in bytes, at least 1
     */
    PngPredictor(InputStream in, int row, int pixel) {
        this.in = in;
        this.pixel = pixel;
        this.row = new byte[row];
        this.above = new byte[row];
        this.next = row;
    }

    @Override
    public int read() throws IOException {
        return isAtEnd() ? -1 : row[next++] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int count = Math.min(length, row.length - next);
        System.arraycopy(row, next, buffer, offset, count);
        next += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean isAtEnd() throws IOException {
        if (next < row.length) {
            return false;
        }
        int filter = in.read();
        if (filter < 0) {
            return true;
        }
        byte[] last = row;
        row = above;
        above = last;
        if (in.readNBytes(row, 0, row.length) < row.length) {
            throw new EOFException("the content ends within a row");
        }
        undo(filter);
        next = 0;
        return false;
    }

    private void undo(int filter) throws IOException {
        if (filter > 4) {
            throw new IOException("expected a filter of 0 to 4, found " + filter);
        }
        for (int i = 0; i < row.length && filter > 0; i++) {
            int left = i < pixel ? 0 : row[i - pixel] & 0xff;
            int up = above[i] & 0xff;
            int corner = i < pixel ? 0 : above[i - pixel] & 0xff;
            row[i] += (byte)
                    switch (filter) {
                        case 1 -> left;
                        case 2 -> up;
                        case 3 -> (left + up) / 2;
                        default -> paeth(left, up, corner);
                    };
        }
    }

    private static int paeth(int left, int up, int corner) {
        int guess = left + up - corner;
        int toLeft = Math.abs(guess - left);
        int toUp = Math.abs(guess - up);
        int toCorner = Math.abs(guess - corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }
}
