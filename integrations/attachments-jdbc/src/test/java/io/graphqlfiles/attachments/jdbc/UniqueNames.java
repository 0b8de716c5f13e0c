package io.graphqlfiles.attachments.jdbc;

import java.util.concurrent.atomic.AtomicInteger;

/** Names for databases and schemas that no other test of this JVM has. */
final class UniqueNames {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private UniqueNames() {}

    static String next() {
        return "test_" + COUNTER.incrementAndGet();
    }
}
