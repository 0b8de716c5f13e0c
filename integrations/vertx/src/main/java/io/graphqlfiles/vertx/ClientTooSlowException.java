package io.graphqlfiles.vertx;

import java.io.IOException;

/** A client has sent nothing for too long. */
final class ClientTooSlowException extends IOException {

    private static final long serialVersionUID = 1;

    ClientTooSlowException() {
        super("The client has sent nothing for too long");
    }
}
