package io.graphqlfiles;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.LightDataFetcher;
import io.graphqlfiles.internal.mime.ContentDisposition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Data fetchers of the type {@code StoredFile}. The URL is signed when it is selected, and only then. */
final class StoredFileFetchers {

    private StoredFileFetchers() {}

    static void register(GraphQLCodeRegistry.Builder registry, GraphQLObjectType storedFile, FileUrls urls) {
        Map<String, DataFetcher<?>> fetchers = new LinkedHashMap<>();
        fetchers.put("id", new Property(StoredFile::id));
        fetchers.put("fileName", new Property(StoredFile::fileName));
        fetchers.put("mimeType", new Property(StoredFile::mimeType));
        fetchers.put("byteSize", new Property(StoredFile::byteSize));
        fetchers.put("createdAt", new Property(file -> dateTime(file.createdAt())));
        fetchers.put("checksum", new Property(StoredFile::checksum));
        fetchers.put("urlExpiresAt", new Property(file -> dateTime(urls.expiresAt(file.visibility()))));
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

    /** Trivial for the engine: it makes no environment for it and runs no instrumentation around it. */
    private record Property(Function<StoredFile, @Nullable Object> property)
            implements LightDataFetcher<@Nullable Object> {

        @Override
        public @Nullable Object get(
                GraphQLFieldDefinition definition, Object source, Supplier<DataFetchingEnvironment> environment) {
            return property.apply((StoredFile) source);
        }

        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) {
            return property.apply(source(environment));
        }
    }

    private static StoredFile source(DataFetchingEnvironment environment) {
        StoredFile file = environment.getSource();
        if (file == null) {
            throw new IllegalStateException("a StoredFile has no source object");
        }
        return file;
    }

    private static Object url(DataFetchingEnvironment environment, FileUrls urls) {
        StoredFile file = source(environment);
        boolean download = Boolean.TRUE.equals(environment.getArgument("download"));
        return urls.url(
                file.store(),
                file.key(),
                file.visibility(),
                download ? ContentDisposition.attachment(file.fileName()) : null,
                FileUrls.requestBaseUrl(environment));
    }
}
