package io.graphqlfiles.maintenance;

import io.graphqlfiles.maintenance.StoreFinding.Outcome;
import io.graphqlfiles.spi.BucketSetupText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link FileStoreDoctor#examine} has to say. Immutable.
 *
 * @param setup by the name of the store: how its bucket is to be set up
 * @param findings in the order in which they were made
 */
public record FileStoreReport(Map<String, List<BucketSetupText>> setup, List<StoreFinding> findings) {

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

    private static void append(StringBuilder text, BucketSetupText piece) {
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
}
