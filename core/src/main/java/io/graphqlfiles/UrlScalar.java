package io.graphqlfiles;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The {@code URL} scalar: http and https only, no user information, as {@link URI}. The one of extended-scalars takes
 * {@code file:} and asks the DNS when two values are compared.
 */
final class UrlScalar {

    private static final int MAX_LENGTH = 8192;

    private UrlScalar() {}

    static GraphQLScalarType create() {
        return GraphQLScalarType.newScalar()
                .name(FileTypeNames.URL)
                .description("An http or https URL (RFC 3986).")
                .specifiedByUrl("https://www.rfc-editor.org/rfc/rfc3986")
                .coercing(new UrlCoercing())
                .build();
    }

    /**
     * Reads a URL that a client gave.
     *
     * @throws IllegalArgumentException if it is no absolute http or https URL without user information
     */
    static URI parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("expected a URL of at most " + MAX_LENGTH + " characters");
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("expected a URL as in RFC 3986", e);
        }
        String scheme = uri.getScheme();
        if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
            throw new IllegalArgumentException("expected a URL that starts with http:// or https://");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("expected a URL with a host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("expected a URL without user name and password");
        }
        return uri;
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
                throw new CoercingParseValueException("Not a URL: " + e.getMessage() + ".", e);
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
                throw new CoercingParseLiteralException("Not a URL: " + e.getMessage() + ".", e);
            }
        }

        @Override
        public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
            return StringValue.newStringValue(input.toString()).build();
        }
    }

    /**
     * The address in a {@code copyURL}, whatever scalar the application has declared under the name.
     *
     * @throws IllegalArgumentException as {@link #parse} does
     */
    static URI fromInput(Object value) {
        return parse(value.toString());
    }
}
