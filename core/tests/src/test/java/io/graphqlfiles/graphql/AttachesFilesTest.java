package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import graphql.schema.DataFetcher;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.FileOwnerRules;
import io.graphqlfiles.testkit.FaultyBlobStore;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What mutations say of whose the files are that they are given. */
class AttachesFilesTest {

    private static final String FILE = "{base64: \"QQ==\"}";
    private static final String COVER = "cover: StoredFileInput @file(field: \"Product.image\")";

    private final AtomicBoolean isCalled = new AtomicBoolean();

    /** With a further mutation. */
    private Shop shop(String mutation, DataFetcher<?> fetcher) {
        return shop(mutation, fetcher, rules -> {}, "");
    }

    private Shop shop(
            String mutation, DataFetcher<?> fetcher, Consumer<FileFieldRegistry.Builder> rules, String types) {
        FileFieldRegistry.Builder registry = FileFieldRegistry.newRegistry();
        rules.accept(registry);
        Shop shop = new Shop(builder -> builder.registry(registry.build()));
        shop.catalogue.sdl(Shop.SDL + "extend type Mutation { " + mutation + " }\n" + types);
        shop.mutation(mutation.substring(0, mutation.indexOf('(')), environment -> {
            isCalled.set(true);
            return fetcher.get(environment);
        });
        return shop;
    }

    private static final String SET_COVER =
            "setCover(bookId: ID!, " + COVER + "): Boolean! @attachesFiles(of: \"Product\", id: \"bookId\")";

