package io.graphqlfiles.internal.mime;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.mime.MimeTypesFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tika's type database with our additions, loaded once, apart from the application's own. All types are lower case
 * without parameters.
 */
final class TikaTypes {

    static final String OCTET_STREAM = "application/octet-stream";
    static final String PLAIN_TEXT = "text/plain";

    private static final MimeTypes TYPES = load();
    private static final MediaTypeRegistry REGISTRY = TYPES.getMediaTypeRegistry();

    private TikaTypes() {}

    private static MimeTypes load() {
        URL tika = requireNonNull(MimeTypes.class.getResource("tika-mimetypes.xml"), "tika-mimetypes.xml");
        URL additions = requireNonNull(TikaTypes.class.getResource("mime-types.xml"), "mime-types.xml");
        try {
            return MimeTypesFactory.create(tika, additions);
        } catch (IOException | MimeTypeException e) {
            throw new IllegalStateException("the type database does not load", e);
        }
    }

    /**
     * What the bytes are by their own evidence; no name is looked at, for Tika takes a name's word for unknown bytes.
     */
    static String detect(byte[] bytes, int length) {
        try {
            return TYPES.detect(new ByteArrayInputStream(bytes, 0, length), new Metadata())
                    .getBaseType()
                    .toString();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    /** What a name's extension stands for; null if it stands for nothing known. */
    static @Nullable String ofName(String fileName) {
        Metadata metadata = new Metadata();
        // Only the extension counts, and Tika would read a name such as "a#b" as a URL.
        metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, "file" + FileNames.extension(fileName));
        try {
            String type = TYPES.detect(null, metadata).getBaseType().toString();
            return type.equals(OCTET_STREAM) ? null : type;
        } catch (IOException e) {
            throw new IllegalStateException("reading no stream failed", e);
        }
    }

    /** The extension with its dot that files of the type usually have; empty if none is known. */
    static String extension(String type) {
        try {
            return TYPES.forName(internal(type)).getExtension();
        } catch (MimeTypeException e) {
            return "";
        }
    }

    /** The one name for the type and its aliases that is shown outside. */
    static String preferred(String type) {
        return StandardNames.shown(internal(type));
    }

    /** The one name for the type and its aliases that the database uses. */
    static String internal(String type) {
        MediaType parsed = MediaType.parse(StandardNames.internal(type));
        return parsed == null ? type : REGISTRY.normalize(parsed).toString();
    }

    /** Tells whether everything of the first type is also of the second; no type is a special form of itself. */
    static boolean isSpecialForm(String type, String general) {
        return REGISTRY.isSpecializationOf(MediaType.parse(internal(type)), MediaType.parse(internal(general)));
    }

    /**
     * Tells whether the type could not have been recognised when only the general one was: neither it nor anything
     * between the two has marks of its own in the bytes.
     */
    static boolean isUnmarkedFormOf(String type, String general) {
        if (!isSpecialForm(type, general)) {
            return false;
        }
        MediaType end = MediaType.parse(internal(general));
        for (MediaType step = MediaType.parse(internal(type));
                step != null && !step.equals(end);
                step = REGISTRY.getSupertype(step)) {
            if (hasMarks(step)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasMarks(MediaType type) {
        try {
            return TYPES.forName(type.toString()).hasMagic();
        } catch (MimeTypeException e) {
            return false;
        }
    }
}
