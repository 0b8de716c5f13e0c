package io.graphqlfiles.internal.directupload;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a direct upload may take. A token is valid for a while and can be renewed, but not without end: when the
 * longest life of an upload is over, what has been received can be swept.
 *
 * @param validity of one token
 */
public record UploadLifetime(Duration validity) {

    private static final Duration LONGEST = Duration.ofHours(24);

    /** From the start of an upload to the end of its last token, at most. */
    public Duration longest() {
        return validity.compareTo(LONGEST) > 0 ? validity : LONGEST;
    }

    /** Whether no token is good any more, nor will be. */
    boolean isOver(Instant startedAt, Instant now) {
        return !now.isBefore(startedAt.plus(longest()));
    }

    /** When a token given now for an upload ends. */
    Instant expiry(Instant startedAt, Instant now) {
        Instant last = startedAt.plus(longest());
        Instant usual = now.plus(validity);
        return usual.isAfter(last) ? last : usual;
    }
}
