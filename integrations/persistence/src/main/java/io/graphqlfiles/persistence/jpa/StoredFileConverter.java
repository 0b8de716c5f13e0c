package io.graphqlfiles.persistence.jpa;

import io.graphqlfiles.StoredFile;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/**
 * For JPA providers other than Hibernate, which needs no converter: a {@link StoredFile} attribute in a column of text,
 * as {@link StoredFile#toJson()}. List this class among the managed ones, and it is applied to all attributes of the
 * type; or write {@code @Convert(converter = StoredFileConverter.class)} on one. Null is null both ways. Thread-safe.
 */
@Converter(autoApply = true)
public final class StoredFileConverter implements AttributeConverter<StoredFile, String> {

    /** Called by the persistence provider. */
    public StoredFileConverter() {}

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable StoredFile file) {
        return file == null ? null : file.toJson();
    }

    /** @throws IllegalArgumentException if the text was not written by {@link StoredFile#toJson()} */
    @Override
    public @Nullable StoredFile convertToEntityAttribute(@Nullable String column) {
        return column == null ? null : StoredFile.fromJson(column);
    }
}
