package io.graphqlfiles.internal.multipart;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import io.graphqlfiles.Upload;
import io.graphqlfiles.internal.types.FileTypeNames;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The scalar {@code Upload}: a file in a multipart request. Its only values are handles of {@link LiveUploads}, and
 * uploads themselves for servers that put them into the variables.
 */
public final class UploadScalar implements Coercing<Upload, Upload> {

    private static final String EXPECTED =
            "Expected a file of a GraphQL multipart request for the scalar Upload: send null here in"
                    + " \"operations\" and name this place in \"map\"";

    private final LiveUploads uploads;

    private UploadScalar(LiveUploads uploads) {
        this.uploads = uploads;
    }

    public static GraphQLScalarType of(LiveUploads uploads) {
        return GraphQLScalarType.newScalar()
                .name(FileTypeNames.UPLOAD)
                .description("A file in a GraphQL multipart request. Only a variable can have this value.")
                .specifiedByUrl("https://github.com/jaydenseric/graphql-multipart-request-spec")
                .coercing(new UploadScalar(uploads))
                .build();
    }

    @Override
    public Upload parseValue(Object input, GraphQLContext context, Locale locale) {
        if (input instanceof Upload upload) {
            return upload;
        }
        Upload upload = input instanceof String handle ? uploads.find(handle) : null;
        if (upload == null) {
            throw new CoercingParseValueException(EXPECTED);
        }
        return upload;
    }

    /** Handles never stand in a document: whoever writes one there has made it up. */
    @Override
    public @Nullable Upload parseLiteral(
            Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        throw new CoercingParseLiteralException(EXPECTED + "; a literal cannot be one");
    }

    @Override
    public Upload serialize(Object result, GraphQLContext context, Locale locale) {
        throw new CoercingSerializeException("The scalar Upload is for input only");
    }
}
