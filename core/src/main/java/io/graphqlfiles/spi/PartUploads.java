package io.graphqlfiles.spi;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Takes one large blob as numbered parts, in any order and several at once, and makes it visible when all are there. A
 * {@link BlobStore} implements this too when its server can do so; if it signs requests, it implements
 * {@link DirectPartAccess}, so that clients send parts straight to it.
 *
 * <p>All parts but the last have the size that {@link PartUploadRequest#partByteSize()} says; the last has the rest.
 * Nothing is visible under the key before {@link #completeParts}. What is begun and neither completed nor aborted is
 * removed by {@link BlobStore#removeUnfinishedWrites}.
 *
 * <p>All calls block; a store is used by many threads at once. Failures are as {@link BlobStore} says. The caller
 * guarantees fresh keys made by this library.
 */
public interface PartUploads {

    /** What the store's server takes; the same answer for as long as the store lives. No I/O. */
    Limits partLimits();

    /**
     * Whether the store refuses to complete an upload whose key is taken. Default true; false where the server has no
     * such condition, so that only the randomness of keys keeps a blob from being replaced. No I/O.
     */
    default boolean isCreateOnly() {
        return true;
    }

    /**
     * Begins an upload in parts.
     *
     * @return what to name it by from now on
     * @throws BlobStoreException if the store fails
     */
    PartUpload beginParts(PartUploadRequest begin);

    /**
     * Stores one part. A part that is there already is replaced, unless the store knows that it is the same.
     *
     * @param content the bytes; read to their end, not closed
     * @throws BlobNotFoundException if the upload is not in progress
     * @throws BlobIntegrityException if the stream ends before or goes on after {@link PutPartRequest#byteSize()}; the
     *     part is as it was before
     * @throws BlobStoreException if the store fails
     * @throws IOException if reading {@code content} fails: the very exception of the stream; the part is as it was
     *     before
     */
    UploadedPart putPart(PutPartRequest part, InputStream content) throws IOException;

    /**
     * Returns which parts have been received whole.
     *
     * @return in the order of their numbers; empty, on some servers, if the upload is no longer in progress
     * @throws BlobNotFoundException if the upload is not in progress: never begun, completed or aborted
     * @throws BlobStoreException if the store fails
     */
    List<UploadedPart> listParts(PartUpload upload);

    /**
     * Makes one blob of the parts, visible from the moment that this returns.
     *
     * <p>The caller guarantees that these are all the parts, in order and without gaps, as {@link #listParts} returned
     * them. The blob is made of exactly these, or the call fails and the parts stay. Repeating a call that has
     * succeeded, or whose answer was lost, succeeds again; of several calls at the same instant none makes another blob
     * than the others.
     *
     * @throws BlobNotFoundException if the upload is not in progress, and there is no blob under its key
     * @throws BlobAlreadyExistsException if there is a blob under the key that is not of this upload; not from a server
     *     that cannot tell, which replaces it
     * @throws BlobIntegrityException if a part is missing, or another one was sent in its place since it was listed
     * @throws BlobStoreException if the store fails
     */
    void completeParts(PartUpload upload, List<UploadedPart> parts);

    /**
     * Cancels an upload and deletes its parts. Repeating is harmless, and so is aborting what was completed: its blob
     * stays.
     *
     * @throws BlobStoreException if the store fails
     */
    void abortParts(PartUpload upload);

    /**
     * What a store's server takes of an upload in parts. All inclusive, in bytes.
     *
     * @param minPartByteSize the smallest part, but for the last, which may be smaller
     * @param maxPartByteSize the largest part
     * @param maxParts how many parts a blob may have
     * @param maxByteSize the largest blob
     */
    record Limits(long minPartByteSize, long maxPartByteSize, int maxParts, long maxByteSize) {

        /** @throws IllegalArgumentException if one is below 1, or the smallest is larger than the largest */
        public Limits {
            if (minPartByteSize < 1 || maxPartByteSize < minPartByteSize || maxParts < 1 || maxByteSize < 1) {
                throw new IllegalArgumentException(
                        "expected 1 <= minPartByteSize <= maxPartByteSize, 1 or more parts and"
                                + " bytes, found " + minPartByteSize + ", " + maxPartByteSize + ", " + maxParts + ", "
                                + maxByteSize);
            }
        }
    }
}
