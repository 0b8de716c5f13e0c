package io.graphqlfiles.storage.gcs;

import io.graphqlfiles.internal.buffer.Piece;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Checksums as the service writes them: it refuses what has another one. */
final class Checksums {

    private Checksums() {}

    /** That of one piece. */
    static String crc32c(Piece piece) {
        CRC32C sum = new CRC32C();
        update(sum, piece);
        return base64(sum);
    }

    /** Goes on with a piece. */
    static void update(CRC32C sum, Piece piece) {
        try {
            piece.writeTo(new CheckedOutputStream(OutputStream.nullOutputStream(), sum), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be read", e);
        }
    }

    /** In base64, big-endian. */
    static String base64(CRC32C sum) {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) sum.getValue())
                        .array());
    }
}
