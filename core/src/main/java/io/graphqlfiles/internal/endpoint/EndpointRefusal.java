package io.graphqlfiles.internal.endpoint;

import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** An answer of the file endpoint that ends the request early; for the client to read. */
final class EndpointRefusal extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String text;

    EndpointRefusal(int status, String text) {
        super(text, null, false, false);
        this.status = status;
        this.text = text;
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

    int status() {
        return status;
    }

    /** One line. */
    String text() {
        return text;
    }
}
