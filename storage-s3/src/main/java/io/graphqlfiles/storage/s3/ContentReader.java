package io.graphqlfiles.storage.s3;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.PutBlob;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongFunction;

/** Reads a caller's stream piece by piece, and holds it to the length that was promised. Not thread-safe. */
final class ContentReader {

    private static final int NONE = -1;

    private final InputStream content;
    private final long promised;
    private final int pieceByteSize;
    private final LongFunction<BufferMemory.Share> memory;
    private final Mismatch mismatch;

    private int ahead = NONE;
    private long read;
    private boolean ended;

    /**
     * @param promised the length of the content, or {@link PutBlob#UNKNOWN_SIZE}
     * @param pieceByteSize of every piece but the last
     * @param memory gives each piece its share, for so many bytes at the most
     * @param mismatch says what is thrown if the length is another one
     */
    ContentReader(
            InputStream content,
            long promised,
            int pieceByteSize,
            LongFunction<BufferMemory.Share> memory,
            Mismatch mismatch) {
        this.content = requireNonNull(content, "content");
        this.promised = promised;
        this.pieceByteSize = pieceByteSize;
        this.memory = memory;
        this.mismatch = mismatch;
    }

    /**
     * Reads on. The piece grows with what comes, so that small content, and a slow client, take little memory; it may
     * have to wait for more.
     *
     * @return to be closed by the caller
     * @throws BlobIntegrityException if the content is longer or shorter than promised
     * @throws io.graphqlfiles.spi.BlobStoreException if there is no memory for the piece
     * @throws IOException the very exception of the stream
     */
    Piece next() throws IOException {
        long most = promised == PutBlob.UNKNOWN_SIZE ? pieceByteSize : Math.min(pieceByteSize, promised - read);
        Piece piece = new Piece(memory.apply(Math.max(0, most - Piece.FIRST_SEGMENT)));
        try {
            fill(piece, most);
        } catch (IOException | RuntimeException | Error e) {
            piece.close();
            throw e;
        }
        return piece;
    }

    /** The length of all pieces so far. */
    long byteSize() {
        return read;
    }

    /** Whether the last piece was the last. */
    boolean hasEnded() {
        return ended;
    }

    private void fill(Piece piece, long most) throws IOException {
        while (piece.length() < most && !ended) {
            if (piece.room() > 0) {
                ended = piece.read(content) < 0;
            } else {
                int next = nextByte();
                if (next >= 0) {
                    piece.grow(most - piece.length());
                    piece.add(next);
                }
            }
        }
        read += piece.length();
        piece.settle();
        if (!ended) {
            // Whether this was the last piece decides how it is sent.
            ahead = nextByte();
        }
        if (promised != PutBlob.UNKNOWN_SIZE && !ended && read == promised) {
            throw mismatch.of(promised + " bytes", "more");
        }
        if (promised != PutBlob.UNKNOWN_SIZE && ended && read != promised) {
            throw mismatch.of(promised + " bytes", read + " bytes");
        }
    }

    /** The next byte; -1 at the end. */
    private int nextByte() throws IOException {
        int next = ahead != NONE ? ahead : content.read();
        ahead = NONE;
        ended = next < 0;
        return next;
    }

    /** Says what to throw. */
    interface Mismatch {
        BlobIntegrityException of(String expected, String found);
    }
}
