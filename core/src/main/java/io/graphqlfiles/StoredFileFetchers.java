package io.graphqlfiles;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLObjectType;
import io.graphqlfiles.internal.mime.ContentDisposition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Data fetchers of the type {@code StoredFile}. The URL is signed when it is selected, and only then. */
final class StoredFileFetchers {

    private StoredFileFetchers() {}

    static void register(GraphQLCodeRegistry.Builder registry, GraphQLObjectType storedFile, FileUrls urls) {
        Map<String, DataFetcher<?>> fetchers = new LinkedHashMap<>();
        fetchers.put("id", property(StoredFile::id));
        fetchers.put("fileName", property(StoredFile::fileName));
        fetchers.put("mimeType", property(StoredFile::mimeType));
        fetchers.put("byteSize", property(StoredFile::byteSize));
        fetchers.put("createdAt", property(file -> dateTime(file.createdAt())));
        fetchers.put("checksum", property(StoredFile::checksum));
        fetchers.put("urlExpiresAt", property(file -> dateTime(urls.expiresAt(file.visibility()))));
        fetchers.put("url", environment -> url(environment, urls));
        fetchers.forEach((field, fetcher) -> {
            // The application may declare the type with fewer fields, or with more of its own.
            if (storedFile.getFieldDefinition(field) != null) {
                registry.dataFetcher(FieldCoordinates.coordinates(storedFile.getName(), field), fetcher);
            }
        });
    }

    /** Scalars for dates take offsets, not instants. */
    static @Nullable OffsetDateTime dateTime(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static DataFetcher<?> property(Function<StoredFile, @Nullable Object> property) {
        return new PropertyFetcher<>(StoredFile.class, property);
    }

    private static Object url(DataFetchingEnvironment environment, FileUrls urls) {
        StoredFile file = PropertyFetcher.source(StoredFile.class, environment);
        boolean download = Boolean.TRUE.equals(environment.getArgument("download"));
        return urls.url(
                file.store(),
                file.key(),
                file.visibility(),
                download ? ContentDisposition.attachment(file.fileName()) : null,
                FileUrls.requestBaseUrl(environment));
    }
}
