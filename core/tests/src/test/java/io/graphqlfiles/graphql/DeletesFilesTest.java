package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.ExecutionResult;
import graphql.schema.DataFetcher;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.testkit.ForwardingAttachmentStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which records mutations say that they delete, by one argument or several, of one type or several. */
class DeletesFilesTest {

    private static final String TYPES = """
            type Crate { id: ID! picture: StoredFile @file }
            type Bottle { id: ID! label: StoredFile @file }
            extend type Mutation {
              addCrate(picture: StoredFileInput @file(field: "Crate.picture")): ID! @attachesFiles(of: "Crate")
              addBottle(label: StoredFileInput @file(field: "Bottle.label")): ID! @attachesFiles(of: "Bottle")
            }
            """;

    private static final String DELETE_CRATE = "deleteCrate(id: ID!, bottles: [ID!]!): Boolean"
            + " @deletesFiles(of: \"Crate\") @deletesFiles(of: \"Bottle\", id: \"bottles\")";

    private static Shop shop(String mutation, DataFetcher<?> fetcher) {
        return shop(mutation, fetcher, registry -> {});
    }

    private static Shop shop(String mutation, DataFetcher<?> fetcher, Consumer<FileFieldRegistry.Builder> rules) {
        FileFieldRegistry.Builder registry = FileFieldRegistry.newRegistry();
        rules.accept(registry);
        Shop shop = new Shop(builder -> builder.registry(registry.build()));
        shop.catalogue.sdl(Shop.SDL + TYPES + mutation(mutation));
        shop.mutation(mutation.substring(0, mutation.indexOf('(')), fetcher);
        return shop;
    }

    private static String mutation(String mutation) {
        return mutation.contains("\n")
                ? mutation.replaceFirst("(?s)^(.*?)\n", "extend type Mutation { $1 }\n")
                : "extend type Mutation { " + mutation + " }";
    }

    private static void add(Shop shop, String type, String... ids) {
        String argument = type.equals("Crate") ? "picture" : "label";
        for (String id : ids) {
            shop.mutation("add" + type, environment -> id);
            assertThat(shop.execute("mutation { add" + type + "(" + argument + ": {base64: \"QQ==\"}) }")
                            .getErrors())
                    .isEmpty();
        }
    }

    private static List<String> kept(Shop shop) {
        List<String> kept = new ArrayList<>();
        for (String field : List.of("Crate.picture", "Bottle.label")) {
            shop.files()
                    .attachments()
                    .list(field, List.of("1", "2", "3", "4"))
                    .keySet()
                    .forEach(id -> kept.add(field.charAt(0) + id));
        }
        return kept;
    }

    @Test
    void recordsOfTwoTypes() {
        Shop shop = shop(DELETE_CRATE, environment -> true);
        add(shop, "Crate", "1", "2");
        add(shop, "Bottle", "1", "2", "3");

        assertThat(shop.execute("mutation { deleteCrate(id: \"1\", bottles: [\"2\", \"3\"]) }")
                        .getErrors())
                .isEmpty();

        assertThat(kept(shop)).containsExactlyInAnyOrder("C2", "B1");
        shop.assertTidy(2);
    }

    @Test
    void recordsOfTwoTypes_resultSaysNo_nothingIsDeleted() {
        Shop shop = shop(DELETE_CRATE, environment -> false);
        add(shop, "Crate", "1");
        add(shop, "Bottle", "1");

        shop.execute("mutation { deleteCrate(id: \"1\", bottles: [\"1\"]) }");

        shop.assertTidy(2);
    }

    @Test
    void recordsOfTwoTypes_oneIdIsUncertain_isRefusedBeforeAnythingIsDeleted() {
        AtomicBoolean isCalled = new AtomicBoolean();
        Shop shop = shop(DELETE_CRATE, environment -> {
            isCalled.set(true);
            return true;
        });
        add(shop, "Crate", "1");
        add(shop, "Bottle", "2");

        ExecutionResult refused = shop.execute("mutation { deleteCrate(id: \"1\", bottles: [\"02\"]) }");

        assertThat(Shop.codeOf(refused)).isEqualTo("FILE_RECORD_NOT_FOUND");
        assertThat(isCalled).isFalse();
        shop.assertTidy(2);
    }

    @Test
    void recordsOfTwoTypes_payloadSaysWhichOfEach() {
        Shop shop = shop(
                "deleteAll(crates: [ID!]!, bottles: [ID!]!): Deleted @deletesFiles(of: \"Crate\", id: \"crates\")"
                        + " @deletesFiles(of: \"Bottle\", id: \"bottles\", when: \"bottleIds\")\n"
                        + "type Deleted { crates: [Crate!]! bottleIds: [ID!]! }",
                environment -> Map.of("crates", List.of(Map.of("id", "2")), "bottleIds", List.of("1")));
        add(shop, "Crate", "1", "2");
        add(shop, "Bottle", "1", "2");

        assertThat(shop.execute("mutation { deleteAll(crates: [\"1\", \"2\"], bottles: [\"1\", \"2\"]) { bottleIds } }")
                        .getErrors())
                .isEmpty();

        assertThat(kept(shop)).containsExactlyInAnyOrder("C1", "B2");
        shop.assertTidy(2);
    }

