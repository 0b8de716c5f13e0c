package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLSchema;
import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.testkit.FaultyAttachmentStore.Operation;
import io.graphqlfiles.testkit.InMemoryAttachmentStore;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.dataloader.DataLoaderRegistry;
import org.dataloader.registries.DispatchPredicate;
import org.dataloader.registries.ScheduledDataLoaderRegistry;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What attached fields give in queries, and at what cost. */
class AttachmentReadingTest {

    private static final String ALL = "{ products { id image { id byteSize } gallery { id } } }";

    private final Shop shop = new Shop();

    private List<Map<String, Object>> products(ExecutionResult result) {
        return Catalogue.dataOf(result, "products");
    }

    private void thousandProducts() {
        for (int i = 0; i < 1000; i++) {
            if (i < 10) {
                shop.create("content " + i);
            } else {
                shop.create(Map.of("name", "Cup"));
            }
        }
    }

    @Test
    void thousandRecords_oneFindForAFieldAndLevel() {
        thousandProducts();
        int before = shop.rows.calls(Operation.FIND);

        List<Map<String, Object>> read = products(shop.execute(ALL));

        assertThat(read).hasSize(1000);
        assertThat(read).filteredOn(product -> product.get("image") != null).hasSize(10);
        assertThat(shop.rows.calls(Operation.FIND) - before).isEqualTo(2);
    }

    @Test
    void onlySelectedFields_areLookedUp() {
        shop.create("one");
        int before = shop.rows.calls(Operation.FIND);

        products(shop.execute("{ products { id name manual { id } } }"));

        assertThat(shop.rows.calls(Operation.FIND)).isEqualTo(before);
    }

    @Test
    void requestWithoutRegistry_andTheInstrumentation_oneFind() {
        IntStream.range(0, 10).forEach(i -> shop.create("one"));
        GraphQL graphQl = GraphQL.newGraphQL(shop.catalogue.schema())
                .instrumentation(shop.files().instrumentation())
                .build();
        int before = shop.rows.calls(Operation.FIND);

        assertThat(products(graphQl.execute("{ products { image { id } } }"))).hasSize(10);

        assertThat(shop.rows.calls(Operation.FIND) - before).isEqualTo(1);
    }

    @Test
    void requestWithRegistry_andTheInstrumentation_keepsItsRegistry() {
        shop.create("one");
        GraphQL graphQl = GraphQL.newGraphQL(shop.catalogue.schema())
                .instrumentation(shop.files().instrumentation())
                .build();
        DataLoaderRegistry registry = new DataLoaderRegistry();

        graphQl.execute(ExecutionInput.newExecutionInput("{ products { image { id } } }")
                .dataLoaderRegistry(registry)
                .build());

        assertThat(registry.getKeys()).hasSize(1);
    }

    /** That of DGS is one. */
    @Test
    void registryThatDispatchesByPredicates_dispatchesOurs() throws Exception {
        shop.create("one");
        shop.create("two");
        int before = shop.rows.calls(Operation.FIND);
        try (ScheduledDataLoaderRegistry registry = ScheduledDataLoaderRegistry.newScheduledRegistry()
                .dispatchPredicate(DispatchPredicate.DISPATCH_NEVER)
                .build()) {
            ExecutionResult result = GraphQL.newGraphQL(shop.catalogue.schema())
                    .build()
                    .executeAsync(ExecutionInput.newExecutionInput("{ products { image { byteSize } } }")
                            .dataLoaderRegistry(registry)
                            .build())
                    .get(30, TimeUnit.SECONDS);

            assertThat(products(result)).allMatch(product -> product.get("image") != null);
        }
        assertThat(shop.rows.calls(Operation.FIND) - before).isEqualTo(1);
    }

    @Test
    void requestWithoutRegistry_givesTheSame() {
        String id = shop.created(
                Map.of("image", Catalogue.text("one"), "gallery", List.of(Catalogue.text("a"), Catalogue.text("b"))));

        List<Map<String, Object>> read =
                products(shop.graphQl().execute("{ products { image { id } gallery { id } } }"));

        assertThat(read)
                .isEqualTo(List.of(Map.of(
                        "image", Map.of("id", shop.fileIds("image", id).get(0)),
                        "gallery",
                                shop.fileIds("gallery", id).stream()
                                        .map(file -> Map.of("id", file))
                                        .toList())));
    }

    @Test
    void recordWithoutFiles_nullAndEmptyList() {
        shop.create(Map.of("name", "Cup"));

        Map<String, Object> expected = new java.util.HashMap<>(Map.of("gallery", List.of()));
        expected.put("image", null);
        assertThat(products(shop.execute("{ products { image { id } gallery { id } } }")))
                .containsExactly(expected);
    }

    /** In one list: when two root fields give it, some versions of the engine dispatch for each. */
    @Test
    void sameRecordTwiceInALevel_oneFind() {
        String id = shop.create("one");
        Object product = shop.products.get(id);
        shop.query("products", environment -> List.of(product, product));
        int before = shop.rows.calls(Operation.FIND);

        List<Map<String, Object>> read =
                products(shop.execute("{ products { image { id } again: image { byteSize } } }"));

        Map<String, Object> expected =
                Map.of("image", Map.of("id", shop.fileIds("image", id).get(0)), "again", Map.of("byteSize", 3L));
        int finds = shop.rows.calls(Operation.FIND) - before - 1; // without the one of the line above
        assertThat(read).containsExactly(expected, expected);
        assertThat(finds).isEqualTo(1);
    }

