package io.graphqlfiles.internal.ingest;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileSourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A StoredFileInput that is well formed: exactly one source, of a kind that the field takes.
 *
 * @param path where it is in the arguments
 * @param value what is in the input field of {@code source}: text, {@link io.graphqlfiles.Upload} or an address; in
 *     place of an upload token, what it was given for, once it has been opened
 */
public record IncomingFile(
        FileField field,
        List<Object> path,
        FileSourceType source,
        Object value,
        @Nullable String fileName,
        @Nullable String mimeType) {

    /** @throws FileException if it is not well formed */
    static IncomingFile of(FileInputs.FileInput input) {
        Map<?, ?> value = input.value();
        List<FileSourceType> given = new ArrayList<>();
        for (FileSourceType source : FileSourceType.values()) {
            if (value.get(source.inputField()) != null) {
                given.add(source);
            }
        }
        if (given.size() != 1) {
            throw new FileException(
                    FileErrorCode.FILE_SOURCE_INVALID,
                    "Expected exactly one of base64, file, copyURL and directUploadToken, found "
                            + (given.isEmpty() ? "none" : names(given)) + ".");
        }
        FileSourceType source = given.get(0);
        FileField field = input.field();
        if (!field.sources().contains(source)) {
            throw new FileException(
                    FileErrorCode.FILE_SOURCE_INVALID,
                    field.coordinate() + " takes no " + source.inputField() + "; it takes "
                            + names(List.copyOf(field.sources())) + ".");
        }
        return new IncomingFile(
                field,
                input.path(),
                source,
                requireNonNull(value.get(source.inputField())),
                blankToNull((String) value.get("fileName")),
                blankToNull((String) value.get("mimeType")));
    }

    IncomingFile withValue(Object newValue) {
        return new IncomingFile(field, path, source, newValue, fileName, mimeType);
    }

    IncomingFile withField(FileField newField) {
        return new IncomingFile(newField, path, source, value, fileName, mimeType);
    }

    private static String names(List<FileSourceType> sources) {
        return sources.stream().map(FileSourceType::inputField).collect(Collectors.joining(", "));
    }

    /** Browsers say "" when they know no type, and forms when nobody filled in a name. */
    public static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
