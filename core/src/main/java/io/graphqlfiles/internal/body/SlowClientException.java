package io.graphqlfiles.internal.body;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/** A client sends a body more slowly than {@link io.graphqlfiles.FileLimits} lets it. The message is for the client. */
public final class SlowClientException extends IOException {

    private static final long serialVersionUID = 1;

    public SlowClientException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }

    /** What a client does costs no stack trace. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
