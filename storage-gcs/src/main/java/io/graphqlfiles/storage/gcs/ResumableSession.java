package io.graphqlfiles.storage.gcs;

import static io.graphqlfiles.storage.gcs.Checksums.base64;

import com.google.api.services.storage.model.StorageObject;
import com.google.cloud.storage.StorageException;
import io.graphqlfiles.internal.buffer.Piece;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An upload whose bytes come in several requests, in order. The service may keep fewer of them than were sent, and when
 * an answer is lost only the service knows how many: then it is asked. Not thread-safe.
 */
final class ResumableSession {

    private static final String BINARY = "application/octet-stream";

    private final UploadRequests requests;
    private final Retries retries;
    private final String url;
    private final CRC32C sum = new CRC32C();
    private long sent;
    private long received;
    private boolean isKnown = true;

    /** @param url of the session, which lets whoever has it go on with the upload: never to be shown */
    ResumableSession(UploadRequests requests, Retries retries, String url) {
        this.requests = requests;
        this.retries = retries;
        this.url = url;
    }

    /**
     * Sends the next bytes.
     *
     * @param piece a multiple of 256 KiB, but for the last
     * @return the object that was made, after the last piece; null before
     * @throws StorageException if they cannot be sent, or it is not known whether they have been received
     */
    @Nullable
    StorageObject send(Piece piece, boolean isLast) {
        long start = sent;
        sent += piece.length();
        Checksums.update(sum, piece);
        return retries.call(() -> attempt(piece, start, isLast)).orElse(null);
    }

    /** Gives the upload up: nothing of it is left. What goes wrong is added to the failure that is the reason. */
    void cancel(Throwable reason) {
        try {
            requests.cancel(url);
        } catch (StorageException e) {
            // Its bytes are never seen, and the service drops them after a week.
            reason.addSuppressed(e);
        }
    }

    private Optional<StorageObject> attempt(Piece piece, long start, boolean isLast) throws IOException {
        if (!isKnown) {
            UploadRequests.Progress progress = requests.put(url, "bytes */*", null, null);
            isKnown = true;
            if (progress.object() != null) {
                return Optional.of(ended(progress.object(), isLast));
            }
            received = progress.received();
        }
        while (isLast || received < sent) {
            if (received < start || received > sent) {
                throw new OutOfStepException(
                        "expected " + start + " to " + sent + " bytes at the service, found " + received);
            }
            UploadRequests.Progress progress = put(piece, (int) (received - start), isLast);
            if (progress.object() != null) {
                return Optional.of(ended(progress.object(), isLast));
            }
            boolean advanced = progress.received() > received;
            received = progress.received();
            if (!advanced) {
                throw new IOException("expected the service to keep some of what was sent, found that it did not");
            }
        }
        return Optional.empty();
    }

    private static StorageObject ended(StorageObject object, boolean isLast) throws OutOfStepException {
        if (!isLast) {
            throw new OutOfStepException("expected an upload that goes on, found one that has ended");
        }
        return object;
    }

    private UploadRequests.Progress put(Piece piece, int from, boolean isLast) throws IOException {
        String total = isLast ? Long.toString(sent) : "*";
        boolean isEmpty = from == piece.length();
        String range = isEmpty ? "bytes */" + total : "bytes " + received + "-" + (sent - 1) + "/" + total;
        isKnown = false;
        UploadRequests.Progress progress = requests.put(
                url,
                range,
                isEmpty ? null : new PieceContent(BINARY, piece, from),
                isLast ? "crc32c=" + base64(sum) : null);
        isKnown = true;
        return progress;
    }

    /** The service has lost what it had, or has what nobody sent: no repetition helps. */
    static final class OutOfStepException extends IOException {

        private static final long serialVersionUID = 1;

        OutOfStepException(String message) {
            super(message);
        }
    }
}
