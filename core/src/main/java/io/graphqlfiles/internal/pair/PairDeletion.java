package io.graphqlfiles.internal.pair;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import java.util.Collection;

/** Deletes from two stores, also from the second if the first fails. */
final class PairDeletion {

    private PairDeletion() {}

    /** @throws BlobStoreException if one fails; of two failures the first, with the other as suppressed */
    static void delete(BlobStore first, BlobStore second, Collection<String> keys) {
        BlobStoreException failure = null;
        try {
            first.delete(keys);
        } catch (BlobStoreException e) {
            failure = e;
        }
        try {
            second.delete(keys);
        } catch (BlobStoreException e) {
            if (failure == null) {
                failure = e;
            } else {
                failure.addSuppressed(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
