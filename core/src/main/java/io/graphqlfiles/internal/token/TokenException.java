package io.graphqlfiles.internal.token;

/** A token could not be opened. */
public final class TokenException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean expired;

    TokenException(boolean expired) {
        // Nothing of why it is invalid is reported, and no stack trace made: garbage must be cheap and teach nothing.
        super(expired ? "the token has expired" : "the token is invalid", null, false, false);
        this.expired = expired;
    }

    /** Whether the token was a good one for its purpose and is no longer; otherwise it never was. */
    public boolean isExpired() {
        return expired;
    }
}
