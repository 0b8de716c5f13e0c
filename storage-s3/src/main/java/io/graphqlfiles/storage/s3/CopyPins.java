package io.graphqlfiles.storage.s3;

import software.amazon.awssdk.core.exception.SdkException;

/**
 * Whether the server heeds the condition on the source of a copy. Amazon does and so do most; some copy whatever the
 * condition says. It is found out once, when it matters. Thread-safe.
 */
final class CopyPins {

    /** No blob has it: an entity tag names the bytes, or the write. */
    private static final String NO_VERSION = "00000000000000000000000000000000";

    private enum State {
        UNKNOWN,
        HEEDED,
        IGNORED
    }

    private final Bucket bucket;
    private volatile State state = State.UNKNOWN;

    CopyPins(Bucket bucket) {
        this.bucket = bucket;
    }

    /** Called when the server has refused a copy because of its source. */
    void wereHeeded() {
        state = State.HEEDED;
    }

    /** Whether the server is known to heed them. */
    boolean areHeeded() {
        return state == State.HEEDED;
    }

    /**
     * Finds out whether the server heeds them, if that is not known, with a copy of a blob onto itself under a
     * condition that does not hold: refused, or without effect but for the blob's version.
     *
     * @param blob one of ours that nobody else knows of yet
     */
    boolean areHeeded(NewObject blob) {
        if (state == State.UNKNOWN) {
            state = probe(blob);
        }
        return state == State.HEEDED;
    }

    private State probe(NewObject blob) {
        try {
            bucket.client().copyObject(blob.copyRequest(bucket, blob.key(), NO_VERSION, false));
            return State.IGNORED;
        } catch (SdkException e) {
            return FailureKind.of(e) == FailureKind.CONDITION_FAILED ? State.HEEDED : State.UNKNOWN;
        }
    }
}
