package io.graphqlfiles.testkit;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobKeys;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobPage;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyBlob;
import io.graphqlfiles.spi.PutBlob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Keeps blobs on the heap, for tests. Keeps every promise of {@link BlobStore} but one: a blob is held in memory whole,
 * up to 2 GiB less a few bytes. Thread-safe.
 */
public final class InMemoryBlobStore implements BlobStore {

    private static final String NAME = "memory";
    private static final int MAX_BYTES = Integer.MAX_VALUE - 16;

    private final ConcurrentSkipListMap<String, StoredBlob> blobs = new ConcurrentSkipListMap<>();
    private final AtomicLong versions = new AtomicLong();
    private final Clock clock;

    /** An empty store with the system's clock. */
    public InMemoryBlobStore() {
        this(Clock.systemUTC());
    }

    /**
     * An empty store.
     *
     * @param clock tells {@link BlobInfo#createdAt()}
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

    /** Removes all blobs. */
    public void clear() {
        blobs.clear();
    }

    @Override
    public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
        String key = BlobKeys.requireValid(blob.key());
        if (blobs.containsKey(key)) {
            throw alreadyExists("put", key);
        }
        byte[] bytes = read(blob, content);
        return create("put", key, bytes, checksum(bytes), blob.contentType(), blob.contentDisposition());
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
    public BlobInfo copy(CopyBlob copy) {
        String sourceKey = BlobKeys.requireValid(copy.sourceKey());
        String targetKey = BlobKeys.requireValid(copy.targetKey());
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
                copy.contentDisposition());
    }

    @Override
    public void delete(Collection<String> keys) {
        keys.forEach(BlobKeys::requireValid);
        keys.forEach(blobs::remove);
    }

    @Override
    public BlobPage list(String prefix, @Nullable String cursor, int limit) {
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
                return new BlobPage(page, page.get(limit - 1).key());
            }
            page.add(entry.getValue().info());
        }
        return new BlobPage(page, null);
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
            String contentDisposition) {
        BlobInfo info = BlobInfo.newBlobInfo(key, bytes.length, clock.instant())
                .contentType(contentType)
                .contentDisposition(contentDisposition)
                .version("v" + versions.incrementAndGet())
                .checksum(checksum)
                .build();
        if (blobs.putIfAbsent(key, new StoredBlob(info, bytes)) != null) {
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

    private static byte[] read(PutBlob blob, InputStream content) throws IOException {
        long promised = blob.byteSize();
        boolean known = promised != PutBlob.UNKNOWN_SIZE;
        // One byte more than promised is enough to know that there is more.
        long atMost = known && promised < MAX_BYTES ? promised + 1 : MAX_BYTES;
        byte[] bytes = content.readNBytes((int) atMost);
        if (bytes.length == MAX_BYTES) {
            throw new BlobStoreException(
                    NAME, "put", blob.key(), false, "expected less than 2 GiB, found " + MAX_BYTES + " bytes", null);
        }
        if (known && bytes.length != promised) {
            String found = bytes.length > promised ? "more" : bytes.length + " bytes";
            throw new BlobIntegrityException(
                    NAME, "put", blob.key(), "expected " + promised + " bytes, found " + found, null);
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
    private record StoredBlob(BlobInfo info, byte[] bytes) {}
}
