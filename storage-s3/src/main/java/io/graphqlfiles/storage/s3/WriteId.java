package io.graphqlfiles.storage.s3;

import java.util.Map;
import java.util.UUID;

/**
 * Tells one write from another that made a blob under the same key. It is kept with the blob: when the answer to a
 * write is lost, whoever finds this with the blob knows that the write has succeeded.
 *
 * @param value random
 */
record WriteId(String value) {

    private static final String NAME = "graphql-files-write";

    static WriteId random() {
        return new WriteId(UUID.randomUUID().toString());
    }

    /** What to store as user-defined metadata. */
    Map<String, String> metadata() {
        return Map.of(NAME, value);
    }

    boolean isOf(Map<String, String> metadata) {
        return value.equals(metadata.get(NAME));
    }
}
