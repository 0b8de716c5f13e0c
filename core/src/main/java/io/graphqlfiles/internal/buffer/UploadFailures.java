package io.graphqlfiles.internal.buffer;

import org.jspecify.annotations.Nullable;

/** Says in a store's terms what is wrong with one upload. The exceptions are thrown as they are. */
public interface UploadFailures {

    /** Its content is not what was promised. */
    RuntimeException notAsPromised(String expected, String found);

    /**
     * It cannot go on.
     *
     * @param retryable whether it may succeed later without anyone's doing
     */
    RuntimeException other(boolean retryable, String detail, @Nullable Throwable cause);
}
