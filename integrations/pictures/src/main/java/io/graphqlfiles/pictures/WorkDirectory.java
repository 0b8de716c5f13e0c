package io.graphqlfiles.pictures;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory for one job, for this process's user alone, gone with it. */
final class WorkDirectory implements Closeable {

    private final Path path;

    private WorkDirectory(Path path) {
        this.path = path;
    }

    static WorkDirectory in(Path parent) throws IOException {
        return new WorkDirectory(Files.createTempDirectory(parent, "graphql-files-variant"));
    }

    Path path() {
        return path;
    }

    /** A file in it, with which the directory goes when it is closed. */
    InputStream openLast(Path file) throws IOException {
        return new FilterInputStream(Files.newInputStream(file)) {
            @Override
            public void close() throws IOException {
                try {
                    super.close();
                } finally {
                    WorkDirectory.this.close();
                }
            }
        };
    }

    /** Deletes it with the files in it. */
    @Override
    public void close() throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(path);
    }
}
