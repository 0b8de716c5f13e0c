package io.graphqlfiles.quarkus;

import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ListType;
import graphql.language.Node;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.StringValue;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.language.TypeName;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.SchemaPrinter;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.graphqlfiles.engine.GraphQLFiles;
import io.smallrye.graphql.schema.model.InputType;
import io.smallrye.graphql.schema.model.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings the library's types into a schema of SmallRye GraphQL, which knows {@code StoredFile} as a scalar until then:
 * outputs get the type, inputs the input type. By way of its SDL, because types that were built in code refer to each
 * other; the data fetchers move on.
 */
final class FileSchema {

    private static final String FILE = PlaceholderScalars.FILE;
    private static final String INPUT = "StoredFileInput";
    private static final String DIRECTIVE = "file";
    /** SmallRye's name for the enum of the annotation, which is called otherwise in the library's directive. */
    private static final String VISIBILITY = "Visibility";
    /** The arguments of the directive that are lists. */
    private static final Set<String> LISTS = Set.of("accept", "sources");
    /** Of these there are SmallRye's in the schema, or none. */
    private static final Set<String> REPLACED = Set.of(FILE, PlaceholderScalars.UPLOAD, "FileSourceType");

    private final GraphQLFiles files;
    /** Input types by name to the output type of the same class. */
    private final Map<String, String> twins = new HashMap<>();

    FileSchema(GraphQLFiles files, Schema model) {
        this.files = files;
        Map<String, String> outputs = new HashMap<>();
        model.getTypes().values().forEach(type -> outputs.put(type.getClassName(), type.getName()));
        for (InputType input : model.getInputs().values()) {
            String output = outputs.get(input.getClassName());
            if (output != null) {
                twins.put(input.getName(), output);
            }
        }
    }

    /** The schema with the types, whose file fields do nothing yet. */
    GraphQLSchema withFiles(GraphQLSchema schema) {
        TypeDefinitionRegistry types = new SchemaParser()
                .parse(new SchemaPrinter(SchemaPrinter.Options.defaultOptions()
                                .includeScalarTypes(true)
                                .includeDirectives(true))
                        .print(schema));
        REPLACED.forEach(name -> types.getType(name).ifPresent(types::remove));
        types.getDirectiveDefinition(DIRECTIVE).ifPresent(types::remove);
        for (TypeDefinition<?> type : new ArrayList<>(types.types().values())) {
            types.remove(type);
            types.add(withInputs(type));
        }
        dropUnused(types, VISIBILITY);
        return new SchemaGenerator()
                .makeExecutableSchema(
                        files.addTypeDefinitions(types),
                        files.addScalars(wiring(schema)).build());
    }

    private static RuntimeWiring.Builder wiring(GraphQLSchema schema) {
        GraphQLCodeRegistry.Builder code = GraphQLCodeRegistry.newCodeRegistry(schema.getCodeRegistry());
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();
        for (GraphQLNamedType type : schema.getAllTypesAsList()) {
            if (type instanceof GraphQLScalarType scalar
                    && !REPLACED.contains(scalar.getName())
                    && !ScalarInfo.isGraphqlSpecifiedScalar(scalar)) {
                wiring.scalar(scalar);
            } else if (type instanceof GraphQLObjectType object) {
                object.getFields().forEach(field -> adapt(code, schema.getCodeRegistry(), object, field));
            }
        }
        return wiring.codeRegistry(code);
    }

    private static void adapt(
            GraphQLCodeRegistry.Builder code,
            GraphQLCodeRegistry present,
            GraphQLObjectType type,
            GraphQLFieldDefinition field) {
        if (!field.getArguments().isEmpty()) {
            DataFetcher<?> fetcher = present.getDataFetcher(type, field);
            code.dataFetcher(FieldCoordinates.coordinates(type, field), new ApplicationDataFetcher(fetcher));
        }
    }

