package io.graphqlfiles.maintenance;

import java.util.function.Consumer;

/**
 * What keeps stores and database in order while the application runs, and reports to its operator what is not; from
 * {@link io.graphqlfiles.engine.GraphQLFiles#maintenance}. Where there are {@link io.graphqlfiles.FileTenants tenants},
 * each call goes through the databases of all, one after the other, but for {@link #status}, which asks none of them.
 * Thread-safe; all calls block.
 */
public interface FileMaintenance {

    /** {@link #sweep(SweepOptions)} with the defaults. */
    SweepResult sweep();

    /**
     * Deletes direct uploads that nobody can claim any more, attached files that no record has any more, and what
     * killed processes have left. To be called now and then, say every hour, by one node or by all. Blocks until every
     * store has been swept; an interrupt ends it early, with the rest left for the next one.
     *
     * @return what was done, and which stores failed
     */
    SweepResult sweep(SweepOptions options);

    /**
     * Gives files of fields with review that wait to the {@link io.graphqlfiles.engine.GraphQLFiles.Builder#reviewer
     * reviewer}, one after the other, and deletes the content of rejected ones where that was not done. To be called
     * every few seconds, by one node or by all: a file is given to one at a time. A sweep does it too. Blocks until all
     * were looked at that wait now, or the reviewer has failed three times in a row; an interrupt ends it early. What
     * is killed meanwhile is looked at again ten minutes later.
     *
     * @return what was decided
     * @throws IllegalStateException without an attachment store
     * @throws ForeignStoreException if a store with the content of a rejected file is not the one that the database
     *     knows
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     * @throws io.graphqlfiles.spi.BlobStoreException if the content of a rejected file cannot be deleted
     */
    Reviewed review();

    /**
     * What {@link #review} has done.
     *
     * @param released how many files may be read now
     * @param rejected how many must not be
     * @param waiting how many wait on, of those that were looked at
     */
    record Reviewed(long released, long rejected, long waiting) {}

    /**
     * Asks every store for a blob, and the database for what waits to be deleted: whether files can be stored and read
     * just now. Takes a request for each store and one statement; blocks for five seconds at most. Of a store that
     * hangs one question is open at a time, however often this is called.
     *
     * @return what was found; failures are in it, never exceptions
     */
    FileStatus status();

    /**
     * Makes sure that the stores of attached fields, of the schemas that were applied, are those that the database
     * knows by their names. To be called when an application starts, as the starter does; a sweep does it for each
     * store before it deletes there. A store that is seen for the first time is given an identity, a blob of 32 bytes
     * at {@code private/attached/identity}. Blocks for five seconds at most; reads that from each store, and the first
     * time writes it and reads it again. A store that cannot be asked, or has not answered by then, is warned of.
     *
     * @throws ForeignStoreException if one is another: nothing must be stored in it, or deleted from it
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     */
    void checkStores();

    /**
     * Compares attached files with what is in the stores, while both are in use: finds blobs that nothing refers to,
     * files whose blobs are gone and, if the options say whom to ask, files whose records are. The life cycle leaves
     * neither of the first two; they come from outside, or from a write that took effect hours after it was abandoned.
     * Files that the application keeps in columns are not looked at: their keys are others. Blocks; takes a request for
     * every thousand blobs, and 8 to 16 bytes of memory for each.
     *
     * @param findings is given each as it is found, in the calling thread; what it throws ends the comparison
     * @throws IllegalStateException without an attachment store
     * @throws ForeignStoreException if orphans would be deleted and a store is not the one that the database knows
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     * @throws io.graphqlfiles.spi.BlobStoreException if a store fails; what was deleted before stays deleted
     */
    ReconcileResult reconcile(ReconcileOptions options, Consumer<ReconcileResult.Finding> findings);

    /**
     * Deletes variants that are no longer needed: of recipes that no applied schema has any more, and of originals that
     * are gone. The latter are deleted with their originals, and only a crash in between leaves some. To be called
     * after a release that changes recipes, by one node, once no node with the old ones runs. Blocks; takes a request
     * for every thousand variants and one for each original.
     *
     * @param options how many at a time, and whether only to count
     * @return what was done, and which stores failed
     */
    VariantSweepResult sweepVariants(SweepOptions options);

    /**
     * Makes the variants of all attached files that are not there yet, for example ahead of a release that declares new
     * ones; for files in columns there is {@link io.graphqlfiles.engine.GraphQLFiles#makeVariants}. Files that wait for
     * a review, or were rejected, are passed over. Blocks for as long as that takes; it can be broken off by an
     * interrupt, and begun again.
     *
     * @param options how long to rest after each thousand files
     * @return how many variants these files have now
     * @throws IllegalStateException without an attachment store
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     * @throws io.graphqlfiles.spi.BlobStoreException if a store fails
     */
    long makeVariants(SweepOptions options);

    /**
     * Moves attached files to where new files of their fields go, after a field was made public or private, or was
     * given another store. Each is copied, the copy takes its place in the record, and it is deleted; its URL and id
     * change. For files in columns there is {@link io.graphqlfiles.engine.GraphQLFiles#copyOf}. Blocks; an interrupt,
     * or the death of the process, ends it at any instant, and the next call goes on with the rest.
     *
     * @param options how long to rest after each thousand files, and whether only to count
     * @return how many were moved, or would be; those that are being reviewed, were changed meanwhile, or have no blob,
     *     are left for the next call
     * @throws IllegalStateException without an attachment store
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     * @throws io.graphqlfiles.spi.BlobStoreException if a store fails
     * @throws java.io.UncheckedIOException if a file cannot be read
     */
    long relocate(SweepOptions options);

    /**
     * Copies the files of stores that move to where they go, see
     * {@link io.graphqlfiles.engine.GraphQLFiles.Builder#migrateFrom(String, io.graphqlfiles.spi.BlobStore)}, and what
     * mirrors lack to them: with their names, types and variants, under the same keys, while all of them are in use.
     * Only direct uploads that nobody has claimed yet stay behind. Each copy is checked. Blocks; an interrupt, or the
     * death of the process, ends it at any instant, and the next call goes on with the rest. To be called by one
     * process at a time, and once more when no node writes to the old store any more.
     *
     * <p>Takes four to six requests for each file that is copied, and two for each thousand that are there.
     *
     * @return what was done; failures of stores are in it, never exceptions
     * @throws IllegalStateException if no store moves or has a mirror
     */
    MigrateResult migrate(MigrateOptions options);

    /**
     * Returns how the buckets behind the fields of the schemas that were applied should be set up, and examines them.
     */
    FileStoreDoctor doctor();
}
