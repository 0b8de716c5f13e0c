package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a data fetcher finds in its arguments: a StoredFile for each file, and everything else as it was. */
class FileArgumentsTest {

    private static final String SDL = """
            type Query { ok: Boolean }
            input VariantInput { name: String image: StoredFileInput images: [StoredFileInput] children: [VariantInput!] }
            input Defaulted { name: String = "unnamed" file: StoredFileInput = {base64: "ZGVmYXVsdA==", fileName: "default.txt"} }
            type Mutation {
              one(file: StoredFileInput): Boolean
              two(first: StoredFileInput, second: StoredFileInput, note: String): Boolean
              list(files: [StoredFileInput]): Boolean
              matrix(files: [[StoredFileInput]]): Boolean
              tree(variant: VariantInput): Boolean
              trees(variants: [VariantInput!]!): Boolean
              withDefault(file: StoredFileInput = {base64: "ZGVmYXVsdA=="}): Boolean
              defaulted(input: Defaulted): Boolean
            }
            """;

    private final Map<String, Object> arguments = new LinkedHashMap<>();
    private Map<String, Object> seen;
    private DataFetchingEnvironment environment;
    private final DataFetcher<Boolean> recorder = given -> {
        environment = given;
        seen = given.getArguments();
        return true;
    };
    private final Catalogue catalogue = new Catalogue()
            .sdl(SDL)
            .mutation("one", recorder)
            .mutation("two", recorder)
            .mutation("list", recorder)
            .mutation("matrix", recorder)
            .mutation("tree", recorder)
            .mutation("trees", recorder)
            .mutation("withDefault", recorder)
            .mutation("defaulted", recorder);

    @Test
    void single_variable() {
        run("mutation($f: StoredFileInput) { one(file: $f) }", Map.of("f", Catalogue.text("hello")));

        assertThat(texts(seen)).isEqualTo(Map.of("file", "hello"));
    }

    @Test
    void single_literal() {
        run("mutation { one(file: {base64: \"aGVsbG8=\", fileName: \"a.txt\", mimeType: \"text/plain\"}) }", Map.of());

        assertThat(texts(seen)).isEqualTo(Map.of("file", "hello"));
        assertThat(((StoredFile) seen.get("file")).fileName()).isEqualTo("a.txt");
    }

    @Test
    void single_variablesInsideALiteral() {
        run("mutation($b: String, $n: String) { one(file: {base64: $b, fileName: $n}) }", Map.of("b", "aGVsbG8="));

        assertThat(texts(seen)).isEqualTo(Map.of("file", "hello"));
    }

    @Test
    void single_absent() {
        run("mutation { one }", Map.of());

        assertThat(seen).isEmpty();
        assertThat(environment.containsArgument("file")).isFalse();
    }

    @Test
    void single_absentVariable() {
        run("mutation($f: StoredFileInput) { one(file: $f) }", Map.of());

        assertThat(environment.containsArgument("file")).isFalse();
    }

    @Test
    void single_null() {
        arguments.put("f", null);
        run("mutation($f: StoredFileInput) { one(file: $f) }", arguments);

        assertThat(seen).containsExactlyEntriesOf(nullAt("file"));
        assertThat(environment.containsArgument("file")).isTrue();
    }

    @Test
    void several_eachInItsPlaceAndOthersUntouched() {
        run(
                "mutation($a: StoredFileInput, $b: StoredFileInput) { two(second: $b, note: \"n\", first: $a) }",
                Map.of("a", Catalogue.text("A"), "b", Catalogue.text("B")));

        assertThat(texts(seen)).isEqualTo(Map.of("first", "A", "second", "B", "note", "n"));
        StoredFile first = environment.getArgument("first");
        assertThat(text(first)).isEqualTo("A");
        assertThat((Object) environment.getArgumentOrDefault("note", "other")).isEqualTo("n");
    }

    @Test
    void several_oneAbsentOneNull() {
        run("mutation { two(second: null) }", Map.of());

        assertThat(seen).containsExactlyEntriesOf(nullAt("second"));
    }

    @Test
    void list_orderAndNullElements() {
        arguments.put("fs", Arrays.asList(Catalogue.text("A"), null, Catalogue.text("B")));
        run("mutation($fs: [StoredFileInput]) { list(files: $fs) }", arguments);

        assertThat(texts(seen)).isEqualTo(Map.of("files", Arrays.asList("A", null, "B")));
    }

    @Test
    void list_empty() {
        run("mutation { list(files: []) }", Map.of());

        assertThat(seen).isEqualTo(Map.of("files", List.of()));
    }

