package io.graphqlfiles;

import java.util.List;
import java.util.Map;

/**
 * What a field of the schema, nearly always a mutation, does to attached files. Made when the schema is built.
 *
 * @param places for the coordinate of each input that takes attached files, whose they are
 * @param deletions records that the field deletes
 */
record AttachmentPlan(Map<String, Place> places, List<Deletion> deletions) {

    /** Whose files an input takes. */
    record Place(AttachedField field, OwnerPath owner) {}

    /**
     * Records that are deleted.
     *
     * @param idPath the argument, and names of input fields, that lead to the id or the list of ids
     */
    record Deletion(String ownerType, List<String> idPath) {}
}
