package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import graphql.ExecutionResult;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import io.graphqlfiles.FileChanges;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.maintenance.SweepResult;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.testkit.FaultyAttachmentStore;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which files belong to which records after a mutation. */
class AttachmentWritingTest {

    private final Shop shop = new Shop();

    private static Map<String, Object> image(Object image) {
        Map<String, Object> product = new HashMap<>();
        product.put("image", image);
        return product;
    }

    private static Map<String, Object> gallery(String... contents) {
        return Map.of("gallery", Stream.of(contents).map(Catalogue::text).toList());
    }

    @Test
    void create_attaches() {
        String id = shop.create("one");

        assertThat(shop.contents("image", id)).containsExactly("one");
        assertThat(shop.catalogue.store.keys()).allMatch(key -> key.startsWith("private/attached/"));
        shop.assertTidy(1);
    }

    @Test
    void create_answersWithWhatWasAttached() {
        Map<String, Map<String, String>> created = Catalogue.dataOf(
                shop.execute(
                        "mutation($p: ProductInput!) { createProduct(product: $p) { image { fileName } } }",
                        Map.of("p", Map.of("image", Map.of("base64", "QQ==", "fileName", "a.txt")))),
                "createProduct");

        assertThat(created).isEqualTo(Map.of("image", Map.of("fileName", "a.txt")));
    }

    @Test
    void create_dataFetcherGetsTheFile() {
        List<Object> seen = new ArrayList<>();
        shop.mutation("createProduct", environment -> {
            seen.add(environment.<Map<String, Object>>getArgument("product").get("image"));
            return shop.create(environment.<Map<String, Object>>getArgument("product"));
        });

        String id = shop.create("one");

        assertThat(seen).isEqualTo(shop.files().attachments().list("Product.image", id));
    }

    @Test
    void update_replaces_andDeletesTheOld() {
        String id = shop.create("one");

        shop.update(id, image(Catalogue.text("two")));

        assertThat(shop.contents("image", id)).containsExactly("two");
        shop.assertTidy(1);
    }

    @Test
    void update_absent_staysAsItIs() {
        String id = shop.create("one");

        assertThat(shop.update(id, Map.of("name", "Mug")).getErrors()).isEmpty();

        assertThat(shop.contents("image", id)).containsExactly("one");
        shop.assertTidy(1);
    }

    @Test
    void update_null_clears() {
        String id = shop.create("one");

        assertThat(shop.update(id, image(null)).getErrors()).isEmpty();

        assertThat(shop.contents("image", id)).isEmpty();
        shop.assertTidy(0);
    }

    @Test
    void update_onlyThatRecord() {
        String first = shop.create("one");
        String second = shop.create("two");

        shop.update(first, image(null));

        assertThat(shop.contents("image", second)).containsExactly("two");
        shop.assertTidy(1);
    }

    @Test
    void list_replacedAsAWhole() {
        String id = shop.created(gallery("a", "b"));

        shop.update(id, gallery("c", "d", "e"));

        assertThat(shop.contents("gallery", id)).containsExactly("c", "d", "e");
        shop.assertTidy(3);
    }

    @Test
    void list_emptyAndNull_clear() {
        String first = shop.created(gallery("a", "b"));
        String second = shop.created(gallery("c"));
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("gallery", null);

        shop.update(first, gallery());
        shop.update(second, nothing);

        shop.assertTidy(0);
    }

    @Test
    void list_tooMany_refused() {
        ExecutionResult result = shop.execute(
                "mutation($p: ProductInput!) { createProduct(product: $p) { id } }",
                Map.of("p", gallery("a", "b", "c", "d", "e")));

        assertThat(Shop.codeOf(result)).isEqualTo("FILE_COUNT_EXCEEDED");
        assertThat(shop.products).isEmpty();
        shop.assertTidy(0);
    }

    @Test
    void severalFieldsOfOneRecord_together() {
        String id = shop.created(
                Map.of("image", Catalogue.text("one"), "gallery", List.of(Catalogue.text("a"), Catalogue.text("b"))));

        assertThat(shop.contents("image", id)).containsExactly("one");
        assertThat(shop.contents("gallery", id)).containsExactly("a", "b");
    }

