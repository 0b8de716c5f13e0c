package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

/**
 * A file in the list of a slot.
 *
 * @param blob where its bytes are
 * @param json the file's facts as one line of JSON of at most 4,000 characters; opaque to the store, and given back as
 *     it is
 */
public record AttachedFile(BlobReference blob, String json) {

    public AttachedFile {
        requireNonNull(blob, "blob");
        requireNonNull(json, "json");
    }
}
