package io.graphqlfiles;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.maintenance.SweepResult;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Is called when something happens to files, for metrics, traces, audits and alarms; given to
 * {@link io.graphqlfiles.engine.GraphQLFiles.Builder#listener}. Never called for fields without files.
 *
 * <p>What it is given has few different values and no secrets, so that it can name metrics and be logged as it is: no
 * file names, keys, tokens, URLs, users, or messages for clients.
 *
 * <p>Except for {@link #storing} and {@link #sweeping}, methods are called after the fact, in the thread in which it
 * happened, several threads at once; they should not block. What they throw is logged and changes nothing.
 */
public interface FileListener {

    /**
     * A file begins to be stored: before its first byte is read, or before what was uploaded directly is looked at. For
     * spans of a trace.
     *
     * @param environment of the data fetcher that takes the file, for what the application keeps in its contexts; null
     *     if the application stores it on its own
     * @return is called when that has ended
     */
    default Ending storing(Storing storing, @Nullable DataFetchingEnvironment environment) {
        return Ending.NONE;
    }

    /** A file was stored and accepted. If its mutation fails later, it is deleted again. */
    default void stored(Stored stored) {}

    /** Something about a file was refused, or failed: a GraphQL error with a {@link FileErrorCode} is answered. */
    default void refused(Refused refused) {}

    /**
     * A request to the file endpoint was answered, and the answer sent as far as the client wanted it. Files of stores
     * that sign requests themselves go past it. Uploads that the client breaks off are not answered.
     */
    default void served(Served served) {}

    /**
     * {@link io.graphqlfiles.maintenance.FileMaintenance#sweep} begins. For spans of a trace. Dry runs are not
     * reported.
     *
     * @return is called once, in the same thread, before {@link #swept}, with what was done; with null if an
     *     {@link Error} has ended the sweep, and then {@link #swept} is not called. Several listeners are called in
     *     reverse order.
     */
    default Consumer<@Nullable SweepResult> sweeping() {
        return result -> {};
    }

    /** {@link io.graphqlfiles.maintenance.FileMaintenance#sweep} has ended. Dry runs are not reported. */
    default void swept(Swept swept) {}

    /**
     * See {@link #storing}.
     *
     * @param field schema coordinate of the file field, for example {@code Product.image}
     * @param source from which source the client gave it; null if the application stores it on its own
     * @param store name of the store it is for
     */
    record Storing(String field, @Nullable FileSourceType source, String store) {}

    /**
     * Called once when the storing that {@link #storing} announced has ended, in the same thread, before
     * {@link #stored} and {@link #refused}. Several listeners are called in reverse order.
     */
    @FunctionalInterface
    interface Ending {

        /** Does nothing. */
        Ending NONE = (isStored, code) -> {};

        /**
         * The file is stored and accepted, or nothing is stored.
         *
         * @param code what the client gets; null if the file is stored, or if it failed in a way that has no code
         */
        void ended(boolean isStored, @Nullable FileErrorCode code);
    }

    /**
     * See {@link #stored}.
     *
     * @param field schema coordinate of the file field, for example {@code Product.image}
     * @param source from which source the client gave it; null if the application stored it on its own
     * @param store name of the store
     * @param byteSize its bytes
     * @param duration from the first byte, or the first look at what was uploaded directly, to the end of all checks.
     *     Of a part of a multipart request that includes the time in which the client sends it.
     */
    record Stored(String field, @Nullable FileSourceType source, String store, long byteSize, Duration duration) {}

    /**
     * See {@link #refused}.
     *
     * @param field schema coordinate of the field that was executed, for example {@code Mutation.createProduct}
     * @param code what the client gets
     */
    record Refused(String field, FileErrorCode code) {}

    /**
     * See {@link #served}.
     *
     * @param method {@code GET}, {@code HEAD}, {@code PUT} or {@code OPTIONS}; {@code OTHER} for all others
     * @param store name of the store; null if the request names none that there is
     * @param status HTTP status
     * @param receivedBytes bytes that were stored; 0 if it was no upload
     * @param sentBytes bytes of the body that were sent
     * @param duration from the request to the end of the answer
     */
    record Served(
            String method, @Nullable String store, int status, long receivedBytes, long sentBytes, Duration duration) {}

    /**
     * See {@link #swept}.
     *
     * @param result what was done. The messages of its failures are the stores' own.
     * @param duration how long it took
     */
    record Swept(SweepResult result, Duration duration) {

        /** Without the messages of the failures, only where they were. */
        @Override
        public String toString() {
            return "Swept[deletedBlobs=" + result.deletedBlobs() + ", removedUnfinishedWrites="
                    + result.removedUnfinishedWrites() + ", attachments=" + result.attachments() + ", failed="
                    + result.failures().keySet() + ", duration=" + duration + "]";
        }
    }
}
