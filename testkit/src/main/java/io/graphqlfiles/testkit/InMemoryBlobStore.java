package io.graphqlfiles.testkit;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobKeys;
import io.graphqlfiles.spi.BlobNotFoundException;
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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Keeps blobs on the heap, for tests. Keeps every promise of {@link BlobStore} and {@link PartUploads} but one: a blob
 * is held in memory whole, up to 2 GiB less a few bytes. Thread-safe.
 */
public final class InMemoryBlobStore implements BlobStore, PartUploads {

    private static final String NAME = "memory";
    private static final int MAX_BYTES = Integer.MAX_VALUE - 16;
    private static final PartUploads.Limits PART_LIMITS =
            new PartUploads.Limits(5L * 1024 * 1024, 5L * 1024 * 1024 * 1024, 10_000, MAX_BYTES);

    private final ConcurrentSkipListMap<String, StoredBlob> blobs = new ConcurrentSkipListMap<>();
    private final ConcurrentHashMap<PartUpload, InMemoryParts> uploads = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();
    private final Clock clock;

    /** An empty store with the system's clock. */
    public InMemoryBlobStore() {
        this(Clock.systemUTC());
    }

    /**
     * An empty store.
     *
     * @param clock gives {@link BlobInfo#createdAt()}
     */
    public InMemoryBlobStore(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
    }

    /** The keys of all blobs at this moment, in order; a copy. */
    public List<String> keys() {
        return List.copyOf(blobs.keySet());
    }

    /**
     * The bytes of a blob; a copy.
     *
     * @throws BlobNotFoundException if there is no such blob
     */
    public byte[] bytes(String key) {
        return require("bytes", BlobKeys.requireValid(key)).bytes.clone();
    }

    /** How many uploads in parts are in progress. */
    public int unfinishedUploads() {
        return uploads.size();
    }

    /** Removes all blobs, and all uploads in parts. */
    public void clear() {
        blobs.clear();
        uploads.clear();
    }

