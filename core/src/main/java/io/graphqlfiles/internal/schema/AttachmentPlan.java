package io.graphqlfiles.internal.schema;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a field of the schema, nearly always a mutation, does to attached files. Made when the schema is built.
 *
 * @param places for the coordinate of each input that takes attached files, whose they are
 * @param deletion records that the field deletes; null if none
 */
public record AttachmentPlan(
        Map<String, Place> places, @Nullable RecordDeletion deletion) {

    /**
     * Whose files an input takes.
     *
     * @param when where the result says whether the record took them; null if by being there
     */
    public record Place(
            AttachedField field, OwnerPath owner, @Nullable ResultCondition when) {}
}
