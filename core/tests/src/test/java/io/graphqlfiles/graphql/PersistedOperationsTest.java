package io.graphqlfiles.graphql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.execution.instrumentation.Instrumentation;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.Upload;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.server.GraphQLMultipartRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Operations whose document the server has and the request has not: only the engine knows what their variables take.
 */
class PersistedOperationsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SDL = """
            type Query { say(title: String, titles: [String], colour: Colour, input: In, any: URL): String }
            enum Colour { RED }
            input In { title: String file: Upload }
            type Mutation {
              say(title: String, titles: [String], colour: Colour, input: In, any: URL): String
              read(file: Upload, title: String): String
              store(file: StoredFileInput @file): String
            }
            """;

    private final List<Object> received = new ArrayList<>();
    private final Catalogue catalogue = new Catalogue()
            .sdl(SDL)
            .query("say", this::say)
            .mutation("say", this::say)
            .mutation("read", environment -> {
                received.add(environment.getArguments());
                return read(environment.getArgument("file"));
            })
            .mutation("store", environment -> {
                StoredFile file = environment.getArgument("file");
                received.add(file);
                return file.fileName();
            });
    private final GraphQLFiles files = catalogue.files();

    private Object say(DataFetchingEnvironment environment) {
        received.add(environment.getArguments());
        return "said";
    }

    private static String read(Upload upload) throws IOException {
        try (InputStream in = upload.openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /** The documents are the ids: what a client may send is not seen by the library. */
    private GraphQL engine(Instrumentation instrumentation) {
        PreparsedDocumentProvider documents = (input, parse) -> CompletableFuture.completedFuture(parse.apply(input));
        return GraphQL.newGraphQL(catalogue.schema())
                .preparsedDocumentProvider(documents)
                .instrumentation(instrumentation)
                .build();
    }

    private GraphQLMultipartRequest open(String variables, String map) {
        String body = "--b\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n"
                + "{\"id\": \"1\", \"variables\": " + variables
                + "}\r\n--b\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n" + map
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"0\"; filename=\"a.txt\"\r\n\r\nhello"
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"1\"; filename=\"b.txt\"\r\n\r\nthere\r\n--b--\r\n";
        return files.server()
                .openMultipartRequest(
                        "multipart/form-data; boundary=b",
                        header -> header.equalsIgnoreCase("GraphQL-Preflight") ? "1" : null,
                        new ByteArrayInputStream(body.getBytes(UTF_8)));
    }

    private static Map<String, Object> variables(GraphQLMultipartRequest request) throws IOException {
        Map<String, Object> operation = JSON.readValue(request.operations(), new TypeReference<>() {});
        return JSON.convertValue(operation.get("variables"), new TypeReference<>() {});
    }

    private static ExecutionResult execute(GraphQL engine, String document, Map<String, Object> variables) {
        return engine.execute(
                ExecutionInput.newExecutionInput(document).variables(variables).build());
    }

    private ExecutionResult execute(String document, String variables, String map) throws IOException {
        GraphQL engine = engine(files.instrumentation());
        try (GraphQLMultipartRequest request = open(variables, map)) {
            return execute(engine, document, variables(request));
        }
    }

    private static void assertRefused(ExecutionResult result, String message) {
        assertThat(result.getErrors()).extracting(GraphQLError::getMessage).containsExactly(message);
        assertThat(result.getErrors().get(0).getExtensions()).containsEntry("code", "BAD_REQUEST");
        assertThat(result.<Object>getData()).isNull();
    }

    @Test
    void uploads_areReadAndStored() throws IOException {
        assertThat(Catalogue.<String>dataOf(
                        execute(
                                "mutation($f: Upload) { read(file: $f) }",
                                "{\"f\": null}",
                                "{\"0\": [\"variables.f\"]}"),
                        "read"))
                .isEqualTo("hello");
        assertThat(Catalogue.<String>dataOf(
                        execute(
                                "mutation($f: StoredFileInput) { store(file: $f) }",
                                "{\"f\": {\"file\": null}}",
                                "{\"1\": [\"variables.f.file\"]}"),
                        "store"))
                .isEqualTo("b.txt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mutation($v: String) { say(title: $v) }     | {\"v\": null}             | v",
                "query($v: String) { say(title: $v) }        | {\"v\": null}             | v",
                "mutation($v: [String]) { say(titles: $v) }  | {\"v\": [\"a\", null]}    | v.1",
                "mutation($v: [String]) { say(titles: $v) }  | {\"v\": null}             | v",
                "mutation($v: In) { say(input: $v) }         | {\"v\": {\"title\": null}} | v.title",
                "mutation($w: String) { say(title: $w) }     | {\"v\": null}             | v",
                "mutation { say }                            | {\"v\": {\"w\": null}}    | v.w",
            })
    void partForSomethingElse_isNotSeenByTheApplication(String document, String variables, String place)
            throws IOException {
        assertRefused(
                execute(document, variables, "{\"0\": [\"variables." + place + "\"]}"),
                "Expected the type Upload in \"operations\" at \"variables." + place
                        + "\", which \"map\" names, found another");
        assertThat(received).isEmpty();
    }

    @Test
    void partForSomethingElse_besideOneForAnUpload() throws IOException {
        assertRefused(
                execute(
                        "mutation($f: Upload, $t: String) { read(file: $f, title: $t) }",
                        "{\"f\": null, \"t\": null}",
                        "{\"0\": [\"variables.f\"], \"1\": [\"variables.t\"]}"),
                "Expected the type Upload in \"operations\" at \"variables.t\", which \"map\" names, found another");
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mutation($v: Colour) { say(colour: $v) }", "mutation($v: URL) { say(any: $v) }"})
    void partForWhatTakesNoSuchText_isRefusedByTheEngine(String document) throws IOException {
        ExecutionResult result = execute(document, "{\"v\": null}", "{\"0\": [\"variables.v\"]}");

        assertThat(result.getErrors()).hasSize(1);
        assertThat(received).isEmpty();
    }

    /** Whoever has learned of a handle has nothing of it: it is valid for the execution that it was made for. */
    @Test
    void handleOfAnotherRequest_isRefused() throws IOException {
        GraphQL engine = engine(files.instrumentation());
        try (GraphQLMultipartRequest request = open("{\"f\": null}", "{\"0\": [\"variables.f\"]}")) {
            Map<String, Object> variables = variables(request);
            ExecutionResult own = execute(engine, "mutation($f: String) { say(title: $f) }", variables);
            assertThat(own.getErrors()).hasSize(1);

            assertRefused(
                    execute(engine, "mutation($f: Upload) { read(file: $f) }", variables),
                    "Expected files of this request alone, found one of another");
            assertRefused(
                    execute(
                            engine,
                            "mutation($f: StoredFileInput) { store(file: $f) }",
                            Map.of("f", Map.of("file", variables.get("f")))),
                    "Expected files of this request alone, found one of another");
        }
        assertThat(received).isEmpty();
        assertThat(catalogue.store.keys()).isEmpty();
    }

    /** Also if its own request is not done with it. */
    @Test
    void handleOfAnotherRequest_whileThatIsExecuted() throws IOException {
        List<ExecutionResult> others = new ArrayList<>();
        List<Map<String, Object>> known = new ArrayList<>();
        List<GraphQL> engines = new ArrayList<>();
        catalogue.mutation("read", environment -> {
            others.add(execute(
                    engines.get(0),
                    "mutation($f: StoredFileInput) { store(file: $f) }",
                    Map.of("f", Map.of("file", known.get(0).get("f")))));
            return read(environment.getArgument("file"));
        });
        engines.add(engine(files.instrumentation()));
        try (GraphQLMultipartRequest request = open("{\"f\": null}", "{\"0\": [\"variables.f\"]}")) {
            known.add(variables(request));

            ExecutionResult own = execute(engines.get(0), "mutation($f: Upload) { read(file: $f) }", known.get(0));

            assertThat(Catalogue.<String>dataOf(own, "read")).isEqualTo("hello");
            assertRefused(others.get(0), "Expected files of this request alone, found one of another");
        }
        assertThat(received).isEmpty();
    }

    @Test
    void textLikeAHandle_isText() throws IOException {
        GraphQL engine = engine(files.instrumentation());
        try (GraphQLMultipartRequest request = open("{\"f\": null}", "{\"0\": [\"variables.f\"]}")) {
            request.operations();
            ExecutionResult result = execute(
                    engine,
                    "mutation($v: String) { say(title: $v) }",
                    Collections.singletonMap("v", "upload:AAAAAAAAAAAAAAAAAAAAAA:0"));

            assertThat(Catalogue.<String>dataOf(result, "say")).isEqualTo("said");
        }
    }

    @Test
    void besideOtherInstrumentations() throws IOException {
        GraphQL engine =
                engine(new ChainedInstrumentation(files.instrumentation(), new SimplePerformantInstrumentation() {}));
        try (GraphQLMultipartRequest request = open("{\"f\": null}", "{\"0\": [\"variables.f\"]}")) {
            ExecutionResult result = execute(engine, "mutation($f: Upload) { read(file: $f) }", variables(request));

            assertThat(Catalogue.<String>dataOf(result, "read")).isEqualTo("hello");
        }
    }

    /** Nobody has checked where the handles went. */
    @Test
    void withoutTheInstrumentation_noFileIsRead() throws IOException {
        GraphQL engine = engine(SimplePerformantInstrumentation.INSTANCE);
        for (String document : List.of(
                "mutation($f: Upload) { read(file: $f) }", "mutation($g: StoredFileInput) { store(file: $g) }")) {
            try (GraphQLMultipartRequest request = open(
                    "{\"f\": null, \"g\": {\"file\": null}}",
                    "{\"0\": [\"variables.f\"], \"1\": [\"variables.g.file\"]}")) {
                ExecutionResult result = execute(engine, document, variables(request));

                assertThat(result.getErrors()).hasSize(1);
                assertThat(result.getErrors().get(0).getMessage()).contains("GraphQLFiles.instrumentation()");
            }
        }
        assertThat(catalogue.store.keys()).isEmpty();
    }
}
