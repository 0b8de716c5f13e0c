package io.graphqlfiles.spi.media;

import java.io.InputStream;
import java.util.Set;

/**
 * Removes what a file says of the person who made it: where and with what a picture was taken, comments, embedded
 * thumbnails. Pixels are not encoded again, and what is needed to show them right stays: orientation, colour profile.
 * Called from many threads at once.
 */
public interface MetadataStripper {

    /** The media types that it strips. A field that wants it refuses all others. */
    Set<String> mimeTypes();

    /**
     * The content without metadata, read as it is asked for: a bounded part of it is in memory, and nothing after what
     * was asked for is needed.
     *
     * @param mimeType one of {@link #mimeTypes()}
     * @param content not closed
     * @return its {@code read} throws {@link MalformedContentException} for content whose parts cannot be
     *     distinguished, and passes on every exception of {@code content} as it is; closing it does nothing
     */
    InputStream strip(String mimeType, InputStream content);
}
