package io.graphqlfiles.internal.owner;

import io.graphqlfiles.FileField;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A field of an object type whose files the library keeps.
 *
 * @param ownerType name of the object type
 * @param name of the field
 * @param idField the field that is the id of the record; null if a function gives it
 * @param isList whether it has any number of files; otherwise one at most
 */
public record AttachedField(
        FileField field,
        String ownerType,
        String name,
        @Nullable String idField,
        boolean isList,
        OwnerId ownerId) {

    /** One of the attached fields of a type; null if it has none. */
    public static @Nullable AttachedField ofType(String ownerType, Collection<AttachedField> attached) {
        return attached.stream()
                .filter(each -> each.ownerType().equals(ownerType))
                .findFirst()
                .orElse(null);
    }

    public AttachmentSlot slot(String ownerId) {
        return new AttachmentSlot(ownerType, ownerId, name);
    }

    @Override
    public String toString() {
        return field.coordinate();
    }
}
