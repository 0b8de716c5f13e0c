package io.graphqlfiles.internal.multipart;

import static io.graphqlfiles.internal.multipart.MultipartRefusals.badRequest;
import static io.graphqlfiles.internal.multipart.MultipartRefusals.quote;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.graphqlfiles.FileLimits;
import io.graphqlfiles.internal.body.Drain;
import io.graphqlfiles.internal.body.PacedStream;
import io.graphqlfiles.internal.body.SpoolSpace;
import io.graphqlfiles.server.GraphQLMultipartRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A multipart request whose files stay on the connection. */
public final class StreamedMultipartRequest implements GraphQLMultipartRequest {

    /** A page of another origin cannot send one of these unless this server's CORS rules let it. */
    private static final List<String> PREFLIGHT_HEADERS = List.of(
            "GraphQL-Preflight", "Apollo-Require-Preflight", "X-Apollo-Operation-Name", "GraphQL-Require-Preflight");

    private final @Nullable String contentType;
    private final Function<String, @Nullable String> headers;
    private final PacedStream in;
    private final Settings settings;

    private Map<String, UploadPart> handles = Map.of();
    private @Nullable MultipartBody body;
    private byte @Nullable [] operations;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * What all requests of one instance have in common.
     *
     * @param spools for what must wait
     * @param batchedOperations whether an array of GraphQL requests is good too
     * @param nanoClock as {@link System#nanoTime}
     */
    public record Settings(
            FileLimits limits,
            LiveUploads uploads,
            UploadTypes types,
            SpoolSpace spools,
            boolean preflightRequired,
            boolean batchedOperations,
            LongSupplier nanoClock) {}

    /**
     * Reads nothing yet.
     *
     * @param headers gives a request header by name, null if it is absent
     * @param in the request's body; stays open
     */
    public StreamedMultipartRequest(
            @Nullable String contentType,
            Function<String, @Nullable String> headers,
            InputStream in,
            Settings settings) {
        this.contentType = contentType;
        this.headers = headers;
        this.in = new PacedStream(in, settings.limits().bytesPerSecond(), settings.nanoClock());
        this.settings = settings;
    }

    @Override
    public byte[] operations() throws IOException {
        if (closed.get()) {
            throw new IllegalStateException("the request is closed");
        }
        if (operations == null) {
            operations = read();
        }
        return operations;
    }

    private byte[] read() throws IOException {
        checkPreflight();
        checkEncoding();
        FileLimits limits = settings.limits();
        MultipartBody opened = new MultipartBody(in, boundary(), limits, settings.spools(), settings.nanoClock());
        body = opened;
        in.endWithin(limits.operationsTime());
        byte[] json = opened.readText("operations", limits.operationsText());
        String text = UploadMap.text("operations", json);
        UploadMap map = UploadMap.parse(opened.readText("map", limits.mapText()), limits.filesPerRequest());
        in.endWhenever();
        List<UploadMap.Mapping> mappings = map.findIn(text, settings.batchedOperations());
        if (mappings.isEmpty()) {
            return json;
        }
        boolean checked = settings.types().check(text, mappings);
        opened.expect(map.parts());
        return withHandles(text, mappings, opened, checked);
    }

    private byte[] withHandles(String text, List<UploadMap.Mapping> mappings, MultipartBody opened, boolean checked) {
        String prefix = settings.uploads().newPrefix();
        Map<String, UploadPart> byHandle = new LinkedHashMap<>();
        StringBuilder rewritten = new StringBuilder(text.length() + mappings.size() * 40);
        int copied = 0;
        for (UploadMap.Mapping mapping : mappings) {
            String handle = prefix + byHandle.size();
            byHandle.put(handle, new UploadPart(opened, mapping.part(), mapping.path(), checked));
            rewritten
                    .append(text, copied, mapping.offset())
                    .append('"')
                    .append(handle)
                    .append('"');
            copied = mapping.offset() + "null".length();
        }
        rewritten.append(text, copied, text.length());
        handles = byHandle;
        settings.uploads().addAll(byHandle);
        return rewritten.toString().getBytes(UTF_8);
    }

    /** Before a byte of the body: browsers send multipart bodies to any site without asking it first. */
    private void checkPreflight() {
        if (!settings.preflightRequired()) {
            return;
        }
        for (String name : PREFLIGHT_HEADERS) {
            String value = headers.apply(name);
            if (value != null && !value.isBlank()) {
                return;
            }
        }
        throw badRequest(
                "Expected a multipart request to have one of the headers " + String.join(", ", PREFLIGHT_HEADERS)
                        + " with any value, found none: it shows that a browser has asked this server for permission");
    }

    /** Before a byte of the body, which no parser could read. */
    private void checkEncoding() {
        String encoding = headers.apply("Content-Encoding");
        if (encoding != null && !encoding.isBlank() && !encoding.trim().equalsIgnoreCase("identity")) {
            throw MultipartRefusals.unsupported("Expected a multipart request without Content-Encoding, found "
                    + quote(encoding) + ": send the body as it is");
        }
    }

    private String boundary() {
        if (contentType == null || !MultipartType.isFormData(contentType)) {
            throw badRequest("Expected the Content-Type multipart/form-data");
        }
        try {
            return MultipartType.boundary(contentType);
        } catch (MalformedMultipartException e) {
            throw badRequest("Malformed multipart request: " + e.getMessage());
        }
    }

    @Override
    public boolean isAtEnd() {
        return body != null && body.isAtEnd();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        settings.uploads().removeAll(handles.keySet());
        if (body != null) {
            body.close();
            return;
        }
        Drain.drain(in, settings.limits(), settings.nanoClock());
    }
}
