package io.graphqlfiles.testkit;

/**
 * The blob that distinguishes a store with attached files from others of its name. It comes with the first start and is
 * no file of anybody: for tests that count what a store has.
 */
public final class StoreIdentity {

    /** Where it is. */
    public static final String KEY = "private/attached/identity";

    private StoreIdentity() {}

    /** Whether this is its key, and not that of a file. */
    public static boolean isAt(String key) {
        return key.equals(KEY);
    }
}
