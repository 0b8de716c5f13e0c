package io.graphqlfiles.internal.directupload;

import static io.graphqlfiles.internal.check.FileChecks.HEAD_LENGTH;
import static java.util.Objects.requireNonNull;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.FileSourceType;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.blob.NewBlob;
import io.graphqlfiles.internal.blob.Tenancy;
import io.graphqlfiles.internal.check.FileChecks;
import io.graphqlfiles.internal.check.FileClaims;
import io.graphqlfiles.internal.check.FileInspection;
import io.graphqlfiles.internal.mime.StoredTypes;
import io.graphqlfiles.spi.BlobHead;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.DirectPartAccess;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PartUploads;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Direct uploads: permission to send bytes to a staging place of the store, and the claim that makes a file of them.
 * The claim looks at the staged blob and copies the very version that it saw to a fresh key: whoever still holds the
 * upload URL can no longer change what was accepted, and each use of the token gives a file of its own.
 */
public final class DirectUploads {

    private static final Logger LOG = LoggerFactory.getLogger(DirectUploads.class);

    private final BlobStores stores;
    private final UploadTokens tokens;
    private final FileKeys keys;
    private final FileChecks checks;
    private final FileInspection inspection;
    private final Clock clock;
    private final UploadLifetime lifetime;
    private final long partsFrom;
    private final @Nullable TusUrls tus;
    private final Tenancy tenancy;

    /**
     * Makes direct uploads possible.
     *
     * @param partsFrom the size from which on files go up in parts unless the client wants otherwise
     * @param tus null if the endpoint does not speak tus
     */
    public DirectUploads(
            BlobStores stores,
            UploadTokens tokens,
            FileKeys keys,
            FileChecks checks,
            FileInspection inspection,
            Clock clock,
            UploadLifetime lifetime,
            ByteSize partsFrom,
            @Nullable TusUrls tus,
            Tenancy tenancy) {
        this.stores = stores;
        this.tokens = tokens;
        this.keys = keys;
        this.checks = checks;
        this.inspection = inspection;
        this.clock = clock;
        this.lifetime = lifetime;
        this.partsFrom = partsFrom.bytes();
        this.tus = tus;
        this.tenancy = tenancy;
    }

    /**
     * Who asks.
     *
     * @param subject the user; empty for a guest
     * @param tenant null without tenants
     */
    public record Caller(String subject, @Nullable String tenant) {}

    /** A field as it is for a caller, whose files may have a store of their own. */
    public FileField field(FileField declared, Caller caller) {
        return tenancy.field(declared, caller.tenant());
    }

    /**
     * Starts an upload. One call to the store if it goes up in parts, none otherwise.
     *
     * @param inParts whether the client wants parts; null to leave it to the server
     * @throws FileException if the field would not take such a file
     */
    public FileUpload start(
            FileField field,
            String fileName,
            @Nullable String mimeType,
            long byteSize,
            @Nullable Boolean inParts,
            Caller caller) {
        requireTaken(field);
        if (byteSize < 0) {
            throw FileException.invalid("byteSize: expected 0 or more, found " + byteSize + ".");
        }
        checks.size(field, FileSourceType.DIRECT_UPLOAD, byteSize);
        String claimedType = checks.claimedType(field, mimeType, fileName);
        String cleanName = checks.fileName(fileName);
        Instant now = now();
        String key = keys.staged(now, caller.tenant());
        BlobStore store = stores.store(field.store());
        UploadTokens.Parts parts = null;
        if (store instanceof PartUploads takesParts && stores.access(field.store()) instanceof DirectPartAccess) {
            PartPlan plan = plan(takesParts, byteSize, inParts);
            if (plan != null) {
                PartUpload begun =
                        takesParts.beginParts(new PartUploadRequest(key, byteSize, plan.partByteSize(), claimedType));
                parts = new UploadTokens.Parts(begun.uploadId(), plan.partByteSize());
            }
        }
        return upload(
                new UploadTokens.Claims(
                        field.coordinate(),
                        field.store(),
                        key,
                        byteSize,
                        claimedType,
                        StoredTypes.claimedCharset(mimeType),
                        cleanName,
                        caller.subject(),
                        now,
                        parts),
                now,
                UploadProgress::nothing);
    }

