package io.graphqlfiles.servlet;

import java.io.IOException;

/**
 * The client was answered and goes on sending. Thrown to the container, which closes the connection then; it would else
 * read on by itself.
 */
final class EndlessBodyException extends IOException {

    private static final long serialVersionUID = 1;

    EndlessBodyException() {
        super("The client has its answer and does not end its request");
    }

    /** What a client does costs no stack trace. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
