package io.graphqlfiles;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Placeholder. */
public final class Upload {

    Upload() {}

    public @Nullable String fileName() {
        return null;
    }

    public @Nullable String contentType() {
        return null;
    }

    public InputStream openStream() {
        return InputStream.nullInputStream();
    }

    int order() {
        return 0;
    }
}
