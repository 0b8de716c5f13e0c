package io.graphqlfiles.internal.tus;

import io.graphqlfiles.internal.endpoint.EndpointHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of the protocol's answers, with those of every answer of the file endpoint. */
final class TusHeaders {

    static final String VERSION = "1.0.0";
    static final String RESUMABLE = "Tus-Resumable";
    static final String OFFSET = "Upload-Offset";
    static final String LENGTH = "Upload-Length";
    static final String METADATA = "Upload-Metadata";
    static final String EXPIRES = "Upload-Expires";
    static final String CHECKSUM = "Upload-Checksum";
    /** What the client passes on as {@code directUploadToken}. */
    static final String TOKEN = "Graphql-Files-Token";

    private static final String METHODS = "POST, HEAD, PATCH, DELETE, OPTIONS";
    private static final String EXTENSIONS = "creation,creation-with-upload,expiration,checksum,termination";

    private final EndpointHeaders endpoint;

    TusHeaders(EndpointHeaders endpoint) {
        this.endpoint = endpoint;
    }

    Map<String, String> common(@Nullable String origin) {
        Map<String, String> headers = endpoint.common(origin);
        headers.put(
                "Access-Control-Expose-Headers",
                "Location, Tus-Resumable, Tus-Version, Tus-Extension, Tus-Max-Size, Tus-Checksum-Algorithm, "
                        + "Upload-Offset, Upload-Length, Upload-Metadata, Upload-Expires, " + TOKEN);
        headers.put(RESUMABLE, VERSION);
        headers.put("Cache-Control", "no-store");
        return headers;
    }

    Map<String, String> notAllowed(@Nullable String origin) {
        Map<String, String> headers = common(origin);
        headers.put("Allow", METHODS);
        return headers;
    }

    Map<String, String> otherVersion(@Nullable String origin) {
        Map<String, String> headers = common(origin);
        headers.put("Tus-Version", VERSION);
        return headers;
    }

    /** Also for the preflight requests of browsers: whatever clients are made to send, nothing else is looked at. */
    Map<String, String> options(@Nullable String origin, @Nullable Long maxByteSize) {
        Map<String, String> headers = notAllowed(origin);
        headers.put("Tus-Version", VERSION);
        headers.put("Tus-Extension", EXTENSIONS);
        headers.put("Tus-Checksum-Algorithm", TusChecksum.ALGORITHMS);
        if (maxByteSize != null) {
            headers.put("Tus-Max-Size", maxByteSize.toString());
        }
        headers.put("Access-Control-Allow-Methods", METHODS);
        headers.put(
                "Access-Control-Allow-Headers",
                "authorization, content-type, tus-resumable, upload-checksum, upload-concat, upload-defer-length, "
                        + "upload-length, upload-metadata, upload-offset, x-http-method-override, x-request-id, "
                        + "x-requested-with");
        headers.put("Access-Control-Max-Age", "86400");
        return headers;
    }
}
