package io.graphqlfiles.internal.directupload;

import io.graphqlfiles.FileException;
import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A direct upload whose bytes come one after the other, and stop anywhere. Whole parts are parts of the store; what
 * there is of the next one waits in {@link PartPieces} until the rest of it comes. Everything is in the store, so any
 * node can go on, also after this one was killed. For any number of threads; see {@link #append} for what happens when
 * two go on at once.
 */
public final class SequentialUpload {

    /** Of one part; from so many on, only the whole rest of it is stored. */
    public static final int MAX_PIECES = PartPieces.MAX_COUNT;

    private final BlobStore store;
    private final UploadTokens.Claims claims;
    private final @Nullable PartPlan plan;
    private final @Nullable PartUpload upload;

    /** @param claims of an upload in parts, or of an empty file */
    SequentialUpload(BlobStore store, UploadTokens.Claims claims) {
        this.store = store;
        this.claims = claims;
        this.plan = claims.plan();
        this.upload = claims.partUpload();
    }

    /**
     * What has been received without a gap.
     *
     * @param byteSize how much that is
     * @param part the part that is to go on; one more than there are if everything has been received
     * @param pieces how many pieces there are of it
     */
    public record Position(long byteSize, int part, int pieces) {}

    /** Length of the whole. */
    public long byteSize() {
        return claims.byteSize();
    }

    /**
     * Asks the store.
     *
     * @throws FileException if the upload is over: given up, or swept
     */
    public Position position() {
        PartPlan parts = plan;
        if (parts == null) {
            return new Position(0, 1, 0);
        }
        UploadProgress progress = inParts(parts).progress();
        int next = progress.isEverything(parts) ? parts.count() + 1 : progress.firstMissing();
        if (next > parts.count()) {
            return new Position(parts.byteSize(), next, 0);
        }
        PartPieces.Found pieces = pieces(next).find();
        return new Position(parts.offset(next) + pieces.byteSize(), next, pieces.count());
    }

    /** How many bytes from that position on complete its part. */
    public long missing(Position from) {
        PartPlan parts = plan;
        return parts == null || from.part() > parts.count()
                ? 0
                : parts.offset(from.part()) + parts.byteSize(from.part()) - from.byteSize();
    }

    /** What {@link #append} reads, as often as it likes. */
    public interface Content {
        InputStream open();
    }

    /**
     * Stores what comes next: the rest of a part, or a piece of it. If two do so from the same position, the same bytes
     * from both do no harm.
     *
     * @param byteSize of the content; at most {@link #missing}
     * @return where it goes on; null if nothing was stored because another call has stored a piece from there, or
     *     because there are too many pieces
     * @throws FileException if the upload is over
     */
    public @Nullable Position append(Position from, Content content, long byteSize) throws IOException {
        PartPlan parts = plan;
        PartUpload parted = upload;
        if (parts == null || parted == null) {
            throw new IllegalStateException("an empty file has nothing to append");
        }
        PartPieces pieces = pieces(from.part());
        try {
            if (byteSize < missing(from)) {
                return pieces.add(from.pieces(), from.byteSize() - parts.offset(from.part()), content.open(), byteSize)
                        ? new Position(from.byteSize() + byteSize, from.part(), from.pieces() + 1)
                        : null;
            }
            try (InputStream whole = pieces.before(from.pieces(), content.open())) {
                takesParts().putPart(new PutPartRequest(parted, from.part(), parts.byteSize(from.part())), whole);
            }
        } catch (BlobAlreadyExistsException | BlobIntegrityException e) {
            return null; // somebody else goes on with it
        } catch (BlobNotFoundException e) {
            if (inParts(parts).progress().has(from.part())) {
                return null;
            }
            throw UploadInParts.aborted();
        }
        pieces.delete(from.pieces());
        return new Position(from.byteSize() + byteSize, from.part() + 1, 0);
    }

    /** An empty file is complete when it is announced. Repeating is harmless. */
    public void storeIfEmpty() throws IOException {
        if (plan == null && store.stat(claims.key()) == null) {
            try {
                store.put(
                        new PutRequest(claims.key(), 0, claims.mimeType(), "attachment", Visibility.PRIVATE),
                        InputStream.nullInputStream());
            } catch (BlobAlreadyExistsException e) {
                return; // as it should be
            }
        }
    }

    /** Leaves nothing, also if it was complete. */
    public void abort() {
        PartPlan parts = plan;
        if (parts == null) {
            store.delete(List.of(claims.key()));
            return;
        }
        deletePieces();
        inParts(parts).abort();
    }

    /** Of the part that is to go on; does nothing if the upload is over. */
    void deletePieces() {
        try {
            Position at = position();
            pieces(at.part()).delete(at.pieces());
        } catch (FileException e) {
            return; // given up by somebody else, who has done this
        }
    }

    private PartPieces pieces(int part) {
        return new PartPieces(store, claims.key(), part);
    }

    private UploadInParts inParts(PartPlan parts) {
        PartUpload parted = upload;
        if (parted == null) {
            throw new IllegalStateException("a plan belongs to an upload in parts");
        }
        return new UploadInParts(store, parted, parts);
    }

    private PartUploads takesParts() {
        if (store instanceof PartUploads takesParts) {
            return takesParts;
        }
        throw UploadTokens.invalid("The upload was started in a store that this server no longer has.");
    }
}
