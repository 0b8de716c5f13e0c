package io.graphqlfiles.internal.schema;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import io.graphqlfiles.FileField;
import io.graphqlfiles.internal.types.FileTypeNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where files are in a value of an input type. Made once for each type when the schema is built; input types may
 * contain themselves, and so may plans.
 */
public sealed interface InputPlan {

    /**
     * A StoredFileInput, or lists of it, which follow the rules of this field.
     *
     * @param coordinate of the input
     */
    record File(FileField field, String coordinate) implements InputPlan {}

    /**
     * A StoredFileListInput, whose files follow the rules of this field.
     *
     * @param coordinate of the input
     */
    record FileList(FileField field, String coordinate) implements InputPlan {}

    /** An Upload, or lists of it, that the data fetcher reads itself. */
    record RawUpload() implements InputPlan {}

    /** An input object, or lists of it, with the plans of those of its fields that can hold files. */
    record Fields(Map<String, InputPlan> plans) implements InputPlan {}

    /** Makes the plans of one schema. */
    final class Factory {

        private final FileFields fields;
        private final Set<String> typesWithFiles = new HashSet<>();
        private final Map<String, Fields> planned = new HashMap<>();

        public Factory(GraphQLSchema schema, FileFields fields) {
            this.fields = fields;
            findTypesWithFiles(schema);
        }

        /** Plans of the arguments that can hold files, by name; empty if none can. */
        public Map<String, InputPlan> ofArguments(String typeName, GraphQLFieldDefinition field) {
            Map<String, InputPlan> plans = new LinkedHashMap<>();
            for (GraphQLArgument argument : field.getArguments()) {
                InputPlan plan = planOf(
                        GraphQLTypeUtil.unwrapAll(argument.getType()),
                        typeName + "." + field.getName() + "(" + argument.getName() + ":)");
                if (plan != null) {
                    plans.put(argument.getName(), plan);
                }
            }
            return plans;
        }

        private @Nullable InputPlan planOf(GraphQLNamedType type, String coordinate) {
            return switch (type.getName()) {
                case FileTypeNames.STORED_FILE_INPUT -> new File(fields.ofInput(coordinate), coordinate);
                case FileTypeNames.STORED_FILE_LIST_INPUT -> new FileList(fields.ofInput(coordinate), coordinate);
                case FileTypeNames.UPLOAD -> new RawUpload();
                default ->
                    type instanceof GraphQLInputObjectType input && typesWithFiles.contains(type.getName())
                            ? planOf(input)
                            : null;
            };
        }

        private Fields planOf(GraphQLInputObjectType type) {
            Fields known = planned.get(type.getName());
            if (known != null) {
                return known;
            }
            Map<String, InputPlan> plans = new LinkedHashMap<>();
            Fields plan = new Fields(plans);
            // Known before its fields are looked at: the type may contain itself.
            planned.put(type.getName(), plan);
            for (GraphQLInputObjectField field : type.getFieldDefinitions()) {
                InputPlan child =
                        planOf(GraphQLTypeUtil.unwrapAll(field.getType()), type.getName() + "." + field.getName());
                if (child != null) {
                    plans.put(field.getName(), child);
                }
            }
            return plan;
        }

        private void findTypesWithFiles(GraphQLSchema schema) {
            typesWithFiles.add(FileTypeNames.STORED_FILE_INPUT);
            typesWithFiles.add(FileTypeNames.STORED_FILE_LIST_INPUT);
            typesWithFiles.add(FileTypeNames.UPLOAD);
            boolean found = true;
            while (found) {
                found = false;
                for (GraphQLNamedType type : schema.getAllTypesAsList()) {
                    if (type instanceof GraphQLInputObjectType input
                            && !typesWithFiles.contains(type.getName())
                            && input.getFieldDefinitions().stream()
                                    .anyMatch(
                                            field -> typesWithFiles.contains(GraphQLTypeUtil.unwrapAll(field.getType())
                                                    .getName()))) {
                        typesWithFiles.add(type.getName());
                        found = true;
                    }
                }
            }
        }
    }
}
