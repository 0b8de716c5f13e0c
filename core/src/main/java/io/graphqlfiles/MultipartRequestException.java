package io.graphqlfiles;

import static java.util.Objects.requireNonNull;

/**
 * A multipart request breaks a rule and never reaches GraphQL: answer it with {@link #status()} and the message, which
 * names the rule and is for the client.
 */
public final class MultipartRequestException extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int MAX_QUOTED = 60;

    private final int status;

    private MultipartRequestException(int status, String message) {
        super(message);
        this.status = status;
    }

    static MultipartRequestException badRequest(String message) {
        return new MultipartRequestException(400, message);
    }

    static MultipartRequestException tooLarge(String message) {
        return new MultipartRequestException(413, message);
    }

    /** A client's text in a message for that client: shortened, and free of control characters. */
    static String quote(String text) {
        String shortened = text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "...";
        return "\"" + shortened.replaceAll("[\\p{Cntrl}\"\\\\]", "?") + "\"";
    }

    /** The HTTP status to answer with: 400, or 413 for what is too much. */
    public int status() {
        return status;
    }

    /** The words for the client. */
    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }
}
