package io.graphqlfiles.server;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.internal.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A multipart request breaks a rule and never reaches GraphQL: answer it with {@link #status()} and the message, which
 * names the rule and is for the client. It carries no stack trace.
 */
public final class MultipartRequestException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final String GRAPHQL_JSON = "application/graphql-response+json;charset=UTF-8";
    /** Unless its weight is nothing (RFC 9110, section 12.4.2). */
    private static final Pattern GRAPHQL = Pattern.compile(
            "(?i)(?:^|,)\\s*application/graphql-response\\+json\\s*(?=[;,]|$)(?![^,]*;\\s*q=0(?:\\.0*)?\\s*(?:[;,]|$))");

    private final int status;

    /**
     * A refusal.
     *
     * @param status 400, 408, 413 or 415
     * @param message names the rule, for the client
     */
    public MultipartRequestException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /**
     * The HTTP status to answer with: 400; 408 for what comes too slowly, 413 for what is too much, 415 for a body that
     * is packed.
     */
    public int status() {
        return status;
    }

    /** The body to answer with, in JSON and UTF-8: a GraphQL error with the words and a code. */
    public byte[] responseBody() {
        String code = switch (status) {
            case 408 -> "REQUEST_TIMEOUT";
            case 413 -> "PAYLOAD_TOO_LARGE";
            case 415 -> "UNSUPPORTED_MEDIA_TYPE";
            default -> "BAD_REQUEST";
        };
        return JsonText.write(
                        Map.of("errors", List.of(Map.of("message", getMessage(), "extensions", Map.of("code", code)))))
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The media type to answer with: that of GraphQL if the client accepts it, because some clients read no errors out
     * of JSON with a status other than 200.
     *
     * @param accept the header of the request, its lines joined by commas; null if it has none
     */
    public static String responseType(@Nullable String accept) {
        return accept != null && GRAPHQL.matcher(accept).find() ? GRAPHQL_JSON : "application/json;charset=UTF-8";
    }

    /** The words for the client. */
    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }
}
