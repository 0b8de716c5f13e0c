package io.graphqlfiles.spi;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps blobs, bytes with a key, in one place: a bucket, a directory.
 *
 * <p>All calls block. A store is used by many threads at once and holds no state per call. It takes its client or
 * directory ready-made; credentials, retries and regions are that client's business.
 *
 * <p><b>Keys.</b> The caller guarantees that every key was made by this library: one to six segments of
 * {@code [A-Za-z0-9_-]} joined by {@code /}, each of 1 to 64 characters, never starting with {@code -}. Requests such
 * as {@link PutRequest} cannot be made with any other key. Where a key is plain text, the store must refuse any other
 * with an {@link IllegalArgumentException} before it touches anything: it is the last line of defence against a key
 * that leads out of its place ({@link BlobKeys#requireValid} does this).
 *
 * <p><b>Failures.</b> What goes wrong in the store is a {@link BlobStoreException}, or one of its subclasses where this
 * page names one, with the vendor's exception as its cause. What goes wrong in the caller's stream is that stream's own
 * exception, passed on as it is. After any failure of {@link #put} or {@link #copy} the key is as it was before.
 *
 * <p><b>Interrupts.</b> A call in an interrupted thread either does its work or fails with nothing left, and leaves the
 * thread interrupted.
 *
 * <p><b>Visibility of writes.</b> A blob is visible to every other call only when it is complete, with its content type
 * and content disposition, and from the moment that {@link #put} or {@link #copy} returns.
 */
public interface BlobStore {

    /**
     * Stores the bytes of {@code content} under a new key.
     *
     * <p>The caller guarantees a fresh key and, when {@link PutRequest#byteSize()} is not
     * {@link PutRequest#UNKNOWN_SIZE}, that this length was announced. The store must read the stream to its end in the
     * calling thread or hand out no reference to it after it returns, must not close it, and must hold no more than a
     * bounded part of it in memory. It creates only: an existing blob is never replaced, not even by two callers at the
     * same instant.
     *
     * @param blob the key and what is kept with the bytes
     * @param content the bytes; closed by the caller
     * @return what was stored, as {@link #stat} would now return it; the time of creation may be that of the answer
     * @throws BlobAlreadyExistsException if the key is taken; of several racing callers exactly one succeeds
     * @throws BlobIntegrityException if the stream ends before or goes on after the length that was promised
     * @throws BlobStoreException if the store fails
     * @throws IOException if reading {@code content} fails: the very exception that the stream threw; a
     *     {@link RuntimeException} of the stream is passed on, too. Nothing of the blob is left.
     */
    BlobInfo put(PutRequest blob, InputStream content) throws IOException;

    /**
     * Opens the bytes of a blob, or a part of them.
     *
     * <p>The range may reach past the end of the blob: the stream then ends where the blob ends, and is empty when the
     * range begins at or after it. A blob that is deleted while the stream is open may end the stream with an
     * {@link IOException}, never early without one.
     *
     * @return the bytes; to be closed by the caller
     * @throws BlobNotFoundException if there is no such blob
     * @throws BlobStoreException if the store fails
     */
    InputStream open(String key, ByteRange range);

    /**
     * Returns what is known of a blob without reading its bytes.
     *
     * @return the facts, with content type and content disposition exactly as they were put; null if there is no such
     *     blob
     * @throws BlobStoreException if the store fails
     */
    @Nullable
    BlobInfo stat(String key);

    /**
     * Returns what is known of a blob together with its first bytes, both of the same version, so that a {@link #copy}
     * of that version has these bytes.
     *
     * <p>By default this asks before and after the bytes are read. A store whose service answers both with one request
     * does better to override it: this is what is waited for when a direct upload is claimed.
     *
     * @param length how many bytes at most, 1 or more
     * @return null if there is no such blob
     * @throws BlobIntegrityException if the blob was replaced or deleted meanwhile; nothing is returned then
     * @throws BlobStoreException if the store fails
     * @throws IOException if the bytes cannot be read to their end
     */
    default @Nullable BlobHead head(String key, int length) throws IOException {
        return SteadyHead.read(this, key, length);
    }

    /**
     * Copies a blob to a new key inside the store, without the bytes passing through this process where the store can.
     *
     * <p>The copy is made of exactly the version of {@link CopyRequest#source()}: whatever is written to the source key
     * meanwhile, the result holds the bytes of that version or the call fails. Later changes to the source do not reach
     * it.
     *
     * <p>The caller guarantees a fresh target key. The target is created only, as by {@link #put}; a store whose
     * service has no such condition for copies may replace what is there, and its documentation says so.
     *
     * @return what was stored under the target key; the time of creation as with {@link #put}
     * @throws BlobNotFoundException if the source does not exist
     * @throws BlobIntegrityException if the source is no longer at the version asked for
     * @throws BlobAlreadyExistsException if the target key is taken, or is the source's
     * @throws BlobStoreException if the store fails
     */
    BlobInfo copy(CopyRequest copy);

    /**
     * Deletes blobs. Keys that do not exist are passed over, so that repeating the call is harmless. The store goes on
     * after a key that fails and throws at the end, with further failures as suppressed exceptions; but it may stop
     * where its service gives no answer at all.
     *
     * @param keys any number of keys, in any order, perhaps repeated
     * @throws BlobStoreException if one or more of the blobs could not be deleted
     */
    void delete(Collection<String> keys);

    /**
     * Lists the blobs whose key starts with a prefix, a page at a time, in no promised order. Blobs that exist from the
     * first page to the last are listed exactly once; those that come or go meanwhile may or may not be. Unfinished
     * writes are never listed.
     *
     * @param prefix the empty string, or one or more whole segments that end in {@code /}
     * @param cursor {@link Page#nextCursor()} of the page before; null for the first page
     * @param limit how many blobs at most, 1 to 1000
     * @return the page; of each blob at least key, size and creation time. It may be empty and still have a cursor. Its
     *     cursor is never one that the same listing had before: where a server gives one again, or says that there is
     *     more and not where, the store fails.
     * @throws BlobStoreException if the store fails
     */
    Page list(String prefix, @Nullable String cursor, int limit);

    /**
     * Removes what writes that never finished have left in the store (a process died in the middle of {@link #put}), if
     * they began before the given moment. Never touches a blob that is visible. Repeating it, and calling it from
     * several processes, is harmless. By default there is nothing to do.
     *
     * @param before exclusive; the caller guarantees that no write lives that long
     * @return how many leftovers were removed
     * @throws BlobStoreException if the store fails
     */
    default int removeUnfinishedWrites(Instant before) {
        return 0;
    }

    /**
     * One page of a listing.
     *
     * @param blobs the blobs of this page, perhaps none; copied
     * @param nextCursor what to pass for the next page, opaque; null if this is the last
     */
    record Page(List<BlobInfo> blobs, @Nullable String nextCursor) {

        public Page {
            blobs = List.copyOf(blobs);
        }
    }
}
