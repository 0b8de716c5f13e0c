package io.graphqlfiles.internal.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.Upload;
import io.graphqlfiles.internal.types.UrlScalar;
import io.graphqlfiles.server.GraphQLMultipartRequest;
import io.graphqlfiles.server.MultipartRequestException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A handle reaches nothing but a value of the type Upload. */
class UploadTypesTest {

    private static final String SDL = """
            scalar Upload
            scalar JSON
            type Query { any(id: ID, number: Int): Boolean }
            input Doc { file: Upload files: [Upload!] title: String tags: [String] inner: Doc docs: [[Doc!]!] data: JSON }
            """;

    @TempDir
    private Path directory;

    private static GraphQLSchema schema(MultipartFixture fixture) {
        return schemaOf(fixture, SDL);
    }

    private static GraphQLSchema smallSchema(MultipartFixture fixture, String input) {
        return schemaOf(fixture, "scalar Upload type Query { any: Boolean } " + input);
    }

    private static GraphQLSchema schemaOf(MultipartFixture fixture, String sdl) {
        RuntimeWiring wiring = RuntimeWiring.newRuntimeWiring()
                .scalar(UploadScalar.of(fixture.live))
                .scalar(UrlScalar.create().transform(scalar -> scalar.name("JSON")))
                .build();
        return new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(sdl), wiring);
    }

    private static Map<String, Object> operation(String query, Map<String, Object> variables) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("query", query);
        operation.put("variables", variables);
        return operation;
    }

    /** Variables in which the path leads to null. */
    private static Map<String, Object> variables(String path) {
        Object value = null;
        String[] segments = path.split("\\.", -1);
        for (int i = segments.length - 1; i >= 0; i--) {
            if (segments[i].matches("\\d")) {
                List<Object> list = new ArrayList<>();
                list.add(value);
                value = list;
            } else {
                Map<String, Object> object = new LinkedHashMap<>();
                object.put(segments[i], value);
                value = object;
            }
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> variables = (Map<String, Object>) value;
        return variables;
    }

    private String read(MultipartFixture fixture, Object operations, String path) throws IOException {
        fixture.operations(new ObjectMapper().writeValueAsString(operations))
                .map("{\"0\":[\"" + path + "\"]}")
                .part("0", "x");
        try (GraphQLMultipartRequest request = fixture.request()) {
            return new String(request.operations(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private String read(String query, String path, boolean withSchema) throws IOException {
        MultipartFixture fixture = new MultipartFixture(directory);
        if (withSchema) {
            fixture.types.add(schema(fixture));
        }
        return read(fixture, operation(query, variables(path)), "variables." + path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "($f: String)            | f              | String",
                "($f: String!)           | f              | String",
                "($f: ID)                | f              | ID",
                "($f: Int)               | f              | Int",
                "($f: [String!])         | f.0            | String",
                "($f: [String!])         | f              | String",
                "($f: JSON)              | f              | JSON",
                "($f: JSON)              | f.a.0.b        | JSON",
                "($f: Doc)               | f              | Doc",
                "($f: Doc!)              | f.title        | String",
                "($f: Doc!)              | f.tags.0       | String",
                "($f: Doc!)              | f.inner.title  | String",
                "($f: Doc!)              | f.data.deep    | JSON",
                "($f: [Doc]!)            | f.0.docs.0.0.title | String",
                "($f: Upload, $g: String) | g             | String",
            })
    void anotherType(String variables, String path, String found) {
        assertThatThrownBy(() -> read("query" + variables + "{any}", path, true))
                .isInstanceOfSatisfying(
                        MultipartRequestException.class,
                        e -> assertThat(e.status()).isEqualTo(400))
                .hasMessage("Expected the type Upload in \"operations\" at \"variables." + path
                        + "\", which \"map\" names, found " + found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "($f: Upload)            | f",
                "($f: Upload!)           | f",
                "($f: [Upload!]!)        | f.0",
                "($f: [Upload!]!)        | f",
                "($f: [[Upload]])        | f.0.0",
                "($f: [[Upload]])        | f.0",
                "($f: Doc)               | f.file",
                "($f: Doc)               | f.files.0",
                "($f: Doc)               | f.inner.inner.file",
                "($f: [Doc])             | f.0.file",
                "($f: [Doc])             | f.file",
                "($f: Doc)               | f.docs.0.0.file",
                "($f: Doc)               | f.docs.file",
                // What the engine refuses is the engine's to say.
                "($f: Unknown)           | f",
                "($f: Doc)               | f.unknown",
                "($f: String             | f",
            })
    void uploads_andWhatTheEngineRefuses(String variables, String path) throws IOException {
        assertThat(read("query" + variables + "{any}", path, true)).contains("\"upload:");
    }

    @Test
    void variable_notDeclared() {
        assertThatThrownBy(() -> read("query($g: Upload){any}", "f", true))
                .hasMessage("Expected the operation to declare the variable of \"variables.f\", which \"map\" names,"
                        + " found none of that name");
    }

    @Test
    void withoutSchema_scalarsOfTheLanguageAreKnown() throws IOException {
        assertThatThrownBy(() -> read("query($f: [String]){any}", "f.0", false)).hasMessageContaining("found String");
        assertThat(read("query($f: Upload){any}", "f", false)).contains("\"upload:");
        assertThat(read("query($f: Doc){any}", "f.title", false)).contains("\"upload:");
    }

    @Test
    void operationName_chooses() throws IOException {
        String query = "query A($f: String){any} query B($f: Upload){any}";
        for (String name : List.of("A", "B", "A", "B")) {
            MultipartFixture fixture = new MultipartFixture(directory);
            fixture.types.add(schema(fixture));
            Map<String, Object> operation = operation(query, variables("f"));
            operation.put("operationName", name);
            if (name.equals("A")) {
                assertThatThrownBy(() -> read(fixture, operation, "variables.f"))
                        .hasMessageContaining("found String");
            } else {
                assertThat(read(fixture, operation, "variables.f")).contains("\"upload:");
            }
        }
        assertThat(read(query, "f", true)).as("the engine asks for a name").contains("\"upload:");
    }

    @Test
    void batch_eachOperationHasItsOwn() throws IOException {
        List<Object> batch = List.of(
                operation("query($f: Upload){any}", variables("f")),
                operation("query($f: String){any}", variables("f")));
        MultipartFixture first = new MultipartFixture(directory).batches();
        first.types.add(schema(first));
        assertThat(read(first, batch, "0.variables.f")).contains("\"upload:");

        MultipartFixture second = new MultipartFixture(directory).batches();
        second.types.add(schema(second));
        assertThatThrownBy(() -> read(second, batch, "1.variables.f"))
                .hasMessageContaining("at \"1.variables.f\", which \"map\" names, found String");
    }

    @Test
    void withoutDocument_theEngineTells() throws IOException {
        MultipartFixture fixture = new MultipartFixture(directory);
        fixture.types.add(schema(fixture));
        Map<String, Object> persisted = new LinkedHashMap<>();
        persisted.put("variables", variables("f"));
        persisted.put("extensions", Map.of("persistedQuery", Map.of("version", 1)));

        assertThat(read(fixture, persisted, "variables.f")).contains("\"upload:");
    }

    @Test
    void severalSchemas_oneOfThemTakesTheUpload() throws IOException {
        MultipartFixture fixture = new MultipartFixture(directory);
        fixture.types.add(schema(fixture));
        fixture.types.add(smallSchema(fixture, "input Other { file: Upload }"));

        assertThat(read(fixture, operation("query($f: Other){any}", variables("f.file")), "variables.f.file"))
                .contains("\"upload:");
        MultipartFixture again = new MultipartFixture(directory);
        again.types.add(smallSchema(again, "input Other { file: Upload }"));
        again.types.add(schema(again));
        assertThatThrownBy(
                        () -> read(again, operation("query($f: Doc){any}", variables("f.title")), "variables.f.title"))
                .hasMessageContaining("found String");
    }

    @Test
    void moreSchemasThanAreKept_theEngineTells() throws IOException {
        MultipartFixture fixture = new MultipartFixture(directory);
        fixture.types.add(smallSchema(fixture, "input Other { file: Upload }"));
        for (int i = 0; i < 16; i++) {
            fixture.types.add(smallSchema(fixture, "input Other { file: String }"));
        }

        assertThat(read(fixture, operation("query($f: Other){any}", variables("f.file")), "variables.f.file"))
                .contains("\"upload:");
    }

    @Test
    void severalSchemasThatDisagree_theEngineTells() throws IOException {
        MultipartFixture fixture = new MultipartFixture(directory);
        fixture.types.add(smallSchema(fixture, "input Other { file: String }"));
        fixture.types.add(smallSchema(fixture, "input Other { file: Upload }"));
        fixture.operations(
                        new ObjectMapper().writeValueAsString(operation("query($f: Other){any}", variables("f.file"))))
                .map("{\"0\":[\"variables.f.file\"]}")
                .part("0", "x");

        try (GraphQLMultipartRequest request = fixture.request()) {
            JsonNode handle = new ObjectMapper().readTree(request.operations()).at("/variables/f/file");
            Upload upload = fixture.live.find(handle.textValue());

            assertThatIllegalStateException().isThrownBy(upload::openStream);
        }
    }
}
