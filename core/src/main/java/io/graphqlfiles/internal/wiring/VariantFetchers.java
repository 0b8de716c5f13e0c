package io.graphqlfiles.internal.wiring;

import graphql.execution.ExecutionStepInfo;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.LightDataFetcher;
import io.graphqlfiles.FileField;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.schema.FileFields;
import io.graphqlfiles.internal.types.FileTypeNames;
import io.graphqlfiles.internal.url.FileUrls;
import io.graphqlfiles.internal.variant.FileVariants;
import io.graphqlfiles.internal.variant.FileVariants.Variant;
import io.graphqlfiles.spi.SignedUrl;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Data fetchers of variants: the fields of {@code StoredFile} that find them, and the type {@code FileVariant}. Which
 * there are is said by the field through which the file is read.
 */
final class VariantFetchers {

    /** Those that declare variants, by type and name: no row of a list puts a coordinate together. */
    private final Map<String, Map<String, FileField>> fields = new HashMap<>();

    private final FileVariants variants;
    private final FileUrls urls;

    VariantFetchers(FileFields fields, FileVariants variants, FileUrls urls) {
        for (FileField field : fields.all()) {
            if (!field.variants().isEmpty()) {
                String[] parts = field.coordinate().split("\\.", 2);
                this.fields.computeIfAbsent(parts[0], type -> new HashMap<>()).put(parts[1], field);
            }
        }
        this.variants = variants;
        this.urls = urls;
    }

    void register(GraphQLCodeRegistry.Builder registry, GraphQLSchema schema, GraphQLObjectType storedFile) {
        Map<String, DataFetcher<?>> ofFiles = new LinkedHashMap<>();
        ofFiles.put("variant", new Finder(this::find));
        ofFiles.put("variants", new Finder(this::all));
        register(registry, storedFile, ofFiles);
        GraphQLObjectType type = schema.getObjectType(FileTypeNames.FILE_VARIANT);
        if (type != null) {
            Map<String, DataFetcher<?>> ofVariants = new LinkedHashMap<>();
            ofVariants.put("name", property(Variant::name));
            ofVariants.put("mimeType", property(Variant::mimeType));
            ofVariants.put(
                    "width",
                    property(each -> each.size() == null ? null : each.size().width()));
            ofVariants.put(
                    "height",
                    property(each -> each.size() == null ? null : each.size().height()));
            ofVariants.put("url", url(SignedUrl::text));
            ofVariants.put("urlExpiresAt", url(url -> StoredFileFetchers.dateTime(url.expiresAt())));
            register(registry, type, ofVariants);
        }
    }

    private static void register(
            GraphQLCodeRegistry.Builder registry, GraphQLObjectType type, Map<String, DataFetcher<?>> fetchers) {
        fetchers.forEach((field, fetcher) -> {
            // The application may declare the type with fewer fields, or with more of its own.
            if (type.getFieldDefinition(field) != null) {
                registry.dataFetcher(FieldCoordinates.coordinates(type.getName(), field), fetcher);
            }
        });
    }

    private @Nullable Object find(StoredFile file, DataFetchingEnvironment environment) {
        FileField field = field(environment);
        String name = environment.getArgument("name");
        return field == null || name == null || !StoredFileFetchers.isReady(file)
                ? null
                : variants.find(field, file, name);
    }

    private Object all(StoredFile file, DataFetchingEnvironment environment) {
        FileField field = field(environment);
        return field == null || !StoredFileFetchers.isReady(file) ? List.of() : variants.all(field, file);
    }

    /** The field that the file was read by, if it declares variants; in a list, its elements say the same. */
    private @Nullable FileField field(DataFetchingEnvironment environment) {
        ExecutionStepInfo file = environment.getExecutionStepInfo().getParent();
        GraphQLObjectType owner = file == null ? null : file.getObjectType();
        return owner == null
                ? null
                : fields.getOrDefault(owner.getName(), Map.of())
                        .get(file.getFieldDefinition().getName());
    }

    private static DataFetcher<?> property(Function<Variant, @Nullable Object> property) {
        return new PropertyFetcher<>(Variant.class, property);
    }

    private DataFetcher<?> url(Function<SignedUrl, @Nullable Object> property) {
        return new UrlFetcher(urls, property);
    }

    private interface Search {
        @Nullable
        Object in(StoredFile file, DataFetchingEnvironment environment);
    }

    /** Trivial for the engine, as it runs no code of the application. */
    private record Finder(Search search) implements LightDataFetcher<@Nullable Object> {

        @Override
        public @Nullable Object get(
                GraphQLFieldDefinition definition, Object source, Supplier<DataFetchingEnvironment> environment) {
            return search.in((StoredFile) source, environment.get());
        }

        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) {
            return search.in(PropertyFetcher.source(StoredFile.class, environment), environment);
        }
    }

    private record UrlFetcher(FileUrls urls, Function<SignedUrl, @Nullable Object> property)
            implements LightDataFetcher<@Nullable Object> {

        @Override
        public @Nullable Object get(
                GraphQLFieldDefinition definition, Object source, Supplier<DataFetchingEnvironment> environment) {
            return urls.of(((Variant) source).wanted(), environment.get(), property);
        }

        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) {
            return urls.of(PropertyFetcher.source(Variant.class, environment).wanted(), environment, property);
        }
    }
}
