package io.graphqlfiles.maintenance;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.maintenance.FileStoreReport.Finding.Outcome;
import io.graphqlfiles.spi.BucketSetup;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link FileStoreDoctor#examine} has to say. Immutable.
 *
 * @param setup by the name of the store: how its bucket should be set up
 * @param findings in the order in which they were made
 */
public record FileStoreReport(Map<String, List<BucketSetup.Text>> setup, List<Finding> findings) {

    public FileStoreReport {
        setup = Collections.unmodifiableMap(new LinkedHashMap<>(setup));
        findings = List.copyOf(findings);
    }

    /** Whether something does not work. Warnings and what was not checked do not count. */
    public boolean hasProblems() {
        return findings.stream().anyMatch(finding -> finding.outcome() == Outcome.PROBLEM);
    }

    /**
     * All of it for people to read: for each store the set-up, then the findings. Holds no secret and no signed URL.
     */
    public String text() {
        StringBuilder text = new StringBuilder(4096);
        setup.forEach((store, texts) -> {
            heading(text, "Store " + store + ": set-up", '=');
            texts.forEach(piece -> append(text, piece));
            heading(text, "Store " + store + ": findings", '=');
            findings.stream()
                    .filter(finding -> finding.store().equals(store))
                    .forEach(finding -> text.append(finding).append(System.lineSeparator()));
            text.append(System.lineSeparator());
        });
        return text.toString();
    }

    private static void append(StringBuilder text, BucketSetup.Text piece) {
        heading(text, piece.purpose(), '-');
        if (!piece.command().isEmpty()) {
            text.append("# ").append(piece.command()).append(System.lineSeparator());
        }
        text.append(piece.text()).append(System.lineSeparator()).append(System.lineSeparator());
    }

    private static void heading(StringBuilder text, String heading, char line) {
        text.append(heading)
                .append(System.lineSeparator())
                .append(String.valueOf(line).repeat(heading.length()))
                .append(System.lineSeparator());
    }

    /**
     * What {@link FileStoreDoctor} found out about one thing. Holds no secret and no signed URL.
     *
     * @param store name of the store
     * @param check what was looked at, in a few words
     * @param outcome how it went
     * @param detail what was found, or why it was not checked
     * @param advice what to do; empty if there is nothing to do
     */
    public record Finding(String store, String check, Outcome outcome, String detail, String advice) {

        /** How a check went. */
        public enum Outcome {
            /** As it should be. */
            OK,
            /** Could not be looked at, for the reason that the detail gives. */
            NOT_CHECKED,
            /** Works, with something to know. */
            WARNING,
            /** Something that the fields need does not work, or is open to whom it should not be. */
            PROBLEM
        }

        public Finding {
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
}
