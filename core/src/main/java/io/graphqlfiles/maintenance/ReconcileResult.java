package io.graphqlfiles.maintenance;

/**
 * What {@link FileMaintenance#reconcile} has seen.
 *
 * @param blobs how many blobs there are under keys for attached files
 * @param attached how many attached files
 * @param orphans how many of the blobs are orphans
 * @param deletedOrphans how many of them were deleted
 * @param missing how many of the attached files have no blob
 * @param ownerless how many of the attached files belong to records that are gone; 0 if nobody was asked
 * @param isComplete whether everything was looked at; false if the thread was interrupted
 */
public record ReconcileResult(
        long blobs,
        long attached,
        long orphans,
        long deletedOrphans,
        long missing,
        long ownerless,
        boolean isComplete) {}
