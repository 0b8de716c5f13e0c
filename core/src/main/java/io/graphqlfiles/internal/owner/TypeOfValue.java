package io.graphqlfiles.internal.owner;

import graphql.execution.TypeResolutionParameters;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedOutputType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLUnionType;
import graphql.schema.TypeResolver;
import org.jspecify.annotations.Nullable;

/** Asks the application which object type of a union or an interface a value has, as the engine would. */
final class TypeOfValue {

    private TypeOfValue() {}

    /** The name of the type; null if the application does not know. */
    static @Nullable String of(Object value, GraphQLNamedOutputType type, DataFetchingEnvironment environment) {
        GraphQLSchema schema = environment.getGraphQLSchema();
        TypeResolver resolver = type instanceof GraphQLUnionType union
                ? schema.getCodeRegistry().getTypeResolver(union)
                : schema.getCodeRegistry().getTypeResolver((GraphQLInterfaceType) type);
        GraphQLObjectType found = resolver.getType(TypeResolutionParameters.newParameters()
                .field(environment.getMergedField())
                .fieldType(type)
                .value(value)
                .argumentValues(environment::getArguments)
                .selectionSet(environment.getSelectionSet())
                .graphQLContext(environment.getGraphQlContext())
                .localContext(environment.getLocalContext())
                .schema(schema)
                .build());
        return found == null ? null : found.getName();
    }
}
