package io.graphqlfiles.compatibility;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The documents that were added. Thread-safe. */
public final class Documents {

    private final List<Document> all = new CopyOnWriteArrayList<>();

    /** In the order in which they were added. */
    public List<Document> all() {
        return all;
    }

    /** Keeps it. */
    public Document add(Document document) {
        all.add(document);
        return document;
    }

    /** Never does. */
    public Document failToAdd() {
        throw new IllegalStateException("a failure that the contract asks for");
    }
}
