package io.graphqlfiles.internal.pair;

import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.blob.VariantKeys;
import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.PutRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies blobs from one store to another, under the same keys and with all that is kept with them. The bytes pass
 * through this process as a stream.
 *
 * <p>Whoever deletes a blob deletes it in the first store before the second; here the first is asked after the copy was
 * made whether it still has the blob, and the copy is deleted if it has not. With these two orders no deletion is
 * undone. Thread-safe.
 */
public final class BlobTransfer {

    private static final String CRC32C_PREFIX = "crc32c:";

    private final BlobStore from;
    private final BlobStore to;
    private final UnaryOperator<InputStream> pace;
    private final boolean readsBack;

    /**
     * Copies between two stores.
     *
     * @param pace what copied content is read through, to slow it down
     * @param readsBack whether a copy is read again where its store keeps no checksum that can be compared
     */
    public BlobTransfer(BlobStore from, BlobStore to, UnaryOperator<InputStream> pace, boolean readsBack) {
        this.from = from;
        this.to = to;
        this.pace = pace;
        this.readsBack = readsBack;
    }

    /** What became of a copy. */
    public enum Outcome {
        /** It was made, and is right. */
        COPIED,
        /** There was one already, of the same length. */
        THERE,
        /** The blob was deleted meanwhile, and there is no copy. */
        GONE
    }

    /**
     * Copies a blob.
     *
     * @throws BlobIntegrityException if the copy is not what was read, and has been deleted; or if there was one
     *     already, of another length, which was left as it is
     * @throws BlobStoreException if a store fails
     * @throws IOException if the content cannot be read
     */
    public Outcome copy(String key) throws IOException {
        BlobInfo source = from.stat(key);
        return source == null ? Outcome.GONE : copy(source);
    }

    private Outcome copy(BlobInfo source) throws IOException {
        String key = source.key();
        CRC32C read = new CRC32C();
        BlobInfo copy;
        try (InputStream content = new CheckedInputStream(pace.apply(from.open(key, ByteRange.whole())), read)) {
            copy = to.put(
                    new PutRequest(
                            key,
                            source.byteSize(),
                            source.contentType(),
                            source.contentDisposition(),
                            FileKeys.visibilityOf(key)),
                    content);
        } catch (BlobAlreadyExistsException e) {
            requireLength(source, to.stat(key));
            return Outcome.THERE;
        } catch (BlobNotFoundException e) {
            return Outcome.GONE;
        }
        try {
            return verified(source, copy, hex(read));
        } catch (BlobNotFoundException e) {
            return Outcome.GONE; // from both, in their order
        } catch (IOException | RuntimeException e) {
            deleteAfter(e, key);
            throw e;
        }
    }

    private Outcome verified(BlobInfo source, BlobInfo copy, String read) throws IOException {
        String key = source.key();
        if (!isRight(source, copy, read)) {
            throw new BlobIntegrityException(
                    to.toString(), "copy", key, "expected the bytes that " + from + " has, found others", null);
        }
        if (from.stat(key) == null) {
            to.delete(List.of(key));
            return Outcome.GONE;
        }
        return Outcome.COPIED;
    }

    /** What could not be looked at must not be taken for a copy the next time. */
    private void deleteAfter(Exception failure, String key) {
        try {
            to.delete(List.of(key));
        } catch (BlobStoreException e) {
            failure.addSuppressed(e);
        }
    }

    private void requireLength(BlobInfo source, @Nullable BlobInfo there) {
        boolean isOther = there != null && there.byteSize() != source.byteSize();
        // Two nodes may have made a variant at once, one here and one there; either is as good.
        if (there != null && isOther && !VariantKeys.isVariant(source.key())) {
            throw new BlobIntegrityException(
                    to.toString(),
                    "copy",
                    source.key(),
                    "expected " + source.byteSize() + " bytes, found " + there.byteSize() + " where it is to go",
                    null);
        }
    }

    private boolean isRight(BlobInfo source, BlobInfo copy, String read) throws IOException {
        if (copy.byteSize() != source.byteSize() || isOther(source.checksum(), read)) {
            return false;
        }
        String kept = copy.checksum();
        if (kept != null && kept.startsWith(CRC32C_PREFIX)) {
            return !isOther(kept, read);
        }
        return !readsBack || read.equals(checksum(to, copy.key()));
    }

    private static boolean isOther(@Nullable String kept, String read) {
        return kept != null && kept.startsWith(CRC32C_PREFIX) && !kept.equals(read);
    }

    /**
     * Looks again at a blob of which it is not known whether it was copied to its end, or was deleted meanwhile: what
     * should not be in the second store is deleted from there.
     *
     * @throws BlobStoreException if a store fails
     * @throws IOException if the content cannot be read
     */
    public void settle(String key) throws IOException {
        BlobInfo copy = to.stat(key);
        if (copy == null) {
            return;
        }
        BlobInfo source = from.stat(key);
        try {
            if (source == null || !isRight(source, copy, checksum(from, key))) {
                to.delete(List.of(key));
            }
        } catch (BlobNotFoundException e) {
            // Deleted meanwhile, from the first store at least; from the second, too, by the same.
            if (from.stat(key) == null) {
                to.delete(List.of(key));
            }
        }
    }

    private String checksum(BlobStore store, String key) throws IOException {
        CRC32C read = new CRC32C();
        byte[] buffer = new byte[16 * 1024];
        try (InputStream content = store.open(key, ByteRange.whole())) {
            for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                read.update(buffer, 0, length);
            }
        }
        return hex(read);
    }

    private static String hex(CRC32C checksum) {
        return CRC32C_PREFIX + HexFormat.of().toHexDigits((int) checksum.getValue());
    }
}
