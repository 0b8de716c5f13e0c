package io.graphqlfiles.storage.s3;

import java.util.function.Supplier;

/** Lets a thread that was interrupted still clean up. */
final class Interruptions {

    private Interruptions() {}

    /** Does something as if the thread were not interrupted, and leaves it interrupted if it was or came to be. */
    static <T> T deferred(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
