package io.graphqlfiles.storage.azure;

import static java.util.Objects.requireNonNullElse;

import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlockBlobItem;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.specialized.BlockBlobAsyncClient;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.Visibility;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The blobs of the containers: how service and library tell of them, and what every request about one needs. */
final class ContainerBlobs {

    /**
     * Metadata that names the call which wrote a blob. When its answer was lost the client sends the request again, and
     * is told that the key is taken: by this the store knows its own blob from somebody else's.
     */
    private static final String WRITE = "graphqlfileswrite";

    private static final String MD5 = "md5:";

    private final Containers containers;
    private final Calls calls;
    private final Calls followUps;
    private final Failures failures;

    ContainerBlobs(Containers containers, Calls calls, Failures failures) {
        this.containers = containers;
        this.calls = calls;
        this.followUps = calls.inAHurry();
        this.failures = failures;
    }

    Containers containers() {
        return containers;
    }

    BlockBlobAsyncClient blob(String key) {
        return containers.blob(key);
    }

    Calls calls() {
        return calls;
    }

    /** For what follows a failure. */
    Calls followUps() {
        return followUps;
    }

    Failures failures() {
        return failures;
    }

    static String newWriteId() {
        return UUID.randomUUID().toString();
    }

    static Map<String, String> metadata(String writeId) {
        return Map.of(WRITE, writeId);
    }

    static BlobRequestConditions createOnly() {
        return new BlobRequestConditions().setIfNoneMatch("*");
    }

    /**
     * What is kept with the bytes.
     *
     * @param checksum as {@link BlobInfo#checksum()}; kept if it is one that the service has a place for
     */
    static BlobHttpHeaders headers(
            String contentType, String contentDisposition, Visibility visibility, @Nullable String checksum) {
        BlobHttpHeaders headers = new BlobHttpHeaders()
                .setContentType(contentType)
                .setContentDisposition(contentDisposition)
                .setCacheControl(cacheControl(visibility));
        if (checksum != null && checksum.startsWith(MD5)) {
            headers.setContentMd5(HexFormat.of().parseHex(checksum, MD5.length(), checksum.length()));
        }
        return headers;
    }

    /**
     * A key never gets other bytes, so caches need never ask again (RFC 8246). The signed URLs of a private blob change
     * every hour or so; what a browser keeps for longer is of no use.
     */
    private static String cacheControl(Visibility visibility) {
        return visibility == Visibility.PUBLIC
                ? "public, max-age=31536000, immutable"
                : "private, max-age=86400, immutable";
    }

    static @Nullable String checksum(byte @Nullable [] md5) {
        return md5 == null || md5.length == 0 ? null : MD5 + HexFormat.of().formatHex(md5);
    }

    /** Entity tags come with and without quotes. */
    static String version(String entityTag) {
        return entityTag.replace("\"", "");
    }

    static String entityTag(String version) {
        return '"' + version + '"';
    }

    /** Null if there is none. */
    @Nullable
    BlobProperties find(String operation, String key) {
        try {
            return find(calls, key);
        } catch (RuntimeException e) {
            throw failures.of(operation, key, e);
        }
    }

    private @Nullable BlobProperties find(Calls asking, String key) {
        try {
            return asking.await(blob(key).getProperties());
        } catch (RuntimeException e) {
            if (Failures.kind(e) == Failures.Kind.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    /**
     * Finds out what became of a write that failed: perhaps only its answer was lost.
     *
     * @return what the write has stored after all
     * @throws BlobStoreException if it has not
     */
    BlobInfo settle(String operation, String key, String writeId, RuntimeException failure) {
        Failures.Kind kind = Failures.kind(failure);
        if (kind == Failures.Kind.TAKEN || kind == Failures.Kind.RETRYABLE) {
            try {
                BlobProperties found = find(followUps, key);
                if (found != null
                        && found.getMetadata() != null
                        && writeId.equals(found.getMetadata().get(WRITE))) {
                    return described(operation, key, found);
                }
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
        throw failures.of(operation, key, failure);
    }

    BlobInfo described(String operation, String key, BlobProperties blob) {
        OffsetDateTime created = blob.getCreationTime() == null ? blob.getLastModified() : blob.getCreationTime();
        return BlobInfo.newBlobInfo(
                        key,
                        blob.getBlobSize(),
                        failures.described(operation, key, "Last-Modified", created)
                                .toInstant())
                .contentType(requireNonNullElse(blob.getContentType(), "application/octet-stream"))
                .contentDisposition(dispositionOf(blob.getContentDisposition()))
                .version(version(failures.described(operation, key, "ETag", blob.getETag())))
                .checksum(checksum(blob.getContentMd5()))
                .build();
    }

    /** A client that sends a blob straight to the service names none. */
    static String dispositionOf(@Nullable String stored) {
        return stored == null || stored.isEmpty() ? "attachment" : stored;
    }

    /** What was just written. */
    BlobInfo described(String operation, String key, long byteSize, BlobHttpHeaders headers, BlockBlobItem made) {
        return BlobInfo.newBlobInfo(
                        key,
                        byteSize,
                        failures.described(operation, key, "Last-Modified", made.getLastModified())
                                .toInstant())
                .contentType(headers.getContentType())
                .contentDisposition(headers.getContentDisposition())
                .version(version(failures.described(operation, key, "ETag", made.getETag())))
                .checksum(checksum(headers.getContentMd5()))
                .build();
    }

    /**
     * Throws away the uncommitted blocks of a key. The service has no request for this: a blob that is made of none of
     * them takes their place, and is deleted at once. What has become a blob meanwhile stays.
     *
     * @return whether there was something to throw away; false if there is a blob
     */
    boolean discardBlocks(Calls asking, String key) {
        BlockBlobAsyncClient blob = blob(key);
        try {
            BlockBlobItem empty = asking.await(blob.commitBlockListWithResponse(
                            new BlockBlobCommitBlockListOptions(List.of()).setRequestConditions(createOnly())))
                    .getValue();
            asking.await(blob.deleteWithResponse(null, new BlobRequestConditions().setIfMatch(empty.getETag())));
            return true;
        } catch (RuntimeException e) {
            Failures.Kind kind = Failures.kind(e);
            if (kind == Failures.Kind.TAKEN || kind == Failures.Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public String toString() {
        return containers.toString();
    }
}
