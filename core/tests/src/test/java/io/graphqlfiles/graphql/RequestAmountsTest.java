package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import io.graphqlfiles.FileAccess;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.FileListener;
import io.graphqlfiles.testkit.FaultyBlobStore;
import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client sends in great numbers is counted before anything is made of it. */
class RequestAmountsTest {

    private static final int MANY = 240_000;

    private static final String SDL = """
            type Query { product: Product }
            type Product { gallery: [StoredFile!] @file(maxCount: 5) manual: StoredFile @file }
            input ProductInput {
              gallery: [StoredFileInput!] @file(field: "Product.gallery")
              manual: StoredFileInput @file(field: "Product.manual")
              inside: ProductInput
            }
            type Mutation {
              create(product: ProductInput): Boolean
              createAll(products: [ProductInput]): Boolean
              any(files: [StoredFileInput!] @file(field: "Product.manual")): Boolean
              matrix(files: [[StoredFileInput]] @file(field: "Product.manual")): Boolean
            }
            """;

    private final Catalogue catalogue = new Catalogue().sdl(SDL);
    private final FaultyBlobStore store = new FaultyBlobStore(catalogue.store);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger reported = new AtomicInteger();
    private boolean permitted = true;

    RequestAmountsTest() {
        catalogue
                .store(store)
                .settings(builder -> builder.authorizer(access -> {
                            asked.incrementAndGet();
                            return permitted || access.action() != FileAccess.Action.STORE;
                        })
                        .listener(counting()));
        for (String mutation : List.of("create", "createAll", "any", "matrix")) {
            catalogue.mutation(mutation, environment -> true);
        }
    }

    private FileListener counting() {
        return new FileListener() {
            @Override
            public void refused(FileListener.Refused refused) {
                reported.incrementAndGet();
            }
        };
    }

    private ExecutionResult run(String mutation, String argument, String type, Object value) {
        return catalogue.execute(
                "mutation($v: " + type + ") { " + mutation + "(" + argument + ": $v) }",
                Collections.singletonMap("v", value));
    }

    private void assertRefusedOnce(
            ExecutionResult result, String message, Object inputPath, Map<String, Object> facts) {
        assertThat(result.getErrors()).hasSize(1);
        GraphQLError error = result.getErrors().get(0);
        assertThat(error.getMessage()).isEqualTo(message);
        assertThat(error.getExtensions())
                .containsEntry("code", "FILE_COUNT_EXCEEDED")
                .containsEntry("inputPath", inputPath)
                .containsAllEntriesOf(facts);
        assertThat(asked).as("the application was asked").hasValue(0);
        assertThat(reported).as("listeners were notified").hasValue(1);
        assertThat(store.calls(Operation.PUT)).isZero();
    }

    @Test
    void inputs_moreThanTheFieldTakes() {
        assertRefusedOnce(
                run("create", "product", "ProductInput", Map.of("gallery", Collections.nCopies(MANY, Map.of()))),
                "The list has 240000 files; Product.gallery takes at most 5.",
                List.of("product", "gallery"),
                Map.of("count", MANY, "maxCount", 5));
    }

    @Test
    void inputs_moreThanARequestMayHave() {
        assertRefusedOnce(
                run("any", "files", "[StoredFileInput!]", Collections.nCopies(MANY, Catalogue.text("a"))),
                "The request has more than 10 files, the most that one request may have.",
                List.of("files"),
                Map.of("maxCount", 10));
    }

    @Test
    void inputs_inListsOfLists() {
        List<List<Object>> lists = Collections.nCopies(MANY / 3, Arrays.asList(Map.of(), null, Map.of()));

        assertRefusedOnce(
                run("matrix", "files", "[[StoredFileInput]]", lists),
                "The request has more than 10 files, the most that one request may have.",
                List.of("files"),
                Map.of("maxCount", 10));
    }

    @Test
    void inputs_inListsOfInputObjects() {
        Map<String, Object> product = Map.of("gallery", List.of(Map.of(), Map.of(), Map.of()));

        assertRefusedOnce(
                run("createAll", "products", "[ProductInput]", Collections.nCopies(MANY / 3, product)),
                "The request has more than 10 files, the most that one request may have.",
                List.of("products", 3, "gallery"),
                Map.of("maxCount", 10));
    }

    @Test
    void inputs_eachInAListThatIsTooLong() {
        Map<String, Object> product = Map.of("gallery", Collections.nCopies(6, Map.of()));

        assertRefusedOnce(
                run("createAll", "products", "[ProductInput]", Collections.nCopies(MANY / 6, product)),
                "The list has 6 files; Product.gallery takes at most 5.",
                List.of("products", 1, "gallery"),
                Map.of("count", 6, "maxCount", 5));
    }

