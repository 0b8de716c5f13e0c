package io.graphqlfiles.maintenance;

import java.util.function.Consumer;

/**
 * What keeps stores and database in order while the application runs, and reports to its operator what is not; from
 * {@link io.graphqlfiles.engine.GraphQLFiles#maintenance}. Thread-safe; all calls block.
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
     * ones; for files in columns there is {@link io.graphqlfiles.engine.GraphQLFiles#makeVariants}. Blocks for as long
     * as that takes; it can be broken off by an interrupt, and begun again.
     *
     * @param options how long to rest after each thousand files
     * @return how many variants these files have now
     * @throws IllegalStateException without an attachment store
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     * @throws io.graphqlfiles.spi.BlobStoreException if a store fails
     */
    long makeVariants(SweepOptions options);

    /**
     * Returns how the buckets behind the fields of the schemas that were applied should be set up, and examines them.
     */
    FileStoreDoctor doctor();
}
