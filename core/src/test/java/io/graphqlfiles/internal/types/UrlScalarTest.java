package io.graphqlfiles.internal.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import java.math.BigInteger;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlScalarTest {

    private static final GraphQLContext CONTEXT = GraphQLContext.getDefault();

    private final Coercing<?, ?> coercing = UrlScalar.create().getCoercing();

    @Test
    void name_isSpelledUrl() {
        assertThat(UrlScalar.create().getName()).isEqualTo("URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "HTTPS://EXAMPLE.com:8443/a%20b?c=d#e",
                "http://127.0.0.1/",
                "http://[::1]:80/",
            })
    void parse_good(String text) {
        assertThat((Object) coercing.parseValue(text, CONTEXT, Locale.ROOT)).isEqualTo(URI.create(text));
        assertThat((Object) coercing.parseLiteral(
                        StringValue.of(text), CoercedVariables.emptyVariables(), CONTEXT, Locale.ROOT))
                .isEqualTo(URI.create(text));
        assertThat((Object) coercing.parseValue(URI.create(text), CONTEXT, Locale.ROOT))
                .isEqualTo(URI.create(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://a_b/                | http://a_b/",
                "http://a/%zz               | http://a/%25zz",
                "http://a/b c[2].png?d=^e   | http://a/b%20c%5B2%5D.png?d=%5Ee",
                "http://b\u00fccher.example/ü | http://xn--bcher-kva.example/%C3%BC",
            })
    void parse_asBrowsersDo(String text, String expected) {
        assertThat((Object) coercing.parseValue(text, CONTEXT, Locale.ROOT)).isEqualTo(URI.create(expected));
    }

    @Test
    void parse_bad_hasACode() {
        assertThatThrownBy(() -> coercing.parseValue("ftp://a", CONTEXT, Locale.ROOT))
                .isInstanceOfSatisfying(
                        CoercingParseValueException.class,
                        e -> assertThat(e.getExtensions()).containsEntry("code", "FILE_URL_FORBIDDEN"));
        assertThatThrownBy(() -> coercing.parseLiteral(
                        StringValue.of("ftp://a"), CoercedVariables.emptyVariables(), CONTEXT, Locale.ROOT))
                .isInstanceOfSatisfying(
                        CoercingParseLiteralException.class,
                        e -> assertThat(e.getExtensions()).containsEntry("code", "FILE_URL_FORBIDDEN"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:///etc/passwd          | expected a URL that starts with http:// or https://",
                "jar:http://a!/b             | expected a URL that starts with http:// or https://",
                "javascript:alert(1)         | expected a URL that starts with http:// or https://",
                "//example.com/a             | expected a URL that starts with http:// or https://",
                "/a                          | expected a URL that starts with http:// or https://",
                "http:example.com            | expected a URL with a host",
                "http:///a                   | expected a URL with a host",
                "http://user:pass@a.example/ | expected a URL without user name and password",
                "http://user@a.example/      | expected a URL without user name and password",
                "http://exam ple.com/        | expected a URL with a host name or an IP address",
                "http://[::1/                | expected a URL with a host and perhaps a port",
                "http://a:b/                 | expected a URL with a host and perhaps a port",
                "http://127.1/               | expected a URL with an IPv4 address of four decimal numbers",
                "http://%61.example/         | expected a URL with a host name or an IP address",
            })
    void parse_bad(String text, String reason) {
        assertThatThrownBy(() -> coercing.parseValue(text, CONTEXT, Locale.ROOT))
                .isInstanceOf(CoercingParseValueException.class)
                .hasMessage("Not a URL: " + reason + ".");
        assertThatThrownBy(() -> coercing.parseLiteral(
                        StringValue.of(text), CoercedVariables.emptyVariables(), CONTEXT, Locale.ROOT))
                .isInstanceOf(CoercingParseLiteralException.class)
                .hasMessage("Not a URL: " + reason + ".");
    }

    @Test
    void parse_uriObject_isCheckedToo() {
        assertThatThrownBy(() -> coercing.parseValue(URI.create("file:///etc/passwd"), CONTEXT, Locale.ROOT))
                .isInstanceOf(CoercingParseValueException.class);
    }

    @Test
    void parse_tooLong() {
        assertThatThrownBy(() -> coercing.parseValue("http://a/" + "b".repeat(8192), CONTEXT, Locale.ROOT))
                .hasMessage("Not a URL: expected a URL of at most 8192 characters.");
    }

    @Test
    void parse_anotherKindOfValue() {
        assertThatThrownBy(() -> coercing.parseValue(5, CONTEXT, Locale.ROOT))
                .isInstanceOf(CoercingParseValueException.class)
                .hasMessage("Expected a URL as a string.");
        assertThatThrownBy(() -> coercing.parseLiteral(
                        new IntValue(BigInteger.ONE), CoercedVariables.emptyVariables(), CONTEXT, Locale.ROOT))
                .isInstanceOf(CoercingParseLiteralException.class)
                .hasMessage("Expected a URL as a string.");
    }

    @Test
    void serialize() throws Exception {
        assertThat((Object) coercing.serialize(URI.create("/files/a?b=c"), CONTEXT, Locale.ROOT))
                .isEqualTo("/files/a?b=c");
        assertThat((Object) coercing.serialize("https://a", CONTEXT, Locale.ROOT))
                .isEqualTo("https://a");
        assertThatThrownBy(() -> coercing.serialize(5, CONTEXT, Locale.ROOT))
                .isInstanceOf(CoercingSerializeException.class)
                .hasMessage("Expected a URL, found a Integer.");
    }

    @Test
    void valueToLiteral_canBeReadAgain() {
        assertThat(((StringValue) coercing.valueToLiteral(URI.create("https://a/b"), CONTEXT, Locale.ROOT)).getValue())
                .isEqualTo("https://a/b");
    }
}