    @Test
    void inputs_insideOneAnother() {
        Map<String, Object> product = Map.of();
        for (int depth = 0; depth < 300; depth++) {
            product = Map.of("manual", Map.of(), "inside", product);
        }

        ExecutionResult result = run("create", "product", "ProductInput", product);

        assertThat(result.getErrors()).hasSize(1);
        assertThat(result.getErrors().get(0).getMessage())
                .isEqualTo("The request has more than 10 files, the most that one request may have.");
        assertThat(asked).hasValue(0);
    }

    @Test
    void tokens_haveALimitOfTheirOwn() {
        catalogue.settings(builder -> builder.limits(FileLimits.newFileLimits()
                        .filesPerRequest(1)
                        .directUploadsPerRequest(3)
                        .build())
                .listener(counting()));
        Map<String, Object> token = Map.of("directUploadToken", "guessed");
        List<Map<String, Object>> files = new ArrayList<>(Collections.nCopies(3, token));
        files.add(Catalogue.text("a"));

        // The store of this test takes no direct uploads, and that is found out later.
        assertThat(run("any", "files", "[StoredFileInput!]", files).getErrors())
                .extracting(error -> error.getExtensions().get("code"))
                .containsOnly("FILE_SOURCE_INVALID");
        asked.set(0);
        reported.set(0);
        assertRefusedOnce(
                run("any", "files", "[StoredFileInput!]", Collections.nCopies(MANY, token)),
                "The request has more than 3 direct uploads, the most that one request may have.",
                List.of("files"),
                Map.of("maxCount", 3));
    }

    @Test
    void nulls_andInputsWithoutFiles_areNone() {
        assertThat(run("createAll", "products", "[ProductInput]", Collections.nCopies(MANY, null))
                        .getErrors())
                .isEmpty();
        assertThat(run("createAll", "products", "[ProductInput]", Collections.nCopies(MANY, Map.of()))
                        .getErrors())
                .isEmpty();
        assertThat(run("matrix", "files", "[[StoredFileInput]]", Collections.nCopies(MANY, null))
                        .getErrors())
                .isEmpty();
    }

    @Test
    void mistakes_ofAFieldAndOfARequest_areToldUpToANumber() {
        catalogue.settings(builder -> builder.limits(
                        FileLimits.newFileLimits().filesPerRequest(1000).build())
                .listener(counting()));
        String fields = IntStream.range(0, 9)
                .mapToObj(i -> "a" + i + ": any(files: $v)")
                .collect(Collectors.joining(" "));

        ExecutionResult result = catalogue.execute(
                "mutation($v: [StoredFileInput!]) { " + fields + " }", Map.of("v", Collections.nCopies(30, Map.of())));

        // 20 of each field and one for the rest, until there are 100; one for all other fields.
        assertThat(ClientError.of(result)).hasSize(5 * 21 + 1);
        assertThat(ClientError.of(result).subList(19, 21))
                .containsExactly(
                        new ClientError(
                                "Expected exactly one of base64, file, copyURL and directUploadToken, found none.",
                                List.of("a0"),
                                "FILE_SOURCE_INVALID",
                                List.of("files", 19)),
                        new ClientError(
                                "10 more mistakes are not listed; the first of them: Expected exactly one of base64,"
                                        + " file, copyURL and directUploadToken, found none.",
                                List.of("a0"),
                                "FILE_SOURCE_INVALID",
                                List.of("files", 20)));
        assertThat(result.getErrors().get(20).getExtensions()).containsEntry("count", 10);
        assertThat(ClientError.of(result).get(105))
                .isEqualTo(new ClientError(
                        "Further mistakes of the request are not listed; the first of them: Expected exactly one of"
                                + " base64, file, copyURL and directUploadToken, found none.",
                        List.of("a5"),
                        "FILE_SOURCE_INVALID",
                        List.of("files", 0)));
        assertThat(reported)
                .as("listeners were notified, also of the fields without errors")
                .hasValue(5 * 21 + 4);
    }

