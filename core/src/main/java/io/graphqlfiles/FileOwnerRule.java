package io.graphqlfiles;

import org.jspecify.annotations.Nullable;

/**
 * Says whose the files are that a field attaches. Null where it says nothing.
 *
 * @param recordType name of the type of the records
 * @param input the argument it holds for, with dots into input objects; null for all that take files of the type
 * @param owner where in the result the record is, or its id
 * @param idArgument the argument with the id; with dots into input objects, and lists of them
 * @param when where in the result it says that the record took the files
 */
record FileOwnerRule(
        String recordType,
        @Nullable String input,
        @Nullable String owner,
        @Nullable String idArgument,
        @Nullable String when) {

    /**
     * Whether it is for an input.
     *
     * @param place of it: names joined by dots
     */
    boolean isFor(AttachedField field, String place) {
        return field.ownerType().equals(recordType)
                && (input == null || place.equals(input) || place.startsWith(input + "."));
    }
}
