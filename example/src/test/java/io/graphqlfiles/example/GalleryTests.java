package io.graphqlfiles.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The gallery of a product: files that are attached, on one database or another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GalleryTests {

    private Path directory;
    private Server server;
    private Client client;

    /** Address of an empty database. */
    abstract String databaseUrl(Path directory) throws Exception;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        this.directory = directory;
        server = Server.startOn(databaseUrl(directory), directory);
        client = server.client();
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Test
    void update_withAList_replaces() {
        String id = create("a", "b");

        JsonNode updated = update(id, Map.of("gallery", List.of(picture("c"))));

        assertThat(names(updated.get("gallery"))).containsExactly("c.png");
    }

    @Test
    void update_withoutGallery_leavesIt_andNullClearsIt() {
        Set<Path> before = stored();
        String id = create("a");

        assertThat(names(update(id, Map.of("name", "renamed")).get("gallery"))).containsExactly("a.png");
        JsonNode cleared = update(id, Collections.singletonMap("gallery", null));

        assertThat(cleared.get("gallery")).isEmpty();
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void edit_removesReordersAndAppends() {
        String id = create("a", "b", "c");
        List<String> ids = ids(id);

        JsonNode edited = edit(
                id,
                Map.of(
                        "remove",
                        List.of(ids.get(1)),
                        "order",
                        List.of(ids.get(2), ids.get(0)),
                        "append",
                        List.of(picture("d"))));

        assertThat(names(edited.at("/data/editGallery/gallery"))).containsExactly("c.png", "a.png", "d.png");
        assertThat(ids(id)).startsWith(ids.get(2), ids.get(0)).doesNotContain(ids.get(1));
    }

    @Test
    void edit_ofWhatIsGone_isRefused_andLeavesNothing() {
        String id = create("a");
        List<String> ids = ids(id);
        edit(id, Map.of("remove", ids));
        Set<Path> before = stored();

        JsonNode again = edit(id, Map.of("remove", ids, "append", List.of(picture("b"))));

        assertThat(again.at("/errors/0/extensions/code").asString()).isEqualTo("FILE_CONFLICT");
        assertThat(ids(id)).isEmpty();
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void edit_ofAMissingProduct_isRefused_andLeavesNothing() {
        Set<Path> before = stored();

        JsonNode refused = edit("0", Map.of("append", List.of(picture("a"))));

        assertThat(refused.at("/errors/0/message").asString()).isEqualTo("there is no product 0");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void delete_deletesTheGallery() {
        Set<Path> before = stored();
        String id = create("a", "b");
        assertThat(stored()).hasSizeGreaterThan(before.size());

        client.run("mutation ($id: ID!) { deleteProduct(id: $id) }", Map.of("id", id));

        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void refusedName_attachesNothing() {
        Set<Path> before = stored();

        JsonNode refused = client.run(
                "mutation ($p: ProductInput!) { createProduct(product: $p) { id } }",
                Map.of("p", Map.of("name", " ", "gallery", List.of(picture("a")))));

        assertThat(refused.at("/errors/0/message").asString())
                .isEqualTo("the name of a product has 1 to 200 characters");
        assertThat(stored()).isEqualTo(before);
    }

    private String create(String... names) {
        JsonNode answer = client.run(
                "mutation ($p: ProductInput!) { createProduct(product: $p) { id gallery { url } } }",
                Map.of(
                        "p",
                        Map.of(
                                "name",
                                "thing",
                                "gallery",
                                Arrays.stream(names).map(GalleryTests::picture).toList())));
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        JsonNode product = answer.at("/data/createProduct");
        assertThat(client.get(product.at("/gallery/0/url").asString()).getBody())
                .isEqualTo(png(names[0]));
        return product.get("id").asString();
    }

    private JsonNode update(String id, Map<String, ?> patch) {
        JsonNode answer = client.run(
                "mutation ($id: ID!, $p: ProductPatch!) { updateProduct(id: $id, product: $p) { gallery { fileName } } }",
                Map.of("id", id, "p", patch));
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        return answer.at("/data/updateProduct");
    }

    private JsonNode edit(String id, Map<String, ?> changes) {
        return client.run(
                "mutation ($id: ID!, $c: StoredFileListInput!) { editGallery(id: $id, changes: $c) { gallery { fileName } } }",
                Map.of("id", id, "c", changes));
    }

    private List<String> ids(String id) {
        return client.run("query ($id: ID!) { product(id: $id) { gallery { id } } }", Map.of("id", id))
                .at("/data/product/gallery")
                .valueStream()
                .map(file -> file.get("id").asString())
                .toList();
    }

    private static List<String> names(JsonNode gallery) {
        return gallery.valueStream()
                .map(file -> file.get("fileName").asString())
                .toList();
    }

    private Set<Path> stored() {
        return Files.exists(directory.resolve("files")) ? server.stored() : new TreeSet<>();
    }

    private static byte[] png(String name) {
        return Pictures.png(name.charAt(0));
    }

    private static Map<String, Object> picture(String name) {
        return new HashMap<>(
                Map.of("base64", Base64.getEncoder().encodeToString(png(name)), "fileName", name + ".png"));
    }
}
