package io.graphqlfiles.internal.attachments;

import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.internal.blob.AttachmentLifecycle;
import io.graphqlfiles.internal.blob.Tenancy;
import io.graphqlfiles.internal.execution.FileErrors;
import io.graphqlfiles.internal.owner.AttachedField;
import io.graphqlfiles.internal.owner.AttachmentPlan;
import io.graphqlfiles.internal.schema.FileFields;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes the attached fields of schemas work. */
public final class AttachmentWiring {

    private final AttachmentLifecycle lifecycle;
    private final UnitOfWork unitOfWork;
    private final @Nullable Executor executor;
    private final AttachmentLoader loader;
    private final FileErrors errors;

    public AttachmentWiring(
            AttachmentLifecycle lifecycle,
            UnitOfWork unitOfWork,
            FileErrors errors,
            @Nullable Executor executor,
            Tenancy tenancy) {
        this.lifecycle = lifecycle;
        this.unitOfWork = unitOfWork;
        this.errors = errors;
        this.executor = executor;
        this.loader = new AttachmentLoader(lifecycle.rows(), executor, tenancy);
    }

    /** Lets attached fields read from the attachment store. */
    public void registerFetchers(GraphQLCodeRegistry.Builder builder, GraphQLSchema schema, FileFields fields) {
        for (AttachedField attached : fields.allAttached()) {
            GraphQLObjectType type = schema.getObjectType(attached.ownerType());
            GraphQLFieldDefinition field = type.getFieldDefinition(attached.name());
            FieldCoordinates coordinates = FieldCoordinates.coordinates(type.getName(), field.getName());
            DataFetcher<?> property = schema.getCodeRegistry().getDataFetcher(coordinates, field);
            builder.dataFetcher(coordinates, new AttachedFieldFetcher(property, attached, loader, errors));
        }
    }

    /** What a field does to attached files; null if nothing. */
    public @Nullable Attaching of(FileFields fields, String coordinate) {
        AttachmentPlan plan = fields.attachmentPlan(coordinate);
        return plan == null ? null : new Attaching(plan, lifecycle, unitOfWork, executor);
    }
}
