package io.graphqlfiles.internal.directupload;

import io.graphqlfiles.internal.io.JoinedInputStream;
import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beginning of a part that is not whole yet, in pieces, each a staged blob of its own: stores take parts whole, and
 * clients stop anywhere. The blobs are numbered from 0 without gaps, so that a few looks find the last; each says in
 * its name how many bytes of the part there are with it. Whoever comes second with a piece of the same number learns so
 * from the store.
 */
final class PartPieces {

    private static final Logger LOG = LoggerFactory.getLogger(PartPieces.class);

    /** More would be thousands of requests to the store for one part. */
    static final int MAX_COUNT = 1024;

    private static final String TYPE = "application/octet-stream";
    private static final String BEFORE_END = "attachment; filename=\"";
    private static final String AFTER_END = "\"";

    private final BlobStore store;
    private final String prefix;

    PartPieces(BlobStore store, String key, int part) {
        this.store = store;
        this.prefix = key + "-" + part + "-";
    }

    /** How many pieces there are, and how many bytes of the part they make. */
    record Found(int count, long byteSize) {}

    /** Looks for the last: twice as far each time, and then between. */
    Found find() {
        BlobInfo last = store.stat(key(0));
        if (last == null) {
            return new Found(0, 0);
        }
        int there = 0;
        int notThere = MAX_COUNT;
        for (int step = 1; there + step < notThere; step *= 2) {
            BlobInfo next = store.stat(key(there + step));
            if (next == null) {
                notThere = there + step;
                break;
            }
            there += step;
            last = next;
        }
        while (notThere - there > 1) {
            int middle = (there + notThere) >>> 1;
            BlobInfo next = store.stat(key(middle));
            if (next == null) {
                notThere = middle;
            } else {
                there = middle;
                last = next;
            }
        }
        return new Found(there + 1, end(last));
    }

    private static long end(BlobInfo piece) {
        String name = piece.contentDisposition();
        if (name.startsWith(BEFORE_END) && name.endsWith(AFTER_END)) {
            try {
                return Long.parseLong(name.substring(BEFORE_END.length(), name.length() - AFTER_END.length()));
            } catch (NumberFormatException e) {
                // As below.
            }
        }
        throw new IllegalStateException("a piece of an upload has a name that this library did not give it");
    }

    /**
     * Adds one behind those that were found.
     *
     * @param from how many bytes of the part the others make
     * @return false if there are too many; nothing is stored then
     * @throws BlobAlreadyExistsException if another has been added there meanwhile
     */
    boolean add(int count, long from, InputStream content, long byteSize) throws IOException {
        if (count >= MAX_COUNT) {
            return false;
        }
        String name = BEFORE_END + (from + byteSize) + AFTER_END;
        store.put(new PutRequest(key(count), byteSize, TYPE, name, Visibility.PRIVATE), content);
        return true;
    }

    /**
     * The pieces, and what comes behind them; each is opened when it is its turn.
     *
     * @return to be closed, with the rest
     */
    InputStream before(int count, InputStream rest) {
        if (count == 0) {
            return rest;
        }
        return new JoinedInputStream(
                count + 1, index -> index < count ? store.open(key(index), ByteRange.whole()) : rest);
    }

    /** What cannot be deleted is swept with what is staged. */
    void delete(int count) {
        if (count == 0) {
            return;
        }
        try {
            store.delete(IntStream.range(0, count).mapToObj(this::key).toList());
        } catch (BlobStoreException e) {
            LOG.warn("Pieces of an upload could not be deleted; the sweep will delete them", e);
        }
    }

    private String key(int index) {
        return prefix + index;
    }
}
