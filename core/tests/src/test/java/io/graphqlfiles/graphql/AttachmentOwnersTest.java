package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.schema.idl.RuntimeWiring;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are one of several types, or come from a DataLoader. */
class AttachmentOwnersTest {

    private static final String FILE = "{base64: \"QQ==\"}";

    private static Shop shop(String sdl) {
        Shop shop = new Shop();
        shop.catalogue.sdl(Shop.SDL + sdl).wiring(AttachmentOwnersTest::resolve);
        return shop;
    }

    private static void resolve(RuntimeWiring.Builder wiring) {
        for (String name : List.of("Saved", "Entity")) {
            wiring.type(
                    name,
                    type -> type.typeResolver(environment -> environment
                            .getSchema()
                            .getObjectType(environment.getObject() instanceof Shop.Product ? "Product" : "Refusal")));
        }
    }

    private static Shop.Product product(String id) {
        return new Shop.Product(id, "Cup", null);
    }

    /** What says why there is no record. */
    private record Refusal(String id, String reason) {}

    /** A record or a refusal, in each way in which results are declared. */
    private static final String EITHER = """
            type Refusal implements Entity { id: ID! reason: String }
            union Saved = Product | Refusal
            interface Entity { id: ID! }
            extend type Product implements Entity { same: ID }
            type Payload { saved: Saved }
            type Listing { all: [Saved]! }
            extend type Mutation {
              union(image: StoredFileInput @file(field: "Product.image")): Saved
              interface(image: StoredFileInput @file(field: "Product.image")): Entity!
              payload(image: StoredFileInput @file(field: "Product.image")): Payload
              way(image: StoredFileInput @file(field: "Product.image", owner: "saved")): Payload
              all(inputs: [One!]!): [Saved]
              listing(inputs: [One!]!): Listing
            }
            input One { image: StoredFileInput @file(field: "Product.image") }
            """;

    private static Object result(String mutation, Object saved) {
        return mutation.equals("payload") || mutation.equals("way") ? Map.of("saved", saved) : saved;
    }

    @ParameterizedTest
    @ValueSource(strings = {"union", "interface", "payload", "way"})
    void record_takesTheFile(String mutation) {
        Shop shop = shop(EITHER);
        shop.mutation(mutation, environment -> result(mutation, product("p")));

        ExecutionResult result = shop.execute("mutation { " + mutation + "(image: " + FILE + ") { __typename } }");

        assertThat(result.getErrors()).isEmpty();
        assertThat(shop.contents("image", "p")).containsExactly("A");
        shop.assertTidy(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"union", "interface", "payload", "way"})
    void noRecord_saysItself_andNothingIsLeft(String mutation) {
        Shop shop = shop(EITHER);
        shop.mutation(mutation, environment -> result(mutation, new Refusal("p", "too dear")));

        ExecutionResult result = shop.execute("mutation { " + mutation + "(image: " + FILE + ") { __typename } }");

        assertThat(result.getErrors()).isEmpty();
        assertThat(shop.contents("image", "p")).isEmpty();
        shop.assertTidy(0);
    }

    @Test
    void null_isAnError() {
        Shop shop = shop(EITHER);
        shop.mutation("union", environment -> null);

        assertThat(Shop.codeOf(shop.execute("mutation { union(image: " + FILE + ") { __typename } }")))
                .isEqualTo("FILE_RECORD_NOT_FOUND");
        shop.assertTidy(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "listing"})
    void list_eachThatIsARecord(String mutation) {
        Shop shop = shop(EITHER);
        List<Object> saved = List.of(product("p"), new Refusal("q", "too dear"), product("r"));
        shop.mutation(mutation, environment -> mutation.equals("all") ? saved : Map.of("all", saved));

        ExecutionResult result = shop.execute("mutation { " + mutation + "(inputs: [{image: " + FILE + "}, {image: "
                + FILE + "}, {image: " + FILE + "}]) { __typename } }");

        assertThat(result.getErrors()).isEmpty();
        assertThat(shop.contents("image", "p")).containsExactly("A");
        assertThat(shop.contents("image", "q")).isEmpty();
        assertThat(shop.contents("image", "r")).containsExactly("A");
        shop.assertTidy(2);
    }

    private static final String LOADED = """
            type Basket { products: [Product]! }
            extend type Mutation { fill(inputs: [One!]!): Basket }
            input One { image: StoredFileInput @file(field: "Product.image") }
            """;

    private static ExecutionResult fill(Shop shop, DataLoaderRegistry loaders) {
        shop.catalogue.wiring(wiring -> wiring.type(
                "Basket",
                type -> type.dataFetcher(
                        "products",
                        environment -> environment.getDataLoader("products").load("basket"))));
        shop.mutation("fill", environment -> "basket");
        return shop.graphQl()
                .execute(ExecutionInput.newExecutionInput(
                                "mutation { fill(inputs: [{image: " + FILE + "}]) { products { id } } }")
                        .dataLoaderRegistry(loaders)
                        .build());
    }

    @Test
    void recordsOfADataLoader_areLoadedAtOnce() {
        Shop shop = new Shop();
        shop.catalogue.sdl(Shop.SDL + LOADED);
        DataLoaderRegistry loaders = new DataLoaderRegistry();
        loaders.register(
                "products",
                DataLoaderFactory.newDataLoader(keys -> CompletableFuture.completedFuture(
                        keys.stream().map(key -> List.of(product("p"))).toList())));

        assertThat(fill(shop, loaders).getErrors()).isEmpty();

        assertThat(shop.contents("image", "p")).containsExactly("A");
        shop.assertTidy(1);
    }

    @Test
    void recordsThatComeLater_areAnError_andNothingIsLeft() {
        Shop shop = new Shop();
        shop.catalogue.sdl(Shop.SDL + LOADED);
        DataLoaderRegistry loaders = new DataLoaderRegistry();
        loaders.register("products", DataLoaderFactory.newDataLoader(keys -> new CompletableFuture<>()));

        assertThat(fill(shop, loaders).getErrors()).isNotEmpty();

        shop.assertTidy(0);
    }
}