    private static void requireTaken(FileField field) {
        if (!field.sources().contains(FileSourceType.DIRECT_UPLOAD)) {
            throw new FileException(
                    FileErrorCode.FILE_SOURCE_INVALID, field.coordinate() + " takes no direct uploads.");
        }
    }

    /**
     * Where clients that speak tus create uploads for the field; null if they cannot. No call to the store.
     *
     * @throws FileException if the field takes no direct uploads
     */
    public TusUrls.@Nullable Url tusCreation(FileField field, Caller caller) {
        requireTaken(field);
        boolean inParts = stores.store(field.store()) instanceof PartUploads
                && stores.access(field.store()) instanceof DirectPartAccess;
        return tus == null || !inParts ? null : tus.creation(new TusUrls.Creation(field.coordinate(), caller));
    }

    /** The largest file that the field takes, in bytes. */
    public long maxByteSize(FileField field) {
        return checks.maxByteSize(field, FileSourceType.DIRECT_UPLOAD);
    }

    /**
     * The upload as a sequence of bytes.
     *
     * @param claims of an upload in parts, or of an empty file
     * @throws FileException if its store is gone
     */
    public SequentialUpload sequential(UploadTokens.Claims claims) {
        return new SequentialUpload(store(claims), claims);
    }

    /** The upload with a new token, without a look at what has been received. */
    public FileUpload renew(UploadTokens.Claims claims) {
        return upload(claims, now(), UploadProgress::nothing);
    }

    /** How the file goes up in parts; null if it goes in one piece. */
    private @Nullable PartPlan plan(PartUploads store, long byteSize, @Nullable Boolean inParts) {
        PartUploads.Limits limits = store.partLimits();
        boolean wanted = inParts != null ? inParts : byteSize >= partsFrom;
        // No server takes more in one request than in one part.
        boolean needed = byteSize > limits.maxPartByteSize();
        return wanted || needed ? PartPlan.of(byteSize, limits) : null;
    }

    /**
     * What a token was given for.
     *
     * @throws FileException if it is not valid, or not for this caller
     */
    public UploadTokens.Claims open(String token, Caller caller) {
        return requireOwn(tokens.open(token, caller.subject()), caller);
    }

    private UploadTokens.Claims requireOwn(UploadTokens.Claims claims, Caller caller) {
        if (tenancy.isForeign(claims.key(), caller.tenant())) {
            throw new FileException(
                    FileErrorCode.FILE_FORBIDDEN, "The upload token was given in a request of another tenant.");
        }
        return claims;
    }

    /**
     * Opens a token whose file a mutation puts into a field. No call to the store.
     *
     * @throws FileException if it is not valid, or not for this field and caller
     */
    public UploadTokens.Claims openFor(FileField field, String token, Caller caller) {
        UploadTokens.Claims claims = open(token, caller);
        if (!claims.field().equals(field.coordinate()) || !claims.store().equals(field.store())) {
            throw UploadTokens.invalid(
                    "The upload token was given for " + claims.field() + ", not for " + field.coordinate() + ".");
        }
        return claims;
    }

    /**
     * The same, also if the token has expired and the upload can still continue.
     *
     * @throws FileException if it is not for this caller, or the upload is over
     */
    public UploadTokens.Claims openWhileItLives(String token, Caller caller) {
        return requireOwn(tokens.openWhileItLives(token, caller.subject()), caller);
    }

    /** The upload with what has been received, a new token and fresh requests. */
    public FileUpload resume(UploadTokens.Claims claims) {
        return upload(claims, now(), () -> progress(claims));
    }

    /**
     * Makes one blob of the parts. Repeating is harmless.
     *
     * @throws FileException if the content is not there, or not all of it
     */
    public FileUpload complete(UploadTokens.Claims claims) {
        UploadInParts parted = parted(claims);
        FileException absent = parted == null ? incomplete(claims, null) : parted.complete();
        if (absent != null) {
            requireAnnounced(claims, requireArrived(claims, store(claims).stat(claims.key()), absent));
        }
        return upload(claims, now(), UploadProgress::everything);
    }

