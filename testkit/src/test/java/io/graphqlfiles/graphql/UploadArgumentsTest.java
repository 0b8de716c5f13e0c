package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.ExecutionResult;
import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.Upload;
import io.graphqlfiles.server.GraphQLMultipartRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Parts of a multipart request as arguments: as files of a field, and as they are. */
class UploadArgumentsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SDL = """
            type Query { ok: Boolean }
            type Mutation {
              raw(file: Upload!): String
              raws(files: [Upload!]!): String
              stored(file: StoredFileInput @file(maxSize: "10")): String
              two(a: StoredFileInput, b: StoredFileInput): String
            }
            """;

    private final List<StoredFile> received = new ArrayList<>();
    private final Catalogue catalogue = new Catalogue()
            .sdl(SDL)
            .mutation("raw", environment -> read(environment.getArgument("file")))
            .mutation("raws", environment -> {
                StringBuilder all = new StringBuilder();
                for (Upload upload : environment.<List<Upload>>getArgument("files")) {
                    all.append(read(upload));
                }
                return all.toString();
            })
            .mutation("stored", environment -> {
                received.add(environment.getArgument("file"));
                return "stored";
            })
            .mutation("two", environment -> {
                received.add(environment.getArgument("a"));
                received.add(environment.getArgument("b"));
                return "stored";
            });

    @Test
    void raw_isReadByTheFetcherAndNotStored() throws IOException {
        ExecutionResult result = execute(
                "mutation($f: Upload!) { raw(file: $f) }",
                "{\"f\": null}",
                "{\"0\": [\"variables.f\"]}",
                part("0", "a.txt", "hello") + END);

        assertThat(Catalogue.<String>dataOf(result, "raw")).isEqualTo("a.txt: hello");
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void raw_inAList() throws IOException {
        ExecutionResult result = execute(
                "mutation($f: [Upload!]!) { raws(files: $f) }",
                "{\"f\": [null, null]}",
                "{\"0\": [\"variables.f.0\"], \"1\": [\"variables.f.1\"]}",
                part("0", "a", "A") + part("1", "b", "B") + END);

        assertThat(Catalogue.<String>dataOf(result, "raws")).isEqualTo("a: Ab: B");
    }

    @Test
    void raw_usedMoreOftenThanMapped() throws IOException {
        ExecutionResult result = execute(
                "mutation($f: Upload!) { a: raw(file: $f) b: raw(file: $f) }",
                "{\"f\": null}",
                "{\"0\": [\"variables.f\"]}",
                part("0", "a", "A") + END);

        assertThat(ClientError.of(result))
                .containsExactly(new ClientError(
                        "The file has been read already: name each place that uses it in the request's map.",
                        List.of("b"),
                        "FILE_UPLOAD_CONSUMED",
                        null));
        assertThat(result.<Map<String, Object>>getData()).containsEntry("a", "a: A");
    }

    @Test
    void file_stored() throws IOException {
        ExecutionResult result = stored(part("0", "../a.txt", "hello") + END);

        assertThat(result.getErrors()).isEmpty();
        assertThat(received).extracting(StoredFile::fileName).containsExactly("a.txt");
        assertThat(catalogue.store.bytes(received.get(0).key())).asString().isEqualTo("hello");
    }

    @Test
    void file_partsInAnotherOrderThanTheArguments() throws IOException {
        ExecutionResult result = execute(
                "mutation($a: StoredFileInput, $b: StoredFileInput) { two(a: $a, b: $b) }",
                "{\"a\": {\"file\": null}, \"b\": {\"file\": null}}",
                "{\"0\": [\"variables.b.file\"], \"1\": [\"variables.a.file\"]}",
                part("0", "b", "B") + part("1", "a", "A") + END);

        assertThat(result.getErrors()).isEmpty();
        assertThat(received).extracting(StoredFile::fileName).containsExactly("a", "b");
    }

    @Test
    void file_sizeIsInclusive() throws IOException {
        assertThat(stored(part("0", "a", "0123456789") + END).getErrors()).isEmpty();
        received.clear();
        catalogue.store.clear();

        assertRefused(
                stored(part("0", "a", "0123456789!") + END),
                "The file is larger than 10 bytes, the most that Mutation.stored(file:) takes.",
                "FILE_TOO_LARGE");
    }

    @Test
    void file_limitOfTheWay() throws IOException {
        catalogue.settings(builder -> builder.limits(
                FileLimits.newFileLimits().file(ByteSize.bytes(4)).build()));

        ExecutionResult result = stored(part("0", "a", "01234") + END);

        assertThat(ClientError.of(result)).extracting(ClientError::code).containsExactly("FILE_TOO_LARGE");
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void file_missing() throws IOException {
        ExecutionResult result = stored(END);

        assertThat(ClientError.of(result)).extracting(ClientError::code).containsExactly("FILE_UPLOAD_MISSING");
        assertThat(ClientError.of(result)).extracting(ClientError::inputPath).containsExactly(List.of("file"));
        assertThat(received).isEmpty();
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void file_brokenOff() throws IOException {
        ExecutionResult result = stored(part("0", "a", "hel"));

        assertThat(ClientError.of(result)).extracting(ClientError::code).containsExactly("FILE_UPLOAD_MISSING");
        assertThat(catalogue.store.keys()).isEmpty();
    }

    private static final String END = "--b--\r\n";

    private static String part(String name, String fileName, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName + "\"\r\n\r\n"
                + content + "\r\n";
    }

    private ExecutionResult stored(String parts) throws IOException {
        return execute(
                "mutation($f: StoredFileInput) { stored(file: $f) }",
                "{\"f\": {\"file\": null}}",
                "{\"0\": [\"variables.f.file\"]}",
                parts);
    }

    private ExecutionResult execute(String query, String variables, String map, String parts) throws IOException {
        String body = "--b\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{\"query\": "
                + JSON.writeValueAsString(query) + ", \"variables\": " + variables
                + "}\r\n--b\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n" + map + "\r\n" + parts;
        catalogue.graphQl(); // requests are compared with the schema
        try (GraphQLMultipartRequest request = catalogue
                .files()
                .server()
                .openMultipartRequest(
                        "multipart/form-data; boundary=b",
                        header -> header.equalsIgnoreCase("GraphQL-Preflight") ? "1" : null,
                        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))) {
            Map<?, ?> operation = JSON.readValue(request.operations(), Map.class);
            @SuppressWarnings("unchecked") // JSON objects have text as names
            Map<String, Object> given = (Map<String, Object>) operation.get("variables");
            return catalogue.execute(operation.get("query").toString(), given);
        }
    }

    private static String read(Upload upload) throws IOException {
        try (InputStream in = upload.openStream()) {
            return upload.fileName() + ": " + new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void assertRefused(ExecutionResult result, String message, String code) {
        assertThat(ClientError.of(result))
                .containsExactly(new ClientError(message, List.of("stored"), code, List.of("file")));
        assertThat(received).isEmpty();
        assertThat(catalogue.store.keys()).isEmpty();
    }
}
