package io.graphqlfiles.persistence.jpa;

import io.graphqlfiles.StoredFile;
import org.hibernate.dialect.Dialect;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.AbstractClassJavaType;
import org.hibernate.type.descriptor.java.ImmutableMutabilityPlan;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.hibernate.type.descriptor.jdbc.JdbcTypeIndicators;
import org.jspecify.annotations.Nullable;

/**
 * What Hibernate must know of {@link StoredFile} to keep it in a column: of text, or where an attribute says so, of
 * JSON.
 */
@SuppressWarnings("serial") // stateless; Hibernate makes its descriptors serializable
final class StoredFileJavaType extends AbstractClassJavaType<StoredFile> {

    /** Where Hibernate makes the table: its usual 255 are too few for a long name. What all databases allow. */
    private static final long COLUMN_LENGTH = 4000;

    StoredFileJavaType() {
        super(StoredFile.class, ImmutableMutabilityPlan.instance());
    }

    @Override
    public JdbcType getRecommendedJdbcType(JdbcTypeIndicators context) {
        return context.getJdbcType(SqlTypes.VARCHAR);
    }

    @Override
    public long getDefaultSqlLength(Dialect dialect, JdbcType jdbcType) {
        return COLUMN_LENGTH;
    }

    @Override
    public String toString(StoredFile file) {
        return file.toJson();
    }

    @Override
    public @Nullable StoredFile fromString(@Nullable CharSequence json) {
        return json == null ? null : StoredFile.fromJson(json.toString());
    }

    @Override
    public <X> @Nullable X unwrap(@Nullable StoredFile file, Class<X> type, WrapperOptions options) {
        if (file == null) {
            return null;
        }
        if (type.isInstance(file)) {
            return type.cast(file);
        }
        if (type.isAssignableFrom(String.class)) {
            return type.cast(file.toJson());
        }
        throw unknownUnwrap(type);
    }

    @Override
    public <X> @Nullable StoredFile wrap(@Nullable X value, WrapperOptions options) {
        if (value == null) {
            return null;
        }
        if (value instanceof StoredFile file) {
            return file;
        }
        if (value instanceof CharSequence json) {
            return fromString(json);
        }
        throw unknownWrap(value.getClass());
    }
}
