package io.graphqlfiles.server;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/**
 * A multipart request breaks a rule and never reaches GraphQL: answer it with {@link #status()} and the message, which
 * names the rule and is for the client. It carries no stack trace.
 */
public final class MultipartRequestException extends RuntimeException {

    private static final long serialVersionUID = 1;

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
        try {
            return Json.MAPPER.writeValueAsBytes(
                    Map.of("errors", List.of(Map.of("message", getMessage(), "extensions", Map.of("code", code)))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The words for the client. */
    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }

    /** Made when the first answer needs it: most applications never refuse a request. */
    private static final class Json {

        static final ObjectMapper MAPPER = new ObjectMapper();
    }
}
