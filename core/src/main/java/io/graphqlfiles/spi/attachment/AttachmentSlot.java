package io.graphqlfiles.spi.attachment;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * One field of one record: the place that has a list of files, of at most one where the field is not a list. In order
 * of owner type, owner id and field.
 *
 * @param ownerType name of the record's type in the schema, for example {@code Product}; 1 to 128 characters
 * @param ownerId the record's id, as text; 1 to 255 characters
 * @param field name of the field, for example {@code gallery}; 1 to 128 characters
 */
public record AttachmentSlot(String ownerType, String ownerId, String field) implements Comparable<AttachmentSlot> {

    /** The longest type name and the longest field name, in characters. */
    public static final int MAX_NAME_LENGTH = 128;

    /** The longest owner id, in characters: so that a database can have all three in one index. */
    public static final int MAX_OWNER_ID_LENGTH = 255;

    private static final Comparator<AttachmentSlot> ORDER = Comparator.comparing(AttachmentSlot::ownerType)
            .thenComparing(AttachmentSlot::ownerId)
            .thenComparing(AttachmentSlot::field);

    /** @throws IllegalArgumentException if a part is empty or too long */
    public AttachmentSlot {
        require("ownerType", ownerType, MAX_NAME_LENGTH);
        require("ownerId", ownerId, MAX_OWNER_ID_LENGTH);
        require("field", field, MAX_NAME_LENGTH);
    }

    @Override
    public int compareTo(AttachmentSlot other) {
        return ORDER.compare(this, other);
    }

    private static void require(String name, String text, int maxLength) {
        int length = requireNonNull(text, name).length();
        if (length == 0 || length > maxLength) {
            throw new IllegalArgumentException(name + ": expected 1 to " + maxLength + " characters, found " + length);
        }
    }
}
