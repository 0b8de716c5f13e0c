package io.graphqlfiles.spi.attachment;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobReference;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file in the list of a slot.
 *
 * @param blob where its bytes are
 * @param json the file's facts as one line of JSON of at most 4,000 characters; opaque to the store, and given back as
 *     it is
 * @param dueAt from when on {@link AttachmentStore#leaseAttached} gives it out, because something is still to be done
 *     with it; null for never
 */
public record AttachedFile(
        BlobReference blob, String json, @Nullable Instant dueAt) {

    /** The longest {@link #json()}, in characters. */
    public static final int MAX_JSON_LENGTH = 4000;

    /** @throws IllegalArgumentException if the JSON is too long */
    public AttachedFile {
        requireNonNull(blob, "blob");
        if (requireNonNull(json, "json").length() > MAX_JSON_LENGTH) {
            throw new IllegalArgumentException(
                    "json: expected at most " + MAX_JSON_LENGTH + " characters, found " + json.length());
        }
    }

    /** A file with which nothing is to be done. */
    public AttachedFile(BlobReference blob, String json) {
        this(blob, json, null);
    }
}