    private TypeDefinition<?> withInputs(TypeDefinition<?> type) {
        if (type instanceof InputObjectTypeDefinition input) {
            return input.transform(changed -> changed.inputValueDefinitions(input.getInputValueDefinitions().stream()
                    .map(field -> withTwin(withInput(field), input.getName()))
                    .toList()));
        }
        if (type instanceof ObjectTypeDefinition object) {
            return object.transform(changed -> changed.fieldDefinitions(withInputs(object.getFieldDefinitions())));
        }
        if (type instanceof InterfaceTypeDefinition shared) {
            return shared.transform(changed -> changed.definitions(withInputs(shared.getFieldDefinitions())));
        }
        return type;
    }

    private static List<FieldDefinition> withInputs(List<FieldDefinition> fields) {
        return fields.stream()
                .map(field -> field.transform(changed -> changed.directives(withoutArrays(field.getDirectives()))
                        .inputValueDefinitions(field.getInputValueDefinitions().stream()
                                .map(FileSchema::withInput)
                                .toList())))
                .toList();
    }

    private static InputValueDefinition withInput(InputValueDefinition value) {
        return value.transform(
                changed -> changed.type(inputType(value.getType())).directives(withoutArrays(value.getDirectives())));
    }

    /** What is an array of one in the annotation is one value in the directive. */
    private static List<Directive> withoutArrays(List<Directive> directives) {
        return directives.stream()
                .map(directive -> directive.getName().equals(DIRECTIVE)
                        ? directive.transform(changed -> changed.arguments(directive.getArguments().stream()
                                .map(FileSchema::withoutArray)
                                .toList()))
                        : directive)
                .toList();
    }

    private static Argument withoutArray(Argument argument) {
        return argument.getValue() instanceof ArrayValue array
                        && !LISTS.contains(argument.getName())
                        && array.getValues().size() == 1
                ? argument.transform(changed -> changed.value(array.getValues().get(0)))
                : argument;
    }

    private static void dropUnused(TypeDefinitionRegistry types, String name) {
        for (TypeDefinition<?> type : types.types().values()) {
            for (Node<?> child : type.getChildren()) {
                if (uses(child, name)) {
                    return;
                }
            }
        }
        types.getType(name).ifPresent(types::remove);
    }

    private static boolean uses(Node<?> member, String name) {
        if (member instanceof FieldDefinition field) {
            return namedType(field.getType()).equals(name)
                    || field.getInputValueDefinitions().stream().anyMatch(argument -> uses(argument, name));
        }
        return member instanceof InputValueDefinition input
                && namedType(input.getType()).equals(name);
    }

    private static Type<?> inputType(Type<?> type) {
        if (type instanceof NonNullType required) {
            return NonNullType.newNonNullType(inputType(required.getType())).build();
        }
        if (type instanceof ListType list) {
            return ListType.newListType(inputType(list.getType())).build();
        }
        return ((TypeName) type).getName().equals(FILE) ? new TypeName(INPUT) : type;
    }

    /** The input type of a class has the rules of its output type. */
    private InputValueDefinition withTwin(InputValueDefinition value, String type) {
        String twin = twins.get(type);
        if (twin == null || !namedType(value.getType()).equals(INPUT) || hasReference(value)) {
            return value;
        }
        Directive reference = Directive.newDirective()
                .name(DIRECTIVE)
                .argument(Argument.newArgument("field", new StringValue(twin + "." + value.getName()))
                        .build())
                .build();
        List<Directive> directives = new ArrayList<>(value.getDirectives());
        directives.removeIf(directive -> directive.getName().equals(DIRECTIVE));
        directives.add(reference);
        return value.transform(changed -> changed.directives(directives));
    }

    private static boolean hasReference(InputValueDefinition value) {
        return value.getDirectives(DIRECTIVE).stream().anyMatch(directive -> directive.getArgument("field") != null);
    }

    private static String namedType(Type<?> type) {
        if (type instanceof NonNullType required) {
            return namedType(required.getType());
        }
        return type instanceof ListType list ? namedType(list.getType()) : ((TypeName) type).getName();
    }
}
