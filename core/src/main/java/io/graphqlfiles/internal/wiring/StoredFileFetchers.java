package io.graphqlfiles.internal.wiring;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.LightDataFetcher;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.mime.ContentDisposition;
import io.graphqlfiles.internal.url.FileUrls;
import io.graphqlfiles.spi.SignedUrl;
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

    private static final String DOWNLOAD = "download";

    private StoredFileFetchers() {}

    static void register(GraphQLCodeRegistry.Builder registry, GraphQLObjectType storedFile, FileUrls urls) {
        Map<String, DataFetcher<?>> fetchers = new LinkedHashMap<>();
        for (FileProperty property : FileProperty.values()) {
            fetchers.put(property.field(), new PropertyFetcher<>(StoredFile.class, property));
        }
        fetchers.put("urlExpiresAt", new UrlFetcher(urls, false, StoredFileFetchers::expiresAt));
        fetchers.put("url", new UrlFetcher(urls, downloadByDefault(storedFile), SignedUrl::text));
        fetchers.forEach((field, fetcher) -> {
            // The application may declare the type with fewer fields, or with more of its own.
            if (storedFile.getFieldDefinition(field) != null) {
                registry.dataFetcher(FieldCoordinates.coordinates(storedFile.getName(), field), fetcher);
            }
        });
    }

    static boolean isReady(StoredFile file) {
        return file.status() == StoredFile.Status.READY;
    }

    /** Scalars for dates take offsets, not instants. */
    static @Nullable OffsetDateTime dateTime(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Object expiresAt(SignedUrl url) {
        return dateTime(url.expiresAt());
    }

    /** The application may declare the type with another default. */
    private static boolean downloadByDefault(GraphQLObjectType storedFile) {
        GraphQLFieldDefinition url = storedFile.getFieldDefinition("url");
        GraphQLArgument download = url == null ? null : url.getArgument(DOWNLOAD);
        return download != null
                && download.hasSetDefaultValue()
                && Boolean.TRUE.equals(GraphQLArgument.getArgumentDefaultValue(download));
    }

    /**
     * Trivial for the engine, as it runs no code of the application. Arguments are coerced only if there are some: for
     * a list of a thousand files that costs more than the URLs.
     */
    private record UrlFetcher(FileUrls urls, boolean downloadByDefault, Function<SignedUrl, @Nullable Object> property)
            implements LightDataFetcher<@Nullable Object> {

        @Override
        public @Nullable Object get(
                GraphQLFieldDefinition definition, Object source, Supplier<DataFetchingEnvironment> environment) {
            return get((StoredFile) source, environment.get());
        }

        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) {
            return get(PropertyFetcher.source(StoredFile.class, environment), environment);
        }

        private @Nullable Object get(StoredFile file, DataFetchingEnvironment environment) {
            if (!isReady(file)) {
                return null;
            }
            boolean download = environment.getField().getArguments().isEmpty()
                    ? downloadByDefault
                    : Boolean.TRUE.equals(environment.getArgument(DOWNLOAD));
            String disposition = download ? ContentDisposition.attachment(file.fileName()) : null;
            return urls.of(FileUrls.Wanted.of(file, disposition), environment, property);
        }
    }
}
