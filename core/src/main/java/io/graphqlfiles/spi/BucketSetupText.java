package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

/**
 * A piece of configuration for a service's own tools.
 *
 * @param purpose what it is for, in a few words
 * @param command what it is applied with, the text being in the file that the command names; empty if the text itself
 *     is commands
 * @param text ready to use but for names in capitals, without a line break at its end; no secrets
 */
public record BucketSetupText(String purpose, String command, String text) {

    public BucketSetupText {
        requireNonNull(purpose, "purpose");
        requireNonNull(command, "command");
        requireNonNull(text, "text");
    }
}
