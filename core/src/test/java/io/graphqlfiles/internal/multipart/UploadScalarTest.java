package io.graphqlfiles.internal.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.Upload;
import io.graphqlfiles.internal.wiring.FilesInstrumentation;
import io.graphqlfiles.server.GraphQLMultipartRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadScalarTest {

    private static final String SCHEMA = """
            scalar Upload
            input In { file: Upload }
            type Query { file(file: Upload, in: In): String, files(files: [Upload!]!): String }
            """;

    @TempDir
    Path directory;

    private MultipartFixture fixture;
    private GraphQLMultipartRequest request;
    private GraphQL graphql;

    @BeforeEach
    void newRequest() throws IOException {
        fixture = new MultipartFixture(directory).forFiles(1).part("0", "content");
        request = fixture.request();
        request.operations();
        RuntimeWiring wiring = RuntimeWiring.newRuntimeWiring()
                .scalar(UploadScalar.of(fixture.live))
                .type(
                        "Query",
                        type -> type.dataFetcher("file", env -> {
                                    Upload upload = env.getArgument("file");
                                    Map<String, Upload> in = env.getArgument("in");
                                    return MultipartFixture.read(upload != null ? upload : in.get("file"));
                                })
                                .dataFetcher("files", env -> {
                                    List<Upload> uploads = env.getArgument("files");
                                    return String.valueOf(uploads);
                                }))
                .build();
        GraphQLSchema schema = new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(SCHEMA), wiring);
        graphql = GraphQL.newGraphQL(schema)
                .instrumentation(new FilesInstrumentation(fixture.live))
                .build();
    }

    @AfterEach
    void close() throws IOException {
        request.close();
        fixture.assertNothingLeft();
    }

    private ExecutionResult execute(String query, Object file) {
        return graphql.execute(ExecutionInput.newExecutionInput(query).variables(Map.of("f", file)));
    }

    private String handle() {
        try {
            String json = new String(request.operations(), java.nio.charset.StandardCharsets.UTF_8);
            return json.substring(json.indexOf("upload:"), json.lastIndexOf('"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> messages(ExecutionResult result) {
        return result.getErrors().stream().map(GraphQLError::getMessage).toList();
    }

    @Test
    void parseValue_handle() {
        ExecutionResult result = execute("query($f: Upload) { file(file: $f) }", handle());
        assertThat(result.toSpecification()).isEqualTo(Map.of("data", Map.of("file", "content")));
    }

    @Test
    void parseValue_handleInsideAnInput() {
        ExecutionResult result = execute("query($f: In) { file(in: $f) }", Map.of("file", handle()));
        assertThat(result.toSpecification()).isEqualTo(Map.of("data", Map.of("file", "content")));
    }

    @Test
    void parseValue_uploadItself() {
        Upload upload = fixture.live.find(handle());
        ExecutionResult result = execute("query($f: Upload) { file(file: $f) }", upload);
        assertThat(result.toSpecification()).isEqualTo(Map.of("data", Map.of("file", "content")));
    }

    @Test
    void parseValue_variableUsedTwice() {
        ExecutionResult result = execute("query($f: Upload) { a: file(file: $f) b: file(in: {file: $f}) }", handle());
        Map<String, Object> data = result.getData();
        assertThat(data).containsEntry("a", "content").containsEntry("b", null);
        assertThat(messages(result))
                .containsExactly(
                        "Exception while fetching data (/b) : The file has been read already: name each place that"
                                + " uses it in the request's map.");
    }

    static List<Object> forged() {
        return Arrays.asList(
                "upload:AAAAAAAAAAAAAAAAAAAAAA:0",
                "",
                "upload::0",
                "content",
                1,
                1.5,
                true,
                List.of(),
                Map.of("file", 1));
    }

    @ParameterizedTest
    @MethodSource("forged")
    void parseValue_anythingElse(Object value) {
        ExecutionResult result = execute("query($f: Upload) { file(file: $f) }", value);
        assertThat(messages(result))
                .containsExactly(
                        "Variable 'f' has an invalid value: Expected a file of a GraphQL multipart request for the"
                                + " scalar Upload: send null here in \"operations\" and name this place in \"map\"");
    }

    @Test
    void parseValue_handleOfAnotherPlaceOrCase() {
        for (String forged :
                List.of(handle().replaceAll("0$", "1"), handle() + "0", handle().replace("u", "U"), " " + handle())) {
            assertThat(messages(execute("query($f: Upload) { file(file: $f) }", forged)))
                    .hasSize(1);
        }
    }

    @Test
    void parseValue_handleOfARequestThatHasEnded() {
        String handle = handle();
        request.close();
        assertThat(messages(execute("query($f: Upload) { file(file: $f) }", handle)))
                .singleElement()
                .asString()
                .startsWith("Variable 'f' has an invalid value: Expected a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"HANDLE\"", "true", "A", "{a: 1}", "[1]"})
    void parseLiteral_refused(String literal) {
        String query = "{ file(file: " + literal.replace("HANDLE", handle()) + ") }";
        ExecutionResult result = graphql.execute(query);
        assertThat(messages(result)).singleElement().asString().contains("is not a valid 'Upload'");
    }

    @Test
    void toString_ofUploadsInMessages() {
        ExecutionResult result = execute("query($f: [Upload!]!) { files(files: $f) }", List.of(handle()));
        assertThat(result.toSpecification()).isEqualTo(Map.of("data", Map.of("files", "[Upload]")));
    }
}
