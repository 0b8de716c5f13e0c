package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

/**
 * One field of one record: the place that has a list of files, of at most one where the field is not a list.
 *
 * @param ownerType name of the record's type in the schema, for example {@code Product}
 * @param ownerId the record's id, as text
 * @param field name of the field, for example {@code gallery}
 */
public record AttachmentSlot(String ownerType, String ownerId, String field) {

    public AttachmentSlot {
        requireNonNull(ownerType, "ownerType");
        requireNonNull(ownerId, "ownerId");
        requireNonNull(field, "field");
    }
}
