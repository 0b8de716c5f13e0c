package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileAccess;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.FileSourceType;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.testkit.FaultyBlobStore;
import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are refused: with which words, where, and that nothing of them stays. */
class FileSourcesTest {

    private static final String SDL = """
            type Query { ok: Boolean }
            input Deep { deeper: [Deep]  file: StoredFileInput @file(accept: ["image/*"]) }
            type Mutation {
              any(file: StoredFileInput): Boolean
              small(file: StoredFileInput @file(maxSize: "4", minSize: "2")): Boolean
              base64(file: StoredFileInput @file(sources: [BASE64])): Boolean
              upload(file: StoredFileInput @file(sources: [FILE, COPY_URL])): Boolean
              image(file: StoredFileInput @file(accept: ["image/*"])): Boolean
              csv(file: StoredFileInput @file(accept: [".csv", "application/pdf"])): Boolean
              three(files: [StoredFileInput] @file(maxCount: 3)): Boolean
              matrix(files: [[StoredFileInput]] @file(maxCount: 3)): Boolean
              deep(deep: Deep): Boolean
              two(a: StoredFileInput, b: StoredFileInput): Boolean
            }
            """;

    private final List<StoredFile> received = new ArrayList<>();
    private final Catalogue catalogue = new Catalogue().sdl(SDL);
    private final FaultyBlobStore counting = new FaultyBlobStore(catalogue.store);

