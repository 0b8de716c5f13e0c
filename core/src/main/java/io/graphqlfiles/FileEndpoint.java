package io.graphqlfiles;

import io.graphqlfiles.internal.endpoint.Conditions;
import io.graphqlfiles.internal.endpoint.RangeHeader;
import io.graphqlfiles.internal.mime.ContentTypes;
import io.graphqlfiles.internal.token.PathSigner;
import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobKeys;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.PutBlob;
import io.graphqlfiles.spi.Visibility;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the files of stores that have no server of their own, and takes direct uploads to them. For server adapters:
 * the servlet module has one. It knows no users: whoever has a URL that this library signed may do what the URL says
 * until it expires, and everybody may read what is public.
 *
 * <p>Thread-safe. Calls block.
 */
public final class FileEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(FileEndpoint.class);

    private static final Set<String> GET_PARAMETERS =
            Set.of(EndpointQuery.EXPIRES, EndpointQuery.DISPOSITION, EndpointQuery.SIGNATURE);
    private static final Set<String> PUT_PARAMETERS =
            Set.of(EndpointQuery.EXPIRES, EndpointQuery.SIZE, EndpointQuery.TYPE, EndpointQuery.SIGNATURE);

    private final Map<String, BlobStore> stores;
    private final EndpointSignatures signatures;
    private final Clock clock;
    private final EndpointHeaders headers;

    /**
     * Serves the stores that do not sign requests themselves.
     *
     * @param allowedOrigins whose scripts may read answers; {@code *} for all
     */
    FileEndpoint(Map<String, BlobStore> stores, PathSigner signer, Clock clock, List<String> allowedOrigins) {
        this.stores = new LinkedHashMap<>(stores);
        // Files of a store with a server of its own are not to be had by a second way.
        this.stores.values().removeIf(DirectAccess.class::isInstance);
        this.signatures = new EndpointSignatures(signer);
        this.clock = clock;
        this.headers = new EndpointHeaders(allowedOrigins);
    }

    /**
     * Answers a request. What is wrong with the request or the store is an answer too, with a line of plain text that
     * names no internals.
     *
     * @return to be sent and closed by the caller
     * @throws IOException if the body of an upload cannot be read to its end; nothing of it is stored then, and there
     *     is nobody to answer
     */
    public FileEndpointResponse handle(FileEndpointRequest request) throws IOException {
        String origin = request.header("Origin");
        try {
            return switch (request.method()) {
                case "GET", "HEAD" -> get(request, origin);
                case "PUT" -> put(request, origin);
                case "OPTIONS" -> FileEndpointResponse.empty(204, headers.options(origin));
                default ->
                    FileEndpointResponse.text(
                            405, headers.notAllowed(origin), "Expected GET, HEAD, PUT or OPTIONS.", true);
            };
        } catch (Refusal refusal) {
            return FileEndpointResponse.text(
                    refusal.status,
                    headers.common(origin),
                    refusal.text,
                    !request.method().equals("HEAD"));
        } catch (BlobStoreException e) {
            LOG.error("A store failed for the file endpoint", e);
            return FileEndpointResponse.text(
                    503,
                    headers.common(origin),
                    "The file store is not available; try again later.",
                    !request.method().equals("HEAD"));
        }
    }

    private FileEndpointResponse get(FileEndpointRequest request, @Nullable String origin) throws Refusal {
        Target target = target(request);
        EndpointQuery query = target.query;
        Long expires = permitGet(target);
        BlobStore store = store(target);
        BlobInfo blob = store.stat(target.key);
        if (blob == null) {
            throw notFound();
        }
        Map<String, String> answer = headers.validators(
                origin,
                blob,
                expires == null ? null : Long.valueOf(EndpointHeaders.secondsLeft(expires, clock.instant())));
        Conditions conditions = new Conditions(request.headers(), EndpointHeaders.entityTag(blob), blob.createdAt());
        switch (conditions.evaluate()) {
            case NOT_MODIFIED -> {
                return FileEndpointResponse.empty(304, answer);
            }
            case PRECONDITION_FAILED -> throw new Refusal(412, "The file is not the one that the request expects.");
            case PROCEED -> EndpointHeaders.describe(answer, blob, query.text(EndpointQuery.DISPOSITION));
        }
        if (request.method().equals("HEAD")) {
            answer.put("Content-Length", Long.toString(blob.byteSize()));
            return FileEndpointResponse.empty(200, answer);
        }
        RangeHeader range =
                conditions.permitRange() ? RangeHeader.parse(request.header("Range"), blob.byteSize()) : null;
        return range == null ? whole(store, blob, answer) : part(store, blob, range, answer, origin);
    }

    private static FileEndpointResponse whole(BlobStore store, BlobInfo blob, Map<String, String> answer)
            throws Refusal {
        answer.put("Content-Length", Long.toString(blob.byteSize()));
        return FileEndpointResponse.of(200, answer, open(store, blob, ByteRange.whole()), blob.byteSize());
    }

    private FileEndpointResponse part(
            BlobStore store, BlobInfo blob, RangeHeader range, Map<String, String> answer, @Nullable String origin)
            throws Refusal {
        if (range.isUnsatisfiable()) {
            Map<String, String> refused = headers.common(origin);
            refused.put("Content-Range", range.contentRange(blob.byteSize()));
            return FileEndpointResponse.text(
                    416, refused, "The file has " + blob.byteSize() + " bytes, none of which are in the range.", true);
        }
        answer.put("Content-Length", Long.toString(range.length()));
        answer.put("Content-Range", range.contentRange(blob.byteSize()));
        return FileEndpointResponse.of(
                206, answer, open(store, blob, new ByteRange(range.first(), range.length())), range.length());
    }

    private static InputStream open(BlobStore store, BlobInfo blob, ByteRange range) throws Refusal {
        try {
            return store.open(blob.key(), range);
        } catch (BlobNotFoundException e) {
            throw notFound(); // deleted since we looked
        }
    }

    /** When the permission ends; null if it never does. */
    private @Nullable Long permitGet(Target target) throws Refusal {
        EndpointQuery query = target.query;
        boolean isPublic = FileKeys.visibilityOf(target.key) == Visibility.PUBLIC;
        if (query.isEmpty() && isPublic) {
            return null;
        }
        String signature = query.text(EndpointQuery.SIGNATURE);
        Long expires = query.number(EndpointQuery.EXPIRES);
        if (signature == null
                || !query.hasOnly(GET_PARAMETERS)
                || (expires == null && (!isPublic || query.text(EndpointQuery.EXPIRES) != null))
                || !signatures.verifyGet(
                        target.store, target.key, expires, query.text(EndpointQuery.DISPOSITION), signature)) {
            throw invalid();
        }
        requireUnexpired(expires);
        return expires;
    }

    private FileEndpointResponse put(FileEndpointRequest request, @Nullable String origin) throws IOException, Refusal {
        Target target = target(request);
        long byteSize = permitPut(target);
        String type = String.valueOf(target.query.text(EndpointQuery.TYPE));
        requireAgreedBody(request, byteSize, type);
        BlobStore store = store(target);
        try {
            if (store.stat(target.key) != null) {
                throw arrived(); // before gigabytes are sent in vain
            }
            BlobInfo stored = store.put(
                    new PutBlob(target.key, byteSize, type, "attachment", Visibility.PRIVATE), request.body());
            Map<String, String> answer = headers.common(origin);
            answer.put("ETag", EndpointHeaders.entityTag(stored));
            answer.put("Content-Length", "0");
            answer.put("Cache-Control", "no-store");
            return FileEndpointResponse.empty(201, answer);
        } catch (BlobAlreadyExistsException e) {
            throw arrived();
        } catch (BlobIntegrityException e) {
            throw new Refusal(400, "Expected a body of " + byteSize + " bytes.");
        }
    }

    private long permitPut(Target target) throws Refusal {
        EndpointQuery query = target.query;
        String signature = query.text(EndpointQuery.SIGNATURE);
        String type = query.text(EndpointQuery.TYPE);
        Long expires = query.number(EndpointQuery.EXPIRES);
        Long byteSize = query.number(EndpointQuery.SIZE);
        if (signature == null
                || type == null
                || expires == null
                || byteSize == null
                || !query.hasOnly(PUT_PARAMETERS)
                || !signatures.verifyPut(target.store, target.key, expires, byteSize, type, signature)) {
            throw invalid();
        }
        requireUnexpired(expires);
        return byteSize;
    }

    private static void requireAgreedBody(FileEndpointRequest request, long byteSize, String type) throws Refusal {
        long length = request.contentLength();
        if (length < 0) {
            throw new Refusal(411, "Expected a Content-Length of " + byteSize + ".");
        }
        if (length != byteSize) {
            throw new Refusal(
                    length > byteSize ? 413 : 400,
                    "Expected a body of " + byteSize + " bytes, found one of " + length + ".");
        }
        String sent = request.header("Content-Type");
        if (sent == null || !(sent.equals(type) || type.equals(ContentTypes.parse(sent)))) {
            throw new Refusal(415, "Expected the Content-Type " + type + ".");
        }
    }

    private void requireUnexpired(@Nullable Long expires) throws Refusal {
        if (expires != null && clock.instant().getEpochSecond() >= expires) {
            throw new Refusal(403, "The URL has expired.");
        }
    }

    /** Paths are compared as they came: keys need no escapes, so one that has any is not ours. */
    private static Target target(FileEndpointRequest request) throws Refusal {
        String path = request.path();
        int slash = path.indexOf('/', 1);
        if (!path.startsWith("/") || slash < 0) {
            throw notFound();
        }
        String key = path.substring(slash + 1);
        if (!BlobKeys.isValid(key)) {
            throw notFound();
        }
        EndpointQuery query = EndpointQuery.parse(request.query());
        if (query == null) {
            throw invalid();
        }
        return new Target(path.substring(1, slash), key, query);
    }

    private BlobStore store(Target target) throws Refusal {
        BlobStore store = stores.get(target.store);
        if (store == null) {
            throw notFound();
        }
        return store;
    }

    private static Refusal invalid() {
        return new Refusal(403, "The URL is not valid.");
    }

    private static Refusal notFound() {
        return new Refusal(404, "There is no such file.");
    }

    private static Refusal arrived() {
        return new Refusal(409, "The upload has already arrived.");
    }

    private record Target(String store, String key, EndpointQuery query) {}

    /** An answer that ends the request early; for the client to read. */
    private static final class Refusal extends Exception {

        private static final long serialVersionUID = 1;

        private final int status;
        private final String text;

        Refusal(int status, String text) {
            super(text, null, false, false);
            this.status = status;
            this.text = text;
        }
    }
}
