package io.graphqlfiles;

/**
 * Says that a field deletes records of a type.
 *
 * @param recordType name of the type
 * @param idArgument the argument with the id; with dots into input objects
 */
record FileDeletionRule(String recordType, String idArgument) {}
