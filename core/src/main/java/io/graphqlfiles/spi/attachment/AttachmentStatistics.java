package io.graphqlfiles.spi.attachment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many rows an {@link AttachmentStore} has in each state.
 *
 * @param attached how many are attached
 * @param backlog those that wait for something to be done
 */
public record AttachmentStatistics(long attached, Backlog backlog) {

    /**
     * How many rows of an {@link AttachmentStore} wait for something to be done.
     *
     * @param announced how many are announced
     * @param discarded how many are discarded, whether they are due, leased or neither
     * @param kept how many are kept, whether they are due or not
     * @param oldestAnnounced when the oldest of the announced ones was announced; null if there is none
     * @param oldestDiscarded since when the one that has been due the longest is due, of those discarded and kept;
     *     leases do not change it; in the future if none is due yet, null if there is none
     */
    public record Backlog(
            long announced,
            long discarded,
            long kept,
            @Nullable Instant oldestAnnounced,
            @Nullable Instant oldestDiscarded) {

        /** Nothing waits. */
        public static final Backlog NONE = new Backlog(0, 0, 0, null, null);
    }
}
