package io.graphqlfiles.internal.attachments;

import io.graphqlfiles.spi.AttachmentSlot;

/** Which ids records with attached files can have. */
final class RecordIds {

    /** What they are, in words. */
    static final String EXPECTED = "1 to " + AttachmentSlot.MAX_OWNER_ID_LENGTH + " characters that a database keeps";

    private RecordIds() {}

    /** Not the character 0 and no halves of surrogate pairs: databases refuse them, or keep something else. */
    static boolean canHaveFiles(String id) {
        return !id.isEmpty()
                && id.length() <= AttachmentSlot.MAX_OWNER_ID_LENGTH
                && id.codePoints()
                        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }
}
