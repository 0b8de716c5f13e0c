package io.graphqlfiles.internal.copyurl;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A URL could not be copied. The message is for the client and reveals nothing of this server's network; the cause is
 * for logs only. It is an {@link IOException} so that it passes through whoever reads the content.
 */
public final class UrlFetchException extends IOException {

    private static final long serialVersionUID = 1;

    /** What went wrong. */
    public enum Reason {
        /** The URL, or one that it redirects to, is none that this server fetches from. */
        FORBIDDEN,
        /** Nothing, or nothing usable, was answered. */
        UNREACHABLE,
        /** The content is longer than permitted. */
        TOO_LARGE,
        /** The server fetches as much as it may at once; another time it will work. */
        BUSY
    }

    private final Reason reason;

    UrlFetchException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason");
    }

    static UrlFetchException forbidden(String message) {
        return new UrlFetchException(Reason.FORBIDDEN, message, null);
    }

    static UrlFetchException busy() {
        return new UrlFetchException(
                Reason.BUSY,
                "the server copies as many files from URLs as it may at once; try again in a moment",
                null);
    }

    static UrlFetchException unreachable(String message, @Nullable Throwable cause) {
        return new UrlFetchException(Reason.UNREACHABLE, message, cause);
    }

    static UrlFetchException tooLarge(long maxBytes) {
        return new UrlFetchException(
                Reason.TOO_LARGE, "the content of the URL is longer than " + maxBytes + " bytes", null);
    }

    /** What went wrong. */
    public Reason reason() {
        return reason;
    }

    /** The words for the client. */
    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }
}
