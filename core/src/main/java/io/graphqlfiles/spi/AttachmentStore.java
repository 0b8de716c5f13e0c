package io.graphqlfiles.spi;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, in the application's own database, which files belong to which records, and what is to be written to and
 * deleted from the blob stores before it happens there. So a process that dies at any instant leaves a row for every
 * blob, and a row that says what to do with it.
 *
 * <p>A blob has at most one row, which is in one of three states:
 *
 * <ul>
 *   <li>announced: its bytes are about to be written, being written, or written and not attached;
 *   <li>attached: it is in the list of one {@link AttachmentSlot};
 *   <li>discarded: nothing refers to it any more and nothing ever will; its bytes are to be deleted.
 * </ul>
 *
 * Rows move forward only: announced to attached or discarded, attached to discarded, discarded to gone.
 *
 * <p><b>Transactions.</b> {@link #change} and {@link #discardAll} take part in the transaction of the calling thread
 * where there is one, so that they are committed with the record or not at all; without one each is a transaction of
 * its own. {@link #find} sees what that transaction sees. All others are committed when they return, whatever
 * transaction the thread is in, and are not undone with it.
 *
 * <p>All calls block. Thread-safe, on many nodes at once. What goes wrong in the database is an
 * {@link AttachmentStoreException}.
 */
public interface AttachmentStore {

    /**
     * Notes blobs whose bytes are about to be written.
     *
     * @param blobs fresh ones: the caller guarantees that no row has them
     * @param now when, for {@link #discardUnattached}
     */
    void announce(Collection<BlobReference> blobs, Instant now);

    /**
     * Discards announced blobs that will not be attached. Those that are in any other state are passed over.
     *
     * @param dueAt from when on {@link #leaseDiscarded} gives them out
     */
    void discard(Collection<BlobReference> blobs, Instant dueAt);

    /**
     * Changes the files of one field of one record. The store gives the present list to {@code edit}, and makes the
     * list that it returns the present one: what is new in it must be announced and becomes attached; what is no longer
     * in it becomes discarded. Changes of the same slot happen one after the other, so that none is lost.
     *
     * @param edit called once, in the calling thread, while the slot is locked; what it throws is passed on, and
     *     nothing is changed then
     * @param dueAt from when on {@link #leaseDiscarded} gives out what this discards
     * @return what was before and what is now
     * @throws AttachmentConflictException if a file that is new in the list is not announced any more, or is attached
     *     elsewhere; or if the database gave this change up in favour of another one. Nothing is changed then.
     */
    AttachmentChange change(AttachmentSlot slot, UnaryOperator<List<AttachedFile>> edit, Instant dueAt);

    /**
     * Discards all files of all fields of a record.
     *
     * @return what was discarded, in no order
     */
    List<BlobReference> discardAll(String ownerType, String ownerId, Instant dueAt);

    /**
     * Tells the files of one field of many records, with one statement.
     *
     * @param ownerIds any number, perhaps repeated
     * @return a list, in its order, for each record that has files; others are absent
     */
    Map<String, List<AttachedFile>> find(String ownerType, String field, Collection<String> ownerIds);

    /**
     * Discards blobs that were announced long ago: the process that announced them is dead.
     *
     * @param announcedBefore exclusive; the caller guarantees that no write lives that long
     * @param limit how many at the most, 1 or more
     * @param dueAt from when on {@link #leaseDiscarded} gives them out
     * @return how many were discarded; less than the limit if there are no more, or others are working on the rest
     */
    int discardUnattached(Instant announcedBefore, int limit, Instant dueAt);

    /**
     * Gives out discarded blobs for deletion. Until the lease ends no other call gives out the same ones; so one whose
     * holder dies is given out again.
     *
     * @param now those that are due at this time or before
     * @param leaseEnd after {@code now}
     * @param limit how many at the most, 1 or more
     * @return oldest first; empty if none are due
     */
    List<BlobReference> leaseDiscarded(Instant now, Instant leaseEnd, int limit);

    /** Removes the rows of discarded blobs whose bytes are gone. Others are passed over; repeating is harmless. */
    void forget(Collection<BlobReference> blobs);

    /** Counts the rows. */
    AttachmentStatistics statistics();

    /**
     * Lists all rows, a page at a time, in no promised order. Rows that exist from the first page to the last are
     * listed exactly once.
     *
     * @param cursor {@link AttachmentPage#nextCursor()} of the page before; null for the first page
     * @param limit how many at the most, 1 to 1000
     */
    AttachmentPage list(@Nullable String cursor, int limit);
}