    @Test
    void bothModes_inOneInput() {
        String id = shop.created(Map.of("image", Catalogue.text("one"), "manual", Catalogue.text("two")));

        StoredFile manual = shop.products.get(id).manual();
        assertThat(shop.contents("image", id)).containsExactly("one");
        assertThat(manual.key()).matches("private/[a-z2-7]{32}");
        Map<String, Map<String, String>> read =
                Catalogue.dataOf(shop.execute("{ product(id: \"" + id + "\") { manual { id } } }"), "product");
        assertThat(read).isEqualTo(Map.of("manual", Map.of("id", manual.id())));
    }

    @Test
    void listOfRecords_pairedByIndex() {
        Catalogue.dataOf(
                shop.execute(
                        "mutation($p: [ProductInput!]!) { createProducts(products: $p) { id } }",
                        Map.of("p", List.of(image(Catalogue.text("a")), Map.of("name", "none"), gallery("b", "c")))),
                "createProducts");

        assertThat(shop.contents("image", "p1")).containsExactly("a");
        assertThat(shop.contents("image", "p2")).isEmpty();
        assertThat(shop.contents("gallery", "p3")).containsExactly("b", "c");
        shop.assertTidy(3);
    }

    @Test
    void listOfRecords_ofAnotherLength_failsWithNothingLeft() {
        shop.mutation("createProducts", environment -> List.of(new Shop.Product("x", null, null)));

        ExecutionResult result = shop.execute(
                "mutation($p: [ProductInput!]!) { createProducts(products: $p) { id } }",
                Map.of("p", List.of(image(Catalogue.text("a")), image(Catalogue.text("b")))));

        assertThat(result.getErrors()).hasSize(1);
        shop.assertTidy(0);
    }

    @Test
    void payload_ownerIsItsOnlyFieldOfTheType() {
        String id = shop.create("one");

        ExecutionResult result = shop.execute(
                "mutation($i: SaveInput!) { saveProduct(input: $i) { product { id } error } }",
                Map.of("i", Map.of("id", id, "product", image(Catalogue.text("two")))));

        assertThat(result.getErrors()).isEmpty();
        assertThat(shop.contents("image", id)).containsExactly("two");
        shop.assertTidy(1);
    }

    @Test
    void payload_withoutOwner_saysItself_andNothingIsLeft() {
        Map<String, Object> payload = Catalogue.dataOf(
                shop.execute(
                        "mutation($i: SaveInput!) { saveProduct(input: $i) { product { id } error } }",
                        Map.of("i", Map.of("id", "none", "product", image(Catalogue.text("two"))))),
                "saveProduct");

        assertThat(payload).containsEntry("error", "no such product").containsEntry("product", null);
        shop.assertTidy(0);
    }

    @Test
    void payload_ofTheOwnersType_ownerIsWhereItIsSaid() {
        Shop family = new Shop();
        family.catalogue.sdl(Shop.SDL + "extend type Product { child: Product }"
                + " extend type Mutation { addChild("
                + "image: StoredFileInput @file(field: \"Product.image\", owner: \"child\")): Product }");
        String parent = family.create("parent");
        family.mutation("addChild", environment -> Map.of("id", parent, "child", Map.of("id", "child")));

        family.execute("mutation { addChild(image: {base64: \"QQ==\"}) { id } }");

        assertThat(family.contents("image", parent)).containsExactly("parent");
        assertThat(family.contents("image", "child")).containsExactly("A");
        family.assertTidy(2);
    }

    @Test
    void twoInputsForOneRecord_refusedAndNothingIsLeft() {
        String id = shop.create("old");
        shop.mutation("createProducts", environment -> List.of(shop.products.get(id), shop.products.get(id)));

        ExecutionResult result = shop.execute(
                "mutation($p: [ProductInput!]!) { createProducts(products: $p) { id } }",
                Map.of("p", List.of(image(Catalogue.text("1")), image(Catalogue.text("2")))));

        assertThat(Shop.codeOf(result)).isEqualTo("FILE_INVALID");
        assertThat(result.getErrors().get(0).getMessage()).contains("products.0.image", "products.1.image");
        assertThat(shop.contents("image", id)).containsExactly("old");
        shop.assertTidy(1);
    }

    @Test
    void result_null_isAnErrorAndNothingIsLeft() {
        ExecutionResult result = shop.update("none", image(Catalogue.text("two")));

        assertThat(Shop.codeOf(result)).isEqualTo("FILE_RECORD_NOT_FOUND");
        shop.assertTidy(0);
    }

    /** Ids that no record with files can have. */
    static Stream<String> idsWithoutFiles() {
        return Stream.of("x".repeat(256), "a\u0000b", "a\ud800b");
    }

