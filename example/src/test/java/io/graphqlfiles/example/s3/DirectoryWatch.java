package io.graphqlfiles.example.s3;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is made or changed in a directory and those below it, also if it is gone again by the time anybody looks. */
final class DirectoryWatch implements AutoCloseable {

    private final Path root;
    private final WatchService watch;

    DirectoryWatch(Path root) throws IOException {
        this.root = root;
        this.watch = root.getFileSystem().newWatchService();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path directory : paths.filter(Files::isDirectory).toList()) {
                directory.register(watch, ENTRY_CREATE, ENTRY_MODIFY);
            }
        }
    }

    /** What has happened since the last time. */
    List<String> events() {
        List<String> events = new ArrayList<>();
        for (WatchKey key = watch.poll(); key != null; key = watch.poll()) {
            for (WatchEvent<?> event : key.pollEvents()) {
                events.add(event.kind() + " " + key.watchable() + " " + event.context());
            }
            key.reset();
        }
        return events;
    }

    /** Bytes in files now. */
    long byteSize() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }
}
