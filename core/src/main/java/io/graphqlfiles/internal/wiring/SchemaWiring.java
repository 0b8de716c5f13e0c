package io.graphqlfiles.internal.wiring;

import graphql.TrivialDataFetcher;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.internal.attachments.AttachedFieldFetcher;
import io.graphqlfiles.internal.attachments.Attaching;
import io.graphqlfiles.internal.attachments.AttachmentWiring;
import io.graphqlfiles.internal.attachments.OutcomeFrame;
import io.graphqlfiles.internal.attachments.PlainFrame;
import io.graphqlfiles.internal.blob.FileDeletion;
import io.graphqlfiles.internal.execution.FileErrors;
import io.graphqlfiles.internal.ingest.FileDataFetcher;
import io.graphqlfiles.internal.ingest.FileIngest;
import io.graphqlfiles.internal.ingest.OwnFiles;
import io.graphqlfiles.internal.schema.FileFields;
import io.graphqlfiles.internal.schema.InputPlan;
import io.graphqlfiles.internal.types.FileTypeNames;
import io.graphqlfiles.internal.url.FileUrls;
import io.graphqlfiles.internal.variant.FileVariants;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Puts the library's data fetchers into a finished schema. Only the code registry changes: types, directives and every
 * field without files stay the very objects that they were.
 */
public final class SchemaWiring {

    private final GraphQLSchema schema;
    private final FileFields fields;
    private final InputPlan.Factory plans;
    private final Set<String> watchedFields;
    private final FileIngest ingest;
    private final OwnFiles ownFiles;
    private final FileDeletion deletion;
    private final FileErrors errors;
    private final @Nullable Executor executor;
    private final @Nullable Executor uploadExecutor;
    private final @Nullable AttachmentWiring attachments;
    private final OutcomeFrame plain;

    /** @param attachments null without an attachment store */
    public SchemaWiring(
            GraphQLSchema schema,
            FileFields fields,
            Set<String> watchedFields,
            FileIngest ingest,
            OwnFiles ownFiles,
            FileDeletion deletion,
            FileErrors errors,
            @Nullable Executor executor,
            @Nullable Executor uploadExecutor,
            @Nullable AttachmentWiring attachments,
            UnitOfWork unitOfWork) {
        this.schema = schema;
        this.fields = fields;
        this.attachments = attachments;
        this.plans = new InputPlan.Factory(schema, fields);
        this.watchedFields = watchedFields;
        this.ingest = ingest;
        this.ownFiles = ownFiles;
        this.deletion = deletion;
        this.errors = errors;
        this.executor = executor;
        this.uploadExecutor = uploadExecutor;
        this.plain = new PlainFrame(unitOfWork);
    }

    public GraphQLSchema apply(FileUrls urls, FileVariants variants, @Nullable FileOperations operations) {
        GraphQLCodeRegistry registry = schema.getCodeRegistry().transform(builder -> {
            for (GraphQLNamedType type : schema.getAllTypesAsList()) {
                if (type instanceof GraphQLObjectType object && !type.getName().startsWith("__")) {
                    object.getFieldDefinitions().forEach(field -> wrap(builder, object, field));
                }
            }
            if (attachments != null) {
                attachments.registerFetchers(builder, schema, fields);
            }
            GraphQLObjectType storedFile = schema.getObjectType(FileTypeNames.STORED_FILE);
            if (storedFile != null) {
                StoredFileFetchers.register(builder, storedFile, urls);
                new VariantFetchers(fields, variants, urls).register(builder, schema, storedFile);
            }
            if (operations != null) {
                // After the wrapping, in whose place they come: what they do changes no file of the application.
                operations.register(builder, schema);
            }
        });
        return schema.transformWithoutTypes(builder -> builder.codeRegistry(registry));
    }

    private void wrap(GraphQLCodeRegistry.Builder builder, GraphQLObjectType type, GraphQLFieldDefinition field) {
        FieldCoordinates coordinates = FieldCoordinates.coordinates(type.getName(), field.getName());
        Map<String, InputPlan> argumentPlans = plans.ofArguments(type.getName(), field);
        Attaching attaching =
                attachments == null ? null : attachments.of(fields, type.getName() + "." + field.getName());
        if (argumentPlans.isEmpty() && attaching == null && !isWatched(type, field)) {
            return;
        }
        DataFetcher<?> fetcher = schema.getCodeRegistry().getDataFetcher(coordinates, field);
        if (fetcher instanceof FileDataFetcher || fetcher instanceof AttachedFieldFetcher) {
            throw new IllegalStateException(
                    type.getName() + "." + field.getName() + ": file fields were applied to this schema before");
        }
        // A property of the parent changes nothing, so nothing can become no longer needed; it stays trivial.
        if (argumentPlans.isEmpty() && attaching == null && fetcher instanceof TrivialDataFetcher) {
            return;
        }
        builder.dataFetcher(
                coordinates,
                new FileDataFetcher(
                        fetcher,
                        argumentPlans,
                        ingest,
                        ownFiles,
                        deletion,
                        errors,
                        executor,
                        uploadExecutor,
                        attaching,
                        plain));
    }

    private boolean isWatched(GraphQLObjectType type, GraphQLFieldDefinition field) {
        GraphQLObjectType mutation = schema.getMutationType();
        boolean isMutation = mutation != null && mutation.getName().equals(type.getName());
        return isMutation || watchedFields.contains(type.getName() + "." + field.getName());
    }
}