    @Test
    void recordsOfTwoTypes_inTheRegistry() {
        Shop shop = shop(
                "deleteCrate(id: ID!, bottles: [ID!]!): Boolean",
                environment -> true,
                registry -> registry.deletesFiles("Mutation", "deleteCrate", "Crate", "id")
                        .deletesFiles("Mutation", "deleteCrate", "Bottle", "bottles"));
        add(shop, "Crate", "1");
        add(shop, "Bottle", "2");

        shop.execute("mutation { deleteCrate(id: \"1\", bottles: [\"2\"]) }");

        shop.assertTidy(0);
    }

    @Test
    void registry_twiceTheSame_isRefused() {
        FileFieldRegistry.Builder registry =
                FileFieldRegistry.newRegistry().deletesFiles("Mutation", "deleteCrate", "Crate", "id");

        assertThatThrownBy(() -> registry.deletesFiles("Mutation", "deleteCrate", "Crate", "id", "done"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Mutation.deleteCrate");
    }

    @Test
    void recordsOfOneType_inTwoArguments() {
        Shop shop = shop(
                "deleteTwo(one: ID!, other: ID!): Boolean @deletesFiles(of: \"Bottle\", id: \"one\")"
                        + " @deletesFiles(of: \"Bottle\", id: \"other\")",
                environment -> true);
        add(shop, "Bottle", "1", "2", "3");

        shop.execute("mutation { deleteTwo(one: \"3\", other: \"1\") }");

        assertThat(kept(shop)).containsExactly("B2");
        shop.assertTidy(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deleteBottles(input: In!): Boolean @deletesFiles(of: \"Bottle\", id: \"input.id\")\n"
                        + "input In { id: ID! reason: String }|input: {id: \"2\"}|1 3",
                "deleteBottles(input: In!): Boolean @deletesFiles(of: \"Bottle\", id: \"input.bottle.id\")\n"
                        + "input In { bottle: Key! } input Key { id: ID! }|input: {bottle: {id: \"2\"}}|1 3",
                "deleteBottles(inputs: [In!]!): Boolean @deletesFiles(of: \"Bottle\", id: \"inputs.id\")\n"
                        + "input In { id: ID! version: Int }|inputs: [{id: \"2\", version: 1}, {id: \"3\"}]|1",
                "deleteBottles(input: In!): [ID!] @deletesFiles(of: \"Bottle\", id: \"input.all.ids\")\n"
                        + "input In { all: [Keys!]! } input Keys { ids: [ID!] }"
                        + "|input: {all: [{ids: [\"1\", \"3\"]}, {}, {ids: [\"2\"]}]}|3",
                "deleteBottles(ids: [[ID]]): Boolean @deletesFiles(of: \"Bottle\", id: \"ids\")"
                        + "|ids: [[\"1\", null], [\"2\"]]|3"
            })
    void idsInsideInputObjects_andListsOfThem(String mutation) {
        String[] parts = mutation.split("\\|", -1);
        Shop shop = shop(parts[0], environment -> parts[0].contains("[ID!] @") ? List.of("1", "2") : true);
        add(shop, "Bottle", "1", "2", "3");

        assertThat(shop.execute("mutation { deleteBottles(" + parts[1] + ") }").getErrors())
                .isEmpty();

        assertThat(kept(shop).stream().map(id -> id.substring(1)).toList())
                .containsExactlyInAnyOrder(parts[2].split(" ", -1));
    }

    /** Those of several arguments too, so that two calls do not wait for each other in a circle. */
    @Test
    void recordsAreDiscardedInOneOrder() {
        Shop shop = shop(DELETE_CRATE, environment -> true);
        List<String> discarded = new ArrayList<>();
        shop.catalogue.settings(builder -> builder.attachments(new ForwardingAttachmentStore(shop.rows) {
                    @Override
                    public List<BlobReference> discardAll(
                            String ownerType, String ownerId, Instant dueAt, boolean keeps) {
                        discarded.add(ownerType + ownerId);
                        return super.discardAll(ownerType, ownerId, dueAt, keeps);
                    }
                })
                .unitOfWork(shop.memory.unitOfWork()));

        shop.execute("mutation { deleteCrate(id: \"1\", bottles: [\"3\", \"1\", \"2\"]) }");

        assertThat(discarded).containsExactly("Bottle1", "Bottle2", "Bottle3", "Crate1");
    }
}
