package io.graphqlfiles.storage.gcs;

import com.google.api.client.http.AbstractHttpContent;
import io.graphqlfiles.internal.buffer.Piece;
import java.io.IOException;
import java.io.OutputStream;

/** Bytes that are held in memory as the body of a request, which can be repeated. */
final class PieceContent extends AbstractHttpContent {

    private final Piece piece;
    private final int from;
    private final int length;

    /** @param from which byte of the piece on */
    PieceContent(String contentType, Piece piece, int from) {
        super(contentType);
        this.piece = piece;
        this.from = from;
        this.length = piece.length() - from;
    }

    @Override
    public long getLength() {
        return length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        piece.writeTo(out, from);
        out.flush();
    }
}
