package io.graphqlfiles.internal.owner;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a field of the schema, nearly always a mutation, does to attached files. Made when the schema is built.
 *
 * @param places for each input that takes attached files, whose they are; by its {@link AttachmentInput#place()}
 * @param deletions records that the field deletes
 */
public record AttachmentPlan(Map<String, Place> places, List<RecordDeletion> deletions) {

    public boolean isEmpty() {
        return places.isEmpty() && deletions.isEmpty();
    }

    /**
     * Whose files an input takes.
     *
     * @param when where the result says whether the record took them; null if by being there
     */
    public record Place(
            AttachedField field, Owner owner, @Nullable ResultCondition when) {}

    /** Where the id of a record is. */
    public sealed interface Owner permits OwnerPath, OwnerArgument {

        /** The same text for the same place. */
        public String place();
    }
}
