package io.graphqlfiles.storage.fs;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobKeys;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.UploadedPart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps blobs in a directory of the local file system, or of one that several nodes have mounted.
 *
 * <p>The bytes of the blob {@code private/abc} are the file {@code <root>/private/abc.blob}, as they came, and its
 * content type and the like are that file's extended attribute {@code graphql-files} ({@code user.graphql-files} on
 * Linux). Where the file system has no such attributes or no hard links, and for copies, they are two files:
 * {@code abc.<version>} with the bytes, and {@code abc.facts}. A blob is written under {@code <root>/.unfinished} and
 * appears when it, or its facts, are linked to their place, so that neither a reader nor a crash of the process ever
 * finds half of it. A copy shares the bytes of its source by a hard link where the file system has them. Blobs are
 * never changed once they are there; do not change them by other means.
 *
 * <p>What copies the directory has to keep extended attributes: {@code cp -a}, {@code rsync -aX}, {@code tar --xattrs},
 * snapshots of the disk. See {@link Builder#attributes} for where that cannot be had.
 *
 * <p>No symbolic link below the root is followed. Somebody who may write below the root can replace what is there at
 * any time and is trusted. On Windows a blob that is being read cannot be deleted: it is out of sight, and its bytes go
 * with a later {@link #removeUnfinishedWrites}. Where the file system does not distinguish upper and lower case, keys
 * that differ in nothing else are one key; the library makes keys in lower case only.
 *
 * <p>Thread-safe. All methods block on the disk; an interrupt is neither noticed nor cleared.
 */
public final class FileSystemBlobStore implements BlobStore, PartUploads {

    private static final int ATTEMPTS = 10;
    private static final long MIB = 1024 * 1024;
    /** Those of S3, so that uploads behave alike on all stores; the file system has no need of them. */
    private static final PartUploads.Limits PART_LIMITS =
            new PartUploads.Limits(5 * MIB, 5 * 1024 * MIB, 10_000, 5 * MIB * MIB);

    private final BlobPaths paths;
    private final Failures failures;
    private final Clock clock;
    private final boolean durable;
    private final boolean attributes;
    private final BlobParts parts;

    private FileSystemBlobStore(Builder builder) {
        try {
            this.paths = BlobPaths.at(builder.root);
            this.attributes = builder.attributes && FactsAttribute.isSupported(paths.root());
        } catch (IOException e) {
            throw new Failures(builder.root).of("build", null, e);
        }
        this.failures = new Failures(paths.root());
        this.clock = builder.clock;
        this.durable = builder.durable;
        this.parts = new BlobParts(paths, failures, clock, durable);
    }

    /**
     * A store with the defaults of {@link Builder}.
     *
     * @param root the directory to keep blobs in; created if it is missing, then accessible to this process's user
     *     alone
     * @throws BlobStoreException if the directory cannot be created or written to
     */
    public static FileSystemBlobStore at(Path root) {
        return newFileSystemBlobStore(root).build();
    }

    /**
     * Starts a store with settings of its own.
     *
     * @param root the directory to keep blobs in; created if it is missing, then accessible to this process's user
     *     alone
     */
    public static Builder newFileSystemBlobStore(Path root) {
        return new Builder(root);
    }

    @Override
    public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
        String key = blob.key();
        requireNonNull(content, "content");
        try (BlobCreation creation = new BlobCreation(paths, failures, clock, durable, attributes, "put", key)) {
            boolean known = blob.byteSize() != PutRequest.UNKNOWN_SIZE;
            // One byte more than promised is enough to know that there is more.
            long atMost = known ? blob.byteSize() + 1 : Long.MAX_VALUE;
            // Publishing finds a taken key as well. Keys are seldom taken and files mostly small, so that looking first
            // is for those with much still to come.
            ReceivedContent received = creation.receive(content, atMost, () -> requireFree("put", key));
            if (known && received.size() != blob.byteSize()) {
                String found = received.size() > blob.byteSize() ? "more" : received.size() + " bytes";
                throw failures.notAsPromised("put", key, blob.byteSize() + " bytes", found);
            }
            return creation.publish(
                    received.size(), received.checksum(), blob.contentType(), blob.contentDisposition());
        }
    }

    @Override
    public InputStream open(String key, ByteRange range) {
        BlobKeys.requireValid(key);
        for (int attempt = 1; ; attempt++) {
            try {
                FoundBlob found = FoundBlob.find(paths.existing(key), key);
                BlobInfo info = found.info();
                InputStream opened = BlobFiles.openContent(found.content(), info.byteSize(), range);
                if (opened == null) {
                    if (found.isWhole() && attempt < ATTEMPTS && !info.equals(stat(key))) {
                        continue; // deleted in this moment, and written again
                    }
                    throw failures.notAsPromised("open", key, info.byteSize() + " bytes", "a file of another length");
                }
                return opened;
            } catch (NoSuchFileException e) {
                // No facts: no blob. No content: deleted in this moment, and perhaps written again, or gone for good.
                if (attempt == ATTEMPTS || find("open", key) == null) {
                    throw failures.notFound("open", key, e);
                }
            } catch (IOException e) {
                throw failures.of("open", key, e);
            }
        }
    }

    @Override
    public @Nullable BlobInfo stat(String key) {
        FoundBlob found = find("stat", BlobKeys.requireValid(key));
        return found == null ? null : found.info();
    }

    @Override
    public BlobInfo copy(CopyRequest copy) {
        String targetKey = copy.targetKey();
        FoundBlob found = requireVersion(copy);
        BlobInfo source = found.info();
        requireFree("copy", targetKey);
        try (BlobCreation creation = new BlobCreation(paths, failures, clock, durable, attributes, "copy", targetKey)) {
            boolean shared = creation.share(found.content(), source.byteSize());
            if (found.isWhole()) {
                // The name of the file is the same for all versions; one that is still here was here meanwhile.
                requireVersion(copy);
            }
            if (!shared) {
                requireVersion(copy);
                throw failures.notAsPromised(
                        "copy", copy.sourceKey(), source.byteSize() + " bytes", "a file of another length, or none");
            }
            return creation.publish(
                    source.byteSize(), source.checksum(), copy.contentType(), copy.contentDisposition());
        }
    }

    @Override
    public void delete(Collection<String> keys) {
        keys.forEach(BlobKeys::requireValid);
        Set<Path> parents = new LinkedHashSet<>();
        BlobStoreException failure = null;
        for (String key : new LinkedHashSet<>(keys)) {
            try {
                Path facts = paths.existing(key);
                UnfinishedWrite.delete(paths, facts, clock.instant());
                parents.add(requireNonNull(facts.getParent()));
            } catch (NoSuchFileException e) {
                // Deleted before, or never there.
            } catch (IOException e) {
                failure = Failures.first(failure, failures.of("delete", key, e));
            }
        }
        parents.forEach(paths::removeIfEmpty);
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Each page reads the names of its directory anew, so that nothing is kept between pages: to list a million
     * blobs reads a thousand times a million names.
     */
    @Override
    public BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
        BlobKeys.requireValidPrefix(prefix);
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit: expected 1 to 1000, found " + limit);
        }
        if (cursor != null && !(BlobKeys.isValid(cursor) && cursor.startsWith(prefix))) {
            throw new IllegalArgumentException("cursor: expected one that a listing of the same prefix gave");
        }
        try {
            return BlobListing.read(paths, prefix, cursor, limit);
        } catch (IOException e) {
            throw failures.of("list", null, e);
        }
    }

    @Override
    public int removeUnfinishedWrites(Instant before) {
        int removed = 0;
        BlobStoreException failure = null;
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(paths.unfinished())) {
            for (Path leftover : leftovers) {
                Instant begun = UnfinishedWrite.begunAt(leftover);
                if (begun != null && begun.isBefore(before)) {
                    try {
                        Boolean ofParts = parts.removeLeftover(leftover);
                        boolean mine = ofParts != null ? ofParts : UnfinishedWrite.removeLeftover(paths, leftover);
                        removed += mine ? 1 : 0;
                    } catch (IOException e) {
                        failure = Failures.first(failure, failures.of("removeUnfinishedWrites", null, e));
                    }
                }
            }
        } catch (DirectoryIteratorException e) {
            failure =
                    Failures.first(failure, failures.of("removeUnfinishedWrites", null, requireNonNull(e.getCause())));
        } catch (IOException e) {
            failure = Failures.first(failure, failures.of("removeUnfinishedWrites", null, e));
        }
        if (failure != null) {
            throw failure;
        }
        return removed;
    }

    @Override
    public PartUploads.Limits partLimits() {
        return PART_LIMITS;
    }

    @Override
    public PartUpload beginParts(PartUploadRequest begin) {
        return parts.begin(begin);
    }

    /**
     * Stores a part, as {@link PartUploads#putPart} says.
     *
     * <p>Waits until the disk has the part, whatever {@link Builder#durable} says, so that a part that was reported to
     * be whole still is when the machine has stopped.
     *
     * @throws IllegalArgumentException if the upload has no part of this number, or it has another length
     */
    @Override
    public UploadedPart putPart(PutPartRequest part, InputStream content) throws IOException {
        return parts.put(part, content);
    }

    @Override
    public List<UploadedPart> listParts(PartUpload upload) {
        return parts.list(upload);
    }

    /**
     * Completes an upload, as {@link PartUploads#completeParts} says.
     *
     * <p>The parts are in their places already: this takes no time, whatever their size. Only where a part was sent
     * again with other bytes, or a process died while it received one, they are brought together in a new file.
     */
    @Override
    public void completeParts(PartUpload upload, List<UploadedPart> uploaded) {
        parts.complete(upload, uploaded);
    }

    @Override
    public void abortParts(PartUpload upload) {
        parts.abort(upload);
    }

    @Override
    public String toString() {
        return "FileSystemBlobStore[" + paths.root() + "]";
    }

    private @Nullable FoundBlob find(String operation, String key) {
        try {
            return FoundBlob.find(paths.existing(key), key);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw failures.of(operation, key, e);
        }
    }

    private FoundBlob requireVersion(CopyRequest copy) {
        FoundBlob source = find("copy", copy.sourceKey());
        if (source == null) {
            throw failures.notFound("copy", copy.sourceKey(), null);
        }
        String version = source.info().version();
        if (!version.equals(copy.sourceVersion())) {
            throw failures.notAsPromised(
                    "copy", copy.sourceKey(), "version " + copy.sourceVersion(), "version " + version);
        }
        return source;
    }

    /** Spares the bytes of a write that is bound to fail; the link decides. */
    private void requireFree(String operation, String key) {
        try {
            Path facts = paths.existing(key);
            if (BlobFiles.exists(BlobPaths.contentOf(facts)) || BlobFiles.exists(facts)) {
                throw failures.alreadyExists(operation, key, null);
            }
        } catch (NoSuchFileException e) {
            // No parent, no blob.
        } catch (IOException e) {
            throw failures.of(operation, key, e);
        }
    }

    /** Builds a {@link FileSystemBlobStore}. Not thread-safe. */
    public static final class Builder {

        private final Path root;
        private Clock clock = Clock.systemUTC();
        private boolean durable;
        private boolean attributes = true;

        private Builder(Path root) {
            this.root = requireNonNull(root, "root");
        }

        /** Tells when blobs were created and writes began. Default: the system's clock. */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Whether {@link #put} and {@link #copy} wait until the disk has the blob. Without it a blob that was just
         * stored can be lost when the machine loses power or the kernel stops, within about half a minute on Linux; it
         * is then missing, or reading it fails, but never gives wrong bytes unnoticed by its length. A crash of the
         * process alone loses nothing either way. Default: false, as with every common way to save an upload.
         */
        public Builder durable(boolean durable) {
            this.durable = durable;
            return this;
        }

        /**
         * Whether what is known of a blob may be an extended attribute of the file with its bytes, which makes storing
         * small files twice as fast. Switch off where the directory is copied or backed up by something that loses
         * attributes: a blob that lost them keeps its bytes, and becomes a download of unknown type. Blobs that are
         * there already can be read either way. Default: true, where the file system has such attributes.
         */
        public Builder attributes(boolean attributes) {
            this.attributes = attributes;
            return this;
        }

        /**
         * Builds the store and creates its root if that is missing.
         *
         * @throws BlobStoreException if the directory cannot be created or written to
         */
        public FileSystemBlobStore build() {
            return new FileSystemBlobStore(this);
        }
    }
}