    @Test
    void authorizer_isAskedAtMostAsOftenAsFilesAreAllowed() {
        permitted = false;
        String fields = IntStream.range(0, 500)
                .mapToObj(i -> "a" + i + ": any(files: $v)")
                .collect(Collectors.joining(" "));

        ExecutionResult result = catalogue.execute(
                "mutation($v: [StoredFileInput!]) { " + fields + " }",
                Map.of("v", Collections.nCopies(4, Catalogue.text("a"))));

        assertThat(result.getErrors()).hasSize(101);
        assertThat(asked).hasValueBetween(8, 10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query    | urlForFile(id: \"a\") { url }",
                "query    | fileUpload(token: \"a\") { token }",
                "query    | fileFields { field }",
                "mutation | abortFileUpload(token: \"a\")",
                "mutation | completeFileUpload(token: \"a\") { token }",
                "mutation | startFileUpload(input: {field: \"Product.manual\", fileName: \"a\", byteSize: 1}) { token }"
            })
    void fieldsOfTheLibrary_underManyAliases(String operation, String field) {
        catalogue.settings(builder -> builder.limits(
                        FileLimits.newFileLimits().callsPerRequest(3).build())
                .authorizer(access -> {
                    asked.incrementAndGet();
                    return true;
                })
                .listener(counting()));
        String fields =
                IntStream.range(0, 500).mapToObj(i -> "a" + i + ": " + field).collect(Collectors.joining(" "));

        List<ClientError> errors = ClientError.of(catalogue.execute(operation + " { " + fields + " }"));

        String tooMany =
                "The request has more than 3 calls of the fields for files, the most that one request may have.";
        assertThat(errors.stream()
                        .filter(error -> "FILE_COUNT_EXCEEDED".equals(error.code()))
                        .map(ClientError::message)
                        .filter(message -> !message.equals("One of further mistakes.")))
                .hasSizeBetween(98, 101)
                .endsWith(tooMany, "Further mistakes of the request are not listed; the first of them: " + tooMany)
                .allSatisfy(message -> assertThat(message).endsWith(tooMany));
        // Where a field cannot be null an error must say why.
        assertThat(errors).hasSize(field.startsWith("fileFields") ? 497 : 101);
        assertThat(asked).hasValueLessThanOrEqualTo(3);
        assertThat(reported).hasValueGreaterThanOrEqualTo(497);
    }

    @Test
    void partsOfAnUpload_underManyAliases() {
        catalogue.store(catalogue.store); // takes parts
        List<Object> pages = new ArrayList<>();
        String fields = IntStream.range(0, 100)
                .mapToObj(i -> "p" + i + ": parts(first: 1000) { number }")
                .collect(Collectors.joining(" "));

        ExecutionResult result =
                catalogue.execute("mutation { startFileUpload(input: {field: \"Product.manual\", fileName: \"a\","
                        + " byteSize: 1600000000, inParts: true}) { " + fields + " } }");

        result.<Map<String, Map<String, Object>>>getData().get("startFileUpload").values().stream()
                .filter(page -> page != null)
                .forEach(pages::add);
        assertThat(pages.stream().mapToInt(page -> ((List<?>) page).size()).sum())
                .isBetween(9_000, 10_000);
        assertThat(ClientError.of(result))
                .isNotEmpty()
                .allSatisfy(error -> assertThat(error.code()).isEqualTo("FILE_COUNT_EXCEEDED"));
    }

    @Test
    void editsOfAttachedFiles_idsAndFields() {
        Shop shop = new Shop(builder ->
                builder.limits(FileLimits.newFileLimits().editsPerRequest(50).build()));
        String id = shop.create("a");
        List<String> ids = Collections.nCopies(MANY, "an id");

        for (Map<String, Object> gallery : List.<Map<String, Object>>of(Map.of("remove", ids), Map.of("order", ids))) {
            assertTooManyEdits(
                    shop.execute(
                            "mutation($id: ID!, $gallery: StoredFileListInput) {"
                                    + " editGallery(id: $id, gallery: $gallery) { id } }",
                            Map.of("id", id, "gallery", gallery)),
                    List.of("gallery"));
        }
        assertTooManyEdits(
                shop.execute(
                        "mutation($products: [ProductInput!]!) { createProducts(products: $products) { id } }",
                        Map.of("products", Collections.nCopies(MANY, Collections.singletonMap("image", null)))),
                List.of("products", 50, "image"));
    }

    @Test
    void editsOfAttachedFiles_overAliases() {
        Shop shop = new Shop(builder ->
                builder.limits(FileLimits.newFileLimits().editsPerRequest(5).build()));
        String id = shop.create("a");
        String fields = IntStream.range(0, 8)
                .mapToObj(i -> "a" + i + ": updateProduct(id: $id, product: {image: null}) { id }")
                .collect(Collectors.joining(" "));

        ExecutionResult result = shop.execute("mutation($id: ID!) { " + fields + " }", Map.of("id", id));

        assertThat(ClientError.of(result))
                .extracting(ClientError::path)
                .containsExactly(List.of("a5"), List.of("a6"), List.of("a7"));
    }

    private static void assertTooManyEdits(ExecutionResult result, List<Object> inputPath) {
        assertThat(ClientError.of(result)).hasSize(1).allSatisfy(error -> {
            assertThat(error.code()).isEqualTo("FILE_COUNT_EXCEEDED");
            assertThat(error.message())
                    .isEqualTo("The request has more than 50 changes of attached files, the most that one request may"
                            + " have.");
            assertThat(error.inputPath()).isEqualTo(inputPath);
        });
    }
}
