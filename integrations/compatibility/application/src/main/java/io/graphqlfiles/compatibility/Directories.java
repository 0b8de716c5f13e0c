package io.graphqlfiles.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where an application keeps its files, and where temporary files of it and its server would be found. */
public record Directories(Path files, Path temporaryFiles) {

    /** New and empty, below the module's own build directory. */
    public static Directories create() {
        try {
            Path parent =
                    Files.createDirectories(Path.of("target", "applications").toAbsolutePath());
            Path directory = Files.createTempDirectory(parent, "");
            return new Directories(directory.resolve("files"), Files.createDirectories(directory.resolve("temporary")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
