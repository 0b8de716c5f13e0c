package io.graphqlfiles.spi;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** {@link BlobStore#head} for stores that cannot return facts and bytes at once. */
final class SteadyHead {

    private SteadyHead() {}

    static @Nullable BlobHead read(BlobStore store, String key, int length) throws IOException {
        BlobInfo info = store.stat(key);
        if (info == null) {
            return null;
        }
        byte[] bytes;
        try (InputStream in = store.open(key, ByteRange.first(length))) {
            bytes = in.readNBytes(length);
        } catch (BlobNotFoundException e) {
            throw changed(key, "found none", e);
        }
        BlobInfo after = store.stat(key);
        if (after == null || !after.version().equals(info.version())) {
            throw changed(key, after == null ? "found none" : "found version " + after.version(), null);
        }
        return new BlobHead(info, bytes);
    }

    private static BlobIntegrityException changed(String key, String found, @Nullable Exception cause) {
        return new BlobIntegrityException(
                "blob store", "head", key, "expected one version all the while, " + found, cause);
    }
}
