package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What clients need to say an error in their own language, and the table that lists them. */
class ErrorFactsTest {

    private static final Path TABLE = Path.of("../../docs/front-end.md");
    private static final Pattern QUOTED = Pattern.compile("`(\\w+)`");
    private static final Set<String> FACTS = Set.of(
            "width",
            "height",
            "maxPixels",
            "minWidth",
            "maxWidth",
            "minHeight",
            "maxHeight",
            "aspectRatio",
            "mimeType",
            "accept",
            "byteSize",
            "maxByteSize",
            "minByteSize",
            "count",
            "maxCount",
            "fileName");
    private static final Set<String> OF_EVERY_ERROR = Set.of("code", "inputPath", "classification");

    private final Catalogue catalogue = new Catalogue()
            .sdl("""
                    type Query { ok: Boolean }
                    type Mutation {
                      any(file: StoredFileInput): Boolean
                      small(file: StoredFileInput @file(maxSize: "4", minSize: "2")): Boolean
                      image(file: StoredFileInput @file(accept: ["image/*", "video/mp4"])): Boolean
                      two(files: [StoredFileInput] @file(maxCount: 2)): Boolean
                    }
                    """)
            .settings(builder -> builder.limits(FileLimits.newFileLimits()
                    .filesPerRequest(3)
                    .bytesPerRequest(ByteSize.bytes(1000))
                    .build()));

    ErrorFactsTest() {
        for (String field : List.of("any", "small", "image", "two")) {
            catalogue.mutation(field, environment -> true);
        }
    }

    /** Code and facts of each row, in the order of the table. */
    private static Map<String, Set<String>> table() throws IOException {
        Map<String, Set<String>> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(TABLE)) {
            if (line.startsWith("| `FILE_")) {
                String[] cells = line.split("\\|", -1);
                rows.put(quoted(cells[1]).iterator().next(), quoted(cells[4]));
            }
        }
        return rows;
    }

    private static Set<String> quoted(String cell) {
        return QUOTED.matcher(cell)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Test
    void table_hasEveryCodeOnce_inTheOrderOfTheCodes() throws IOException {
        assertThat(table().keySet())
                .containsExactlyElementsOf(
                        Arrays.stream(FileErrorCode.values()).map(Enum::name).toList());
        assertThat(table().values()).allMatch(FACTS::containsAll);
    }

    @Test
    void tooLarge_byItsLength() throws IOException {
        assertThat(facts("small", Catalogue.text("12345"), "FILE_TOO_LARGE"))
                .isEqualTo(Map.of("maxByteSize", 4L, "byteSize", 5L));
    }

    @Test
    void tooLarge_forTheRequest() throws IOException {
        assertThat(facts("any", Catalogue.text("x".repeat(1001)), "FILE_TOO_LARGE"))
                .isEqualTo(Map.of("maxByteSize", 1000L));
    }

    @Test
    void tooSmall() throws IOException {
        assertThat(facts("small", Catalogue.text("1"), "FILE_INVALID"))
                .isEqualTo(Map.of("minByteSize", 2L, "byteSize", 1L));
    }

    @Test
    void type() throws IOException {
        assertThat(facts(
                        "image",
                        Map.of("base64", "aGVsbG8=", "fileName", "a.png", "mimeType", "image/png"),
                        "FILE_TYPE_NOT_ACCEPTED"))
                .isEqualTo(Map.of(
                        "mimeType", "text/plain", "accept", List.of("image/*", "video/mp4"), "fileName", "a.png"));
        assertThat(facts("image", Catalogue.text("hello"), "FILE_TYPE_NOT_ACCEPTED"))
                .isEqualTo(Map.of("mimeType", "text/plain", "accept", List.of("image/*", "video/mp4")));
    }

    @Test
    void name() throws IOException {
        assertThat(facts("any", Map.of("base64", "QQ==", "fileName", ".."), "FILE_NAME_INVALID"))
                .isEqualTo(Map.of("fileName", ".."));
        assertThat((String) facts("any", Map.of("base64", "QQ==", "fileName", "a".repeat(100_000)), "FILE_NAME_INVALID")
                        .get("fileName"))
                .as("no longer than a name may be")
                .hasSize(255);
    }

    @Test
    void count_ofAList() throws IOException {
        assertThat(facts(list(3), "FILE_COUNT_EXCEEDED")).isEqualTo(Map.of("count", 3, "maxCount", 2));
    }

    @Test
    void count_ofARequest() throws IOException {
        String aliases =
                "mutation($f: StoredFileInput) { a: any(file: $f) b: any(file: $f) c: any(file: $f) d: any(file: $f) }";

        assertThat(facts(catalogue.execute(aliases, Map.of("f", Catalogue.text("a"))), "FILE_COUNT_EXCEEDED"))
                .isEqualTo(Map.of("maxCount", 3));
    }

    @Test
    void mistakesThatNeedNone() throws IOException {
        assertThat(facts("any", Map.of(), "FILE_SOURCE_INVALID")).isEmpty();
        assertThat(facts("any", Map.of("base64", "*"), "FILE_BASE64_INVALID")).isEmpty();
        assertThat(facts("any", Map.of("copyURL", "http://127.0.0.1/"), "FILE_URL_FORBIDDEN"))
                .isEmpty();
        assertThat(facts("any", Map.of("copyURL", "http://no-such-host.invalid/"), "FILE_URL_FORBIDDEN"))
                .isEmpty();
        assertThat(facts("any", Map.of("copyURL", "ftp://a"), "FILE_URL_FORBIDDEN"))
                .isEmpty();
    }

    /** A client must not learn which names there are inside. */
    @Test
    void urls_thatLeadInsideOrNowhere_areToldInTheSameWords() {
        assertThat(List.of("http://127.0.0.1/", "http://localhost/", "http://no-such-host.invalid/", "http://[::1]/"))
                .extracting(url ->
                        run("any", Map.of("copyURL", url)).getErrors().get(0).getMessage())
                .containsOnly(
                        "The file could not be copied: the URL leads to no address that this server copies from.");
    }

    @Test
    void sentences() {
        for (Map<String, Object> file : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("base64", "*"),
                Map.of("base64", "QQ==", "fileName", ".."),
                Map.of("copyURL", "http://127.0.0.1/"))) {
            assertThat(run("any", file).getErrors().get(0).getMessage())
                    .matches("[A-Z].*[^.]\\.")
                    .doesNotContain("\n");
        }
    }

    private ExecutionResult run(String field, Map<String, Object> file) {
        return catalogue.execute("mutation($f: StoredFileInput) { " + field + "(file: $f) }", Map.of("f", file));
    }

    private ExecutionResult list(int count) {
        return catalogue.execute(
                "mutation($f: [StoredFileInput]) { two(files: $f) }",
                Map.of("f", Collections.nCopies(count, Catalogue.text("a"))));
    }

    private Map<String, Object> facts(String field, Map<String, Object> file, String code) throws IOException {
        return facts(run(field, file), code);
    }

    /** The facts of the one error, all of which the table lists. */
    private static Map<String, Object> facts(ExecutionResult result, String code) throws IOException {
        assertThat(result.getErrors()).hasSize(1);
        GraphQLError error = result.getErrors().get(0);
        Map<String, Object> facts = new LinkedHashMap<>(error.getExtensions());
        assertThat(facts).containsEntry("code", code);
        facts.keySet().removeAll(OF_EVERY_ERROR);
        assertThat(table().get(code)).containsAll(facts.keySet());
        return facts;
    }
}
