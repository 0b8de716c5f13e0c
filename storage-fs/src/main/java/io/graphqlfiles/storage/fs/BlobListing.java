package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobKeys;
import io.graphqlfiles.spi.BlobStore;
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

    /** Ends the names of blobs here, of one file and of two alike; others are of directories. */
    private static final String DOT = ".";

    private final int limit;
    private final List<BlobInfo> page = new ArrayList<>();

    private BlobListing(int limit) {
        this.limit = limit;
    }

    static BlobStore.Page read(BlobPaths paths, String prefix, @Nullable String cursor, int limit) throws IOException {
        BlobListing listing = new BlobListing(limit);
        Path directory;
        try {
            directory = paths.ofPrefix(prefix);
        } catch (NoSuchFileException e) {
            return new BlobStore.Page(List.of(), null);
        }
        String after = cursor == null ? "" : cursor.substring(prefix.length()) + DOT;
        boolean more = listing.visit(directory, prefix, after);
        return new BlobStore.Page(
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
            if (!name.endsWith(DOT)) {
                BlobPaths.requireRealDirectory(entry);
                boolean tooDeep = !BlobKeys.isValid(prefix + name + "/0");
                return !tooDeep && visit(entry, prefix + name + "/", after);
            }
            String key = prefix + name.substring(0, name.length() - DOT.length());
            BlobInfo info = info(entry.resolveSibling(key.substring(prefix.length()) + BlobPaths.FACTS_SUFFIX), key);
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
            return FoundBlob.find(facts, key).info();
        } catch (MalformedFactsException e) {
            // One broken blob must not stop whoever lists in order to clean up. Its size is not known.
            return BlobInfo.newBlobInfo(
                            key,
                            0,
                            Files.getLastModifiedTime(anyOf(facts), LinkOption.NOFOLLOW_LINKS)
                                    .toInstant())
                    .build();
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            if (Files.isRegularFile(anyOf(facts), LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            // A link or a directory: no blob of ours.
            return null;
        }
    }

    /** The first names after the given one, one more than fit on the page: the last says that there may be more. */
    private NavigableSet<String> namesAfter(Path directory, String after) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = name(entry);
                if (name != null && name.compareTo(after) > 0) {
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

    /** Of a directory, or of a blob; null if it is none of ours. */
    private static @Nullable String name(Path entry) {
        String name = String.valueOf(entry.getFileName());
        int dot = name.indexOf(DOT);
        String key = dot < 0 ? name : name.substring(0, dot);
        String suffix = name.substring(key.length());
        if (!BlobKeys.isValid(key)) {
            return null;
        }
        return switch (suffix) {
            case "" -> key;
            case BlobPaths.FACTS_SUFFIX, BlobPaths.WHOLE_SUFFIX -> key + DOT;
            default -> null;
        };
    }

    private static Path anyOf(Path facts) {
        Path whole = BlobPaths.contentOf(facts);
        return Files.exists(whole, LinkOption.NOFOLLOW_LINKS) ? whole : facts;
    }
}
