package io.graphqlfiles.internal.tus;

import io.graphqlfiles.FileException;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.FileListener;
import io.graphqlfiles.internal.body.SlowClientException;
import io.graphqlfiles.internal.body.SpoolSpace;
import io.graphqlfiles.internal.directupload.DirectUploads;
import io.graphqlfiles.internal.directupload.TusUrls;
import io.graphqlfiles.internal.directupload.UploadTokens.Claims;
import io.graphqlfiles.internal.endpoint.EndpointHeaders;
import io.graphqlfiles.internal.endpoint.EndpointRefusal;
import io.graphqlfiles.internal.endpoint.EndpointResponse;
import io.graphqlfiles.internal.endpoint.HttpDates;
import io.graphqlfiles.internal.execution.FileListeners;
import io.graphqlfiles.internal.schema.FileFields;
import io.graphqlfiles.internal.token.TokenException;
import io.graphqlfiles.server.FileEndpoint;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import io.graphqlfiles.spi.BlobStoreException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks tus 1.0.0 below {@link TusUrls#PATH}, and hands on everything else. The specification is at
 * https://tus.io/protocols/resumable-upload; ADR 100 says what we make of it.
 */
public final class TusFileEndpoint implements FileEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(FileEndpoint.class);

    private static final Set<String> METHODS = Set.of("POST", "HEAD", "PATCH", "DELETE", "OPTIONS");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final FileEndpoint others;
    private final TusUploads uploads;
    private final TusUrls urls;
    private final TusHeaders headers;
    private final FileListeners listeners;
    private final String base;

    /**
     * Adds the protocol.
     *
     * @param others answers what is for none of our URLs
     * @param base what the answer to a creation puts before the path of an upload; empty if its URL is to be relative
     */
    public TusFileEndpoint(
            FileEndpoint others,
            DirectUploads uploads,
            Supplier<FileFields> fields,
            TusUrls urls,
            FileLimits limits,
            SpoolSpace space,
            List<String> allowedOrigins,
            FileListeners listeners,
            String base) {
        this.others = others;
        this.uploads = new TusUploads(uploads, fields, urls, new TusBodies(space, limits));
        this.urls = urls;
        this.headers = new TusHeaders(new EndpointHeaders(allowedOrigins));
        this.listeners = listeners;
        this.base = base;
    }

    /** What is told of a request once it is over. */
    private static final class Facts {
        private @Nullable String store;
        private long received;
    }

    @Override
    public FileEndpointResponse handle(FileEndpointRequest request) throws IOException {
        if (!request.path().startsWith(TusUrls.PATH)) {
            return others.handle(request);
        }
        long start = System.nanoTime();
        String asked = request.header("X-HTTP-Method-Override");
        String method = asked == null ? request.method() : asked.toUpperCase(Locale.ROOT);
        Facts facts = new Facts();
        EndpointResponse answer = answer(method, request, facts);
        return answer.whenClosed(sent -> listeners.served(new FileListener.Served(
                METHODS.contains(method) ? method : "OTHER",
                facts.store,
                answer.status(),
                facts.received,
                sent,
                FileListeners.since(start))));
    }

    private EndpointResponse answer(String method, FileEndpointRequest request, Facts facts) throws IOException {
        String origin = request.header("Origin");
        boolean withBody = !request.method().equals("HEAD");
        String segment = request.path().substring(TusUrls.PATH.length());
        try {
            if (method.equals("OPTIONS")) {
                return EndpointResponse.empty(204, headers.options(origin, maxByteSize(segment)));
            }
            if (!TusHeaders.VERSION.equals(request.header(TusHeaders.RESUMABLE))) {
                return EndpointResponse.text(
                        412, headers.otherVersion(origin), "Expected Tus-Resumable: 1.0.0.", withBody);
            }
            return switch (method) {
                case "POST" -> create(segment, request, headers.common(origin), facts);
                case "HEAD" -> look(segment, headers.common(origin), facts);
                case "PATCH" -> append(segment, request, headers.common(origin), facts);
                case "DELETE" -> terminate(segment, headers.common(origin), facts);
                default ->
                    EndpointResponse.text(
                            405,
                            headers.notAllowed(origin),
                            "Expected POST, HEAD, PATCH, DELETE or OPTIONS.",
                            withBody);
            };
        } catch (TokenException e) {
            String text = e.isExpired() ? "The URL has expired." : "There is no such upload.";
            return EndpointResponse.text(e.isExpired() ? 410 : 404, headers.common(origin), text, withBody);
        } catch (FileException e) {
            return refused(TusUploads.refused(e), origin, withBody);
        } catch (EndpointRefusal e) {
            return refused(e, origin, withBody);
        } catch (SlowClientException e) {
            return EndpointResponse.text(408, headers.common(origin), e.getMessage() + ".", withBody);
        } catch (BlobStoreException e) {
            LOG.error("A store failed for the file endpoint", e);
            return refused(
                    new EndpointRefusal(503, "The file store is not available; try again later.", 10),
                    origin,
                    withBody);
        }
    }

    private EndpointResponse refused(EndpointRefusal refusal, @Nullable String origin, boolean withBody) {
        Map<String, String> answer = headers.common(origin);
        if (refusal.retryAfter() > 0) {
            answer.put("Retry-After", Integer.toString(refusal.retryAfter()));
        }
        return EndpointResponse.text(refusal.status(), answer, refusal.text(), withBody);
    }

    private @Nullable Long maxByteSize(String segment) {
        try {
            return uploads.maxByteSize(urls.openCreation(segment));
        } catch (TokenException e) {
            return null; // of an upload, or nothing of ours
        }
    }

    private EndpointResponse create(
            String segment, FileEndpointRequest request, Map<String, String> answer, Facts facts)
            throws IOException, EndpointRefusal, TokenException {
        TusUrls.Creation creation = urls.openCreation(segment);
        facts.store = uploads.field(creation).store();
        if (request.header("Upload-Concat") != null || request.header("Upload-Defer-Length") != null) {
            throw new EndpointRefusal(
                    400, "Expected an Upload-Length, and neither Upload-Concat nor Upload-Defer-Length.");
        }
        long byteSize = number(request, TusHeaders.LENGTH);
        TusMetadata metadata = TusMetadata.parse(request.header(TusHeaders.METADATA));
        TusUploads.State created = uploads.create(creation, byteSize, metadata, request);
        facts.received = created.offset();
        String url = uploads.segment(created.claims());
        answer.put("Location", base.isEmpty() ? url : base + TusUrls.PATH + url);
        answer.put(TusHeaders.OFFSET, Long.toString(created.offset()));
        describe(created.claims(), answer);
        answer.put("Content-Length", "0");
        return EndpointResponse.empty(201, answer);
    }

    private EndpointResponse look(String segment, Map<String, String> answer, Facts facts)
            throws IOException, EndpointRefusal, TokenException {
        Claims claims = open(segment, facts);
        TusUploads.State state = uploads.look(claims);
        answer.put(TusHeaders.OFFSET, Long.toString(state.offset()));
        answer.put(TusHeaders.LENGTH, Long.toString(claims.byteSize()));
        answer.put(TusHeaders.METADATA, TusMetadata.format(claims.fileName(), claims.mimeType()));
        describe(claims, answer);
        return EndpointResponse.empty(200, answer);
    }

    private EndpointResponse append(
            String segment, FileEndpointRequest request, Map<String, String> answer, Facts facts)
            throws IOException, EndpointRefusal, TokenException {
        Claims claims = open(segment, facts);
        long offset = number(request, TusHeaders.OFFSET);
        TusUploads.State state = uploads.append(claims, offset, request);
        facts.received = state.offset() - offset;
        answer.put(TusHeaders.OFFSET, Long.toString(state.offset()));
        describe(claims, answer);
        return EndpointResponse.empty(204, answer);
    }

    private EndpointResponse terminate(String segment, Map<String, String> answer, Facts facts)
            throws IOException, EndpointRefusal, TokenException {
        uploads.terminate(open(segment, facts));
        return EndpointResponse.empty(204, answer);
    }

    private Claims open(String segment, Facts facts) throws TokenException {
        Claims claims = urls.openUpload(segment);
        facts.store = claims.store();
        return claims;
    }

    private void describe(Claims claims, Map<String, String> answer) {
        answer.put(TusHeaders.EXPIRES, HttpDates.format(urls.expiry(claims)));
        answer.put(TusHeaders.TOKEN, uploads.token(claims));
    }

    private static long number(FileEndpointRequest request, String header) throws EndpointRefusal {
        String value = request.header(header);
        if (value == null || !NUMBER.matcher(value).matches()) {
            throw new EndpointRefusal(400, header + ": expected a whole number of bytes, 0 or more.");
        }
        return Long.parseLong(value);
    }

    /** How many uploads are being looked at or received on this node. */
    int live() {
        return uploads.live();
    }

    @Override
    public String toString() {
        return "TusFileEndpoint";
    }
}
