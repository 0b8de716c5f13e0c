package io.graphqlfiles.spi.media;

import java.io.IOException;

/** The content is not what its type says: it breaks off, or its parts cannot be distinguished. */
public final class MalformedContentException extends IOException {

    private static final long serialVersionUID = 1;

    /** @param message what is wrong, for logs */
    public MalformedContentException(String message) {
        super(message);
    }
}
