package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.BlobInfo;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A blob's two files while nobody can see it. They grow under {@code <root>/.unfinished}, where the moment in their
 * names tells what a dead process has left from what is alive.
 *
 * <p>To publish, the content goes to its place first, under a name that holds the write's random id and that nobody
 * knows yet. Then a hard link makes the facts appear beside it, whole and at once, or fails because there are some: the
 * file system decides who comes first. Until that is done the facts in {@code .unfinished} say which content to remove
 * after a crash.
 */
final class UnfinishedWrite {

    private static final int ATTEMPTS = 10;

    private final BlobPaths paths;
    private final String id;
    private final Path content;
    private final Path facts;
    private @Nullable Path published;
    private @Nullable Path publishedContent;

    private UnfinishedWrite(BlobPaths paths, Path directory, Instant now, String id) {
        this.paths = paths;
        this.id = id;
        String name = now.toEpochMilli() + "-" + id;
        this.content = directory.resolve(name);
        this.facts = directory.resolve(name + BlobPaths.FACTS_SUFFIX);
    }

    /** Writes nothing yet. */
    static UnfinishedWrite begin(BlobPaths paths, Instant now) throws IOException {
        return new UnfinishedWrite(paths, paths.unfinished(), now, RandomIds.next());
    }

    /** When the write or the deletion began that has left a file; null if the file is not ours. */
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

    /** Where the bytes are to be written; does not exist at first. */
    Path content() {
        return content;
    }

    /**
     * Makes the blob visible, whole and at once.
     *
     * @param durable whether to wait until the disk has it
     * @return false if the key is taken
     */
    boolean publish(BlobInfo info, boolean durable) throws IOException {
        BlobFiles.writeFacts(facts, info);
        if (durable) {
            BlobFiles.force(content);
            BlobFiles.force(facts);
        }
        Path target = moveContent(info);
        if (!link(target, facts, info)) {
            return false;
        }
        published = target;
        if (durable) {
            paths.forceParents(info.key());
        }
        published = null;
        publishedContent = null;
        return true;
    }

    private Path moveContent(BlobInfo info) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Path target = paths.creatingParents(info.key());
            Path place = BlobPaths.content(target, info.version());
            try {
                Files.move(content, place, StandardCopyOption.ATOMIC_MOVE);
                publishedContent = place;
                return target;
            } catch (NoSuchFileException e) {
                // A delete has removed the parent that it left empty.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Makes facts appear in their place, whole and at once.
     *
     * @return false if there are some
     * @throws NoSuchFileException if the facts to link are gone
     */
    static boolean link(Path target, Path facts, BlobInfo info) throws IOException {
        try {
            Files.createLink(target, facts);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (NoSuchFileException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            // No hard links here. Creating is as exclusive, and facts that are not written to their end count for
            // nothing.
            return create(target, info);
        }
    }

    private static boolean create(Path target, BlobInfo info) throws IOException {
        try {
            BlobFiles.writeFacts(target, info);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            Files.deleteIfExists(target);
            throw e;
        }
    }

    /** Removes all that is not visible; after a failure that came too late, what just was, too. */
    void cleanUp() throws IOException {
        if (published != null) {
            Files.deleteIfExists(published);
        }
        if (publishedContent != null) {
            Files.deleteIfExists(publishedContent);
        }
        Files.deleteIfExists(content);
        // Last, because it is the trace of the others.
        Files.deleteIfExists(facts);
    }

    /**
     * Deletes a blob: takes the facts out of sight, whole and at once, and then removes what they name. If that fails,
     * the facts stay among the unfinished writes, as the trace of the bytes that are left.
     *
     * @param target the facts
     * @throws NoSuchFileException if there is no such blob
     */
    static void delete(BlobPaths paths, Path target, Instant now) throws IOException {
        UnfinishedWrite grave = begin(paths, now);
        Files.move(target, grave.facts, StandardCopyOption.ATOMIC_MOVE);
        try {
            BlobInfo info = BlobFiles.readFacts(grave.facts, null);
            Files.deleteIfExists(BlobPaths.content(target, info.version()));
        } catch (MalformedFactsException e) {
            // Nothing tells which content was theirs, but there is only one.
            paths.deleteContents(target);
        }
        Files.deleteIfExists(grave.facts);
    }

    /**
     * Removes a file that a dead process has left, and the content that its facts name if that never became visible.
     *
     * @return whether it was this call that removed it
     */
    static boolean removeLeftover(BlobPaths paths, Path leftover) throws IOException {
        boolean facts = String.valueOf(leftover.getFileName()).endsWith(BlobPaths.FACTS_SUFFIX);
        if (facts && Files.isRegularFile(leftover, LinkOption.NOFOLLOW_LINKS)) {
            removeUnlessVisible(paths, leftover);
        }
        return Files.deleteIfExists(leftover);
    }

    /** Removes the content that the facts of an unfinished write name, if it never became visible. */
    static void removeUnlessVisible(BlobPaths paths, Path facts) throws IOException {
        try {
            BlobInfo info = BlobFiles.readFacts(facts, null);
            Path target = paths.existing(info.key());
            if (!isVisible(target, info)) {
                Files.deleteIfExists(BlobPaths.content(target, info.version()));
            }
        } catch (NoSuchFileException | MalformedFactsException e) {
            // Nothing was published under it.
        }
    }

    private static boolean isVisible(Path target, BlobInfo info) throws IOException {
        try {
            return BlobFiles.readFacts(target, info.key()).version().equals(info.version());
        } catch (NoSuchFileException | MalformedFactsException e) {
            return false;
        }
    }
}
