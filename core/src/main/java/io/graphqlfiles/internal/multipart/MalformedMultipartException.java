package io.graphqlfiles.internal.multipart;

import java.io.IOException;

/** What was received is not {@code multipart/form-data}. The message is for the client. */
public final class MalformedMultipartException extends IOException {

    private static final long serialVersionUID = 1;

    MalformedMultipartException(String message) {
        super(message);
    }

    /** What a client does costs no stack trace. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
