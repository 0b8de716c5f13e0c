package io.graphqlfiles.storage.fs;

import java.io.IOException;

/** The file next to a blob's bytes is not one that this store wrote. */
final class MalformedFactsException extends IOException {

    private static final long serialVersionUID = 1;

    MalformedFactsException(String message) {
        super(message);
    }
}
