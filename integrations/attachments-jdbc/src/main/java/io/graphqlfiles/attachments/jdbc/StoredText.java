package io.graphqlfiles.attachments.jdbc;

import io.graphqlfiles.spi.attachment.AttachmentSlot;
import java.util.regex.Pattern;

/** What texts the tables can hold. */
final class StoredText {

    private static final Pattern SCHEMA = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    private StoredText() {}

    /**
     * Whether every dialect gives this owner id back as it was: PostgreSQL has no character 0, and half a surrogate
     * pair becomes a question mark on its way, so that two ids would be one.
     */
    static boolean isStorable(String ownerId) {
        return ownerId.length() <= AttachmentSlot.MAX_OWNER_ID_LENGTH
                && ownerId.codePoints()
                        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    /**
     * Passes on a schema's name that needs no quotes in any dialect.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    static String requireSchema(String schema) {
        if (!SCHEMA.matcher(schema).matches()) {
            throw new IllegalArgumentException(
                    "schema: expected 1 to 63 of [A-Za-z0-9_], not a digit first, found something else");
        }
        return schema;
    }
}
