package io.graphqlfiles.internal.types;

import graphql.language.DescribedNode;
import graphql.language.Description;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.language.TypeName;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeReference;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The library's types as objects, made from the same SDL that everyone else gets. They name each other by reference
 * only, so that an application can leave out those that it has itself.
 */
final class CodeFirstTypes {

    private final TypeDefinitionRegistry definitions;
    private final List<GraphQLScalarType> scalars;

    CodeFirstTypes(TypeDefinitionRegistry definitions, List<GraphQLScalarType> scalars) {
        this.definitions = definitions;
        this.scalars = scalars;
    }

    /** All types but the root types. */
    Set<GraphQLType> types() {
        // The very objects that applications use too: two scalars of one name are a mistake.
        Set<GraphQLType> types = new LinkedHashSet<>(scalars);
        for (TypeDefinition<?> definition : definitions.types().values()) {
            if (definition instanceof EnumTypeDefinition enumeration) {
                types.add(enumeration(enumeration));
            } else if (definition instanceof InputObjectTypeDefinition input) {
                types.add(input(input));
            } else if (definition instanceof ObjectTypeDefinition object) {
                types.add(object(object));
            }
        }
        return types;
    }

    /** The fields that the library adds to a root type. */
    List<GraphQLFieldDefinition> fieldsOf(String rootType) {
        return definitions.objectTypeExtensions().getOrDefault(rootType, List.of()).stream()
                .flatMap(extension -> extension.getFieldDefinitions().stream())
                .map(CodeFirstTypes::field)
                .toList();
    }

    private static GraphQLEnumType enumeration(EnumTypeDefinition definition) {
        GraphQLEnumType.Builder type =
                GraphQLEnumType.newEnum().name(definition.getName()).description(description(definition));
        definition
                .getEnumValueDefinitions()
                .forEach(value -> type.value(value.getName(), value.getName(), description(value)));
        return type.build();
    }

    private static GraphQLInputObjectType input(InputObjectTypeDefinition definition) {
        GraphQLInputObjectType.Builder type = GraphQLInputObjectType.newInputObject()
                .name(definition.getName())
                .description(description(definition));
        definition
                .getInputValueDefinitions()
                .forEach(value -> type.field(GraphQLInputObjectField.newInputObjectField()
                        .name(value.getName())
                        .description(description(value))
                        .type((GraphQLInputType) reference(value.getType()))));
        return type.build();
    }

    private static GraphQLObjectType object(ObjectTypeDefinition definition) {
        GraphQLObjectType.Builder type =
                GraphQLObjectType.newObject().name(definition.getName()).description(description(definition));
        definition.getFieldDefinitions().forEach(field -> type.field(field(field)));
        return type.build();
    }

    private static GraphQLFieldDefinition field(FieldDefinition definition) {
        GraphQLFieldDefinition.Builder field = GraphQLFieldDefinition.newFieldDefinition()
                .name(definition.getName())
                .description(description(definition))
                .type((GraphQLOutputType) reference(definition.getType()));
        definition.getInputValueDefinitions().forEach(argument -> field.argument(argument(argument)));
        return field.build();
    }

    private static GraphQLArgument argument(InputValueDefinition definition) {
        GraphQLArgument.Builder argument = GraphQLArgument.newArgument()
                .name(definition.getName())
                .description(description(definition))
                .type((GraphQLInputType) reference(definition.getType()));
        if (definition.getDefaultValue() != null) {
            argument.defaultValueLiteral(definition.getDefaultValue());
        }
        return argument.build();
    }

    private static GraphQLType reference(Type<?> type) {
        if (type instanceof NonNullType nonNull) {
            return GraphQLNonNull.nonNull(reference(nonNull.getType()));
        }
        if (type instanceof ListType list) {
            return GraphQLList.list(reference(list.getType()));
        }
        String name = ((TypeName) type).getName();
        // A reference alone does not bring a built-in scalar into a schema.
        return ScalarInfo.GRAPHQL_SPECIFICATION_SCALARS.stream()
                .filter(scalar -> scalar.getName().equals(name))
                .<GraphQLType>map(scalar -> scalar)
                .findFirst()
                .orElseGet(() -> GraphQLTypeReference.typeRef(name));
    }

    private static @Nullable String description(DescribedNode<?> node) {
        Description description = node.getDescription();
        return description == null ? null : description.getContent();
    }
}