    @Test
    void propertyWithAValue_isGivenAsItIs() throws IOException {
        shop.graphQl();
        StoredFile column = shop.files().store("Product.manual", FileSource.of(new byte[5]));
        shop.query("products", environment -> List.of(Map.of("id", "p1", "image", column, "gallery", List.of())));
        int before = shop.rows.calls(Operation.FIND);

        List<Map<String, Object>> read = products(shop.execute("{ products { image { id } gallery { id } } }"));

        assertThat(read).containsExactly(Map.of("image", Map.of("id", column.id()), "gallery", List.of()));
        assertThat(shop.rows.calls(Operation.FIND) - before).isEqualTo(1);
    }

    @Test
    void storeFails_clientReadsAnErrorWithoutInternals() {
        shop.create("one");
        shop.rows.fail(Operation.FIND).before();

        ExecutionResult result = shop.execute("{ products { id image { id } } }");

        assertThat(Shop.codeOf(result)).isEqualTo("FILE_STORE_UNAVAILABLE");
        assertThat(result.getErrors().get(0).getMessage()).doesNotContain("injected");
        Map<String, Object> data = result.getData();
        Map<String, Object> product = new java.util.HashMap<>(Map.of("id", "p1"));
        product.put("image", null);
        assertThat(data).isEqualTo(Map.of("products", List.of(product)));
    }

    @Test
    void storeFails_forManyRecords_isToldInBounds() {
        IntStream.range(0, 150).forEach(i -> shop.create(Map.of("name", "Cup")));
        shop.rows.fail(Operation.FIND).before();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger("io.graphqlfiles");
        logger.addAppender(log);

        ExecutionResult result;
        try {
            result = shop.execute("{ products { image { id } } }");
        } finally {
            logger.detachAppender(log);
        }

        assertThat(result.getErrors()).hasSize(101);
        assertThat(log.list).hasSize(1);
    }

    @Test
    void recordWithoutId_isAnError() {
        shop.query("products", environment -> List.of(Collections.singletonMap("id", null)));

        assertThat(shop.execute("{ products { name image { byteSize } } }").getErrors())
                .hasSize(1)
                .allSatisfy(error -> assertThat(error.getMessage()).contains("has no id"));
    }

    @Test
    void ownerId_ofAnotherField_orAFunction() {
        InMemoryAttachmentStore rows = new InMemoryAttachmentStore();
        UUID sku = UUID.randomUUID();
        Catalogue catalogue = new Catalogue()
                .sdl("""
                        type Query { thing: Thing }
                        type Mutation {
                          setPicture(file: StoredFileInput @file(field: "Thing.picture")): Thing
                          setDrawing(file: StoredFileInput): Thing
                        }
                        type Thing { sku: String picture: StoredFile @file(ownerId: "sku") drawing: StoredFile }
                        """)
                .settings(builder -> builder.attachments(rows)
                        .registry(FileFieldRegistry.newRegistry()
                                .field(
                                        "Thing",
                                        "drawing",
                                        rules -> rules.maxSize(ByteSize.megabytes(1))
                                                .ownerId(thing -> "x" + ((Map<?, ?>) thing).get("sku")))
                                .argument("Mutation", "setDrawing", "file", "Thing.drawing")
                                .build()))
                .query("thing", environment -> Map.of("sku", sku))
                .mutation("setPicture", environment -> Map.of("sku", sku))
                .mutation("setDrawing", environment -> Map.of("sku", sku));

        catalogue.execute(
                "mutation { setPicture(file: {base64: \"QQ==\"}) { sku } setDrawing(file: {base64: \"QUE=\"}) { sku } }");

        assertThat(Catalogue.<Object>dataOf(
                        catalogue.execute("{ thing { picture { byteSize } drawing { byteSize } } }"), "thing"))
                .isEqualTo(Map.of("picture", Map.of("byteSize", 1L), "drawing", Map.of("byteSize", 2L)));
        assertThat(rows.find("Thing", "picture", List.of(sku.toString()))).hasSize(1);
        assertThat(rows.find("Thing", "drawing", List.of("x" + sku))).hasSize(1);
    }

    @Test
    void schemaWithoutAttachments_paysNothing() {
        Catalogue plain = new Catalogue()
                .sdl(Shop.SDL
                        .replaceAll("@deletesFiles\\([^)]*\\)|, gallery: StoredFileListInput.*\\)", "")
                        .replaceAll("editGallery.*", ""));
        GraphQLSchema before = plain.unapplied();
        GraphQLSchema after = plain.files().apply(before);

        for (String field : List.of("image", "gallery", "manual", "name")) {
            FieldCoordinates coordinates = FieldCoordinates.coordinates("Product", field);
            var definition = before.getObjectType("Product").getFieldDefinition(field);
            assertThat(after.getCodeRegistry().getDataFetcher(coordinates, definition))
                    .isExactlyInstanceOf(before.getCodeRegistry()
                            .getDataFetcher(coordinates, definition)
                            .getClass());
        }
        assertThat(after.getType("StoredFileListInput")).isNull();
    }
}
