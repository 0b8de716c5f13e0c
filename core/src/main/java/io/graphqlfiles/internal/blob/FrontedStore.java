package io.graphqlfiles.internal.blob;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.DirectAccess;
import org.jspecify.annotations.Nullable;

/** A store of the library's own that is made of others, and knows how clients reach it. */
public interface FrontedStore extends BlobStore {

    /**
     * How clients reach it.
     *
     * @param endpoint signs requests to the library's endpoint; null if that is off
     * @return null if they cannot
     */
    @Nullable
    DirectAccess access(@Nullable DirectAccess endpoint);

    /** Whether the library's endpoint serves its files. */
    boolean isServed();

    /** The store that has this blob; null if none has. Asks them. */
    @Nullable
    BlobStore holder(String key);

    /** Ends its threads; the stores that it is made of are the application's. */
    default void close() {}
}