    @Test
    void list_fromASingleValue() {
        run("mutation($f: [StoredFileInput]) { list(files: $f) }", Map.of("f", Catalogue.text("A")));

        assertThat(texts(seen)).isEqualTo(Map.of("files", List.of("A")));
    }

    @Test
    void listOfLists() {
        arguments.put("fs", Arrays.asList(List.of(Catalogue.text("A")), null, List.of(), List.of(Catalogue.text("B"))));
        run("mutation($fs: [[StoredFileInput]]) { matrix(files: $fs) }", arguments);

        assertThat(texts(seen)).isEqualTo(Map.of("files", Arrays.asList(List.of("A"), null, List.of(), List.of("B"))));
    }

    @Test
    void inputObject_keepsExactlyItsKeys() {
        Map<String, Object> variant = new LinkedHashMap<>();
        variant.put("image", null);
        variant.put("images", List.of(Catalogue.text("A")));
        run("mutation($v: VariantInput) { tree(variant: $v) }", Map.of("v", variant));

        Map<String, Object> expected = nullAt("image");
        expected.put("images", List.of("A"));
        assertThat(texts(seen)).isEqualTo(Map.of("variant", expected));
    }

    @Test
    void inputObject_null() {
        arguments.put("v", null);
        run("mutation($v: VariantInput) { tree(variant: $v) }", arguments);

        assertThat(seen).containsExactlyEntriesOf(nullAt("variant"));
    }

    @Test
    void inputObject_recursive() {
        run("""
                mutation($f: StoredFileInput) {
                  tree(variant: {name: "0", children: [
                    {name: "1", image: $f}, {name: "2", children: [{images: [null, {base64: "Qg=="}]}]}]})
                }""", Map.of("f", Catalogue.text("A")));

        assertThat(texts(seen))
                .isEqualTo(Map.of(
                        "variant",
                        Map.of(
                                "name",
                                "0",
                                "children",
                                List.of(
                                        Map.of("name", "1", "image", "A"),
                                        Map.of(
                                                "name",
                                                "2",
                                                "children",
                                                List.of(Map.of("images", Arrays.asList(null, "B"))))))));
    }

    @Test
    void inputObjects_inAList() {
        run("""
                mutation { trees(variants: [{image: {base64: "QQ=="}}, {name: "none"}, {image: {base64: "Qg=="}}]) }
                """, Map.of());

        assertThat(texts(seen))
                .isEqualTo(Map.of(
                        "variants", List.of(Map.of("image", "A"), Map.of("name", "none"), Map.of("image", "B"))));
    }

    @Test
    void default_ofAnArgument() {
        run("mutation { withDefault }", Map.of());

        assertThat(texts(seen)).isEqualTo(Map.of("file", "default"));
    }

    @Test
    void default_ofAnInputField() {
        run("mutation { defaulted(input: {}) }", Map.of());

        assertThat(texts(seen)).isEqualTo(Map.of("input", Map.of("name", "unnamed", "file", "default")));
    }

    @Test
    void default_ofAVariable() {
        run("mutation($f: StoredFileInput = {base64: \"dg==\"}) { one(file: $f) }", Map.of());

        assertThat(texts(seen)).isEqualTo(Map.of("file", "v"));
    }

    @Test
    void sameVariableTwice_twoFilesOfTheirOwn() {
        run("mutation($f: StoredFileInput) { two(first: $f, second: $f) }", Map.of("f", Catalogue.text("A")));

        assertThat(texts(seen)).isEqualTo(Map.of("first", "A", "second", "A"));
        assertThat(catalogue.store.keys()).hasSize(2);
    }

    @Test
    void variables_areNotChanged() {
        Map<String, Object> file = new LinkedHashMap<>(Catalogue.text("A"));
        run("mutation($f: StoredFileInput) { one(file: $f) }", Map.of("f", file));

        assertThat(file).isEqualTo(Catalogue.text("A"));
    }

    private void run(String document, Map<String, Object> variables) {
        ExecutionResult result = catalogue.execute(document, variables);
        assertThat(result.getErrors()).isEmpty();
    }

    private static Map<String, Object> nullAt(String key) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, null);
        return map;
    }

    /** The same value with the content of each file in its place. */
    private Object texts(Object value) {
        if (value instanceof StoredFile file) {
            return text(file);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::texts).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, each) -> copy.put(key, texts(each)));
            return copy;
        }
        return value;
    }

    private String text(StoredFile file) {
        GraphQLFiles files = catalogue.files();
        try (var in = files.open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
