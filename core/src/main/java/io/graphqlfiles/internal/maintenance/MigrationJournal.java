package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.internal.blob.BlobPages;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.pair.BlobTransfer;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in the store that is copied to which blobs are about to be copied. Whoever is killed leaves its note, and the
 * next run looks at these blobs again: it deletes what was deleted while it was copied, which nobody else would do, and
 * what is not right.
 */
final class MigrationJournal {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationJournal.class);

    /** That begin with it are keys of other blobs of the same store: if it has none of these, it is another one. */
    private static final String WITNESS = "=";

    private static final int WITNESSES = 20;

    private final BlobStore from;
    private final BlobStore to;
    private final FileKeys keys;

    MigrationJournal(BlobStore from, BlobStore to, FileKeys keys) {
        this.from = from;
        this.to = to;
        this.keys = keys;
    }

    /**
     * Makes a note.
     *
     * @param others keys that the first store has, too
     * @return to be removed when all were copied
     */
    String note(List<String> copied, List<String> others) throws IOException {
        List<String> lines = new ArrayList<>(copied);
        others.stream().filter(key -> !copied.contains(key)).limit(WITNESSES).forEach(key -> lines.add(WITNESS + key));
        byte[] text = String.join("\n", lines).getBytes(StandardCharsets.US_ASCII);
        String note = keys.migration();
        to.put(
                new PutRequest(note, text.length, "text/plain", "attachment", Visibility.PRIVATE),
                new ByteArrayInputStream(text));
        return note;
    }

    void remove(String note) {
        to.delete(List.of(note));
    }

    /** Settles what runs before have left. */
    void settle(BlobTransfer transfer, ExecutorService threads)
            throws IOException, InterruptedException, ExecutionException {
        BlobPages pages = new BlobPages(to, FileKeys.MIGRATIONS, 100);
        while (pages.hasNext()) {
            for (BlobInfo note : pages.next().blobs()) {
                settle(note.key(), transfer, threads);
            }
        }
    }

    private void settle(String note, BlobTransfer transfer, ExecutorService threads)
            throws IOException, InterruptedException, ExecutionException {
        List<String> lines = read(note);
        // An old store that is empty, or another one, would have everything deleted that was copied from the right one.
        boolean isSame = lines.stream()
                .map(line -> line.startsWith(WITNESS) ? line.substring(WITNESS.length()) : line)
                .anyMatch(key -> from.stat(key) != null);
        if (!isSame) {
            LOG.warn(
                    "{} has none of the blobs that a run before was copying from it; nothing is done about them: {}",
                    from,
                    lines);
        } else {
            List<Future<?>> settled = new ArrayList<>();
            for (String line : lines) {
                if (!line.startsWith(WITNESS)) {
                    settled.add(threads.submit(() -> {
                        transfer.settle(line);
                        return null;
                    }));
                }
            }
            for (Future<?> each : settled) {
                each.get();
            }
        }
        remove(note);
    }

    private List<String> read(String note) throws IOException {
        try (InputStream in = to.open(note, ByteRange.whole())) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }
}
