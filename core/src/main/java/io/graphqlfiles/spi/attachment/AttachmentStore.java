package io.graphqlfiles.spi.attachment;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobReference;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, in the application's own database, which files belong to which records, and what is to be written to and
 * deleted from the blob stores before it happens there. So a process that dies at any instant leaves a row for every
 * blob, and a row that says what to do with it.
 *
 * <p><b>States.</b> A blob has at most one row, which is in one of four states:
 *
 * <ul>
 *   <li>announced: its bytes are about to be written, being written, or written and not attached;
 *   <li>attached: it is in the list of one {@link AttachmentSlot};
 *   <li>kept: it was in such a list, and can be put back into it until its time is over;
 *   <li>discarded: nothing refers to it any more and nothing ever will; its bytes must be deleted.
 * </ul>
 *
 * Rows move forward: announced to attached or discarded, attached to kept or discarded, kept to discarded, discarded to
 * gone. Only what is kept can go back, to the list that it was in. The caller never announces a blob again that has
 * been announced before, so what is gone stays gone.
 *
 * <p><b>Transactions.</b> {@link #change} and {@link #discardAll} take part in the transaction of the calling thread
 * where there is one, so that they are committed with the record or not at all; without one each is a transaction of
 * its own. {@link #find}, {@link #kept} and {@link #similarOwners} see what that transaction sees. All others are
 * committed when they return, whatever transaction the thread is in, are not undone with it and do not see what it has
 * not committed; in a thread that is in a transaction they may need a second connection. They never wait for a
 * transaction to end: a row that one has changed and not committed is to them as if somebody worked on it.
 *
 * <p><b>Names</b> are compared exactly, as Java compares text: {@code a}, {@code A}, {@code a} with a blank after it
 * and {@code ä} are four. Times are kept to the millisecond at least.
 *
 * <p><b>Failures.</b> What goes wrong in the database is an {@link AttachmentStoreException}; whether it did its work
 * is then not known. An argument that this page rules out is an {@link IllegalArgumentException} and nothing is done.
 *
 * <p>All calls block. Thread-safe, on many nodes at once. Empty collections do nothing.
 */
public interface AttachmentStore {

    /**
     * Notes blobs whose bytes are about to be written.
     *
     * @param blobs fresh ones, each once: the caller guarantees that none was ever announced
     * @param now when, for {@link #discardUnattached}
     * @throws AttachmentStoreException also if one of them has a row; none is announced then
     */
    void announce(Collection<BlobReference> blobs, Instant now);

    /**
     * Discards announced blobs that will not be attached, and returns which blobs nothing refers to. It does not decide
     * over those that are attached or kept, or that somebody works on: they stay as they are. So it can be called
     * without knowing whether the transaction that was to attach or to discard them was committed, and the caller
     * deletes the bytes of nothing but what is returned.
     *
     * @param dueAt from when on {@link #leaseDiscarded} gives out those that this call discards; those that were
     *     discarded before keep their time
     * @return those of {@code blobs} that are discarded, by this call or before, and those that have no row
     */
    Set<BlobReference> discard(Collection<BlobReference> blobs, Instant dueAt);

    /**
     * Changes the files of one or more fields, all or none. For each slot the store gives the present list to
     * {@link AttachmentEdit#edit} and makes the list that it returns the present one: a file that is new in it must be
     * announced, or kept since it was in the list of this slot, and becomes attached; one that is no longer in it
     * becomes discarded, or kept if {@link AttachmentEdit#keeps()}; one that stays keeps its row, and gets the place,
     * the {@link AttachedFile#json()} and the {@link AttachedFile#dueAt()} of the new list.
     *
     * <p>Changes of a slot, and {@link #discardAll} of its record, happen one after the other, until the end of the
     * transaction, so that none is lost: the second is given what the first has left. The store locks the slots of a
     * call in their natural order, so that calls do not wait for each other in a circle.
     *
     * @param edits of slots that are all different; each is called once, in the calling thread, while its slot is
     *     locked. What one throws is passed on.
     * @param dueAt from when on {@link #leaseDiscarded} gives out what this discards or keeps
     * @return what was before and what is now, in the order of {@code edits}
     * @throws AttachmentConflictException if a file that is new in a list is not announced or kept (any more), or is
     *     attached elsewhere; or if the database rolled this change back because of a conflicting one
     * @throws IllegalArgumentException if two edits are of one slot, or the new lists name a blob twice. After these
     *     failures, and those of an edit, nothing is changed, even if the transaction is committed.
     */
    List<AttachmentChange> change(List<AttachmentEdit> edits, Instant dueAt);

    /**
     * Discards all files of all fields of a record. Those that were kept before stay as they are.
     *
     * @param dueAt from when on {@link #leaseDiscarded} gives them out
     * @param keeps whether they are kept until then, so that they can be restored
     * @return what was discarded or kept, in no order
     * @throws AttachmentConflictException if the database rolled this back because of a conflicting change
     */
    List<BlobReference> discardAll(String ownerType, String ownerId, Instant dueAt, boolean keeps);

    /** {@link #discardAll(String, String, Instant, boolean)} for good: nothing is kept. */
    default List<BlobReference> discardAll(String ownerType, String ownerId, Instant dueAt) {
        return discardAll(ownerType, ownerId, dueAt, false);
    }

    /**
     * Returns the files of all fields of a record that are kept, whether they are due or not; with one statement, which
     * sees what {@link #find} sees.
     *
     * @return those that were kept for the longest time last: in descending order of {@link Kept#dueAt()}
     */
    List<Kept> kept(String ownerType, String ownerId);

    /**
     * Returns the files of one field of many records, with one statement.
     *
     * @param ownerIds any number, perhaps repeated
     * @return a list, in its order, for each record that has files; others are absent
     */
    Map<String, List<AttachedFile>> find(String ownerType, String field, Collection<String> ownerIds);

    /**
     * Returns which records with files have ids that may be other spellings of these, as {@link IdSpelling} has it;
     * with one statement, which sees what {@link #find} sees.
     *
     * @param ownerIds any number, perhaps repeated
     * @return ids as they are kept, also those of {@code ownerIds} themselves; in no order
     */
    Set<String> similarOwners(String ownerType, Collection<String> ownerIds);

    /**
     * Discards blobs that were announced long ago: the process that announced them is dead. Several callers at once
     * each discard others.
     *
     * @param announcedBefore exclusive; the caller guarantees that no write lives that long
     * @param limit how many at most, 1 or more
     * @param dueAt from when on {@link #leaseDiscarded} gives them out
     * @return how many were discarded; less than the limit if there are no more, or others are working on the rest
     */
    int discardUnattached(Instant announcedBefore, int limit, Instant dueAt);

    /**
     * Gives out discarded blobs for deletion, and kept ones that are due, which are discarded from then on. Until the
     * lease ends no other call gives out the same ones, not even one that runs at the same time; one whose holder dies
     * is given out again from then on.
     *
     * @param now those that are due at this time or before, and whose lease has ended at this time or before
     * @param leaseEnd after {@code now}
     * @param limit how many at most, 1 or more
     * @return those that are due the longest first; empty if none are due, or others are working on them
     */
    List<BlobReference> leaseDiscarded(Instant now, Instant leaseEnd, int limit);

    /**
     * Gives out attached files with which something is to be done, and makes them due again when the lease ends. Until
     * then no other call gives out the same ones, not even one that runs at the same time. A {@link #change} of the
     * slot says when nothing is to be done any more, or that it is to be tried earlier or later.
     *
     * @param now those that are due at this time or before
     * @param leaseEnd after {@code now}
     * @param limit how many at most, 1 or more
     * @return those that are due the longest first; empty if none are due, or others are working on them
     */
    List<AttachmentRow> leaseAttached(Instant now, Instant leaseEnd, int limit);

    /**
     * Removes the rows of discarded blobs, not of kept ones, whose bytes are gone. Others are passed over; repeating is
     * harmless.
     */
    void forget(Collection<BlobReference> blobs);

    /**
     * Returns the rows of blobs.
     *
     * @param blobs up to 1000
     * @return the rows of those that have one, in no order
     */
    List<AttachmentRow> rows(Collection<BlobReference> blobs);

    /**
     * Lists the rows in one state, a page at a time, in no promised order. Rows that are in it from the first page to
     * the last are listed exactly once; those that come or go meanwhile may or may not be.
     *
     * @param cursor {@link Page#nextCursor()} of the page before; null for the first page
     * @param limit how many at most, 1 to 1000
     */
    Page list(AttachmentRow.State state, @Nullable String cursor, int limit);

    /**
     * Returns the identity that is kept for a blob store, which distinguishes a store from another one of its name. It
     * never changes on its own.
     *
     * @param store the name of the blob store
     * @param ifNone is kept, and returned, if there is none; null to keep nothing. 1 to 64 letters and digits of ASCII.
     *     Of several callers at once, all get the same
     * @return null if there is none
     */
    @Nullable
    String storeIdentity(String store, @Nullable String ifNone);

    /** Counts the rows that are announced or discarded, in a time that does not depend on how many are attached. */
    AttachmentStatistics.Backlog backlog();

    /** Counts all rows, which may take long where there are many. */
    AttachmentStatistics statistics();

    /**
     * A file that was in the list of a slot and can be put back.
     *
     * @param slot whose list it was in
     * @param file as it was in the list
     * @param dueAt from when on it is given out for deletion
     */
    record Kept(AttachmentSlot slot, AttachedFile file, Instant dueAt) {

        public Kept {
            requireNonNull(slot, "slot");
            requireNonNull(file, "file");
            requireNonNull(dueAt, "dueAt");
        }
    }

    /**
     * One page of a listing of rows.
     *
     * @param rows the rows of this page, perhaps none; copied
     * @param nextCursor what to pass for the next page, opaque; null if this is the last
     */
    record Page(List<AttachmentRow> rows, @Nullable String nextCursor) {

        public Page {
            rows = List.copyOf(rows);
        }
    }
}
