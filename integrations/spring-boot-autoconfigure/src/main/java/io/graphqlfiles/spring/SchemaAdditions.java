package io.graphqlfiles.spring;

import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ObjectTypeExtensionDefinition;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.graphqlfiles.engine.GraphQLFiles;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one schema of the application lacks to have file fields. */
final class SchemaAdditions {

    private static final Set<String> COMPUTED_OPERATIONS = Set.of(
            "startFileUpload",
            "completeFileUpload",
            "abortFileUpload",
            "fileUpload",
            "urlForFile",
            "fileFields",
            "tusEndpoint");
    private static final Set<String> COMPUTED_FIELDS_OF_STORED_FILE =
            Set.of("url", "urlExpiresAt", "width", "height", "duration", "pages", "placeholder", "variant", "variants");

    private final GraphQLFiles files;
    private final Set<FieldCoordinates> addedFields = new LinkedHashSet<>();

    SchemaAdditions(GraphQLFiles files) {
        this.files = files;
    }

    /** Types, directive and operations that the application does not declare itself. */
    void addTypes(TypeDefinitionRegistry registry) {
        Set<FieldCoordinates> declared = fieldsOf(registry);
        files.addTypeDefinitions(registry);
        addedFields.addAll(fieldsOf(registry));
        addedFields.removeAll(declared);
    }

    /** Scalars that the application does not wire itself; to be called after its own configurers. */
    void addScalars(RuntimeWiring.Builder wiring) {
        files.addScalars(wiring);
    }

    /**
     * Spring looks for a property or a data fetcher of every field and logs those that have neither. Ours get theirs
     * only afterwards, from {@link GraphQLFiles#apply}, which puts them in the place of these.
     */
    void announceFields(RuntimeWiring.Builder wiring) {
        DataFetcher<?> replacedLater = environment -> {
            throw new IllegalStateException("GraphQLFiles has not been applied to the schema");
        };
        for (FieldCoordinates field : addedFields) {
            if (isComputed(field)) {
                wiring.type(field.getTypeName(), type -> type.dataFetcher(field.getFieldName(), replacedLater));
            }
        }
    }

    private static boolean isComputed(FieldCoordinates field) {
        // No class of the application stands for a variant.
        if (field.getTypeName().equals("FileVariant")) {
            return true;
        }
        return field.getTypeName().equals("StoredFile")
                ? COMPUTED_FIELDS_OF_STORED_FILE.contains(field.getFieldName())
                : COMPUTED_OPERATIONS.contains(field.getFieldName());
    }

    private static Set<FieldCoordinates> fieldsOf(TypeDefinitionRegistry registry) {
        Set<FieldCoordinates> fields = new LinkedHashSet<>();
        for (ObjectTypeDefinition type : registry.getTypes(ObjectTypeDefinition.class)) {
            addFields(type, fields);
        }
        for (List<ObjectTypeExtensionDefinition> extensions :
                registry.objectTypeExtensions().values()) {
            for (ObjectTypeExtensionDefinition type : extensions) {
                addFields(type, fields);
            }
        }
        return fields;
    }

    private static void addFields(ObjectTypeDefinition type, Set<FieldCoordinates> fields) {
        for (FieldDefinition field : type.getFieldDefinitions()) {
            fields.add(FieldCoordinates.coordinates(type.getName(), field.getName()));
        }
    }
}
