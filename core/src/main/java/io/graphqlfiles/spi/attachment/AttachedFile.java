package io.graphqlfiles.spi.attachment;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobReference;

/**
 * A file in the list of a slot.
 *
 * @param blob where its bytes are
 * @param json the file's facts as one line of JSON of at most 4,000 characters; opaque to the store, and given back as
 *     it is
 */
public record AttachedFile(BlobReference blob, String json) {

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
}
