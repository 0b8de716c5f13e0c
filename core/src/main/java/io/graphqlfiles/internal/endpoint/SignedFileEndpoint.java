package io.graphqlfiles.internal.endpoint;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileListener;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.blob.VariantKeys;
import io.graphqlfiles.internal.body.SlowClientException;
import io.graphqlfiles.internal.execution.FileListeners;
import io.graphqlfiles.internal.token.PathSigner;
import io.graphqlfiles.server.FileEndpoint;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.SignedUrl;
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

/** Answers requests by the signatures of their URLs and by what the stores have. */
public final class SignedFileEndpoint implements FileEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(FileEndpoint.class);

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "PUT", "OPTIONS");
    private static final Set<String> GET_PARAMETERS =
            Set.of(EndpointQuery.EXPIRES, EndpointQuery.DISPOSITION, EndpointQuery.SIGNATURE);

    private final Map<String, BlobStore> stores;
    private final @Nullable EndpointVariants variants;
    private final @Nullable EndpointRedirects redirects;
    private final EndpointSignatures signatures;
    private final Clock clock;
    private final EndpointHeaders headers;
    private final EndpointUploads uploads;
    private final FileListeners listeners;

    /**
     * Serves the stores that do not sign requests themselves.
     *
     * @param variants also of stores that do, as redirects are; null for neither
     * @param allowedOrigins whose scripts may read answers; {@code *} for all
     * @param bytesPerSecond as {@link io.graphqlfiles.FileLimits#bytesPerSecond()}
     */
    public SignedFileEndpoint(
            Map<String, BlobStore> stores,
            @Nullable EndpointVariants variants,
            PathSigner signer,
            Clock clock,
            List<String> allowedOrigins,
            FileListeners listeners,
            ByteSize bytesPerSecond) {
        this.stores = new LinkedHashMap<>(stores);
        // Files of a store with a server of its own are not to be had by a second way.
        this.stores.values().removeIf(DirectAccess.class::isInstance);
        this.variants = variants;
        this.redirects = variants == null ? null : variants.redirects();
        this.signatures = new EndpointSignatures(signer);
        this.clock = clock;
        this.listeners = listeners;
        this.headers = new EndpointHeaders(allowedOrigins);
        this.uploads = new EndpointUploads(signatures, clock, bytesPerSecond);
    }

    @Override
    public FileEndpointResponse handle(FileEndpointRequest request) throws IOException {
        if (listeners.isEmpty()) {
            return answer(request);
        }
        long start = System.nanoTime();
        EndpointResponse answer = answer(request);
        return answer.whenClosed(sent -> listeners.served(served(request, answer.status(), sent, start)));
    }

    /** Of what the client says, only what is one of a few: it must not be able to make metrics without end. */
    private FileListener.Served served(FileEndpointRequest request, int status, long sentBytes, long start) {
        String method = METHODS.contains(request.method()) ? request.method() : "OTHER";
        boolean isStored = request.method().equals("PUT") && status < 300;
        return new FileListener.Served(
                method,
                EndpointTarget.storeOf(request, stores.keySet()),
                status,
                isStored ? request.contentLength() : 0,
                sentBytes,
                FileListeners.since(start));
    }

    private EndpointResponse answer(FileEndpointRequest request) throws IOException {
        String origin = request.header("Origin");
        try {
            return switch (request.method()) {
                case "GET", "HEAD" -> get(request, origin);
                case "PUT" -> {
                    EndpointTarget target = EndpointTarget.of(request);
                    yield uploads.take(request, target, () -> store(target), headers.common(origin));
                }
                case "OPTIONS" -> EndpointResponse.empty(204, headers.options(origin));
                default ->
                    EndpointResponse.text(405, headers.notAllowed(origin), "Expected GET, HEAD, PUT or OPTIONS.", true);
            };
        } catch (EndpointRefusal refusal) {
            Map<String, String> refused = headers.common(origin);
            if (refusal.retryAfter() > 0) {
                refused.put("Retry-After", Integer.toString(refusal.retryAfter()));
            }
            return EndpointResponse.text(
                    refusal.status(), refused, refusal.text(), !request.method().equals("HEAD"));
        } catch (SlowClientException e) {
            return EndpointResponse.text(408, headers.common(origin), e.getMessage() + ".", true);
        } catch (BlobStoreException e) {
            LOG.error("A store failed for the file endpoint", e);
            return EndpointResponse.text(
                    503,
                    headers.common(origin),
                    "The file store is not available; try again later.",
                    !request.method().equals("HEAD"));
        }
    }

    private EndpointResponse get(FileEndpointRequest request, @Nullable String origin) throws EndpointRefusal {
        EndpointTarget target = EndpointTarget.of(request);
        EndpointQuery query = target.query();
        Long expires = permitGet(target);
        EndpointVariants making = isSigned(query) && VariantKeys.isVariant(target.key()) ? variants : null;
        boolean isHead = request.method().equals("HEAD");
        if (making != null && !isHead && making.isElsewhere(target, stores.keySet())) {
            return EndpointResponse.empty(
                    302, making.redirect(target, headers.common(origin), expires, clock.instant()));
        }
        SignedUrl elsewhere = redirects == null || isHead ? null : redirects.elsewhere(target);
        if (elsewhere != null) {
            return EndpointResponse.empty(
                    302, EndpointRedirects.headers(elsewhere, headers.common(origin), expires, clock.instant()));
        }
        BlobStore store = isHead ? storeOfHead(target) : store(target);
        BlobInfo blob = store.stat(target.key());
        if (blob == null && making != null) {
            blob = making.make(target);
        }
        if (blob == null) {
            throw EndpointRefusal.notFound();
        }
        Map<String, String> answer = headers.validators(
                origin,
                blob,
                expires == null ? null : Long.valueOf(EndpointHeaders.secondsLeft(expires, clock.instant())));
        Conditions conditions =
                new Conditions(request.headers(), EndpointHeaders.entityTag(blob.version()), blob.createdAt());
        switch (conditions.evaluate()) {
            case NOT_MODIFIED -> {
                return EndpointResponse.empty(304, answer);
            }
            case PRECONDITION_FAILED ->
                throw new EndpointRefusal(412, "The file is not the one that the request expects.");
            case PROCEED -> EndpointHeaders.describe(answer, blob, query.text(EndpointQuery.DISPOSITION));
        }
        if (isHead) {
            answer.put("Content-Length", Long.toString(blob.byteSize()));
            return EndpointResponse.empty(200, answer);
        }
        RangeHeader range =
                conditions.permitRange() ? RangeHeader.parse(request.header("Range"), blob.byteSize()) : null;
        return range == null ? whole(store, blob, answer) : part(store, blob, range, answer, origin);
    }

    /** Anybody may ask for what is public; only who was given its URL may have it made. */
    private static boolean isSigned(EndpointQuery query) {
        return query.text(EndpointQuery.SIGNATURE) != null;
    }

    private static EndpointResponse whole(BlobStore store, BlobInfo blob, Map<String, String> answer)
            throws EndpointRefusal {
        answer.put("Content-Length", Long.toString(blob.byteSize()));
        return EndpointResponse.of(200, answer, open(store, blob, ByteRange.whole()), blob.byteSize());
    }

    private EndpointResponse part(
            BlobStore store, BlobInfo blob, RangeHeader range, Map<String, String> answer, @Nullable String origin)
            throws EndpointRefusal {
        if (range.isUnsatisfiable()) {
            Map<String, String> refused = headers.common(origin);
            refused.put("Content-Range", range.contentRange(blob.byteSize()));
            return EndpointResponse.text(
                    416, refused, "The file has " + blob.byteSize() + " bytes, none of which are in the range.", true);
        }
        answer.put("Content-Length", Long.toString(range.length()));
        answer.put("Content-Range", range.contentRange(blob.byteSize()));
        return EndpointResponse.of(
                206, answer, open(store, blob, new ByteRange(range.first(), range.length())), range.length());
    }

    private static InputStream open(BlobStore store, BlobInfo blob, ByteRange range) throws EndpointRefusal {
        try {
            return store.open(blob.key(), range);
        } catch (BlobNotFoundException e) {
            throw EndpointRefusal.notFound(); // deleted since we looked
        }
    }

    /** When the permission ends; null if it never does. */
    private @Nullable Long permitGet(EndpointTarget target) throws EndpointRefusal {
        EndpointQuery query = target.query();
        boolean isPublic = FileKeys.visibilityOf(target.key()) == Visibility.PUBLIC;
        if (query.isEmpty() && isPublic) {
            return null;
        }
        String signature = query.text(EndpointQuery.SIGNATURE);
        Long expires = query.number(EndpointQuery.EXPIRES);
        if (signature == null
                || !query.hasOnly(GET_PARAMETERS)
                || (expires == null && (!isPublic || query.text(EndpointQuery.EXPIRES) != null))
                || !signatures.verifyGet(
                        target.store(), target.key(), expires, query.text(EndpointQuery.DISPOSITION), signature)) {
            throw EndpointRefusal.invalid();
        }
        EndpointRefusal.requireUnexpired(expires, clock);
        return expires;
    }

    /** Answered here for files that are read elsewhere too: what is signed for GET, other servers refuse to HEAD. */
    private BlobStore storeOfHead(EndpointTarget target) throws EndpointRefusal {
        BlobStore elsewhere = redirects == null ? null : redirects.store(target.store());
        return elsewhere == null ? store(target) : elsewhere;
    }

    private BlobStore store(EndpointTarget target) throws EndpointRefusal {
        BlobStore store = stores.get(target.store());
        if (store == null) {
            throw EndpointRefusal.notFound();
        }
        return store;
    }
}