    @ParameterizedTest
    @MethodSource("idsWithoutFiles")
    void idOfTheRecordCannotHaveFiles_isSaid_andNothingIsLeft(String id) {
        shop.mutation("createProduct", environment -> new Shop.Product(id, "Cup", null));

        ExecutionResult result = shop.execute(
                "mutation($p: ProductInput!) { createProduct(product: $p) { id } }",
                Map.of("p", image(Catalogue.text("one"))));

        assertThat(Shop.codeOf(result)).isEqualTo("FILE_INVALID");
        assertThat(result.getErrors().get(0).getMessage()).contains("Product", "1 to 255 characters");
        shop.assertTidy(0);
    }

    @Test
    void longestId_takesFiles() {
        String id = "x".repeat(255);
        shop.mutation("createProduct", environment -> new Shop.Product(id, "Cup", null));

        shop.create("one");

        assertThat(shop.contents("image", id)).containsExactly("one");
    }

    @ParameterizedTest
    @MethodSource("idsWithoutFiles")
    void idOfTheRecordCannotHaveFiles_itIsReadWithNone(String id) {
        shop.query("product", environment -> new Shop.Product(id, "Cup", null));

        ExecutionResult result = shop.execute("{ product(id: \"1\") { image { id } gallery { id } } }");

        assertThat(result.getErrors()).isEmpty();
        Map<String, Object> product = Catalogue.dataOf(result, "product");
        assertThat(product).containsEntry("image", null).containsEntry("gallery", List.of());
    }

    @Test
    void result_nullWithoutFiles_isNoError() {
        assertThat(shop.update("none", Map.of("name", "Mug")).getErrors()).isEmpty();
    }

    @Test
    void aliases_eachCallForItself() {
        String id = shop.create("one");

        Map<String, Object> data = shop.execute(
                        "mutation($id: ID!, $a: StoredFileInput, $b: StoredFileInput) {"
                                + " a: updateProduct(id: $id, product: {image: $a}) { image { byteSize } }"
                                + " b: updateProduct(id: $id, product: {image: $b}) { image { byteSize } }"
                                + " c: updateProduct(id: $id, product: {image: null}) { image { byteSize } } }",
                        Map.of("id", id, "a", Catalogue.text("22"), "b", Catalogue.text("333")))
                .getData();

        Map<String, Object> none = new HashMap<>();
        none.put("image", null);
        assertThat(data)
                .isEqualTo(Map.of(
                        "a", Map.of("image", Map.of("byteSize", 2L)),
                        "b", Map.of("image", Map.of("byteSize", 3L)),
                        "c", none));
        shop.assertTidy(0);
    }

    @Test
    void replacedColumnFile_isDeletedWithTheChange() {
        shop.mutation("updateProduct", environment -> {
            Shop.Product product = shop.products.get(environment.<String>getArgument("id"));
            FileChanges.of(environment).deleteOnSuccess(product.manual());
            return product;
        });
        String id = shop.created(Map.of("manual", Catalogue.text("two")));

        shop.update(id, image(Catalogue.text("one")));

        shop.assertTidy(1);
    }

    @Nested
    class Deleting {

        @Test
        void record_itsFilesAreDeleted() {
            String first = shop.created(Map.of("image", Catalogue.text("1"), "gallery", List.of(Catalogue.text("2"))));
            String second = shop.create("3");

            shop.execute("mutation { deleteProduct(id: \"" + first + "\") }");

            assertThat(shop.contents("image", second)).containsExactly("3");
            shop.assertTidy(1);
        }

        @Test
        void manyRecords_byAPathIntoTheInput() {
            String first = shop.create("1");
            String second = shop.create("2");
            shop.create("3");

            shop.execute(
                    "mutation($i: DeleteInput!) { deleteProducts(input: $i) }",
                    Map.of("i", Map.of("ids", List.of(first, second, "none"))));

            shop.assertTidy(1);
        }

        /** A mistake in the name would leave the files for ever. */
        @Test
        void inCode_typeWithoutFiles_isRefused() {
            String id = shop.create("1");

            assertThatThrownBy(() -> shop.files().attachments().discardAll("product", id))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ownerType: expected")
                    .hasMessageContaining("Product.image")
                    .hasMessageContaining("found \"product\"");
            shop.assertTidy(1);
        }