    private static ExecutionResult setCover(Shop shop, String id) {
        return shop.execute("mutation($id: ID!) { setCover(bookId: $id, cover: " + FILE + ") }", Map.of("id", id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "0", "-12", "9223372036854775807", "0f8fad5b-d9cb-469f-a165-70867728950e"})
    void idInAnArgument_attaches(String id) {
        Shop shop = shop(SET_COVER, environment -> true);

        assertThat(setCover(shop, id).getErrors()).isEmpty();

        assertThat(shop.contents("image", id)).containsExactly("A");
        shop.assertTidy(1);
    }

    @Test
    void idInAnArgument_declaredInTheRegistry_attaches() {
        Shop shop = shop(
                "setCover(bookId: ID!, " + COVER + "): Boolean!",
                environment -> true,
                registry -> registry.attachesFiles("Mutation", "setCover", "Product", rules -> rules.id("bookId")),
                "");

        assertThat(setCover(shop, "7").getErrors()).isEmpty();

        assertThat(shop.contents("image", "7")).containsExactly("A");
    }

    @Test
    void idInAnArgument_nullClears() {
        Shop shop = shop(SET_COVER, environment -> true);
        setCover(shop, "7");

        shop.execute("mutation { setCover(bookId: \"7\", cover: null) }");

        shop.assertTidy(0);
    }

    @Test
    void idInAnArgument_withoutAFile_isNotLookedAt() {
        Shop shop = shop(SET_COVER, environment -> true);

        assertThat(shop.execute("mutation { setCover(bookId: \"abc\") }").getErrors())
                .isEmpty();
    }

    @Test
    void idInAnArgument_resultSaysNo_nothingIsAttachedOrLeft() {
        Shop shop = shop(SET_COVER, environment -> false);

        assertThat(setCover(shop, "7").getErrors()).isEmpty();

        assertThat(shop.contents("image", "7")).isEmpty();
        shop.assertTidy(0);
    }

    @Test
    void idInAnArgument_resultIsNull_isAnErrorAndNothingIsLeft() {
        Shop shop = shop(SET_COVER.replace("Boolean!", "Boolean"), environment -> null);

        assertThat(Shop.codeOf(setCover(shop, "7"))).isEqualTo("FILE_RECORD_NOT_FOUND");

        shop.assertTidy(0);
    }

    /** It may be another spelling of a record's id, and an answer of true does not say so. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "07",
                "+7",
                " 7",
                "0x7",
                "7.0",
                "\u0667",
                "abc",
                "ABC-1",
                "0F8FAD5B-D9CB-469F-A165-70867728950E",
                "0f8fad5bd9cb469fa16570867728950e",
                "12345678901234567890123456789012"
            })
    void idInAnArgument_thatCanBeSpelledInOtherWays_isRefusedBeforeAnythingIsChanged(String id) {
        Shop shop = shop(SET_COVER, environment -> true);

        ExecutionResult refused = setCover(shop, id);

        assertThat(Shop.codeOf(refused)).isEqualTo("FILE_RECORD_NOT_FOUND");
        assertThat(refused.getErrors().get(0).getMessage()).contains(id, "nothing was changed");
        assertThat(isCalled).isFalse();
        assertThat(shop.blobs.calls(FaultyBlobStore.Operation.PUT))
                .as("files stored for it")
                .isZero();
        shop.assertTidy(0);
    }

    @Test
    void idInAnArgument_underWhichThereAreFiles_isCertain() {
        Shop shop = shop(SET_COVER, environment -> true);
        shop.mutation("createProduct", environment -> new Shop.Product("ABC-1", "Cup", null));
        shop.create("old");

        assertThat(setCover(shop, "ABC-1").getErrors()).isEmpty();

        assertThat(shop.contents("image", "ABC-1")).containsExactly("A");
        shop.assertTidy(1);
    }

    @Test
    void idInAnArgument_thatResemblesOneWithFiles_isRefused() {
        Shop shop = shop(SET_COVER, environment -> true);
        shop.mutation("createProduct", environment -> new Shop.Product("007", "Cup", null));
        shop.create("old");

        assertThat(Shop.codeOf(setCover(shop, "7"))).isEqualTo("FILE_RECORD_NOT_FOUND");

        assertThat(isCalled).isFalse();
        assertThat(shop.contents("image", "007")).containsExactly("old");
    }

    @Test
    void uuidInOtherLetters_isThatOfTheRecord() {
        Shop shop = shop(SET_COVER, environment -> true);
        String id = UUID.randomUUID().toString();
        setCover(shop, id);

        assertThat(setCover(shop, id.toUpperCase(Locale.ROOT)).getErrors()).isEmpty();

        shop.assertTidy(1);
    }

    @Test
    void idThatAScalarHasParsed_isCertain() {
        Shop shop = shop(SET_COVER.replace("ID!", "Int!"), environment -> true);

        assertThat(shop.execute("mutation { setCover(bookId: 7, cover: " + FILE + ") }")
                        .getErrors())
                .isEmpty();

        assertThat(shop.contents("image", "7")).containsExactly("A");
    }

    @Test
    void idInAnArgument_missing_isRefusedBeforeAnythingIsChanged() {
        Shop shop = shop(SET_COVER.replace("ID!", "ID"), environment -> true);

        ExecutionResult refused = shop.execute("mutation { setCover(cover: " + FILE + ") }");

        assertThat(Shop.codeOf(refused)).isEqualTo("FILE_RECORD_NOT_FOUND");
        assertThat(refused.getErrors().get(0).getMessage()).contains("bookId", "found none");
        assertThat(isCalled).isFalse();
        shop.assertTidy(0);
    }

    @Test
    void idThatNoRecordCanHave_isRefusedBeforeAnythingIsChanged() {
        Shop shop = shop(SET_COVER, environment -> true);

        assertThat(Shop.codeOf(setCover(shop, "7".repeat(256)))).isEqualTo("FILE_RECORD_NOT_FOUND");

        assertThat(isCalled).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void idInAnInputObject_payloadSaysWhether(boolean success, int attached) {
        Shop shop = shop(
                "setCover(input: CoverInput!): CoverPayload"
                        + " @attachesFiles(of: \"Product\", id: \"input.id\", when: \"success\")",
                environment -> Map.of("success", success),
                rules -> {},
                "input CoverInput { id: ID! " + COVER + " } type CoverPayload { success: Boolean }");

        ExecutionResult result =
                shop.execute("mutation { setCover(input: {id: \"7\", cover: " + FILE + "}) { success } }");

        assertThat(result.getErrors()).isEmpty();
        shop.assertTidy(attached);
    }

    @Test
    void idsInAListOfInputObjects_eachGoesWithItsFile() {
        Shop shop = shop(
                "setCovers(inputs: [CoverInput!]!): Int @attachesFiles(of: \"Product\", id: \"inputs.id\")",
                environment -> 2,
                rules -> {},
                "input CoverInput { id: ID! " + COVER + " }");

        ExecutionResult result = shop.execute("mutation { setCovers(inputs: [{id: \"1\", cover: " + FILE
                + "}, {id: \"2\"}, {id: \"3\", cover: {base64: \"Qg==\"}}]) }");

        assertThat(result.getErrors()).isEmpty();
        assertThat(shop.contents("image", "1")).containsExactly("A");
        assertThat(shop.contents("image", "2")).isEmpty();
        assertThat(shop.contents("image", "3")).containsExactly("B");
        shop.assertTidy(2);
    }

    @Test
    void idsInAList_twiceTheSame_isRefused() {
        Shop shop = shop(
                "setCovers(inputs: [CoverInput!]!): Int @attachesFiles(of: \"Product\", id: \"inputs.id\")",
                environment -> 2,
                rules -> {},
                "input CoverInput { id: ID! " + COVER + " }");

        ExecutionResult result = shop.execute(
                "mutation { setCovers(inputs: [{id: \"1\", cover: " + FILE + "}, {id: \"1\", cover: " + FILE + "}]) }");

        assertThat(Shop.codeOf(result)).isEqualTo("FILE_INVALID");
        shop.assertTidy(0);
    }

    @Test
    void resultIsTheId_attaches() {
        Shop shop = shop("addBook(" + COVER + "): ID! @attachesFiles(of: \"Product\")", environment -> "ABC-1");

        assertThat(shop.execute("mutation { addBook(cover: " + FILE + ") }").getErrors())
                .isEmpty();

        assertThat(shop.contents("image", "ABC-1")).containsExactly("A");
        shop.assertTidy(1);
    }

    @Test
    void resultIsAListOfIds_eachGoesWithItsFile_nullTakesNone() {
        Shop shop = shop(
                "addBooks(books: [BookInput!]!): [ID]! @attachesFiles(of: \"Product\")",
                environment -> Arrays.asList("a", null, "c"),
                rules -> {},
                "input BookInput { " + COVER + " }");

        ExecutionResult result = shop.execute(
                "mutation { addBooks(books: [{cover: " + FILE + "}, {cover: " + FILE + "}, {cover: " + FILE + "}]) }");

        assertThat(result.getErrors()).isEmpty();
        assertThat(shop.contents("image", "a")).containsExactly("A");
        assertThat(shop.contents("image", "c")).containsExactly("A");
        shop.assertTidy(2);
    }

    @Test
    void payloadHasTheId_attaches() {
        Shop shop = shop(
                "addBook(" + COVER + "): BookPayload @attachesFiles(of: \"Product\", owner: \"book.key\")",
                environment -> Map.of("book", Map.of("key", 7L)),
                rules -> {},
                "type BookPayload { book: BookKey } type BookKey { key: ID! }");

        ExecutionResult result = shop.execute("mutation { addBook(cover: " + FILE + ") { book { key } } }");

        assertThat(result.getErrors()).isEmpty();
        assertThat(shop.contents("image", "7")).containsExactly("A");
    }

    @Test
    void oneInputTypeInTwoArguments_eachGoesWhereTheMutationSays() {
        Shop shop = shop(
                "pair(left: ProductInput, right: ProductInput): Pair"
                        + " @attachesFiles(of: \"Product\", input: \"left\", owner: \"left\")"
                        + " @attachesFiles(of: \"Product\", input: \"right\", owner: \"right\")",
                environment -> Map.of("left", Map.of("id", "l"), "right", Map.of("id", "r")),
                rules -> {},
                "type Pair { left: Product right: Product }");

        ExecutionResult result = shop.execute("mutation { pair(left: {image: " + FILE
                + "}, right: {image: {base64: \"Qg==\"}, gallery: [" + FILE + "]}) { left { id } } }");

        assertThat(result.getErrors()).isEmpty();
        assertThat(shop.contents("image", "l")).containsExactly("A");
        assertThat(shop.contents("image", "r")).containsExactly("B");
        assertThat(shop.contents("gallery", "r")).containsExactly("A");
        shop.assertTidy(3);
    }

    /** The input is shared with mutations for which its own word is right. */
    @Test
    void whatTheMutationSays_comesBeforeWhatTheInputSays() {
        Shop shop = shop(
                "replace(input: Shared): Replaced"
                        + " @attachesFiles(of: \"Product\", owner: \"after\", when: \"!errors\")",
                environment -> Map.of("before", Map.of("id", "b"), "after", Map.of("id", "a"), "errors", List.of("no")),
                rules -> {},
                "input Shared { image: StoredFileInput @file(field: \"Product.image\", owner: \"before\", when: \"ok\") }"
                        + " type Replaced { before: Product after: Product errors: [String] }");
        String mutation = "mutation { replace(input: {image: " + FILE + "}) { errors } }";

        assertThat(shop.execute(mutation).getErrors()).isEmpty();
        shop.assertTidy(0);

        shop.mutation("replace", environment -> Map.of("before", Map.of("id", "b"), "after", Map.of("id", "a")));
        assertThat(shop.execute(mutation).getErrors()).isEmpty();
        assertThat(shop.contents("image", "a")).containsExactly("A");
        shop.assertTidy(1);
    }

    @Test
    void attachingToOneRecord_andDeletingAnother_inOneMutation() {
        Shop shop = shop(
                "supersede(id: ID!, by: ID!, " + COVER + "): Boolean!"
                        + " @attachesFiles(of: \"Product\", id: \"by\") @deletesFiles(of: \"Product\")",
                environment -> true);
        shop.mutation("createProduct", environment -> new Shop.Product("1", "Cup", null));
        shop.create("old");

        assertThat(shop.execute("mutation { supersede(id: \"1\", by: \"2\", cover: " + FILE + ") }")
                        .getErrors())
                .isEmpty();

        assertThat(shop.contents("image", "1")).isEmpty();
        assertThat(shop.contents("image", "2")).containsExactly("A");
        shop.assertTidy(1);
    }

    @Test
    void rules_areTheSameInTheRegistry() {
        Consumer<FileOwnerRules> left = rules -> rules.input("left").owner("left");
        Consumer<FileOwnerRules> right =
                rules -> rules.input("right").owner("right").when("right");
        Shop shop = shop(
                "pair(left: ProductInput, right: ProductInput): Pair",
                environment -> Map.of("left", Map.of("id", "l")),
                registry -> registry.attachesFiles("Mutation", "pair", "Product", left)
                        .attachesFiles("Mutation", "pair", "Product", right),
                "type Pair { left: Product right: Product }");

        ExecutionResult result = shop.execute(
                "mutation { pair(left: {image: " + FILE + "}, right: {image: " + FILE + "}) { left { id } } }");

        assertThat(result.getErrors()).isEmpty();
        assertThat(shop.contents("image", "l")).containsExactly("A");
        shop.assertTidy(1);
    }
}
