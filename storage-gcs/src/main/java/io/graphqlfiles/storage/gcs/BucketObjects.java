package io.graphqlfiles.storage.gcs;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.google.api.services.storage.model.StorageObject;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobKeys;
import io.graphqlfiles.spi.Visibility;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The objects of a bucket below a prefix: their names, and what the service and the library say of them. */
final class BucketObjects {

    /**
     * Metadata that names the call which wrote an object. When its answer was lost the client sends the request again,
     * and is answered that the key is taken: by this the store knows its own object from somebody else's.
     */
    private static final String WRITE = "graphql-files-write";

    private final Storage storage;
    private final Storage followUps;
    private final String bucket;
    private final String prefix;
    private final boolean objectAcls;
    private final Failures failures;

    /**
     * @param followUps the same client for what follows a failure, with less time
     * @param prefix of all names
     */
    BucketObjects(Storage storage, Storage followUps, String bucket, String prefix, boolean objectAcls) {
        this.storage = storage;
        this.followUps = followUps;
        this.bucket = bucket;
        this.prefix = prefix;
        this.objectAcls = objectAcls;
        this.failures = new Failures(bucket);
    }

    Storage storage() {
        return storage;
    }

    Failures failures() {
        return failures;
    }

    String bucket() {
        return bucket;
    }

    String name(String keyOrPrefix) {
        return prefix + keyOrPrefix;
    }

    /** Our name for an object; null if it is none of ours: what others keep in the bucket stays theirs. */
    @Nullable
    String key(String name) {
        if (!name.startsWith(prefix)) {
            return null;
        }
        String key = name.substring(prefix.length());
        return BlobKeys.isValid(key) ? key : null;
    }

    BlobId id(String key) {
        return BlobId.of(bucket, name(key));
    }

    /** Whether the object needs an access list of its own to be read by everyone. */
    boolean needsPublicAcl(Visibility visibility) {
        return objectAcls && visibility == Visibility.PUBLIC;
    }

    boolean hasPublicAcls() {
        return objectAcls;
    }

    static String newWriteId() {
        return UUID.randomUUID().toString();
    }

    /** What must be kept with the bytes of a new object. */
    com.google.cloud.storage.BlobInfo newObject(
            String key, String contentType, String contentDisposition, Visibility visibility, String writeId) {
        return com.google.cloud.storage.BlobInfo.newBuilder(id(key))
                .setContentType(contentType)
                .setContentDisposition(contentDisposition)
                .setCacheControl(cacheControl(visibility))
                .setMetadata(Map.of(WRITE, writeId))
                .build();
    }

    /** The same for requests of our own. */
    StorageObject newModel(
            String key, String contentType, String contentDisposition, Visibility visibility, String writeId) {
        return new StorageObject()
                .setName(name(key))
                .setContentType(contentType)
                .setContentDisposition(contentDisposition)
                .setCacheControl(cacheControl(visibility))
                .setMetadata(Map.of(WRITE, writeId));
    }

    /**
     * A key never gets other bytes, so caches need never ask again (RFC 8246). The signed URLs of a private object
     * change every hour or so; what a browser keeps for longer is of no use.
     */
    private static String cacheControl(Visibility visibility) {
        return visibility == Visibility.PUBLIC
                ? "public, max-age=31536000, immutable"
                : "private, max-age=86400, immutable";
    }

    com.google.cloud.storage.@Nullable BlobInfo find(String operation, String key) {
        return find(storage, operation, key);
    }

    /** The same after a failure. */
    com.google.cloud.storage.@Nullable BlobInfo findInAHurry(String operation, String key) {
        return find(followUps, operation, key);
    }

    private com.google.cloud.storage.@Nullable BlobInfo find(Storage client, String operation, String key) {
        try {
            return client.get(id(key));
        } catch (StorageException e) {
            throw failures.of(operation, key, e);
        }
    }

    /**
     * Finds out what became of a write that failed: perhaps only its answer was lost.
     *
     * @return what the write has stored after all
     * @throws io.graphqlfiles.spi.BlobStoreException if it has not
     */
    BlobInfo settle(String operation, String key, String writeId, Exception failure) {
        Failures.Kind kind = Failures.kind(failure);
        if (kind == Failures.Kind.TAKEN || kind == Failures.Kind.RETRYABLE) {
            try {
                com.google.cloud.storage.BlobInfo found = followUps.get(id(key));
                if (found != null
                        && found.getMetadata() != null
                        && writeId.equals(found.getMetadata().get(WRITE))) {
                    return described(operation, key, found);
                }
            } catch (StorageException e) {
                failure.addSuppressed(e);
            }
        }
        throw failures.of(operation, key, failure);
    }

    /** @throws io.graphqlfiles.spi.BlobStoreException if what every object has is missing */
    BlobInfo described(String operation, String key, com.google.cloud.storage.BlobInfo object) {
        return described(
                operation,
                key,
                object.getSize(),
                object.getCreateTimeOffsetDateTime() == null
                        ? null
                        : object.getCreateTimeOffsetDateTime().toInstant(),
                object.getContentType(),
                object.getContentDisposition(),
                object.getGeneration(),
                object.getCrc32c());
    }

    /** @throws io.graphqlfiles.spi.BlobStoreException if what every object has is missing */
    BlobInfo described(String operation, String key, StorageObject object) {
        return described(
                operation,
                key,
                object.getSize() == null ? null : object.getSize().longValueExact(),
                object.getTimeCreated() == null
                        ? null
                        : Instant.ofEpochMilli(object.getTimeCreated().getValue()),
                object.getContentType(),
                object.getContentDisposition(),
                object.getGeneration(),
                object.getCrc32c());
    }

    private BlobInfo described(
            String operation,
            String key,
            @Nullable Long size,
            @Nullable Instant timeCreated,
            @Nullable String contentType,
            @Nullable String contentDisposition,
            @Nullable Long generation,
            @Nullable String crc32c) {
        BlobInfo.Builder info = BlobInfo.newBlobInfo(
                        key,
                        failures.described(operation, key, "size", size),
                        failures.described(operation, key, "timeCreated", timeCreated))
                .contentType(requireNonNullElse(contentType, "application/octet-stream"))
                .contentDisposition(requireNonNullElse(contentDisposition, "attachment"));
        if (generation != null) {
            info.version(generation.toString());
        }
        if (crc32c != null) {
            info.checksum(
                    "crc32c:" + HexFormat.of().formatHex(Base64.getDecoder().decode(crc32c)));
        }
        return info.build();
    }

    @Override
    public String toString() {
        return "gs://" + bucket + "/" + requireNonNull(prefix);
    }
}
