package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.internal.blob.BlobPages;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.blob.VariantKeys;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of one store that another does not have, a page at a time. Both listings are followed side by side, so that
 * a million that are there already take two requests for each thousand. Services list in the order of the keys; what
 * one lists in any other order is asked for. Not thread-safe.
 */
final class MissingBlobs {

    private static final int PAGE = 1000;

    private final BlobStore from;
    private final BlobStore to;
    private final Deque<String> prefixes = new ArrayDeque<>(List.of(FileKeys.PUBLIC, FileKeys.PRIVATE));
    private @Nullable BlobPages source;
    private @Nullable Ordered target;
    private boolean isOrdered = true;
    private String lastKey = "";

    MissingBlobs(BlobStore from, BlobStore to) {
        this.from = from;
        this.to = to;
    }

    /**
     * A page of the first store's listing.
     *
     * @param missing what the second store does not have
     * @param there how many it has
     * @param different keys under which it has something of another length; not of variants, which two nodes may have
     *     made, one here and one there
     * @param keys all
     */
    record Page(List<BlobInfo> missing, int there, List<String> different, List<String> keys) {}

    boolean hasNext() {
        return !prefixes.isEmpty() || (source != null && source.hasNext());
    }

    Page next() {
        if (source == null || target == null || !source.hasNext()) {
            String prefix = prefixes.remove();
            source = new BlobPages(from, prefix, PAGE);
            target = new Ordered(new BlobPages(to, prefix, PAGE));
            lastKey = "";
        }
        List<BlobInfo> missing = new ArrayList<>();
        List<String> different = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        int there = 0;
        for (BlobInfo blob : source.next().blobs()) {
            if (!FileKeys.isKept(blob.key())) {
                continue;
            }
            keys.add(blob.key());
            BlobInfo found = find(blob.key(), target);
            if (found == null) {
                missing.add(blob);
            } else if (found.byteSize() != blob.byteSize() && !VariantKeys.isVariant(blob.key())) {
                different.add(blob.key());
            } else {
                there++;
            }
        }
        return new Page(missing, there, different, keys);
    }

    private @Nullable BlobInfo find(String key, Ordered listed) {
        isOrdered &= key.compareTo(lastKey) > 0;
        lastKey = key;
        BlobInfo found = isOrdered && listed.isOrdered ? listed.find(key) : null;
        return found != null || (isOrdered && listed.isOrdered) ? found : to.stat(key);
    }

    /** A listing that is asked for one key after the other, in their order. */
    private static final class Ordered {

        private final BlobPages pages;
        private final Deque<BlobInfo> read = new ArrayDeque<>();
        private String last = "";
        private boolean isOrdered = true;

        Ordered(BlobPages pages) {
            this.pages = pages;
        }

        @Nullable
        BlobInfo find(String key) {
            BlobInfo next = peek();
            while (next != null && next.key().compareTo(key) < 0) {
                read.remove();
                next = peek();
            }
            return next != null && next.key().equals(key) ? next : null;
        }

        private @Nullable BlobInfo peek() {
            while (read.isEmpty() && pages.hasNext()) {
                for (BlobInfo blob : pages.next().blobs()) {
                    isOrdered &= blob.key().compareTo(last) > 0;
                    last = blob.key();
                    read.add(blob);
                }
            }
            return read.peek();
        }
    }
}