    @Override
    public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
        String key = blob.key();
        if (blobs.containsKey(key)) {
            throw alreadyExists("put", key);
        }
        byte[] bytes = read("put", key, blob.byteSize(), content);
        return create("put", key, bytes, checksum(bytes), blob.contentType(), blob.contentDisposition(), null);
    }

    @Override
    public InputStream open(String key, ByteRange range) {
        byte[] bytes = require("open", BlobKeys.requireValid(key)).bytes;
        int offset = (int) Math.min(range.offset(), bytes.length);
        int length = (int) Math.min(range.length(), bytes.length - offset);
        return new ByteArrayInputStream(bytes, offset, length);
    }

    @Override
    public @Nullable BlobInfo stat(String key) {
        StoredBlob blob = blobs.get(BlobKeys.requireValid(key));
        return blob == null ? null : blob.info();
    }

    @Override
    public BlobInfo copy(CopyRequest copy) {
        String sourceKey = copy.sourceKey();
        String targetKey = copy.targetKey();
        StoredBlob source = require("copy", sourceKey);
        if (!source.info().version().equals(copy.sourceVersion())) {
            throw new BlobIntegrityException(
                    NAME,
                    "copy",
                    sourceKey,
                    "expected version " + copy.sourceVersion() + ", found "
                            + source.info().version(),
                    null);
        }
        // The array is never written to once it is here, so that two blobs may share it.
        return create(
                "copy",
                targetKey,
                source.bytes,
                source.info().checksum(),
                copy.contentType(),
                copy.contentDisposition(),
                null);
    }

    @Override
    public void delete(Collection<String> keys) {
        keys.forEach(BlobKeys::requireValid);
        keys.forEach(blobs::remove);
    }

    @Override
    public BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
        BlobKeys.requireValidPrefix(prefix);
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit: expected 1 to 1000, found " + limit);
        }
        NavigableMap<String, StoredBlob> rest =
                cursor == null ? blobs.tailMap(prefix, true) : blobs.tailMap(cursor, false);
        List<BlobInfo> page = new ArrayList<>();
        for (Entry<String, StoredBlob> entry : rest.entrySet()) {
            if (!entry.getKey().startsWith(prefix)) {
                break;
            }
            if (page.size() == limit) {
                return new BlobStore.Page(page, page.get(limit - 1).key());
            }
            page.add(entry.getValue().info());
        }
        return new BlobStore.Page(page, null);
    }

    @Override
    public PartUploads.Limits partLimits() {
        return PART_LIMITS;
    }

    @Override
    public PartUpload beginParts(PartUploadRequest begin) {
        PartUpload upload = new PartUpload(begin.key(), "u" + versions.incrementAndGet());
        uploads.put(upload, new InMemoryParts(begin, clock.instant()));
        return upload;
    }

    @Override
    public UploadedPart putPart(PutPartRequest part, InputStream content) throws IOException {
        InMemoryParts upload = require("putPart", part.upload());
        upload.requirePart(part);
        byte[] bytes = read("putPart", part.upload().key(), part.byteSize(), content);
        UploadedPart uploaded = new UploadedPart(part.number(), bytes.length, "v" + versions.incrementAndGet());
        upload.put(uploaded, bytes);
        // Aborted or completed while the bytes came.
        require("putPart", part.upload());
        return uploaded;
    }

    @Override
    public List<UploadedPart> listParts(PartUpload upload) {
        return require("listParts", upload).list();
    }

    @Override
    public void completeParts(PartUpload upload, List<UploadedPart> parts) {
        InMemoryParts found = uploads.get(upload);
        byte[] bytes = found == null ? null : found.assemble(parts);
        // Looked at after the upload, which ends when its blob is there.
        StoredBlob blob = blobs.get(upload.key());
        if (blob != null && upload.equals(blob.upload)) {
            return;
        }
        if (found == null) {
            throw noUpload("completeParts", upload);
        }
        if (bytes == null) {
            throw new BlobIntegrityException(
                    NAME, "completeParts", upload.key(), "expected all parts as they were listed, found others", null);
        }
        PartUploadRequest begin = found.begin();
        try {
            create("completeParts", upload.key(), bytes, checksum(bytes), begin.contentType(), "attachment", upload);
        } catch (BlobAlreadyExistsException e) {
            StoredBlob other = blobs.get(upload.key());
            if (other == null || !upload.equals(other.upload)) {
                throw e;
            }
        } finally {
            uploads.remove(upload, found);
        }
    }

    @Override
    public void abortParts(PartUpload upload) {
        uploads.remove(upload);
    }

    @Override
    public int removeUnfinishedWrites(Instant before) {
        int removed = 0;
        for (Entry<PartUpload, InMemoryParts> upload : uploads.entrySet()) {
            if (upload.getValue().beganBefore(before) && uploads.remove(upload.getKey(), upload.getValue())) {
                removed++;
            }
        }
        return removed;
    }

    @Override
    public String toString() {
        return "InMemoryBlobStore[" + blobs.size() + " blobs]";
    }

    private BlobInfo create(
            String operation,
            String key,
            byte[] bytes,
            @Nullable String checksum,
            String contentType,
            String contentDisposition,
            @Nullable PartUpload upload) {
        BlobInfo info = BlobInfo.newBlobInfo(key, bytes.length, clock.instant())
                .contentType(contentType)
                .contentDisposition(contentDisposition)
                .version("v" + versions.incrementAndGet())
                .checksum(checksum)
                .build();
        if (blobs.putIfAbsent(key, new StoredBlob(info, bytes, upload)) != null) {
            throw alreadyExists(operation, key);
        }
        return info;
    }

    private StoredBlob require(String operation, String key) {
        StoredBlob blob = blobs.get(key);
        if (blob == null) {
            throw new BlobNotFoundException(NAME, operation, key, "there is no such blob", null);
        }
        return blob;
    }

    private InMemoryParts require(String operation, PartUpload upload) {
        InMemoryParts found = uploads.get(upload);
        if (found == null) {
            throw noUpload(operation, upload);
        }
        return found;
    }

    private static BlobNotFoundException noUpload(String operation, PartUpload upload) {
        return new BlobNotFoundException(NAME, operation, upload.key(), "there is no such upload in parts", null);
    }

    private static byte[] read(String operation, String key, long promised, InputStream content) throws IOException {
        boolean known = promised != PutRequest.UNKNOWN_SIZE;
        // One byte more than promised is enough to know that there is more.
        long atMost = known && promised < MAX_BYTES ? promised + 1 : MAX_BYTES;
        byte[] bytes = content.readNBytes((int) atMost);
        if (bytes.length == MAX_BYTES) {
            throw new BlobStoreException(
                    NAME, operation, key, false, "expected less than 2 GiB, found " + MAX_BYTES + " bytes", null);
        }
        if (known && bytes.length != promised) {
            String found = bytes.length > promised ? "more" : bytes.length + " bytes";
            throw new BlobIntegrityException(
                    NAME, operation, key, "expected " + promised + " bytes, found " + found, null);
        }
        return bytes;
    }

    private static String checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return "crc32c:" + HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static BlobAlreadyExistsException alreadyExists(String operation, String key) {
        return new BlobAlreadyExistsException(NAME, operation, key, "expected a free key, found a blob", null);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
    private record StoredBlob(
            BlobInfo info, byte[] bytes, @Nullable PartUpload upload) {}
}
