package io.graphqlfiles.internal.endpoint;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.internal.body.PacedStream;
import io.graphqlfiles.internal.mime.ContentTypes;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.UploadedPart;
import io.graphqlfiles.spi.Visibility;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/** Takes direct uploads at the file endpoint: whole blobs and parts. Bodies go straight on into the store. */
final class EndpointUploads {

    private static final Set<String> WHOLE =
            Set.of(EndpointQuery.EXPIRES, EndpointQuery.SIZE, EndpointQuery.TYPE, EndpointQuery.SIGNATURE);
    private static final Set<String> PART = Set.of(
            EndpointQuery.EXPIRES,
            EndpointQuery.SIZE,
            EndpointQuery.UPLOAD,
            EndpointQuery.PART,
            EndpointQuery.SIGNATURE);

    private final EndpointSignatures signatures;
    private final Clock clock;
    private final ByteSize bytesPerSecond;

    /** @param bytesPerSecond as {@link io.graphqlfiles.FileLimits#bytesPerSecond()} */
    EndpointUploads(EndpointSignatures signatures, Clock clock, ByteSize bytesPerSecond) {
        this.signatures = signatures;
        this.clock = clock;
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Finds the store once the request is known to be permitted. */
    interface StoreLookup {
        BlobStore find() throws EndpointRefusal;
    }

    /**
     * Takes the body of a request.
     *
     * @param answer headers that every answer has; added to
     * @throws IOException if the body cannot be read to its end; nothing of it is stored then
     */
    EndpointResponse take(
            FileEndpointRequest request, EndpointTarget target, StoreLookup store, Map<String, String> answer)
            throws IOException, EndpointRefusal {
        answer.put("Content-Length", "0");
        answer.put("Cache-Control", "no-store");
        if (target.query().text(EndpointQuery.PART) != null) {
            // S3 answers parts so, and clients made for it, Uppy among them, wait for it.
            answer.put(
                    "ETag",
                    EndpointHeaders.entityTag(takePart(request, target, store).version()));
            return EndpointResponse.empty(200, answer);
        }
        BlobInfo stored = takeWhole(request, target, store);
        answer.put("ETag", EndpointHeaders.entityTag(stored.version()));
        return EndpointResponse.empty(201, answer);
    }

    private BlobInfo takeWhole(FileEndpointRequest request, EndpointTarget target, StoreLookup lookup)
            throws IOException, EndpointRefusal {
        long byteSize = permitWhole(target);
        String type = String.valueOf(target.query().text(EndpointQuery.TYPE));
        requireLength(request, byteSize);
        requireType(request, type);
        BlobStore store = lookup.find();
        try {
            if (store.stat(target.key()) != null) {
                throw alreadyReceived(); // before gigabytes are sent in vain
            }
            return store.put(
                    new PutRequest(target.key(), byteSize, type, "attachment", Visibility.PRIVATE), paced(request));
        } catch (BlobAlreadyExistsException e) {
            throw alreadyReceived();
        } catch (BlobIntegrityException e) {
            throw otherLength(byteSize);
        }
    }

    private InputStream paced(FileEndpointRequest request) {
        return new PacedStream(request.body(), bytesPerSecond, System::nanoTime);
    }

    private long permitWhole(EndpointTarget target) throws EndpointRefusal {
        EndpointQuery query = target.query();
        String signature = query.text(EndpointQuery.SIGNATURE);
        String type = query.text(EndpointQuery.TYPE);
        Long expires = query.number(EndpointQuery.EXPIRES);
        Long byteSize = query.number(EndpointQuery.SIZE);
        if (signature == null
                || type == null
                || expires == null
                || byteSize == null
                || !query.hasOnly(WHOLE)
                || !signatures.verifyPut(target.store(), target.key(), expires, byteSize, type, signature)) {
            throw EndpointRefusal.invalid();
        }
        EndpointRefusal.requireUnexpired(expires, clock);
        return byteSize;
    }

    private UploadedPart takePart(FileEndpointRequest request, EndpointTarget target, StoreLookup lookup)
            throws IOException, EndpointRefusal {
        PutPartRequest part = permitPart(target);
        requireLength(request, part.byteSize());
        if (!(lookup.find() instanceof PartUploads store)) {
            throw EndpointRefusal.invalid(); // signed when the store was another one
        }
        try {
            return store.putPart(part, paced(request));
        } catch (BlobNotFoundException e) {
            throw new EndpointRefusal(404, "There is no such upload; it was completed or aborted.");
        } catch (BlobIntegrityException e) {
            throw otherLength(part.byteSize());
        }
    }

    private PutPartRequest permitPart(EndpointTarget target) throws EndpointRefusal {
        EndpointQuery query = target.query();
        String signature = query.text(EndpointQuery.SIGNATURE);
        String upload = query.text(EndpointQuery.UPLOAD);
        Long number = query.number(EndpointQuery.PART);
        Long expires = query.number(EndpointQuery.EXPIRES);
        Long byteSize = query.number(EndpointQuery.SIZE);
        if (signature == null
                || upload == null
                || number == null
                || expires == null
                || byteSize == null
                || !query.hasOnly(PART)
                || !signatures.verifyPart(target.store(), target.key(), upload, number, expires, byteSize, signature)) {
            throw EndpointRefusal.invalid();
        }
        EndpointRefusal.requireUnexpired(expires, clock);
        return new PutPartRequest(new PartUpload(target.key(), upload), Math.toIntExact(number), byteSize);
    }

    private static void requireLength(FileEndpointRequest request, long byteSize) throws EndpointRefusal {
        long length = request.contentLength();
        if (length < 0) {
            throw new EndpointRefusal(411, "Expected a Content-Length of " + byteSize + ".");
        }
        if (length != byteSize) {
            throw new EndpointRefusal(
                    length > byteSize ? 413 : 400,
                    "Expected a body of " + byteSize + " bytes, found one of " + length + ".");
        }
    }

    private static void requireType(FileEndpointRequest request, String type) throws EndpointRefusal {
        String sent = request.header("Content-Type");
        if (sent == null || !(sent.equals(type) || type.equals(ContentTypes.parse(sent)))) {
            throw new EndpointRefusal(415, "Expected the Content-Type " + type + ".");
        }
    }

    private static EndpointRefusal otherLength(long byteSize) {
        return new EndpointRefusal(400, "Expected a body of " + byteSize + " bytes.");
    }

    private static EndpointRefusal alreadyReceived() {
        return new EndpointRefusal(409, "The upload is already complete.");
    }
}