    FileSourcesTest() {
        catalogue.store(counting);
        for (String field :
                List.of("any", "small", "base64", "upload", "image", "csv", "three", "matrix", "deep", "two")) {
            catalogue.mutation(field, environment -> {
                environment.getArguments().values().forEach(this::receive);
                return true;
            });
        }
    }

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(counting.openStreams()).isZero();
    }

    @Test
    void source_none() {
        assertRefused(
                run("any", Map.of("fileName", "a.txt")),
                "Expected exactly one of base64, file, copyURL and directUploadToken, found none.",
                "FILE_SOURCE_INVALID",
                "any",
                List.of("file"));
    }

    @Test
    void source_nullCountsAsNone() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("base64", null);
        file.put("copyURL", null);

        assertRefused(
                run("any", file),
                "Expected exactly one of base64, file, copyURL and directUploadToken, found none.",
                "FILE_SOURCE_INVALID",
                "any",
                List.of("file"));
    }

    @Test
    void source_two() {
        assertRefused(
                run("any", Map.of("base64", "QQ==", "copyURL", "https://example.com/a")),
                "Expected exactly one of base64, file, copyURL and directUploadToken, found base64, copyURL.",
                "FILE_SOURCE_INVALID",
                "any",
                List.of("file"));
    }

    @Test
    void source_notForThisField() {
        assertRefused(
                run("base64", Map.of("copyURL", "https://example.com/a")),
                "Mutation.base64(file:) takes no copyURL; it takes base64.",
                "FILE_SOURCE_INVALID",
                "base64",
                List.of("file"));
        assertRefused(
                run("upload", Catalogue.text("a")),
                "Mutation.upload(file:) takes no base64; it takes file, copyURL.",
                "FILE_SOURCE_INVALID",
                "upload",
                List.of("file"));
    }

    @Test
    void source_directUploadWithoutAnAuthorizer() {
        assertRefused(
                run("any", Map.of("directUploadToken", "x")),
                "Mutation.any(file:) takes no directUploadToken; it takes base64, file, copyURL.",
                "FILE_SOURCE_INVALID",
                "any",
                List.of("file"));
    }

    @Test
    void source_allMistakesOfACallAtOnce() {
        ExecutionResult result =
                catalogue.execute("mutation { two(a: {}, b: {base64: \"QQ==\", copyURL: \"http://a\"}) }");

        assertThat(ClientError.of(result))
                .extracting(ClientError::inputPath)
                .containsExactly(List.of("a"), List.of("b"));
        assertThat(counting.calls(Operation.PUT)).isZero();
    }

    @Test
    void upload_forgedHandle() {
        ExecutionResult result = run("any", Map.of("file", "upload:AAAAAAAAAAAAAAAAAAAAAA:0"));

        assertThat(result.getErrors()).hasSize(1);
        assertThat(result.getErrors().get(0).getMessage())
                .contains("Expected a file of a GraphQL multipart request for the scalar Upload");
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Q                      | it breaks off in the middle of a byte (length 1)",
                "QQ=                    | it ends with = where == is expected",
                "QQ===                  | it has padding (=) at character 3, before its end",
                "QQ==QUJD               | it has padding (=) at character 3, before its end",
                "Q-+A                   | it has + at character 3 next to the - and _ of the alphabet for URLs",
                "Q\u00e4JD             | it has U+00E4 at character 2; expected A-Z, a-z, 0-9, + and / (or - and _), and = at the end only",
                "QU JDQ                 | it breaks off in the middle of a byte (length 5)",
                "data:text/plain,hello  | a data URL must say ;base64 before its comma",
                "data:text/plain;base64 | a data URL has a comma after its type",
            })
    void base64_invalid(String text, String reason) {
        assertRefused(
                run("any", Map.of("base64", text)),
                "The text is not base64: " + reason + ".",
                "FILE_BASE64_INVALID",
                "any",
                List.of("file"));
    }

    @Test
    void base64_withoutPadding() {
        run("any", Map.of("base64", "QUI"));

        assertThat(received).extracting(StoredFile::byteSize).containsExactly(2L);
    }

    @Test
    void base64_dataUrl_namesTheType() {
        run("image", Map.of("base64", "data:image/png;base64," + Catalogue.PNG_BASE64));

        assertThat(received).extracting(StoredFile::mimeType).containsExactly("image/png");
    }

    @Test
    void base64_dataUrl_lies_theContentDecides() {
        run("any", Map.of("base64", "data:image/jpeg;base64," + Catalogue.PNG_BASE64));

        assertThat(received).extracting(StoredFile::mimeType).containsExactly("image/png");
    }

    @Test
    void base64_empty_isAnEmptyFile() {
        run("any", Map.of("base64", ""));

        assertThat(received).extracting(StoredFile::byteSize).containsExactly(0L);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "3, true", "4, true", "5, false"})
    void size_boundsAreInclusive(int size, boolean accepted) {
        ExecutionResult result = run("small", Catalogue.text("x".repeat(size)));

        if (accepted) {
            assertThat(result.getErrors()).isEmpty();
            assertThat(received).extracting(StoredFile::byteSize).containsExactly((long) size);
        } else if (size < 2) {
            assertRefused(
                    result,
                    "The file is smaller than 2 bytes, the least that Mutation.small(file:) takes.",
                    "FILE_INVALID",
                    "small",
                    List.of("file"));
        } else {
            assertRefused(
                    result,
                    "The file is larger than 4 bytes, the most that Mutation.small(file:) takes.",
                    "FILE_TOO_LARGE",
                    "small",
                    List.of("file"));
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, true", "1001, false"})
    void size_limitOfTheWay(int size, boolean accepted) {
        catalogue.settings(builder -> builder.limits(
                FileLimits.newFileLimits().base64(ByteSize.bytes(1000)).build()));

        ExecutionResult result = run("any", Catalogue.text("x".repeat(size)));

        if (accepted) {
            assertThat(result.getErrors()).isEmpty();
        } else {
            assertRefused(
                    result,
                    "The file is larger than 1000 bytes, the most that Mutation.any(file:) takes in this way.",
                    "FILE_TOO_LARGE",
                    "any",
                    List.of("file"));
        }
    }

    @Test
    void size_tooLarge_nothingIsDecoded() {
        catalogue.settings(builder -> builder.limits(
                FileLimits.newFileLimits().base64(ByteSize.bytes(10)).build()));

        // Were it decoded, the characters would be what is wrong.
        assertRefused(
                run("any", Map.of("base64", "*".repeat(40))),
                "The file is larger than 10 bytes, the most that Mutation.any(file:) takes in this way.",
                "FILE_TOO_LARGE",
                "any",
                List.of("file"));
        assertThat(counting.calls(Operation.PUT)).isZero();
    }

    @Test
    void type_fromTheContent() {
        run("any", Map.of("base64", Catalogue.PNG_BASE64, "fileName", "report.pdf"));

        assertThat(received).extracting(StoredFile::mimeType).containsExactly("image/png");
        assertThat(received).extracting(StoredFile::fileName).containsExactly("report.pdf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/pdf", "image/jpeg", "text/html", "picture", "image", "image/*", "undefined", ""})
    void type_claimIsWrongOrNone_theContentDecides(String claimed) {
        run("image", Map.of("base64", Catalogue.PNG_BASE64, "mimeType", claimed));

        assertThat(received).extracting(StoredFile::mimeType).containsExactly("image/png");
    }

    @Test
    void type_refusal_saysWhatWasFoundAndWhatIsAccepted() {
        Map<String, Object> file =
                Map.of("base64", Catalogue.base64("hello"), "fileName", "../a.png", "mimeType", "image/png");

        assertThat(run("image", file).getErrors().get(0).getExtensions())
                .containsEntry("code", "FILE_TYPE_NOT_ACCEPTED")
                .containsEntry("mimeType", "text/plain")
                .containsEntry("accept", List.of("image/*"))
                .containsEntry("fileName", "a.png");
    }

    @Test
    void type_notAccepted() {
        assertRefused(
                run("image", Catalogue.text("hello")),
                "Mutation.image(file:) does not accept text/plain; it accepts image/*.",
                "FILE_TYPE_NOT_ACCEPTED",
                "image",
                List.of("file"));
    }

    @Test
    void type_scriptThatClaimsToBeAnImage() {
        assertRefused(
                run(
                        "image",
                        Map.of(
                                "base64",
                                Catalogue.base64("<html><script>alert(1)</script></html>"),
                                "mimeType",
                                "image/png",
                                "fileName",
                                "a.png")),
                "Mutation.image(file:) does not accept text/html; it accepts image/*.",
                "FILE_TYPE_NOT_ACCEPTED",
                "image",
                List.of("file"));
    }

    @Test
    void type_byExtension() {
        assertThat(run("csv", Map.of("base64", Catalogue.base64("a,b\n"), "fileName", "a.csv"))
                        .getErrors())
                .isEmpty();
        assertThat(received).extracting(StoredFile::mimeType).containsExactly("text/csv");
        received.clear();
        catalogue.store.clear();
        assertRefused(
                run("csv", Map.of("base64", Catalogue.base64("a,b\n"), "fileName", "a.txt")),
                "Mutation.csv(file:) does not accept text/plain; it accepts .csv, application/pdf.",
                "FILE_TYPE_NOT_ACCEPTED",
                "csv",
                List.of("file"));
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, passwd",
        "C:\\Windows\\evil.txt, evil.txt",
        "a\u202Etxt.exe, atxt.exe",
        "CON, _CON",
        "a\u0000b.txt, ab.txt",
    })
    void name_isCleaned(String name, String expected) {
        run("any", Map.of("base64", "QQ==", "fileName", name));

        assertThat(received).extracting(StoredFile::fileName).containsExactly(expected);
        assertThat(received.get(0).key()).matches("private/[a-z2-7]{32}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "/", "a/..", "\u202e"})
    void name_nothingIsLeft(String name) {
        assertRefused(
                run("any", Map.of("base64", "QQ==", "fileName", name)),
                "The file name is empty, too long, or made of characters that no file name may have.",
                "FILE_NAME_INVALID",
                "any",
                List.of("file"));
    }

    /** Forms and programs send an empty text where nobody gave a name. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void name_noneGiven(String name) {
        Map<String, Object> input = new HashMap<>(Map.of("base64", Catalogue.PNG_BASE64));
        input.put("fileName", name);
        run("any", input);

        assertThat(received).extracting(StoredFile::fileName).containsExactly("file.png");
    }

    @Test
    void count_ofAList() {
        List<Object> files = new ArrayList<>(List.of(Catalogue.text("1"), Catalogue.text("2"), Catalogue.text("3")));
        files.add(null);
        assertThat(list("three", files).getErrors()).isEmpty();
        assertThat(received).hasSize(3);
        received.clear();
        catalogue.store.clear();

        files.add(Catalogue.text("4"));
        assertRefused(
                list("three", files),
                "The list has 4 files; Mutation.three(files:) takes at most 3.",
                "FILE_COUNT_EXCEEDED",
                "three",
                List.of("files"));
    }

    @Test
    void count_ofAListOfLists() {
        Map<String, Object> file = Catalogue.text("1");

        ExecutionResult result = list("matrix", List.of(List.of(file, file), List.of(file, file)));

        assertThat(ClientError.of(result))
                .contains(new ClientError(
                        "The list has 4 files; Mutation.matrix(files:) takes at most 3.",
                        List.of("matrix"),
                        "FILE_COUNT_EXCEEDED",
                        List.of("files")));
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void count_ofARequest_overAliases() {
        limits(FileLimits.newFileLimits().filesPerRequest(3).build());

        ExecutionResult result = catalogue.execute("""
                mutation {
                  a: two(a: {base64: "QQ=="}, b: {base64: "QQ=="})
                  b: two(a: {base64: "QQ=="}, b: {base64: "QQ=="})
                }""");

        assertThat(ClientError.of(result))
                .containsExactly(new ClientError(
                        "The request has more than 3 files, the most that one request may have.",
                        List.of("b"),
                        "FILE_COUNT_EXCEEDED",
                        List.of("b")));
        assertThat(counting.calls(Operation.PUT))
                .as("nothing of the second call")
                .isEqualTo(2);
        assertThat(catalogue.store.keys()).hasSize(2);
        assertThat(result.<Map<String, Object>>getData())
                .containsEntry("a", true)
                .containsEntry("b", null);
    }

    @Test
    void count_ofTheNextRequest_startsAgain() {
        limits(FileLimits.newFileLimits().filesPerRequest(1).build());

        assertThat(run("any", Catalogue.text("1")).getErrors()).isEmpty();
        assertThat(run("any", Catalogue.text("1")).getErrors()).isEmpty();
    }

    @Test
    void bytes_ofARequest_overAliases() {
        limits(FileLimits.newFileLimits().bytesPerRequest(ByteSize.bytes(10)).build());
        String document = "mutation($f: StoredFileInput, $g: StoredFileInput) { a: any(file: $f) b: any(file: $g) }";

        ExecutionResult exact =
                catalogue.execute(document, Map.of("f", Catalogue.text("12345"), "g", Catalogue.text("12345")));
        ExecutionResult above =
                catalogue.execute(document, Map.of("f", Catalogue.text("12345"), "g", Catalogue.text("123456")));

        assertThat(exact.getErrors()).isEmpty();
        assertThat(ClientError.of(above))
                .containsExactly(new ClientError(
                        "The files of the request are together larger than 10 bytes, the most that one request may have.",
                        List.of("b"),
                        "FILE_TOO_LARGE",
                        List.of("file")));
        assertThat(catalogue.store.keys()).hasSize(3);
    }

    @Test
    void inputPath_throughObjectsAndLists() {
        ExecutionResult result = catalogue.execute(
                "mutation { x: deep(deep: {deeper: [null, {deeper: [{file: {base64: \"aGVsbG8=\"}}]}]}) }");

        assertRefused(
                result,
                "Deep.file does not accept text/plain; it accepts image/*.",
                "FILE_TYPE_NOT_ACCEPTED",
                "x",
                List.of("deep", "deeper", 1, "deeper", 0, "file"));
    }

    @Test
    void otherFields_ofTheMutationGoOn() {
        ExecutionResult result = catalogue.execute("mutation { a: any(file: {}) b: any(file: {base64: \"QQ==\"}) }");

        assertThat(result.<Map<String, Object>>getData())
                .containsEntry("a", null)
                .containsEntry("b", true);
    }

    @Test
    void authorizer_refuses_beforeAnyByte() {
        List<FileAccess> asked = new ArrayList<>();
        catalogue.settings(builder -> builder.authorizer(access -> {
            asked.add(access);
            return false;
        }));

        assertRefused(
                run("any", Map.of("base64", "*", "fileName", "../a", "mimeType", "x")),
                "You are not permitted to do this.",
                "FILE_FORBIDDEN",
                "any",
                List.of("file"));
        assertThat(counting.calls(Operation.PUT)).isZero();
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).action()).isEqualTo(FileAccess.Action.STORE);
        assertThat(asked.get(0).fileName()).isEqualTo("../a");
        assertThat(asked.get(0).mimeType()).isEqualTo("x");
        assertThat(asked.get(0).fileId()).isNull();
        assertThat(asked.get(0).field().coordinate()).isEqualTo("Mutation.any(file:)");
    }

    @Test
    void authorizer_inItsOwnWords() {
        catalogue.settings(builder -> builder.authorizer(access -> {
            throw new FileException(FileErrorCode.FILE_FORBIDDEN, "Your trial has ended.");
        }));

        assertRefused(
                run("any", Catalogue.text("a")), "Your trial has ended.", "FILE_FORBIDDEN", "any", List.of("file"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:1/a", "http://[::1]/a", "http://169.254.169.254/latest", "http://10.0.0.1/"})
    void copyUrl_insideTheNetwork(String url) {
        ExecutionResult result = run("any", Map.of("copyURL", url));

        assertThat(ClientError.of(result)).extracting(ClientError::code).containsExactly("FILE_URL_FORBIDDEN");
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "http://user:secret@example.com/", "ftp://example.com/a", "a b"})
    void copyUrl_withAScalarOfTheApplications_isCheckedAllTheSame(String url) {
        Catalogue own = new Catalogue()
                .sdl("""
                        scalar URL
                        type Query { ok: Boolean }
                        type Mutation { any(file: StoredFileInput): Boolean }
                        """)
                .wiring(wiring -> wiring.scalar(graphql.Scalars.GraphQLString.transform(scalar -> scalar.name("URL"))));

        ExecutionResult result =
                own.execute("mutation($f: StoredFileInput) { any(file: $f) }", Map.of("f", Map.of("copyURL", url)));

        assertThat(ClientError.of(result)).extracting(ClientError::code).containsExactly("FILE_URL_FORBIDDEN");
        assertThat(result.getErrors().get(0).getMessage()).doesNotContain("secret");
    }

    @Test
    void content_comesBackByteForByte() throws Exception {
        byte[] content = "h\u00e9llo".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        run("any", Map.of("base64", Base64.getEncoder().encodeToString(content)));

        try (var in = catalogue.files().open(received.get(0))) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        assertThat(received.get(0).createdAt()).isNotNull();
        assertThat(received.get(0).checksum()).startsWith("crc32c:");
    }

    @Test
    void sources_areNamedAsInTheSchema() {
        assertThat(FileSourceType.values())
                .extracting(FileSourceType::inputField)
                .containsExactly("base64", "file", "copyURL", "directUploadToken");
    }

    private void limits(FileLimits limits) {
        catalogue.settings(builder -> builder.limits(limits));
    }

    private void receive(Object value) {
        if (value instanceof StoredFile file) {
            received.add(file);
        } else if (value instanceof List<?> list) {
            list.forEach(this::receive);
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(this::receive);
        }
    }

    private ExecutionResult run(String field, Map<String, Object> file) {
        return catalogue.execute("mutation($f: StoredFileInput) { " + field + "(file: $f) }", Map.of("f", file));
    }

    private ExecutionResult list(String field, List<?> files) {
        String type = field.equals("matrix") ? "[[StoredFileInput]]" : "[StoredFileInput]";
        return catalogue.execute("mutation($f: " + type + ") { " + field + "(files: $f) }", Map.of("f", files));
    }

    private void assertRefused(ExecutionResult result, String message, String code, String path, List<?> inputPath) {
        assertThat(ClientError.of(result)).containsExactly(new ClientError(message, List.of(path), code, inputPath));
        assertThat(received).isEmpty();
        assertThat(catalogue.store.keys()).isEmpty();
    }
}
