package io.graphqlfiles.internal.tus;

import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileField;
import io.graphqlfiles.internal.directupload.DirectUploads;
import io.graphqlfiles.internal.directupload.FileUpload;
import io.graphqlfiles.internal.directupload.SequentialUpload;
import io.graphqlfiles.internal.directupload.SequentialUpload.Position;
import io.graphqlfiles.internal.directupload.TusUrls;
import io.graphqlfiles.internal.directupload.UploadTokens.Claims;
import io.graphqlfiles.internal.endpoint.EndpointRefusal;
import io.graphqlfiles.internal.mime.FileNames;
import io.graphqlfiles.internal.schema.FileFields;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.spi.BlobStoreException;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates uploads, tells how far they are, goes on with them and ends them. */
final class TusUploads {

    private static final Logger LOG = LoggerFactory.getLogger(TusUploads.class);

    private final DirectUploads uploads;
    private final Supplier<FileFields> fields;
    private final TusUrls urls;
    private final TusBodies bodies;
    private final TusTurns turns = new TusTurns();

    TusUploads(DirectUploads uploads, Supplier<FileFields> fields, TusUrls urls, TusBodies bodies) {
        this.uploads = uploads;
        this.fields = fields;
        this.urls = urls;
        this.bodies = bodies;
    }

    /** An upload, and how much of it there is. */
    record State(Claims claims, long offset) {}

    /** The field that a permission is for. */
    FileField field(TusUrls.Creation creation) throws EndpointRefusal {
        FileField field = fields.get().find(creation.field());
        if (field == null) {
            throw new EndpointRefusal(404, "There is no such field any more.");
        }
        return uploads.field(field, creation.caller());
    }

    /**
     * Begins an upload, and receives what comes with the request.
     *
     * @param byteSize as announced
     * @throws FileException if the field would not take such a file
     */
    State create(TusUrls.Creation creation, long byteSize, TusMetadata metadata, FileEndpointRequest request)
            throws IOException, EndpointRefusal {
        FileField field = field(creation);
        boolean hasBody =
                request.contentLength() > 0 || (request.contentLength() < 0 && request.header("Content-Type") != null);
        if (hasBody) {
            TusBodies.requireType(request);
            TusBodies.requireLength(request, byteSize);
        }
        String fileName = metadata.fileName();
        FileUpload begun = uploads.start(
                field,
                fileName == null ? FileNames.defaultName("application/octet-stream") : fileName,
                metadata.mimeType(),
                byteSize,
                true,
                creation.caller());
        Claims claims = begun.claims();
        SequentialUpload upload = uploads.sequential(claims);
        if (begun.tusUrl() == null) {
            uploads.abort(begun.token(), creation.caller());
            throw new EndpointRefusal(413, "The upload is too large for this protocol.");
        }
        upload.storeIfEmpty();
        return new State(claims, hasBody ? receiveFirst(claims, upload, request) : 0);
    }

    /** If this fails nobody learns the upload's URL, so it is given up. */
    private long receiveFirst(Claims claims, SequentialUpload upload, FileEndpointRequest request)
            throws IOException, EndpointRefusal {
        try {
            return receive(claims, upload, 0, request);
        } catch (IOException | RuntimeException | EndpointRefusal e) {
            try {
                upload.abort();
            } catch (BlobStoreException remains) {
                LOG.warn("An upload that failed could not be deleted; the sweep will delete it", remains);
            }
            throw e;
        }
    }

    /** What has been received; ends a request that still receives. */
    State look(Claims claims) throws IOException, EndpointRefusal {
        SequentialUpload upload = uploads.sequential(claims);
        return turns.alone(claims.key(), () -> {
            upload.storeIfEmpty();
            return new State(claims, upload.position().byteSize());
        });
    }

    /**
     * Goes on with an upload.
     *
     * @param offset where the client believes it to be
     */
    State append(Claims claims, long offset, FileEndpointRequest request) throws IOException, EndpointRefusal {
        SequentialUpload upload = uploads.sequential(claims);
        TusBodies.requireType(request);
        if (offset > upload.byteSize()) {
            throw TusReceiver.conflict();
        }
        return new State(claims, receive(claims, upload, offset, request));
    }

    private long receive(Claims claims, SequentialUpload upload, long offset, FileEndpointRequest request)
            throws IOException, EndpointRefusal {
        long room = upload.byteSize() - offset;
        return bodies.read(request, room, body -> {
            try (TusTurns.Turn turn = turns.take(claims.key())) {
                Position position = upload.position();
                if (position.byteSize() != offset) {
                    throw TusReceiver.conflict();
                }
                TusBodies.requireLength(request, room);
                try (TusReceiver receiver = new TusReceiver(upload, position, bodies.spool())) {
                    turn.receive(receiver);
                    return receiver.receive(body).byteSize();
                }
            }
        });
    }

    /** Deletes what has been received; nothing if the upload is over. */
    void terminate(Claims claims) throws IOException, EndpointRefusal {
        turns.alone(claims.key(), () -> {
            uploads.sequential(claims).abort();
            return claims;
        });
    }

    /** The URL of an upload, relative to the one it was created at. */
    String segment(Claims claims) {
        return urls.segment(claims);
    }

    /** A token for a mutation, as fresh as it can be. */
    String token(Claims claims) {
        return uploads.renew(claims).token();
    }

    /** In words of our own: what is wrong with a name or a type is not repeated where a browser shows it. */
    static EndpointRefusal refused(FileException e) {
        FileErrorCode code = e.code();
        int status = switch (code) {
            case FILE_TOO_LARGE, FILE_QUOTA_EXCEEDED -> 413;
            case FILE_TYPE_NOT_ACCEPTED -> 415;
            case FILE_FORBIDDEN, FILE_UNAUTHENTICATED -> 403;
            case FILE_TOKEN_INVALID, FILE_UPLOAD_INCOMPLETE -> 404;
            case FILE_TOKEN_EXPIRED -> 410;
            case FILE_SERVER_BUSY, FILE_STORE_UNAVAILABLE, FILE_CHECK_FAILED -> 503;
            default -> 400;
        };
        Object max = e.details().get("maxByteSize");
        String limit = max == null ? "" : ", at most " + max + " bytes";
        return new EndpointRefusal(status, "The upload was refused: " + code + limit + ".", status == 503 ? 10 : 0);
    }

    /** How many uploads are being looked at or received on this node. */
    int live() {
        return turns.count();
    }

    /** The largest file that the field takes this way; null if there is none that is known. */
    @Nullable
    Long maxByteSize(TusUrls.Creation creation) {
        FileField field = fields.get().find(creation.field());
        return field == null ? null : Long.valueOf(uploads.maxByteSize(field));
    }
}
