package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.graphql.docs.Pictures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What docs/attachments.md shows works as it says. */
class DocumentedAttachmentsTest {

    private static final String FILE = "{base64: \"QQ==\"}";

    private static Shop shop(String schema) throws IOException {
        Shop shop = new Shop();
        try (InputStream sdl = DocumentedAttachmentsTest.class.getResourceAsStream("/docs/" + schema)) {
            shop.catalogue.sdl(new String(sdl.readAllBytes(), StandardCharsets.UTF_8));
        }
        shop.catalogue.mutations.clear();
        shop.catalogue.queries.clear();
        return shop;
    }

    private static int files(Shop shop, String field, String id) {
        return shop.files().attachments().list(field, id).size();
    }

    private static void succeed(ExecutionResult result) {
        assertThat(result.getErrors()).isEmpty();
    }

    @Test
    void books() throws IOException {
        Shop shop = shop("books.graphqls")
                .mutation("setCover", environment -> true)
                .mutation("addBook", environment -> 8L)
                .mutation("mergeBooks", DocumentedAttachmentsTest::merge);

        succeed(shop.execute("mutation { setCover(bookId: \"7\", cover: " + FILE + ") }"));
        succeed(shop.execute("mutation { addBook(book: {cover: " + FILE + "}) }"));
        assertThat(files(shop, "Book.cover", "7")).isEqualTo(1);
        assertThat(files(shop, "Book.cover", "8")).isEqualTo(1);

        succeed(shop.execute(
                "mutation { mergeBooks(kept: {cover: " + FILE + "}, dropped: [\"7\", \"8\"]) { deleted } }"));
        assertThat(files(shop, "Book.cover", "7")).isZero();
        assertThat(files(shop, "Book.cover", "8")).isEqualTo(1);
        assertThat(files(shop, "Book.cover", "9")).isEqualTo(1);
        shop.assertTidy(2);
    }

    private static Object merge(DataFetchingEnvironment environment) {
        return Map.of("into", Map.of("id", 9L), "deleted", List.of("7"), "errors", List.of());
    }

    @Test
    void orders() throws IOException {
        Shop shop = shop("orders.graphqls")
                .mutation(
                        "createOrders",
                        environment -> Arrays.asList(
                                Map.of("id", 1, "lines", Arrays.asList(Map.of("id", 11), null)),
                                null,
                                Map.of("id", 3, "lines", List.of(Map.of("id", 31)))));

        succeed(shop.execute("mutation { createOrders(orders: [{lines: [{attachment: " + FILE + "}, {attachment: "
                + FILE + "}]}, {lines: [{attachment: " + FILE + "}]}, {lines: [{attachment: " + FILE
                + "}]}]) { id } }"));

        assertThat(files(shop, "OrderLine.attachment", "11")).isEqualTo(1);
        assertThat(files(shop, "OrderLine.attachment", "31")).isEqualTo(1);
        shop.assertTidy(2);
    }

    @Test
    void move() throws Exception {
        Shop shop = new Shop();
        shop.mutation("createProduct", environment -> new Shop.Product("1", "Cup", null));
        shop.created(Map.of("gallery", List.of(Catalogue.text("a"), Catalogue.text("b"))));
        shop.mutation("createProduct", environment -> new Shop.Product("2", "Mug", null));
        shop.created(Map.of("gallery", List.of(Catalogue.text("c"))));

        shop.memory.unitOfWork().run(() -> {
            new Pictures(shop.files()).move(1, 2);
            return null;
        });

        assertThat(shop.contents("gallery", "1")).isEmpty();
        assertThat(shop.contents("gallery", "2")).containsExactly("a", "b");
        shop.assertTidy(2);
    }

    @Test
    void restore() {
        Shop shop = new Shop(builder -> builder.attachmentRetention(Duration.ofDays(30)));
        shop.mutation("createProduct", environment -> new Shop.Product("1", "Cup", null));
        shop.create("a");
        shop.create("b");

        assertThat(new Pictures(shop.files()).restore(1)).isTrue();

        assertThat(shop.contents("image", "1")).containsExactly("a");
        assertThat(new Pictures(shop.files()).restore(2)).isFalse();
    }

    @Test
    void detach() throws Exception {
        Shop shop = new Shop();
        shop.mutation("createProduct", environment -> new Shop.Product("1", "Cup", null));
        shop.create("a");

        StoredFile file = shop.memory.unitOfWork().run(() -> new Pictures(shop.files()).detach(1));

        assertThat(shop.contents("image", "1")).isEmpty();
        assertThat(shop.keys()).containsExactly(file.key());
    }
}
