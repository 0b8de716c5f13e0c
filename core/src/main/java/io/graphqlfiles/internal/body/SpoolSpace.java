package io.graphqlfiles.internal.body;

import io.graphqlfiles.ByteSize;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** The room that temporary files of all requests share. Thread-safe. */
public final class SpoolSpace {

    private final Path directory;
    private final long maxBytes;
    private final AtomicLong used = new AtomicLong();

    /** @param directory exists */
    public SpoolSpace(Path directory, ByteSize maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes.bytes();
    }

    Path directory() {
        return directory;
    }

    /** False if there is no room for so many bytes; none are taken then. */
    public boolean take(long bytes) {
        long before = used.getAndUpdate(now -> bytes > maxBytes - now ? now : now + bytes);
        return bytes <= maxBytes - before;
    }

    public void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    public long used() {
        return used.get();
    }
}
