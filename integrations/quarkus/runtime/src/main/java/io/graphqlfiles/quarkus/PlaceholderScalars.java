package io.graphqlfiles.quarkus;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.Upload;
import io.smallrye.graphql.scalar.GraphQLScalarTypes;
import java.util.Locale;

/** What SmallRye GraphQL takes files for, until the application starts: values that it need not look into. */
final class PlaceholderScalars {

    static final String FILE = "StoredFile";
    static final String UPLOAD = "Upload";

    private PlaceholderScalars() {}

    static void register() {
        register(FILE, StoredFile.class);
        register(UPLOAD, Upload.class);
    }

    private static void register(String name, Class<?> type) {
        GraphQLScalarTypes.registerCustomScalar(
                name,
                type.getName(),
                GraphQLScalarType.newScalar()
                        .name(name)
                        .coercing(new NoCoercing())
                        .build());
    }

    private static final class NoCoercing implements Coercing<Object, Object> {

        @Override
        public Object serialize(Object result, GraphQLContext context, Locale locale) {
            throw new CoercingSerializeException("The application has not started");
        }

        @Override
        public Object parseValue(Object input, GraphQLContext context, Locale locale) {
            throw new CoercingParseValueException("The application has not started");
        }

        /** SmallRye calls this with the value of an argument whose class is not the one of the method's parameter. */
        @Override
        @SuppressWarnings("deprecation")
        public Object parseLiteral(Object input) {
            return input;
        }

        @Override
        public Object parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            throw new CoercingParseLiteralException("The application has not started");
        }
    }
}
