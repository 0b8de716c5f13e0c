package io.graphqlfiles.internal.multipart;

import java.io.EOFException;

/**
 * The body ended before its closing boundary: the sender was cut off, so whatever was read of the last part is not all
 * of it.
 */
public final class TruncatedMultipartException extends EOFException {

    private static final long serialVersionUID = 1;

    TruncatedMultipartException() {
        super("the multipart body ended before its closing boundary");
    }

    /** What a client does costs no stack trace. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