        @Test
        void resultFalse_nothingIsDeleted() {
            String id = shop.create("1");
            shop.mutation("deleteProduct", environment -> false);

            shop.execute("mutation { deleteProduct(id: \"" + id + "\") }");

            shop.assertTidy(1);
        }

        @Test
        void resultNull_nothingIsDeleted() {
            String id = shop.create("1");
            shop.mutation("deleteProduct", environment -> null);

            shop.execute("mutation { deleteProduct(id: \"" + id + "\") }");

            shop.assertTidy(1);
        }

        /** How mutations say no, and yes, by what they return. */
        static Stream<Arguments> answers() {
            return Stream.of(
                    Arguments.of("Boolean!", "", "", false, false),
                    Arguments.of("Int!", "", "", 0, false),
                    Arguments.of("Int!", "", "", 1, true),
                    Arguments.of("ID", "", "", null, false),
                    Arguments.of("ID", "", "", "other", true),
                    Arguments.of("Product", "", "{ id }", Optional.empty(), false),
                    Arguments.of("Product", "", "{ id }", Map.of("id", "parent"), true),
                    Arguments.of("SavePayload!", "", "{ error }", Map.of("error", "not yours"), false),
                    Arguments.of(
                            "SavePayload!", "", "{ error }", Map.of("product", Map.of("id", "p1"), "error", ""), true),
                    Arguments.of("Outcome!", "done.ok", "{ __typename }", Map.of("done", Map.of("ok", false)), false),
                    Arguments.of("Outcome!", "done.ok", "{ __typename }", Map.of(), false),
                    Arguments.of("Outcome!", "done.ok", "{ __typename }", Map.of("done", Map.of("ok", true)), true));
        }

        @ParameterizedTest
        @MethodSource("answers")
        void result_saysWhether(String type, String when, String selection, Object result, boolean deleted) {
            Shop others = new Shop();
            others.catalogue.sdl(Shop.SDL.replace(
                            "deleteProduct(id: ID!): Boolean @deletesFiles(of: \"Product\")",
                            "deleteProduct(id: ID!): " + type + " @deletesFiles(of: \"Product\""
                                    + (when.isEmpty() ? "" : ", when: \"" + when + "\"") + ")")
                    + "type Outcome { done: Done } type Done { ok: Boolean }");
            others.mutation("deleteProduct", environment -> result);
            String id = others.create("1");
            others.create("2");

            ExecutionResult answer = others.execute("mutation { deleteProduct(id: \"" + id + "\") " + selection + " }");

            assertThat(answer.getErrors()).isEmpty();
            others.assertTidy(deleted ? 1 : 2);
        }

        @Test
        void manyRecords_onlyThoseThatTheResultNames() {
            String first = shop.create("1");
            String second = shop.create("2");
            String third = shop.create("3");
            shop.mutation("deleteProducts", environment -> List.of(first, third));

            shop.execute(
                    "mutation($i: DeleteInput!) { deleteProducts(input: $i) }",
                    Map.of("i", Map.of("ids", List.of(first, second))));

            assertThat(shop.contents("image", second)).containsExactly("2");
            assertThat(shop.contents("image", third)).containsExactly("3");
            shop.assertTidy(2);
        }

        /** The application takes what a UUID, a number or a database without case takes. */
        @ParameterizedTest
        @CsvSource({
            "Boolean, 550e8400-e29b-41d4-a716-446655440000, 550E8400-E29B-41D4-A716-446655440000",
            "Product, 7, +007",
            "Product, cup, CUP"
        })
        void id_inAnotherSpelling(String type, String id, String spelling) {
            Shop others = new Shop();
            others.catalogue.sdl(
                    Shop.SDL.replace("deleteProduct(id: ID!): Boolean", "deleteProduct(id: ID!): " + type));
            Shop.Product product = new Shop.Product(id, "Cup", null);
            others.mutation("createProduct", environment -> product);
            others.mutation("deleteProduct", environment -> type.equals("Product") ? product : true);
            others.create("1");

            ExecutionResult answer = others.execute("mutation { deleteProduct(id: \"" + spelling + "\") "
                    + (type.equals("Product") ? "{ id }" : "") + " }");

            assertThat(answer.getErrors()).isEmpty();
            others.assertTidy(0);
        }

