package io.graphqlfiles.storage.fs;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobKeys;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The one place where a key becomes a path; nothing else may.
 *
 * <p>The blob {@code private/abc} is either the file {@code <root>/private/abc.blob}, which has its facts as an
 * extended attribute, or two files: facts in {@code <root>/private/abc.facts}, and bytes in
 * {@code <root>/private/abc.<version>}. No segment of a key can hold a dot, so that names with one are ours: the keys
 * {@code a} and {@code a/b} do not clash, and {@code .unfinished} is no key.
 */
final class BlobPaths {

    static final String FACTS_SUFFIX = ".facts";
    static final String WHOLE_SUFFIX = ".blob";
    private static final String UNFINISHED = ".unfinished";

    private final Path root;

    private BlobPaths(Path root) {
        this.root = root;
    }

    /** Creates the root if it is missing, for this process's user alone where the system can say so. */
    static BlobPaths at(Path root) throws IOException {
        Path absolute = root.toAbsolutePath();
        if (Files.notExists(absolute)) {
            Path parent = absolute.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            createForOwner(absolute);
        }
        // The root itself may be reached by a link: it is the operator's.
        BlobPaths paths = new BlobPaths(absolute.toRealPath());
        paths.unfinished();
        return paths;
    }

    private static void createForOwner(Path directory) throws IOException {
        try {
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(directory);
            }
        } catch (FileAlreadyExistsException another) {
            // Two nodes start at once.
        }
    }

    Path root() {
        return root;
    }

    /** Where writes grow until they are complete; on the same file system as the blobs, for an atomic rename. */
    Path unfinished() throws IOException {
        return makeDirectories(List.of(UNFINISHED));
    }

    /**
     * Where the facts of a blob in two files are, or would be; their parents do and are real directories.
     *
     * @throws NoSuchFileException if a parent is missing, and so the blob is too
     * @throws NotDirectoryException if a parent is something else, for example a symbolic link
     */
    Path existing(String key) throws IOException {
        List<String> segments = segments(key);
        Path parent = root;
        for (String segment : segments.subList(0, segments.size() - 1)) {
            parent = parent.resolve(segment);
            requireRealDirectory(parent);
        }
        return parent.resolve(segments.get(segments.size() - 1) + FACTS_SUFFIX);
    }

    /**
     * Like {@link #existing}, but creates the parents that are missing.
     *
     * @throws NotDirectoryException if a parent is something else, for example a symbolic link
     */
    Path creatingParents(String key) throws IOException {
        List<String> segments = segments(key);
        Path parent = makeDirectories(segments.subList(0, segments.size() - 1));
        return parent.resolve(segments.get(segments.size() - 1) + FACTS_SUFFIX);
    }

    /**
     * The one file of a blob that has its facts as an attribute.
     *
     * @param facts where they would be if it were two
     */
    static Path contentOf(Path facts) {
        String name = String.valueOf(facts.getFileName());
        return facts.resolveSibling(name.substring(0, name.length() - FACTS_SUFFIX.length()) + WHOLE_SUFFIX);
    }

    /**
     * The bytes of a blob in two files.
     *
     * @param facts where its facts are, or would be
     * @param version hexadecimal digits
     */
    static Path content(Path facts, String version) {
        return facts.resolveSibling(contentPrefix(facts) + version);
    }

    /** Deletes the bytes of a blob whose version nobody knows. */
    void deleteContents(Path facts) throws IOException {
        String prefix = contentPrefix(facts);
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(
                requireNonNull(facts.getParent()),
                path -> String.valueOf(path.getFileName()).startsWith(prefix) && !path.equals(facts))) {
            for (Path content : siblings) {
                Files.deleteIfExists(content);
            }
        } catch (DirectoryIteratorException e) {
            throw requireNonNull(e.getCause());
        }
    }

    private static String contentPrefix(Path facts) {
        String name = String.valueOf(facts.getFileName());
        return name.substring(0, name.length() - FACTS_SUFFIX.length()) + ".";
    }

    /**
     * The directory that holds the blobs of a prefix.
     *
     * @throws NoSuchFileException if it does not exist
     */
    Path ofPrefix(String prefix) throws IOException {
        BlobKeys.requireValidPrefix(prefix);
        Path directory = root;
        for (String segment : prefix.isEmpty() ? List.<String>of() : List.of(prefix.split("/"))) {
            directory = directory.resolve(segment);
            requireRealDirectory(directory);
        }
        return directory;
    }

    /** Waits until the disk knows of a new blob and of the directories that were created for it. */
    void forceParents(String key) throws IOException {
        for (Path parent = existing(key).getParent();
                parent != null && parent.startsWith(root);
                parent = parent.getParent()) {
            BlobFiles.forceDirectory(parent);
        }
    }

    /** Removes the directory that held deleted blobs, such as yesterday's of staged ones, if it is empty. */
    void removeIfEmpty(Path parent) {
        boolean deep = parent.startsWith(root) && parent.getNameCount() > root.getNameCount() + 1;
        if (deep) {
            try {
                Files.deleteIfExists(parent);
            } catch (IOException e) {
                // Not empty, or in use: an empty directory does no harm.
            }
        }
    }

    private static List<String> segments(String key) {
        return List.of(BlobKeys.requireValid(key).split("/"));
    }

    private Path makeDirectories(List<String> segments) throws IOException {
        Path directory = root;
        for (String segment : segments) {
            directory = directory.resolve(segment);
            try {
                requireRealDirectory(directory);
            } catch (NoSuchFileException missing) {
                makeDirectory(directory);
            }
        }
        return directory;
    }

    private static void makeDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException another) {
            requireRealDirectory(directory);
        }
    }

    /** A symbolic link could lead out of the root, whoever made it. */
    static void requireRealDirectory(Path directory) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isDirectory()) {
            throw new NotDirectoryException(directory.toString());
        }
    }
}
