package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.BlobInfo;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A blob's one file, or two, while nobody can see it. They grow under {@code <root>/.unfinished}, where the moment in
 * their names distinguishes what a dead process has left from what is alive.
 *
 * <p>One file gets its facts as an attribute, and then a hard link makes it appear in its place, whole and at once, or
 * fails because there is one: the file system decides who comes first.
 *
 * <p>Of two files the content goes to its place first, under a name that holds the write's random id and that nobody
 * knows yet. Then a hard link makes the facts appear next to it in the same way. Until that is done the facts in
 * {@code .unfinished} say which content to remove after a crash.
 *
 * <p>Whoever has published looks whether the key has a blob of the other kind, and takes back its own if so: of two
 * that do it at the same moment at most one succeeds.
 */
final class UnfinishedWrite {

    /** What came of publishing one file. */
    enum Outcome {
        PUBLISHED,
        KEY_TAKEN,
        /** Nothing was done. */
        NEEDS_TWO_FILES
    }

    private static final int ATTEMPTS = 10;

    private final BlobPaths paths;
    private final String id;
    private final Path content;
    private final Path facts;
    private boolean hasFacts;
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

    /** Where the bytes must be written; does not exist at first. */
    Path content() {
        return content;
    }

    /**
     * Makes a blob of one file visible, if the file can have the facts as an attribute and be linked.
     *
     * @param durable whether to wait until the disk has it
     */
    Outcome publishWhole(BlobInfo info, boolean durable) throws IOException {
        if (!FactsAttribute.write(content, info)) {
            return Outcome.NEEDS_TWO_FILES;
        }
        if (durable) {
            BlobFiles.force(content);
        }
        Path pair;
        try {
            pair = inParents(info.key(), target -> Files.createLink(BlobPaths.contentOf(target), content));
        } catch (FileAlreadyExistsException e) {
            return Outcome.KEY_TAKEN;
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            return Outcome.NEEDS_TWO_FILES;
        }
        published = BlobPaths.contentOf(pair);
        if (BlobFiles.exists(pair)) {
            return Outcome.KEY_TAKEN;
        }
        if (durable) {
            paths.forceParents(info.key());
        }
        published = null;
        return Outcome.PUBLISHED;
    }

    /**
     * Makes a blob of two files visible, whole and at once.
     *
     * @param durable whether to wait until the disk has it
     * @return false if the key is taken
     */
    boolean publishPair(BlobInfo info, boolean durable) throws IOException {
        hasFacts = true;
        BlobFiles.writeFacts(facts, info);
        if (durable) {
            BlobFiles.force(content);
            BlobFiles.force(facts);
        }
        Path target = inParents(info.key(), facts -> {
            Path place = BlobPaths.content(facts, info.version());
            Files.move(content, place, StandardCopyOption.ATOMIC_MOVE);
            publishedContent = place;
        });
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

    private interface Placing {
        void place(Path facts) throws IOException;
    }

    /** Does something where the blob's parents are, and gives the place of its facts. */
    private Path inParents(String key, Placing placing) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Path target = paths.creatingParents(key);
            try {
                placing.place(target);
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
     * @return false if there is a blob
     * @throws NoSuchFileException if the facts to link are gone
     */
    static boolean link(Path target, Path facts, BlobInfo info) throws IOException {
        if (!linkOrCreate(target, facts, info)) {
            return false;
        }
        if (BlobFiles.exists(BlobPaths.contentOf(target))) {
            Files.deleteIfExists(target);
            return false;
        }
        return true;
    }

    private static boolean linkOrCreate(Path target, Path facts, BlobInfo info) throws IOException {
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
        if (hasFacts) {
            // Last, because it is the trace of the others.
            Files.deleteIfExists(facts);
        }
    }

    /**
     * Deletes a blob.
     *
     * @param target where its facts are if it is two files
     * @throws NoSuchFileException if there is no such blob
     */
    static void delete(BlobPaths paths, Path target, Instant now) throws IOException {
        // Both, if a process has died between publishing the second and looking for the first.
        boolean whole = deleteWhole(paths, BlobPaths.contentOf(target), now);
        if (!whole || BlobFiles.exists(target)) {
            deletePair(paths, target, now);
        }
    }

    private static boolean deleteWhole(BlobPaths paths, Path whole, Instant now) throws IOException {
        try {
            return Files.deleteIfExists(whole);
        } catch (IOException e) {
            // Open on Windows: out of sight at least.
            Files.move(whole, begin(paths, now).content, StandardCopyOption.ATOMIC_MOVE);
            throw e;
        }
    }

    /**
     * Takes the facts out of sight, whole and at once, and then removes what they name. If that fails, the facts stay
     * among the unfinished writes, as the trace of the bytes that are left.
     */
    private static void deletePair(BlobPaths paths, Path target, Instant now) throws IOException {
        UnfinishedWrite grave = begin(paths, now);
        Files.move(target, grave.facts, StandardCopyOption.ATOMIC_MOVE);
        try {
            BlobInfo info = BlobFiles.readFacts(grave.facts, null);
            Files.deleteIfExists(BlobPaths.content(target, info.version()));
        } catch (MalformedFactsException e) {
            // Nothing says which content was theirs, but there is only one.
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
