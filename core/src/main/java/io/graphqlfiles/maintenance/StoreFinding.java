package io.graphqlfiles.maintenance;

import static java.util.Objects.requireNonNull;

/**
 * What {@link FileStoreDoctor} found out about one thing. Holds no secret and no signed URL.
 *
 * @param store name of the store
 * @param check what was looked at, in a few words
 * @param outcome how it went
 * @param detail what was found, or why it was not checked
 * @param advice what to do; empty if there is nothing to do
 */
public record StoreFinding(String store, String check, Outcome outcome, String detail, String advice) {

    /** How a check went. */
    public enum Outcome {
        /** As it should be. */
        OK,
        /** Could not be looked at, for the reason that the detail tells. */
        NOT_CHECKED,
        /** Works, with something to know. */
        WARNING,
        /** Something that the fields need does not work, or is open to whom it should not be. */
        PROBLEM
    }

    public StoreFinding {
        requireNonNull(store, "store");
        requireNonNull(check, "check");
        requireNonNull(outcome, "outcome");
        requireNonNull(detail, "detail");
        requireNonNull(advice, "advice");
    }

    /** One line, and one more with the advice if there is some. */
    @Override
    public String toString() {
        String line = String.format("%-12s%s: %s", outcome, check, detail);
        return advice.isEmpty() ? line : line + System.lineSeparator() + " ".repeat(12) + "-> " + advice;
    }
}
