package io.graphqlfiles.internal.copyurl;

import java.io.Closeable;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What is at a URL, still being received. Everything but the bytes is what the server there claims. Must be closed;
 * closing early breaks the connection off. For one thread at a time.
 */
public final class FetchedUrl implements Closeable {

    /** The server did not say how long its content is. */
    public static final long UNKNOWN_SIZE = -1;

    private final FetchedStream content;
    private final long byteSize;
    private final @Nullable String contentType;
    private final @Nullable String fileName;

    FetchedUrl(FetchedStream content, long byteSize, @Nullable String contentType, @Nullable String fileName) {
        this.content = content;
        this.byteSize = byteSize;
        this.contentType = contentType;
        this.fileName = fileName;
    }

    /**
     * The bytes. Reading blocks and throws {@link UrlFetchException} if the content is too long, ends early or does not
     * arrive in time. Closing it closes this.
     */
    public InputStream content() {
        return content;
    }

    /**
     * Length in bytes, within the limit; {@link #UNKNOWN_SIZE} if the server did not say. A shorter body fails when
     * read.
     */
    public long byteSize() {
        return byteSize;
    }

    /** The {@code Content-Type} header as it came. */
    public @Nullable String contentType() {
        return contentType;
    }

    /** The server's name for the file, or the last segment of the URL's path; neither cleaned nor bounded. */
    public @Nullable String fileName() {
        return fileName;
    }

    @Override
    public void close() {
        content.close();
    }

    /** Hides the URL, which may itself be a secret. */
    @Override
    public String toString() {
        return "FetchedUrl[" + byteSize + " bytes]";
    }
}
