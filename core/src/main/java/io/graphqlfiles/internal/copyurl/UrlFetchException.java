package io.graphqlfiles.internal.copyurl;

import java.io.IOException;

/** Placeholder. */
public final class UrlFetchException extends IOException {

    private static final long serialVersionUID = 1;

    public UrlFetchException(String message) {
        super(message);
    }
}
