package io.graphqlfiles;

import org.jspecify.annotations.Nullable;

/**
 * Says that a field deletes records of a type.
 *
 * @param recordType name of the type
 * @param idArgument the argument with the id; with dots into input objects, and lists of them
 * @param when where in the result it says that the record was deleted; null for the result itself
 */
record FileDeletionRule(
        String recordType, String idArgument, @Nullable String when) {}