        /** True alone does not say which record it was. */
        @ParameterizedTest
        @CsvSource({"7, 0x7", "7, +7", "7, ' 7'", "7, 07", "7, \u0667", "ABC-1, abc-1", "Tee, Te\u0301e"})
        void id_inAnotherSpelling_andTheResultDoesNotNameIt_isRefusedBeforeAnythingIsDeleted(
                String id, String spelling) {
            AtomicBoolean isCalled = new AtomicBoolean();
            shop.mutation("createProduct", environment -> new Shop.Product(id, "Cup", null));
            shop.mutation("deleteProduct", environment -> {
                isCalled.set(true);
                return true;
            });
            shop.create("1");

            ExecutionResult refused =
                    shop.execute("mutation($id: ID!) { deleteProduct(id: $id) }", Map.of("id", spelling));

            assertThat(Shop.codeOf(refused)).isEqualTo("FILE_RECORD_NOT_FOUND");
            assertThat(isCalled).isFalse();
            shop.assertTidy(1);
            assertThat(shop.execute("mutation($id: ID!) { deleteProduct(id: $id) }", Map.of("id", id))
                            .getErrors())
                    .isEmpty();
            shop.assertTidy(0);
        }

        /** It may be a spelling of a short one: zeros before a number, for example. */
        @ParameterizedTest
        @MethodSource("io.graphqlfiles.graphql.AttachmentWritingTest#idsWithoutFiles")
        void id_thatNoRecordWithFilesCanHave_isRefusedBeforeAnythingIsDeleted(String id) {
            AtomicBoolean isCalled = new AtomicBoolean();
            shop.mutation("deleteProduct", environment -> {
                isCalled.set(true);
                return true;
            });

            ExecutionResult refused = shop.execute("mutation($id: ID!) { deleteProduct(id: $id) }", Map.of("id", id));

            assertThat(Shop.codeOf(refused)).isEqualTo("FILE_RECORD_NOT_FOUND");
            assertThat(refused.getErrors().get(0).getMessage()).contains("1 to 255 characters", "nothing was changed");
            assertThat(isCalled).isFalse();
        }

        @Test
        void rowsCannotBeChanged_isSaid() {
            String id = shop.create("1");
            shop.rows.fail(FaultyAttachmentStore.Operation.DISCARD_ALL).before();

            ExecutionResult refused = shop.execute("mutation { deleteProduct(id: \"" + id + "\") }");

            assertThat(Shop.codeOf(refused)).isEqualTo("FILE_STORE_UNAVAILABLE");
            assertThat(refused.getErrors().get(0).getMessage()).doesNotContain("stored");
            assertThat(shop.contents("image", id)).containsExactly("1");
        }

        @Test
        void id_resemblesThatOfARecordWithoutFiles_isDeleted() {
            shop.mutation("createProduct", environment -> new Shop.Product("7", "Cup", null));
            shop.mutation("deleteProduct", environment -> true);
            shop.execute("mutation { createProduct(product: {name: \"Cup\"}) { id } }");

            assertThat(shop.execute("mutation { deleteProduct(id: \"07\") }").getErrors())
                    .isEmpty();
            shop.assertTidy(0);
        }

        @Test
        void failure_nothingIsDeleted() {
            String id = shop.create("1");
            shop.mutation("deleteProduct", environment -> {
                throw new IllegalStateException("no");
            });

            shop.execute("mutation { deleteProduct(id: \"" + id + "\") }");

            shop.assertTidy(1);
        }
    }

