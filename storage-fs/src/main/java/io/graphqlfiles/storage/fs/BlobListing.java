package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobKeys;
import io.graphqlfiles.spi.BlobPage;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing, in the order of the file names, segment by segment. The cursor is the last key of the page
 * before: nothing has to be kept between pages, and a page holds at most its own length of names, however large the
 * directory.
 */
final class BlobListing {

    private final int limit;
    private final List<BlobInfo> page = new ArrayList<>();

    private BlobListing(int limit) {
        this.limit = limit;
    }

    static BlobPage read(BlobPaths paths, String prefix, @Nullable String cursor, int limit) throws IOException {
        BlobListing listing = new BlobListing(limit);
        Path directory;
        try {
            directory = paths.ofPrefix(prefix);
        } catch (NoSuchFileException e) {
            return new BlobPage(List.of(), null);
        }
        String after = cursor == null ? "" : fileName(cursor.substring(prefix.length()));
        boolean more = listing.visit(directory, prefix, after);
        return new BlobPage(
                listing.page, more ? listing.page.get(listing.page.size() - 1).key() : null);
    }

    /**
     * Adds the blobs of a directory.
     *
     * @param after names up to this one, relative to the directory and with {@code /} between segments, were listed
     *     before
     * @return whether the page is full and there is more
     */
    private boolean visit(Path directory, String prefix, String after) throws IOException {
        int slash = after.indexOf('/');
        String first = slash < 0 ? after : after.substring(0, slash);
        if (slash > 0 && visitEntry(directory.resolve(first), prefix, after.substring(slash + 1))) {
            return true;
        }
        for (String last = first; ; ) {
            NavigableSet<String> names = namesAfter(directory, last);
            for (String name : names) {
                if (visitEntry(directory.resolve(name), prefix, "")) {
                    return true;
                }
            }
            if (names.size() <= limit) {
                return false;
            }
            last = names.last();
        }
    }

    private boolean visitEntry(Path entry, String prefix, String after) throws IOException {
        String name = String.valueOf(entry.getFileName());
        try {
            if (!name.endsWith(BlobPaths.FACTS_SUFFIX)) {
                BlobPaths.requireRealDirectory(entry);
                boolean tooDeep = !BlobKeys.isValid(prefix + name + "/0");
                return !tooDeep && visit(entry, prefix + name + "/", after);
            }
            BlobInfo info = info(entry, prefix + withoutSuffix(name));
            if (info == null) {
                return false;
            }
            if (page.size() == limit) {
                return true;
            }
            page.add(info);
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Deleted meanwhile, or no blob of ours.
        }
        return false;
    }

    private static @Nullable BlobInfo info(Path facts, String key) throws IOException {
        try {
            return BlobFiles.readFacts(facts, key);
        } catch (MalformedFactsException e) {
            // One broken blob must not stop whoever lists in order to clean up. Its size is not known.
            return BlobInfo.newBlobInfo(
                            key,
                            0,
                            Files.getLastModifiedTime(facts, LinkOption.NOFOLLOW_LINKS)
                                    .toInstant())
                    .build();
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            if (Files.isRegularFile(facts, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            // A link or a directory: no blob of ours.
            return null;
        }
    }

    /** The first names after the given one, one more than fit on the page: the last tells that there may be more. */
    private NavigableSet<String> namesAfter(Path directory, String after) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (name.compareTo(after) > 0 && isOurs(name)) {
                    names.add(name);
                    if (names.size() > limit + 1) {
                        names.pollLast();
                    }
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    private static boolean isOurs(String name) {
        return BlobKeys.isValid(withoutSuffix(name));
    }

    private static String withoutSuffix(String name) {
        boolean facts = name.endsWith(BlobPaths.FACTS_SUFFIX);
        return facts ? name.substring(0, name.length() - BlobPaths.FACTS_SUFFIX.length()) : name;
    }

    private static String fileName(String key) {
        return key + BlobPaths.FACTS_SUFFIX;
    }
}
