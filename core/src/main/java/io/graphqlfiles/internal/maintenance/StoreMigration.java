package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.pair.BlobTransfer;
import io.graphqlfiles.maintenance.MigrateOptions;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Copies what one store has and the other has not, while both are in use. Can be ended at any instant and begun again.
 * One use, by one thread, which has the copies made by others.
 */
final class StoreMigration {

    /** Copied under one note; as many are looked at again if the process is killed. */
    private static final int BATCH = 100;

    private final String name;
    private final BlobStore from;
    private final BlobStore to;
    private final MigrateOptions options;
    private final MigrationJournal journal;
    private final SweepTally tally;
    private final ExecutorService threads;
    private final Pace pace;

    private long there;
    private long copied;
    private long copiedBytes;
    private long left;
    private long leftBytes;

    /** @param threads that copy; ended by the caller */
    StoreMigration(
            String name,
            BlobStore from,
            BlobStore to,
            MigrateOptions options,
            FileKeys keys,
            SweepTally tally,
            ExecutorService threads,
            Pace pace) {
        this.name = name;
        this.from = from;
        this.to = to;
        this.options = options;
        this.journal = new MigrationJournal(from, to, keys);
        this.tally = tally;
        this.threads = threads;
        this.pace = pace;
    }

    long there() {
        return there;
    }

    long copied() {
        return copied;
    }

    long copiedBytes() {
        return copiedBytes;
    }

    /** What was written to the first store since it was counted may have been copied, too. */
    long left() {
        return Math.max(0, left);
    }

    /** Copies; false if the thread was interrupted, or too much has failed. */
    boolean run() {
        Boolean complete = tally.attempt(name, () -> {
            try {
                return settle() && plan() && (options.isDryRun() || copyAll());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return Boolean.TRUE.equals(complete);
    }

    /** First of all: what is settled may be missing then. */
    private boolean settle() throws IOException {
        if (options.isDryRun()) {
            return true;
        }
        try {
            journal.settle(new BlobTransfer(from, to, in -> in, options.readsBack()), threads);
            return true;
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Counts, so that it can be said how long the rest takes. */
    private boolean plan() {
        MissingBlobs blobs = new MissingBlobs(from, to);
        while (blobs.hasNext()) {
            MissingBlobs.Page page = blobs.next();
            there += page.there();
            left += page.missing().size();
            for (BlobInfo blob : page.missing()) {
                leftBytes += blob.byteSize();
            }
            page.different().forEach(this::differs);
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
        }
        if (options.isDryRun()) {
            copied = left;
            copiedBytes = leftBytes;
        }
        return true;
    }

    private void differs(String key) {
        left++;
        tally.attempt(name, () -> {
            throw new BlobIntegrityException(
                    to.toString(),
                    "migrate",
                    key,
                    "expected what " + from + " has, found a blob of another length; delete the wrong one",
                    null);
        });
    }

    private boolean copyAll() throws IOException {
        ProgressMeter meter =
                new ProgressMeter("migrate " + name, left, leftBytes, options.progress(), System::nanoTime);
        BlobTransfer transfer = new BlobTransfer(from, to, in -> meter.counted(pace.of(in)), options.readsBack());
        MissingBlobs blobs = new MissingBlobs(from, to);
        boolean goesOn = true;
        while (goesOn && blobs.hasNext()) {
            MissingBlobs.Page page = blobs.next();
            for (int i = 0; goesOn && i < page.missing().size(); i += BATCH) {
                List<BlobInfo> batch = page.missing()
                        .subList(i, Math.min(i + BATCH, page.missing().size()));
                goesOn = copy(batch, page.keys(), transfer, meter)
                        && !Thread.currentThread().isInterrupted();
            }
        }
        meter.end();
        return goesOn;
    }

    /**
     * Copies some at once; false if not one could be copied, or the thread was interrupted: their note is left then.
     */
    private boolean copy(List<BlobInfo> batch, List<String> others, BlobTransfer transfer, ProgressMeter meter)
            throws IOException {
        String note = journal.note(batch.stream().map(BlobInfo::key).toList(), others);
        List<Future<BlobTransfer.Outcome>> copies = new ArrayList<>();
        for (BlobInfo blob : batch) {
            copies.add(threads.submit(() -> {
                BlobTransfer.Outcome outcome = transfer.copy(blob.key());
                meter.done(1);
                return outcome;
            }));
        }
        int failed = 0;
        for (int i = 0; i < copies.size(); i++) {
            try {
                count(batch.get(i), copies.get(i).get());
            } catch (ExecutionException e) {
                failed++;
                tally.attempt(name, () -> {
                    throw unwrapped(e);
                });
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        if (failed == 0) {
            journal.remove(note);
        }
        return failed < batch.size();
    }

    private void count(BlobInfo blob, BlobTransfer.Outcome outcome) {
        left--;
        switch (outcome) {
            case COPIED -> {
                copied++;
                copiedBytes += blob.byteSize();
            }
            case THERE -> there++;
            case GONE -> {}
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof IOException io) {
            return new UncheckedIOException(io);
        }
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }
}
