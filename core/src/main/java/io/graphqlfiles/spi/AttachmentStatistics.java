package io.graphqlfiles.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many rows an {@link AttachmentStore} has in each state.
 *
 * @param oldestAnnounced when the oldest of the announced ones was announced; null if there is none
 * @param oldestDiscarded since when the one that has been due the longest is due; null if there is none
 */
public record AttachmentStatistics(
        long announced,
        long attached,
        long discarded,
        @Nullable Instant oldestAnnounced,
        @Nullable Instant oldestDiscarded) {}
