package io.graphqlfiles.internal.schema;

import static java.util.Objects.requireNonNull;

import graphql.TrivialDataFetcher;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileFieldRules;
import io.graphqlfiles.internal.owner.ArgumentPath;
import io.graphqlfiles.internal.owner.AttachedField;
import io.graphqlfiles.internal.owner.ObjectProperty;
import io.graphqlfiles.internal.owner.OwnerId;
import io.graphqlfiles.internal.types.FileTypeNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides which fields the library keeps the files of. */
final class AttachmentRules {

    private final GraphQLSchema schema;
    private final StoreCapabilities stores;
    private final Map<String, AttachedField> attached = new LinkedHashMap<>();

    AttachmentRules(GraphQLSchema schema, StoreCapabilities stores) {
        this.schema = schema;
        this.stores = stores;
    }

    /** Attached fields by coordinate. */
    Map<String, AttachedField> attached() {
        return attached;
    }

    /** Whether a field is attached; what is wrong with its rules is handed to the collector. */
    boolean isAttached(FileElement element, FileFieldRules rules, Consumer<String> problems) {
        boolean hasOwnerId = rules.ownerId() != null || rules.ownerIdField() != null;
        GraphQLObjectType owner = element.owner();
        if (owner == null || Boolean.FALSE.equals(rules.attached())) {
            if (Boolean.TRUE.equals(rules.attached())) {
                problems.accept("attached: expected on fields of object types only");
            }
            if (hasOwnerId) {
                problems.accept("ownerId: expected on attached fields only");
            }
            if (isOfInterface(element)
                    && rules.attached() == null
                    && stores.keepsAttachments()
                    && stores.attachesByDefault()) {
                problems.accept(
                        "@file: expected on the fields of the object types, each of which has its files attached;"
                                + " found on that of an interface, which has no records. Move it, or say attached: false");
            }
            return false;
        }
        DataFetcher<?> fetcher = schema.getCodeRegistry()
                .getDataFetcher(
                        FieldCoordinates.coordinates(
                                owner.getName(), element.container().getName()),
                        (GraphQLFieldDefinition) element.container());
        boolean wanted = rules.attached() != null ? rules.attached() : stores.attachesByDefault();
        if (rules.attached() != null && !stores.keepsAttachments()) {
            problems.accept("attached: needs an attachment store; give one to GraphQLFiles.Builder.attachments");
            return false;
        }
        if (rules.attached() != null && !(fetcher instanceof TrivialDataFetcher)) {
            problems.accept("attached: the application has a data fetcher for the field; take it away, "
                    + "or say attached: false and keep the files in a column");
            return false;
        }
        if (!wanted || !stores.keepsAttachments() || !(fetcher instanceof TrivialDataFetcher)) {
            return false;
        }
        if (ArgumentPath.listDepth(element.type()) > 1) {
            problems.accept("attached: expected " + FileTypeNames.STORED_FILE + " or a list of it, found "
                    + GraphQLTypeUtil.simplePrint(element.type())
                    + "; say attached: false and keep the files in a column");
            return false;
        }
        return isOwnerIdKnown(owner, rules, problems);
    }

    private boolean isOfInterface(FileElement element) {
        return schema.getType(element.coordinate().split("\\.", 2)[0]) instanceof GraphQLInterfaceType;
    }

    private static boolean isOwnerIdKnown(GraphQLObjectType owner, FileFieldRules rules, Consumer<String> problems) {
        if (rules.ownerId() != null && rules.ownerIdField() != null) {
            problems.accept("ownerId: expected a field or a function, found both");
            return false;
        }
        String idField = idField(rules);
        if (rules.ownerId() == null && owner.getFieldDefinition(idField) == null) {
            problems.accept("ownerId: " + owner.getName() + " has no field \"" + idField
                    + "\" that could say which record the files belong to; name another with ownerId, give a function "
                    + "in the registry, or say attached: false and keep the files in a column");
            return false;
        }
        return true;
    }

    private static String idField(FileFieldRules rules) {
        return rules.ownerIdField() != null ? rules.ownerIdField() : "id";
    }

    /** Called with each attached field that has no mistakes. */
    void add(FileElement element, FileFieldRules rules, FileField field) {
        GraphQLObjectType owner = requireNonNull(element.owner());
        attached.put(
                field.coordinate(),
                new AttachedField(
                        field,
                        owner.getName(),
                        element.container().getName(),
                        rules.ownerId() == null ? idField(rules) : null,
                        element.isList(),
                        ownerId(owner, rules)));
    }

    private static OwnerId ownerId(GraphQLObjectType owner, FileFieldRules rules) {
        Function<Object, @Nullable Object> function = rules.ownerId();
        if (function != null) {
            return (source, environment) -> function.apply(source);
        }
        return new ObjectProperty(owner, owner.getFieldDefinition(idField(rules)))::of;
    }
}
