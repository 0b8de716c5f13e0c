package io.graphqlfiles.internal.schema;

import io.graphqlfiles.internal.owner.AttachedField;
import java.util.List;

/**
 * An input that takes attached files, as one field of the schema has it.
 *
 * @param coordinate of the input
 * @param names of the argument, and of input fields, that lead to it
 * @param listDepth in how many lists of input objects it stands
 * @param target the field whose files it takes
 */
record InputPosition(String coordinate, List<String> names, int listDepth, AttachedField target) {

    /** The names, joined by dots. */
    String place() {
        return String.join(".", names);
    }

    @Override
    public String toString() {
        return names.size() == 1 ? coordinate : place() + " (" + coordinate + ")";
    }
}
