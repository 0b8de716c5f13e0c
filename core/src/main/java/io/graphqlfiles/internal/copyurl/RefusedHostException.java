package io.graphqlfiles.internal.copyurl;

import java.net.UnknownHostException;

/** Brings the words for the client through the HTTP client, which knows of hosts only that they are unknown. */
final class RefusedHostException extends UnknownHostException {

    private static final long serialVersionUID = 1;

    private final UrlFetchException refusal;

    RefusedHostException(UrlFetchException refusal) {
        super(refusal.getMessage());
        this.refusal = refusal;
    }

    UrlFetchException refusal() {
        return refusal;
    }
}
