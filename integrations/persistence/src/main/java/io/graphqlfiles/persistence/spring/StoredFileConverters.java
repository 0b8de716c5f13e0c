package io.graphqlfiles.persistence.spring;

import io.graphqlfiles.StoredFile;
import io.r2dbc.postgresql.codec.Json;
import java.sql.JDBCType;
import java.util.List;
import org.bson.Document;
import org.postgresql.util.PGobject;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.core.mapping.JdbcValue;

/**
 * How Spring Data keeps a {@link StoredFile}: give one of these lists to the custom conversions of the store at hand,
 * for example {@code new MongoCustomConversions(StoredFileConverters.documents())}. The converters are stateless.
 */
public final class StoredFileConverters {

    private StoredFileConverters() {}

    /** In one column of text, by JDBC or R2DBC: {@link StoredFile#toJson()}. */
    public static List<Converter<?, ?>> text() {
        return List.of(new ToText(), new FromText());
    }

    /**
     * In one column of type {@code json} or {@code jsonb} of PostgreSQL, by JDBC, whose operators see the members. The
     * driver gives such columns as a {@code PGobject}; with a driver that gives text, as H2's, use {@link #text()}.
     */
    public static List<Converter<?, ?>> jdbcJson() {
        return List.of(new ToJdbcJson(), new FromJdbcJson());
    }

    /** In one column of type {@code json} or {@code jsonb} of PostgreSQL, by R2DBC, whose operators see the members. */
    public static List<Converter<?, ?>> r2dbcJson() {
        return List.of(new ToR2dbcJson(), new FromR2dbcJson());
    }

    /** In MongoDB, as a document within a document: {@link StoredFile#toMap()}. */
    public static List<Converter<?, ?>> documents() {
        return List.of(new ToDocument(), new FromDocument());
    }

    // Each is a class: Spring reads from it what it converts, which a lambda does not tell.

    @WritingConverter
    private static final class ToText implements Converter<StoredFile, String> {
        @Override
        public String convert(StoredFile file) {
            return file.toJson();
        }
    }

    @ReadingConverter
    private static final class FromText implements Converter<String, StoredFile> {
        @Override
        public StoredFile convert(String json) {
            return StoredFile.fromJson(json);
        }
    }

    /** PostgreSQL finds the type of what is given as OTHER by itself; it takes no text for JSON. */
    @WritingConverter
    private static final class ToJdbcJson implements Converter<StoredFile, JdbcValue> {
        @Override
        public JdbcValue convert(StoredFile file) {
            return JdbcValue.of(file.toJson(), JDBCType.OTHER);
        }
    }

    @ReadingConverter
    private static final class FromJdbcJson implements Converter<PGobject, StoredFile> {
        @Override
        public StoredFile convert(PGobject json) {
            return StoredFile.fromJson(String.valueOf(json.getValue()));
        }
    }

    @WritingConverter
    private static final class ToR2dbcJson implements Converter<StoredFile, Json> {
        @Override
        public Json convert(StoredFile file) {
            return Json.of(file.toJson());
        }
    }

    @ReadingConverter
    private static final class FromR2dbcJson implements Converter<Json, StoredFile> {
        @Override
        public StoredFile convert(Json json) {
            return StoredFile.fromJson(json.asString());
        }
    }

    @WritingConverter
    private static final class ToDocument implements Converter<StoredFile, Document> {
        @Override
        public Document convert(StoredFile file) {
            return new Document(file.toMap());
        }
    }

    @ReadingConverter
    private static final class FromDocument implements Converter<Document, StoredFile> {
        @Override
        public StoredFile convert(Document document) {
            return StoredFile.fromMap(document);
        }
    }
}