    /** Gives an upload up: what has been received is deleted, also when it is complete. */
    public void abort(String token, Caller caller) {
        UploadTokens.Claims claims = openWhileItLives(token, caller);
        UploadInParts parted = parted(claims);
        if (parted != null) {
            if (tus != null) {
                sequential(claims).deletePieces();
            }
            parted.abort();
        } else {
            store(claims).delete(List.of(claims.key()));
        }
    }

    private FileUpload upload(UploadTokens.Claims claims, Instant now, Supplier<UploadProgress> look) {
        Instant expiresAt = lifetime.expiry(claims.startedAt(), now);
        return new FileUpload(
                claims, tokens.seal(claims, expiresAt), now, expiresAt, stores.access(claims.store()), tus, look);
    }

    private UploadProgress progress(UploadTokens.Claims claims) {
        UploadInParts parted = parted(claims);
        if (parted != null) {
            return parted.progress();
        }
        BlobInfo staged = store(claims).stat(claims.key());
        return staged != null && staged.byteSize() == claims.byteSize()
                ? UploadProgress.everything()
                : UploadProgress.nothing();
    }

    /**
     * What has been received must be all that was announced; perhaps it is more.
     *
     * @param absent what to say if nothing has
     */
    private static BlobInfo requireArrived(
            UploadTokens.Claims claims, @Nullable BlobInfo staged, @Nullable FileException absent) {
        if (staged == null) {
            throw absent == null ? UploadInParts.aborted() : absent;
        }
        if (staged.byteSize() < claims.byteSize()) {
            throw incomplete(claims, staged);
        }
        return staged;
    }

    private static void requireAnnounced(UploadTokens.Claims claims, BlobInfo staged) {
        if (staged.byteSize() > claims.byteSize()) {
            throw new FileException(
                            FileErrorCode.FILE_TOO_LARGE,
                            "The upload has " + staged.byteSize() + " bytes; " + claims.byteSize() + " were announced.")
                    .with("byteSize", staged.byteSize())
                    .with("maxByteSize", claims.byteSize());
        }
    }

    private @Nullable UploadInParts parted(UploadTokens.Claims claims) {
        PartUpload upload = claims.partUpload();
        PartPlan plan = claims.plan();
        return upload == null || plan == null ? null : new UploadInParts(store(claims), upload, plan);
    }

    private BlobStore store(UploadTokens.Claims claims) {
        if (!stores.names().contains(claims.store())) {
            throw UploadTokens.invalid("The upload token was given for a store that this server no longer has.");
        }
        return stores.store(claims.store());
    }

    /** In whole seconds, so that token, URL and the expiry that the client sees end at the same instant. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Makes a file of what was uploaded.
     *
     * @param claims from {@link #openFor}
     * @param fileName name that the mutation gives in place of the one given at the start; may be null
     * @param mimeType type that the mutation gives in place of the one given at the start; may be null
     * @param blob where the file goes
     * @throws FileException if what was uploaded is not what was agreed or what the field takes; no copy is left
     */
    public Claimed claim(
            FileField field,
            UploadTokens.Claims claims,
            @Nullable String fileName,
            @Nullable String mimeType,
            NewBlob blob)
            throws IOException {
        BlobStore store = stores.store(claims.store());
        BlobHead staged = staged(store, claims);
        checks.size(field, FileSourceType.DIRECT_UPLOAD, staged.info().byteSize());
        requireAnnounced(claims, staged.info());
        FileChecks.Checked checked = checks.content(
                field,
                staged.bytes(),
                FileClaims.given(
                        fileName != null ? fileName : claims.fileName(),
                        mimeType != null ? mimeType : claims.claimedType()));
        FileInspection.Found found = inspection.head(field, checked.mimeType(), staged.bytes());
        // Of the very version that was looked at.
        return new Claimed(copy(store, staged.info(), field, checked, blob), found);
    }

