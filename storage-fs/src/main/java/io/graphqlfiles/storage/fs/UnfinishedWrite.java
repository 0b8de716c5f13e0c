package io.graphqlfiles.storage.fs;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A blob's directory while nobody can see it, under {@code <root>/.unfinished}: before it is complete, or after it was
 * deleted. What a process that died leaves there is told apart from what is alive by the moment in the directory's name.
 */
final class UnfinishedWrite {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ATTEMPTS = 10;

    private final Path directory;
    private final String id;

    private UnfinishedWrite(Path directory, String id) {
        this.directory = directory;
        this.id = id;
    }

    static UnfinishedWrite begin(BlobPaths paths, Instant now) throws IOException {
        UnfinishedWrite write = reserve(paths, now);
        Files.createDirectory(write.directory);
        return write;
    }

    /**
     * Takes a blob out of sight, whole and at once, and then removes it.
     *
     * @throws NoSuchFileException if there is no such blob
     */
    static void takeAway(BlobPaths paths, Path blob, Instant now) throws IOException {
        UnfinishedWrite grave = reserve(paths, now);
        Files.move(blob, grave.directory, StandardCopyOption.ATOMIC_MOVE);
        BlobDirectory.remove(grave.directory);
    }

    /** Names a directory that does not exist yet. */
    private static UnfinishedWrite reserve(BlobPaths paths, Instant now) throws IOException {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        return new UnfinishedWrite(paths.unfinished().resolve(now.toEpochMilli() + "-" + id), id);
    }

    /** When a leftover began; null for a name that is not ours. */
    static @Nullable Instant begunAt(Path leftover) {
        String name = String.valueOf(leftover.getFileName());
        int dash = name.indexOf('-');
        try {
            return dash > 0 ? Instant.ofEpochMilli(Long.parseLong(name.substring(0, dash))) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Never given to another write. */
    String id() {
        return id;
    }

    Path directory() {
        return directory;
    }

    /**
     * Makes the blob visible, whole and at once.
     *
     * <p>The file system decides who comes first: a directory cannot be renamed onto one that is not empty, and a blob's
     * directory never is.
     *
     * @return false if the key is taken
     */
    boolean publish(BlobPaths paths, String key) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Path target = paths.creatingParents(key);
            try {
                Files.move(directory, target, StandardCopyOption.ATOMIC_MOVE);
                return true;
            } catch (FileSystemException e) {
                // Each system names it differently.
                if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                    return false;
                }
                // A delete has removed the blob that was in the way, or the parent that it left empty.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
