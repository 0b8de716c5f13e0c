package io.graphqlfiles.internal.endpoint;

import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** An answer of the file endpoint that ends the request early; for the client to read. */
public final class EndpointRefusal extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String text;
    private final int retryAfter;

    public EndpointRefusal(int status, String text) {
        this(status, text, 0);
    }

    /** @param retryAfter in seconds; 0 if that would not help */
    public EndpointRefusal(int status, String text, int retryAfter) {
        super(text, null, false, false);
        this.status = status;
        this.text = text;
        this.retryAfter = retryAfter;
    }

    static EndpointRefusal invalid() {
        return new EndpointRefusal(403, "The URL is not valid.");
    }

    static EndpointRefusal notFound() {
        return new EndpointRefusal(404, "There is no such file.");
    }

    /** @param expires seconds since the epoch, exclusive; null if the URL never expires */
    static void requireUnexpired(@Nullable Long expires, Clock clock) throws EndpointRefusal {
        if (expires != null && clock.instant().getEpochSecond() >= expires) {
            throw new EndpointRefusal(403, "The URL has expired.");
        }
    }

    public int status() {
        return status;
    }

    /** In seconds; 0 if to try again would not help. */
    public int retryAfter() {
        return retryAfter;
    }

    /** One line. */
    public String text() {
        return text;
    }
}
