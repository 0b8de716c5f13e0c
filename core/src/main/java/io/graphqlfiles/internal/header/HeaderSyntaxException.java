package io.graphqlfiles.internal.header;

import static java.util.Objects.requireNonNull;

/** A header is not what it must be. */
public final class HeaderSyntaxException extends Exception {

    private static final long serialVersionUID = 1;

    HeaderSyntaxException(String message) {
        super(message);
    }

    /** What was expected. */
    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }
}
