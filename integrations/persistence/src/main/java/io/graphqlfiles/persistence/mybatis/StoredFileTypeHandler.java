package io.graphqlfiles.persistence.mybatis;

import io.graphqlfiles.StoredFile;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.apache.ibatis.type.MappedTypes;
import org.jspecify.annotations.Nullable;

/**
 * A {@link StoredFile} in one column, as the text of {@link StoredFile#toJson()}. PostgreSQL takes it for a column of
 * type {@code jsonb} with a cast: {@code #{image}::jsonb}. Null is null both ways. Thread-safe.
 */
@MappedTypes(StoredFile.class)
public final class StoredFileTypeHandler extends BaseTypeHandler<StoredFile> {

    /** Called by MyBatis. */
    public StoredFileTypeHandler() {}

    @Override
    public void setNonNullParameter(
            PreparedStatement statement, int index, StoredFile file, @Nullable JdbcType jdbcType) throws SQLException {
        statement.setString(index, file.toJson());
    }

    @Override
    public @Nullable StoredFile getNullableResult(ResultSet row, String columnName) throws SQLException {
        return file(row.getString(columnName));
    }

    @Override
    public @Nullable StoredFile getNullableResult(ResultSet row, int columnIndex) throws SQLException {
        return file(row.getString(columnIndex));
    }

    @Override
    public @Nullable StoredFile getNullableResult(CallableStatement call, int columnIndex) throws SQLException {
        return file(call.getString(columnIndex));
    }

    private static @Nullable StoredFile file(@Nullable String json) {
        return json == null ? null : StoredFile.fromJson(json);
    }
}