    /**
     * What was claimed.
     *
     * @param found what its head told of it; the rest is to be read from the file, which nobody else can change
     */
    public record Claimed(StoredFile file, FileInspection.Found found) {}

    /**
     * What was uploaded, to be stored like a file from any other source: nothing has been checked but that it was
     * received. Whoever still has the upload URL can change it until it is read, and the stream is what counts.
     *
     * @param claims from {@link #openFor}
     * @param fileName name that the mutation gives in place of the one given at the start; may be null
     * @param mimeType type that the mutation gives in place of the one given at the start; may be null
     * @throws FileException if what was uploaded is not what was agreed
     */
    public FileSource source(UploadTokens.Claims claims, @Nullable String fileName, @Nullable String mimeType)
            throws IOException {
        BlobStore store = stores.store(claims.store());
        BlobInfo staged = staged(store, claims).info();
        requireAnnounced(claims, staged);
        return FileSource.of(() -> store.open(staged.key(), ByteRange.whole()))
                .withByteSize(staged.byteSize())
                .withFileName(fileName != null ? fileName : claims.fileName())
                .withMimeType(mimeType != null ? mimeType : claims.claimedType());
    }

    /**
     * Deletes what was uploaded if no claim of it can succeed any more: nobody needs an infected file for another day.
     * Does not fail: what stays is swept.
     *
     * @param asAnnounced whether name and type were those of the start; with others it may yet be accepted
     */
    public void refused(UploadTokens.Claims claims, FileErrorCode why, boolean asAnnounced) {
        boolean isOver = switch (why) {
            case FILE_INVALID, FILE_TOO_LARGE -> true;
            case FILE_TYPE_NOT_ACCEPTED -> asAnnounced;
            default -> false;
        };
        if (isOver) {
            try {
                store(claims).delete(List.of(claims.key()));
            } catch (BlobStoreException e) {
                LOG.warn("A refused upload could not be deleted; the sweep will delete it", e);
            }
        }
    }

    /** What has been received, and how it begins. */
    private BlobHead staged(BlobStore store, UploadTokens.Claims claims) throws IOException {
        UploadInParts parted = parted(claims);
        FileException absent = parted == null ? incomplete(claims, null) : parted.complete();
        BlobHead staged;
        try {
            staged = claims.byteSize() == 0 ? emptyHead(store, claims.key()) : store.head(claims.key(), HEAD_LENGTH);
        } catch (BlobIntegrityException e) {
            throw UploadInParts.changed();
        }
        requireArrived(claims, staged == null ? null : staged.info(), absent);
        return requireNonNull(staged);
    }

    /** Of what should be empty there is nothing to read; if it is not, it is refused for its size. */
    private static @Nullable BlobHead emptyHead(BlobStore store, String key) {
        BlobInfo info = store.stat(key);
        return info == null ? null : new BlobHead(info, new byte[0]);
    }

    private StoredFile copy(
            BlobStore store, BlobInfo staged, FileField field, FileChecks.Checked checked, NewBlob blob) {
        String key = blob.key();
        try {
            BlobInfo copy = store.copy(new CopyRequest(
                    staged, key, checked.contentType(), checked.contentDisposition(), field.visibility()));
            return checks.stored(field, copy, checked);
        } catch (BlobNotFoundException | BlobIntegrityException e) {
            // No failure of the store: there is no copy.
            FileException changed = UploadInParts.changed();
            blob.failed(key, changed);
            throw changed;
        } catch (RuntimeException | Error e) {
            blob.failed(key, e);
            throw e;
        }
    }

    private static FileException incomplete(UploadTokens.Claims claims, @Nullable BlobInfo staged) {
        return new FileException(
                FileErrorCode.FILE_UPLOAD_INCOMPLETE,
                staged == null
                        ? "The content has not been uploaded; upload it first."
                        : "The upload has " + staged.byteSize() + " of " + claims.byteSize()
                                + " bytes; send the whole content first.");
    }
}
