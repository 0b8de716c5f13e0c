package io.graphqlfiles;

import org.jspecify.annotations.Nullable;

/**
 * Collects what a mutation says of the records whose files it attaches; the same that {@code @attachesFiles} takes. Not
 * thread-safe; used inside {@link FileFieldRegistry.Builder#attachesFiles}.
 */
public final class FileOwnerRules {

    private @Nullable String input;
    private @Nullable String owner;
    private @Nullable String id;
    private @Nullable String when;

    FileOwnerRules() {}

    /**
     * For which input this holds, if the mutation takes several with files of the type.
     *
     * @param path the argument; with dots into input objects: {@code input.lines}. Default: all
     */
    public FileOwnerRules input(String path) {
        this.input = path;
        return this;
    }

    /**
     * Where in the result the record is, or its id.
     *
     * @param path names of fields, joined by dots, for example {@code order.lines}; lists on it go with the lists that
     *     the input is in. Default: what {@code @file} of the input says; or the record is the result or its only field
     *     of the type, or the result is the id
     */
    public FileOwnerRules owner(String path) {
        this.owner = path;
        return this;
    }

    /**
     * The argument with the id of the record, where the result does not name it. Ids that can be spelled in several
     * ways are refused to clients if there are no files under them.
     *
     * @param path the argument; with dots into input objects, and lists that the input is in too: {@code input.id}
     */
    public FileOwnerRules id(String path) {
        this.id = path;
        return this;
    }

    /**
     * Where in the result it says whether the record took the files.
     *
     * @param path names of fields, joined by dots, for example {@code success}; null, false, 0 and empty count as
     *     false. A leading exclamation mark inverts this: {@code !userErrors}. Default: what {@code @file} of the input
     *     says; or it did if it is in the result, or the result counts as true
     */
    public FileOwnerRules when(String path) {
        this.when = path;
        return this;
    }

    FileFieldRegistry.Owner rule(String recordType) {
        return new FileFieldRegistry.Owner(recordType, input, owner, id, when);
    }
}
