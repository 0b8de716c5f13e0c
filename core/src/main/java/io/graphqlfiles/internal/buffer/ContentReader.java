package io.graphqlfiles.internal.buffer;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;

/** Reads a caller's stream piece by piece, and holds it to the length that was promised. Not thread-safe. */
public final class ContentReader {

    /** A length that nobody has promised. */
    public static final long UNKNOWN_SIZE = -1;

    private static final int NONE = -1;

    private final InputStream content;
    private final long promised;
    private final int pieceByteSize;
    private final BufferMemory memory;
    private final UploadFailures failures;

    private int ahead = NONE;
    private long read;
    private boolean ended;

    /**
     * @param promised the length of the content, or {@link #UNKNOWN_SIZE}
     * @param pieceByteSize of every piece but the last
     * @param memory gives each piece its share
     * @param failures says what is thrown if the length is another one, or there is no memory
     */
    public ContentReader(
            InputStream content, long promised, int pieceByteSize, BufferMemory memory, UploadFailures failures) {
        this.content = requireNonNull(content, "content");
        this.promised = promised;
        this.pieceByteSize = pieceByteSize;
        this.memory = memory;
        this.failures = failures;
    }

    /**
     * Reads on. The piece grows with what comes, so that small content, and a slow client, take little memory; it may
     * have to wait for more.
     *
     * @return to be closed by the caller
     * @throws RuntimeException if the content is longer or shorter than promised, or there is no memory for the piece
     * @throws IOException the very exception of the stream
     */
    public Piece next() throws IOException {
        long most = promised == UNKNOWN_SIZE ? pieceByteSize : Math.min(pieceByteSize, promised - read);
        Piece piece = new Piece(memory.share(Math.max(0, most - Piece.FIRST_SEGMENT), failures));
        try {
            fill(piece, most);
        } catch (IOException | RuntimeException | Error e) {
            piece.close();
            throw e;
        }
        return piece;
    }

    /** The length of all pieces so far. */
    public long byteSize() {
        return read;
    }

    /** Whether the last piece was the last. */
    public boolean hasEnded() {
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
        if (promised != UNKNOWN_SIZE && !ended && read == promised) {
            throw failures.notAsPromised(promised + " bytes", "more");
        }
        if (promised != UNKNOWN_SIZE && ended && read != promised) {
            throw failures.notAsPromised(promised + " bytes", read + " bytes");
        }
    }

    /** The next byte; -1 at the end. */
    private int nextByte() throws IOException {
        int next = ahead != NONE ? ahead : content.read();
        ahead = NONE;
        ended = next < 0;
        return next;
    }
}
