package io.graphqlfiles.internal.owner;

import io.graphqlfiles.spi.attachment.AttachmentSlot;

/** Which ids records with attached files can have. */
public final class RecordIds {

    /** What they are, in words. */
    public static final String EXPECTED =
            "1 to " + AttachmentSlot.MAX_OWNER_ID_LENGTH + " characters that a database keeps";

    private RecordIds() {}

    /** Not the character 0 and no halves of surrogate pairs: databases refuse them, or keep something else. */
    public static boolean canHaveFiles(String id) {
        return !id.isEmpty()
                && id.length() <= AttachmentSlot.MAX_OWNER_ID_LENGTH
                && id.codePoints()
                        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }
}