    /** Every form in which a data fetcher can give its record. */
    static Stream<Arguments> forms() {
        Shop.Product product = new Shop.Product("p", "Cup", null);
        return Stream.of(
                Arguments.of("optional", (DataFetcher<Object>) environment -> Optional.of(product)),
                Arguments.of("map", (DataFetcher<Object>) environment -> Map.of("id", "p")),
                Arguments.of("future", (DataFetcher<Object>) environment -> CompletableFuture.completedFuture(product)),
                Arguments.of("result", (DataFetcher<Object>) environment ->
                        DataFetcherResult.newResult().data(product).build()),
                Arguments.of(
                        "future of a result", (DataFetcher<Object>) environment -> CompletableFuture.completedFuture(
                                DataFetcherResult.newResult().data(product).build())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void anyForm_attaches(String name, DataFetcher<Object> form) {
        shop.mutation("createProduct", form);

        shop.create("one");

        assertThat(shop.contents("image", "p")).containsExactly("one");
        shop.assertTidy(1);
    }

    /** Every way in which a data fetcher can fail. */
    static Stream<Arguments> failures() {
        RuntimeException failure = new IllegalStateException("no");
        DataFetcherResult<Object> errors = DataFetcherResult.newResult()
                .error(GraphqlErrorBuilder.newError().message("no").build())
                .build();
        return Stream.of(
                Arguments.of("thrown", (DataFetcher<Object>) environment -> {
                    throw failure;
                }),
                Arguments.of("future", (DataFetcher<Object>) environment -> CompletableFuture.failedFuture(failure)),
                Arguments.of("errors without data", (DataFetcher<Object>) environment -> errors),
                Arguments.of("later errors without data", (DataFetcher<Object>)
                        environment -> CompletableFuture.completedFuture(errors)),
                Arguments.of("no id", (DataFetcher<Object>) environment -> new Shop.Product(null, null, null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void anyFailure_nothingIsAttachedOrLeft(String name, DataFetcher<Object> failure) {
        shop.mutation("createProduct", failure);

        ExecutionResult result = shop.execute(
                "mutation($p: ProductInput!) { createProduct(product: $p) { id } }",
                Map.of("p", image(Catalogue.text("one"))));

        assertThat(result.getErrors()).hasSize(1);
        shop.assertTidy(0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void anyFailure_whatTheDataFetcherHasDone_isUndone(String name, DataFetcher<Object> failure) {
        String id = shop.create("one");
        shop.mutation("updateProduct", environment -> {
            shop.files().attachments().discardAll("Product", id);
            return failure.get(environment);
        });

        ExecutionResult result = shop.update(id, image(Catalogue.text("two")));

        assertThat(result.getErrors()).hasSize(1);
        assertThat(shop.contents("image", id)).containsExactly("one");
        shop.assertTidy(1);
    }

    @Test
    void resultThatComesLater_isAttachedThen() throws Exception {
        CompletableFuture<Object> later = new CompletableFuture<>();
        shop.mutation("createProduct", environment -> later);
        CompletableFuture<ExecutionResult> result = shop.graphQl()
                .executeAsync(input ->
                        input.query("mutation { createProduct(product: {image: {base64: \"QQ==\"}}) { id } }"));
        assertThat(shop.contents("image", "p")).isEmpty();

        later.complete(new Shop.Product("p", null, null));

        assertThat(result.get().getErrors()).isEmpty();
        assertThat(shop.contents("image", "p")).containsExactly("A");
    }

    @Test
    void withAnExecutor_everythingHappensThere() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Shop other = new Shop(builder -> builder.executor(executor));
            String id = other.create("one");
            other.update(id, image(Catalogue.text("two")));

            Map<String, Map<String, Object>> read = Catalogue.dataOf(
                    other.execute("{ product(id: \"" + id + "\") { image { byteSize } } }"), "product");

            assertThat(read).isEqualTo(Map.of("image", Map.of("byteSize", 3L)));
            other.assertTidy(1);
        } finally {
            executor.shutdownNow();
        }
    }

    /** It may block where files are given, and so it does where none are. */
    @Test
    void withAnExecutor_dataFetcherIsCalledThere_withoutFilesToo() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "blocking"));
        List<String> threads = new CopyOnWriteArrayList<>();
        try {
            Shop other = new Shop(builder -> builder.executor(executor)).mutation("createProduct", environment -> {
                threads.add(Thread.currentThread().getName());
                return new Shop.Product("p", null, null);
            });
            other.execute("mutation { createProduct(product: {image: {base64: \"QQ==\"}}) { id } }");
            other.execute("mutation { createProduct(product: {name: \"cup\"}) { id } }");

            assertThat(threads).containsExactly("blocking", "blocking");
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void unitOfWorkThatFailsToCommit_nothingIsAttachedOrLeft() {
        Shop failing = new Shop();
        failing.catalogue.settings(builder ->
                builder.attachments(failing.rows).unitOfWork(new FailingCommit(failing.memory.unitOfWork(), true)));

        ExecutionResult result =
                failing.execute("mutation { createProduct(product: {image: {base64: \"QQ==\"}}) { id } }");

        assertThat(result.getErrors()).hasSize(1);
        failing.assertTidy(0);
    }

    @Test
    void commitWhoseAnswerIsLost_theFileStays() {
        Shop failing = new Shop();
        failing.catalogue.settings(builder ->
                builder.attachments(failing.rows).unitOfWork(new FailingCommit(failing.memory.unitOfWork(), false)));

        ExecutionResult result =
                failing.execute("mutation { createProduct(product: {image: {base64: \"QQ==\"}}) { id } }");

        assertThat(result.getErrors()).hasSize(1);
        assertThat(failing.contents("image", "p1")).containsExactly("A");
        failing.assertTidy(1);
    }

    @Test
    void outerTransactionThatRollsBack_nothingIsAttached_andNothingIsLeft() {
        String id = shop.create("one");

        updateAndRollBack(shop, id);

        assertThat(shop.contents("image", id)).containsExactly("one");
        shop.assertTidy(1);
    }

    @Test
    void outerTransactionThatRollsBack_andThatTheLibraryDoesNotKnow_nothingIsLeftAfterTheSweep() {
        Shop unknowing = new Shop();
        unknowing.catalogue.settings(builder -> builder.attachments(unknowing.rows));
        String id = unknowing.create("one");

        updateAndRollBack(unknowing, id);

        assertThat(unknowing.contents("image", id)).containsExactly("one");
        unknowing.sweep();
        assertThat(unknowing.contents("image", id)).containsExactly("one");
        unknowing.assertTidy(1);
    }

    private static void updateAndRollBack(Shop shop, String id) {
        RuntimeException rollBack = new IllegalStateException("roll back");
        Throwable thrown = catchThrowable(() -> shop.memory.unitOfWork().run(() -> {
            shop.update(id, image(Catalogue.text("two")));
            assertThat(shop.contents("image", id)).containsExactly("two");
            assertThat(shop.catalogue.store.keys()).hasSize(2);
            throw rollBack;
        }));
        assertThat(thrown).isSameAs(rollBack);
    }

    @Test
    void outerTransaction_oldFileIsDeletedAfterItsCommit() throws Exception {
        String id = shop.create("one");

        shop.memory.unitOfWork().run(() -> {
            shop.update(id, image(Catalogue.text("two")));
            assertThat(shop.catalogue.store.keys()).hasSize(2);
            return null;
        });

        assertThat(shop.contents("image", id)).containsExactly("two");
        shop.assertTidy(1);
    }

    @Test
    void outerTransaction_thatTheLibraryDoesNotKnow_oldFileIsDeletedByTheSweep() throws Exception {
        Shop unknowing = new Shop();
        unknowing.catalogue.settings(builder -> builder.attachments(unknowing.rows));
        String id = unknowing.create("one");

        unknowing.memory.unitOfWork().run(() -> {
            unknowing.update(id, image(Catalogue.text("two")));
            return null;
        });

        assertThat(unknowing.catalogue.store.keys()).hasSize(2);
        unknowing.sweep();
        assertThat(unknowing.contents("image", id)).containsExactly("two");
        unknowing.assertTidy(1);
    }

    /** Each deletion takes so long to fail that the first rows are free again before the last were tried. */
    @Test
    void storeIsDown_theSweepEnds() {
        Shop down = new Shop();
        AtomicBoolean isDown = new AtomicBoolean();
        AtomicInteger tried = new AtomicInteger();
        down.catalogue.store(new ForwardingBlobStore(down.catalogue.store) {
            @Override
            public void delete(Collection<String> keys) {
                if (isDown.get()) {
                    tried.incrementAndGet();
                    down.catalogue.clock.advance(Duration.ofMinutes(6));
                    throw new BlobStoreException("default", "delete", null, true, "down", null);
                }
                super.delete(keys);
            }
        });
        List<String> records =
                IntStream.range(0, 30).mapToObj(i -> down.create("" + i)).toList();
        isDown.set(true);
        records.forEach(id -> down.execute("mutation { deleteProduct(id: \"" + id + "\") }"));
        tried.set(0);
        down.catalogue.clock.advance(Duration.ofDays(1));

        SweepResult result = assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> down.files()
                        .maintenance()
                        .sweep(SweepOptions.newSweepOptions().batchSize(1).build()));

        assertThat(tried).hasValue(30);
        assertThat(result.failures().get("default").getSuppressed()).hasSizeLessThan(10);
        isDown.set(false);
        down.sweep();
        down.assertTidy(0);
    }

    @Test
    void withoutUnitOfWork_attachesAndDeletes() {
        Shop plain = new Shop();
        plain.catalogue.settings(builder -> builder.attachments(plain.rows));
        String id = plain.create("one");

        plain.update(id, image(Catalogue.text("two")));

        assertThat(plain.contents("image", id)).containsExactly("two");
        plain.assertTidy(1);
    }
}
