package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** One new blob, from its first byte until it is visible. Closing it removes whatever was not published. */
final class BlobCreation implements AutoCloseable {

    private final Failures failures;
    private final Clock clock;
    private final boolean durable;
    private final boolean attributes;
    private final String operation;
    private final String key;
    private final UnfinishedWrite write;
    /** The attributes of shared bytes are those of the other blob. */
    private boolean isShared;

    /** @param attributes whether a blob may be one file that has its facts as an attribute */
    BlobCreation(
            BlobPaths paths,
            Failures failures,
            Clock clock,
            boolean durable,
            boolean attributes,
            String operation,
            String key) {
        this.failures = failures;
        this.clock = clock;
        this.durable = durable;
        this.attributes = attributes;
        this.operation = operation;
        this.key = key;
        try {
            this.write = UnfinishedWrite.begin(paths, clock.instant());
        } catch (IOException e) {
            throw failures.of(operation, key, e);
        }
    }

    /**
     * Takes the bytes from a stream.
     *
     * @param atMost where to stop
     * @param beforeMore called once before more than a few kilobytes are read
     * @throws IOException the very exception of the stream
     */
    ReceivedContent receive(InputStream content, long atMost, Runnable beforeMore) throws IOException {
        try {
            return ReceivedContent.receive(write.content(), content, atMost, beforeMore);
        } catch (ReceivedContent.WriteFailedException e) {
            throw failures.of(operation, key, e.failure());
        }
    }

    /**
     * Takes the bytes of another blob. A hard link gives them in no time, and is safe because no content is ever
     * written to again; file systems without links, and files with too many, are copied.
     *
     * @return false if the source is gone or of another length
     */
    boolean share(Path source, long size) {
        isShared = true;
        try {
            try {
                Files.createLink(write.content(), source);
            } catch (NoSuchFileException e) {
                return false;
            } catch (IOException | UnsupportedOperationException e) {
                Files.copy(source, write.content(), LinkOption.NOFOLLOW_LINKS);
            }
            return BlobFiles.isOfSize(write.content(), size);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw failures.of(operation, key, e);
        }
    }

    /** Makes the blob visible, whole and at once. */
    BlobInfo publish(long size, @Nullable String checksum, String contentType, String contentDisposition) {
        BlobInfo info = BlobInfo.newBlobInfo(key, size, clock.instant())
                .contentType(contentType)
                .contentDisposition(contentDisposition)
                .version(write.id())
                .checksum(checksum)
                .build();
        try {
            if (!publish(info)) {
                throw failures.alreadyExists(operation, key, null);
            }
            return info;
        } catch (IOException e) {
            throw failures.of(operation, key, e);
        }
    }

    private boolean publish(BlobInfo info) throws IOException {
        UnfinishedWrite.Outcome outcome =
                (attributes && !isShared) ? write.publishWhole(info, durable) : UnfinishedWrite.Outcome.NEEDS_TWO_FILES;
        return switch (outcome) {
            case PUBLISHED -> true;
            case KEY_TAKEN -> false;
            case NEEDS_TWO_FILES -> write.publishPair(info, durable);
        };
    }

    @Override
    public void close() throws BlobStoreException {
        try {
            write.cleanUp();
        } catch (IOException e) {
            throw failures.of(operation, key, e);
        }
    }
}
