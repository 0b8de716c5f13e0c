package io.graphqlfiles.internal.mime;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tika's types with our additions, loaded when first asked for, apart from the application's own. All types are lower
 * case without parameters.
 */
final class TikaTypes {

    static final String OCTET_STREAM = "application/octet-stream";
    static final String PLAIN_TEXT = "text/plain";

    private static final TypeDatabase TYPES = TypeDatabase.load();

    private TikaTypes() {}

    /**
     * What the bytes are by their own evidence; no name is looked at, for Tika takes a name's word for unknown bytes.
     *
     * @return {@link #OCTET_STREAM} if nothing in them is evidence of anything, as in most text
     */
    static String detect(byte[] bytes, int length) {
        return TYPES.detect(bytes, length);
    }

    /** What a name's extension stands for; null if it stands for nothing known. */
    static @Nullable String ofName(String fileName) {
        String extension = FileNames.extension(fileName);
        String type = TYPES.ofEnding(extension);
        if (type == null) {
            type = TYPES.ofEnding(extension.toLowerCase(Locale.ENGLISH));
        }
        return OCTET_STREAM.equals(type) ? null : type;
    }

    /** The extension with its dot that files of the type usually have; empty if none is known. */
    static String extension(String type) {
        return TYPES.extension(internal(type));
    }

    /** The one name for the type and its aliases that is shown outside. */
    static String preferred(String type) {
        return StandardNames.shown(internal(type));
    }

    /** The one name for the type and its aliases that the database uses. */
    static String internal(String type) {
        return TYPES.canonical(StandardNames.internal(type));
    }

    /** Returns whether the database has the type or an alias of that name. */
    static boolean isKnown(String type) {
        return TYPES.isKnown(internal(type));
    }

    /** Returns whether everything of the first type is also of the second; no type is a special form of itself. */
    static boolean isSpecialForm(String type, String general) {
        String end = internal(general);
        for (String step = TYPES.parent(internal(type)); step != null; step = TYPES.parent(step)) {
            if (step.equals(end)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns whether the type could not have been recognised when only the general one was: neither it nor anything
     * between the two has marks of its own in the bytes.
     */
    static boolean isUnmarkedFormOf(String type, String general) {
        if (!isSpecialForm(type, general)) {
            return false;
        }
        String end = internal(general);
        for (String step = internal(type); step != null && !step.equals(end); step = TYPES.parent(step)) {
            if (TYPES.hasMarks(step)) {
                return false;
            }
        }
        return true;
    }
}
