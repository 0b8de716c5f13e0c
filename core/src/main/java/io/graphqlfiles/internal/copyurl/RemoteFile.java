package io.graphqlfiles.internal.copyurl;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Placeholder. */
public final class RemoteFile implements AutoCloseable {

    public InputStream content() {
        return InputStream.nullInputStream();
    }

    public @Nullable String fileName() {
        return null;
    }

    @Override
    public void close() {}
}
