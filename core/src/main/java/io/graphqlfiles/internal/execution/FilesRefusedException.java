package io.graphqlfiles.internal.execution;

import java.util.List;

/** Files of one call were refused; carries every mistake that is known. */
public final class FilesRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Refusal> refusals;

    public FilesRefusedException(List<Refusal> refusals) {
        super("files were refused", null, false, false);
        this.refusals = List.copyOf(refusals);
    }

    List<Refusal> refusals() {
        return refusals;
    }
}
