package io.graphqlfiles.internal.types;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.internal.copyurl.WebUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;

/**
 * The {@code URL} scalar: http and https only, no user information, as {@link URI}. The one of extended-scalars takes
 * {@code file:} and asks the DNS when two values are compared.
 */
public final class UrlScalar {

    /** So that clients can identify the mistake although graphql-java words the error. */
    private static final Map<String, Object> CODE = Map.of("code", FileErrorCode.FILE_URL_FORBIDDEN.name());

    private UrlScalar() {}

    public static GraphQLScalarType create() {
        return GraphQLScalarType.newScalar()
                .name(FileTypeNames.URL)
                .description("An http or https URL (RFC 3986).")
                .specifiedByUrl("https://www.rfc-editor.org/rfc/rfc3986")
                .coercing(new UrlCoercing())
                .build();
    }

    /**
     * Reads a URL that a client gave, as browsers take it: what RFC 3986 does not permit is percent-encoded.
     *
     * @return what was given if it is right as it is
     * @throws IllegalArgumentException if it is no absolute http or https URL without user information
     */
    public static URI parse(String text) {
        WebUrl url = WebUrl.parse(text);
        try {
            URI given = new URI(text);
            return given.getHost() == null ? url.toUri() : given;
        } catch (URISyntaxException e) {
            return url.toUri();
        }
    }

    private static final class UrlCoercing implements Coercing<URI, String> {

        @Override
        public String serialize(Object result, GraphQLContext context, Locale locale) {
            // The application may use this scalar for addresses of its own: whatever reads as a URL passes.
            if (result instanceof URI || result instanceof java.net.URL || result instanceof String) {
                return result.toString();
            }
            throw new CoercingSerializeException(
                    "Expected a URL, found a " + result.getClass().getSimpleName() + ".");
        }

        @Override
        public URI parseValue(Object input, GraphQLContext context, Locale locale) {
            if (!(input instanceof String || input instanceof URI)) {
                throw new CoercingParseValueException("Expected a URL as a string.");
            }
            try {
                return parse(input.toString());
            } catch (IllegalArgumentException e) {
                throw CoercingParseValueException.newCoercingParseValueException()
                        .message(message(e))
                        .extensions(CODE)
                        .cause(e)
                        .build();
            }
        }

        @Override
        public URI parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            if (!(input instanceof StringValue text)) {
                throw new CoercingParseLiteralException("Expected a URL as a string.");
            }
            try {
                return parse(text.getValue());
            } catch (IllegalArgumentException e) {
                throw CoercingParseLiteralException.newCoercingParseLiteralException()
                        .message(message(e))
                        .extensions(CODE)
                        .cause(e)
                        .build();
            }
        }

        private static String message(IllegalArgumentException problem) {
            return "Not a URL: " + problem.getMessage() + ".";
        }

        @Override
        public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
            return StringValue.newStringValue(input.toString()).build();
        }
    }
}
