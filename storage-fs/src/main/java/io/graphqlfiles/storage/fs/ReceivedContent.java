package io.graphqlfiles.storage.fs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * What was found while the bytes of a stream passed to the disk.
 *
 * @param size how many there were
 * @param checksum in the form of {@link io.graphqlfiles.spi.BlobInfo#checksum()}
 */
record ReceivedContent(long size, String checksum) {

    /** Most files are small. */
    private static final int FIRST_BUFFER = 8 * 1024;

    private static final int BUFFER = 64 * 1024;

    /**
     * Copies a stream into a new file.
     *
     * @param file must not exist
     * @param atMost where to stop even if there is more
     * @param beforeMore called once there may be more than the first buffer holds, before that is read
     * @throws WriteFailedException if the file cannot be written
     * @throws IOException the very exception of the stream
     */
    static ReceivedContent receive(Path file, InputStream content, long atMost, Runnable beforeMore)
            throws IOException {
        CRC32C crc = new CRC32C();
        long size = 0;
        byte[] buffer = new byte[(int) Math.min(FIRST_BUFFER, atMost)];
        try (Sink sink = new Sink(file)) {
            while (size < atMost) {
                int read = content.read(buffer, 0, (int) Math.min(buffer.length, atMost - size));
                if (read < 0) {
                    break;
                }
                sink.write(buffer, read);
                crc.update(buffer, 0, read);
                size += read;
                if (size >= FIRST_BUFFER && buffer.length < BUFFER) {
                    beforeMore.run();
                    buffer = new byte[BUFFER];
                }
            }
        }
        return new ReceivedContent(size, "crc32c:" + HexFormat.of().toHexDigits((int) crc.getValue()));
    }

    /** Keeps the failures of the file apart from those of the stream. */
    private static final class Sink implements AutoCloseable {

        private final OutputStream out;

        Sink(Path file) {
            try {
                // Not a FileChannel: an interrupt would close it in the middle of a write.
                out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw new WriteFailedException(e);
            }
        }

        void write(byte[] buffer, int length) {
            try {
                out.write(buffer, 0, length);
            } catch (IOException e) {
                throw new WriteFailedException(e);
            }
        }

        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw new WriteFailedException(e);
            }
        }
    }

    /** The file could not be written; never leaves this package. */
    static final class WriteFailedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final IOException failure;

        WriteFailedException(IOException failure) {
            super(failure);
            this.failure = failure;
        }

        IOException failure() {
            return failure;
        }
    }
}
