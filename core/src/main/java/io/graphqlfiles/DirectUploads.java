package io.graphqlfiles;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyBlob;
import io.graphqlfiles.spi.SignPut;
import io.graphqlfiles.spi.SignedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Direct uploads: leave to send bytes to a staging place of the store, and the claim that makes a file of them. The
 * claim copies the staged blob to a fresh key, pinned to the version it saw, and checks the copy: whoever still holds
 * the upload URL can no longer change what was accepted, and each use of the token gives a file of its own.
 */
final class DirectUploads {

    private final BlobStores stores;
    private final UploadTokens tokens;
    private final FileKeys keys;
    private final NewBlobs blobs;
    private final FileChecks checks;
    private final FileDeletion deletion;
    private final Clock clock;
    private final Duration validity;

    DirectUploads(
            BlobStores stores,
            UploadTokens tokens,
            FileKeys keys,
            NewBlobs blobs,
            FileChecks checks,
            FileDeletion deletion,
            Clock clock,
            Duration validity) {
        this.stores = stores;
        this.tokens = tokens;
        this.keys = keys;
        this.blobs = blobs;
        this.checks = checks;
        this.deletion = deletion;
        this.clock = clock;
        this.validity = validity;
    }

    /** What the client gets. */
    record Started(String token, Instant expiresAt, SignedRequest request) {

        @Override
        public String toString() {
            return "Started[until " + expiresAt + "]";
        }
    }

    /** @throws FileException if the field would not take such a file */
    Started start(FileField field, String fileName, @Nullable String mimeType, long byteSize, String subject) {
        if (!field.sources().contains(FileSourceType.DIRECT_UPLOAD)) {
            throw new FileException(
                    FileErrorCode.FILE_SOURCE_INVALID, field.coordinate() + " takes no direct uploads.");
        }
        if (byteSize < 0) {
            throw FileException.invalid("byteSize: expected 0 or more, found " + byteSize + ".");
        }
        checks.size(field, FileSourceType.DIRECT_UPLOAD, byteSize);
        String claimedType = checks.claimedType(field, mimeType, fileName);
        String cleanName = checks.fileName(fileName, claimedType);
        // Whole seconds, so that token, URL and what the client is told end at the same instant.
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = now.plus(validity);
        String key = keys.staged(now);
        SignedRequest request =
                stores.access(field.store()).signPut(new SignPut(key, byteSize, claimedType, now, expiresAt));
        String token = tokens.seal(
                new UploadTokens.Claims(
                        field.coordinate(), field.store(), key, byteSize, claimedType, cleanName, subject),
                expiresAt);
        return new Started(token, expiresAt, request);
    }

    /** Deletes what has arrived for a token. */
    void abort(String token, String subject) {
        UploadTokens.Claims claims = tokens.open(token, subject);
        if (!stores.names().contains(claims.store())) {
            throw UploadTokens.invalid("The upload token was given for a store that this server no longer has.");
        }
        stores.store(claims.store()).delete(List.of(claims.key()));
    }

    /**
     * Makes a file of what was uploaded for a token.
     *
     * @param fileName name that the mutation gives in place of the one given at the start; may be null
     * @param mimeType likewise
     * @throws FileException if the token is not good for this field and subject, or what arrived is not what was agreed
     *     or what the field takes; no copy is left
     */
    StoredFile claim(
            FileField field, String token, String subject, @Nullable String fileName, @Nullable String mimeType)
            throws IOException {
        UploadTokens.Claims claims = tokens.open(token, subject);
        if (!claims.field().equals(field.coordinate()) || !claims.store().equals(field.store())) {
            throw UploadTokens.invalid(
                    "The upload token was given for " + claims.field() + ", not for " + field.coordinate() + ".");
        }
        BlobStore store = stores.store(claims.store());
        BlobInfo staged = store.stat(claims.key());
        if (staged == null || staged.byteSize() < claims.byteSize()) {
            throw incomplete(claims, staged);
        }
        checks.size(field, FileSourceType.DIRECT_UPLOAD, staged.byteSize());
        if (staged.byteSize() > claims.byteSize()) {
            throw new FileException(
                    FileErrorCode.FILE_TOO_LARGE,
                    "The upload has " + staged.byteSize() + " bytes; " + claims.byteSize() + " were announced.");
        }
        String name = fileName != null ? fileName : claims.fileName();
        String claimedType = mimeType != null ? mimeType : claims.mimeType();
        byte[] head = stagedHead(store, claims.key());
        FileChecks.Checked checked = checks.content(field, head, claimedType, name);
        StoredFile copy = copy(store, staged, field, checked);
        try {
            // The bytes that were looked at were not yet the ones that are kept.
            if (!Arrays.equals(head, head(store, copy.key()))) {
                throw changed();
            }
        } catch (IOException | RuntimeException | Error e) {
            deletion.delete(List.of(copy), "after the claim failed");
            throw e;
        }
        return copy;
    }

    private StoredFile copy(BlobStore store, BlobInfo staged, FileField field, FileChecks.Checked checked) {
        String key = blobs.begin(field);
        try {
            BlobInfo copy = store.copy(new CopyBlob(
                    staged.key(),
                    staged.version(),
                    key,
                    checked.mimeType(),
                    checked.contentDisposition(),
                    field.visibility()));
            return checks.stored(field, copy, checked);
        } catch (BlobNotFoundException | BlobIntegrityException e) {
            // No failure of the store: there is no copy.
            FileException changed = changed();
            blobs.failed(field, key, changed);
            throw changed;
        } catch (RuntimeException | Error e) {
            blobs.failed(field, key, e);
            throw e;
        }
    }

    private static byte[] stagedHead(BlobStore store, String key) throws IOException {
        try {
            return head(store, key);
        } catch (BlobNotFoundException e) {
            throw changed();
        }
    }

    private static byte[] head(BlobStore store, String key) throws IOException {
        try (InputStream in = store.open(key, ByteRange.first(FileChecks.HEAD_LENGTH))) {
            return in.readNBytes(FileChecks.HEAD_LENGTH);
        }
    }

    private static FileException incomplete(UploadTokens.Claims claims, @Nullable BlobInfo staged) {
        return new FileException(
                FileErrorCode.FILE_UPLOAD_INCOMPLETE,
                staged == null
                        ? "The upload has not arrived; send its content first."
                        : "The upload has " + staged.byteSize() + " of " + claims.byteSize()
                                + " bytes; send the whole content first.");
    }

    /** Somebody sent other content, or gave the upload up, while it was being claimed. */
    private static FileException changed() {
        return new FileException(
                FileErrorCode.FILE_UPLOAD_INCOMPLETE, "The upload was changed while it was used; try again.");
    }
}
