package io.graphqlfiles.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;

/** Uses the running catalogue as a person with an HTTP client would. */
class CatalogueTest {

    private static final String PRODUCT =
            "{ id name image { url fileName mimeType byteSize } manual { url(download: true) fileName byteSize }"
                    + " gallery { url fileName } attachment { url fileName mimeType byteSize } }";
    private static final String CREATE =
            "mutation ($product: ProductInput!) { result: createProduct(product: $product) " + PRODUCT + " }";
    private static final String UPDATE =
            "mutation ($id: ID!, $product: ProductPatch!) { result: updateProduct(id: $id, product: $product) "
                    + PRODUCT + " }";
    private static final Map<String, Object> PART = Collections.singletonMap("file", null);

    @TempDir
    static Path directory;

    private static Server server;
    private static Client client;

    @BeforeAll
    static void start() {
        server = Server.start(directory);
        client = server.client();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void create_base64() {
        byte[] png = png(1);

        JsonNode product = result(client.run(
                CREATE,
                product("image", Map.of("base64", Base64.getEncoder().encodeToString(png), "fileName", "p.png"))));

        assertThat(product.at("/image/mimeType").asString()).isEqualTo("image/png");
        assertServed(product.at("/image/url"), png);
    }

    @Test
    void create_multipart() {
        byte[] pdf = pdf(300_000);

        JsonNode product = result(client.runMultipart(
                CREATE, product("manual", PART), Map.of("variables.product.manual.file", Client.file("m.pdf", pdf))));

        assertThat(product.at("/manual/byteSize").asLong()).isEqualTo(pdf.length);
        ResponseEntity<byte[]> served = assertServed(product.at("/manual/url"), pdf);
        assertThat(served.getHeaders().getContentDisposition().isAttachment()).isTrue();
        assertThat(served.getHeaders().getContentDisposition().getFilename()).isEqualTo("m.pdf");
    }

    @Test
    void create_copyUrl() throws Exception {
        byte[] png = png(2);
        HttpServer origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, png.length);
            exchange.getResponseBody().write(png);
            exchange.close();
        });
        origin.start();
        try {
            String url = "http://127.0.0.1:" + origin.getAddress().getPort() + "/far.png";

            JsonNode product = result(client.run(CREATE, product("image", Map.of("copyURL", url))));

            assertServed(product.at("/image/url"), png);
        } finally {
            origin.stop(0);
        }
    }

    @Test
    void create_directUpload() {
        byte[] bytes = random(200_000);
        JsonNode upload = client.run(
                        "mutation { startFileUpload(input: {field: \"Product.attachment\", fileName: \"a.bin\", byteSize: 200000})"
                                + " { token request { url method headers { name value } } } }",
                        Map.of())
                .at("/data/startFileUpload");
        assertThat(client.send(upload.get("request"), bytes)).isBetween(200, 204);

        JsonNode product = result(client.run(
                CREATE,
                product(
                        "attachment",
                        Map.of("directUploadToken", upload.get("token").asString()))));

        assertThat(product.at("/attachment/fileName").asString()).isEqualTo("a.bin");
        assertServed(product.at("/attachment/url"), bytes);
    }

    @Test
    void create_gallery() {
        Map<String, ByteArrayResource> files = new LinkedHashMap<>();
        files.put("variables.product.gallery.0.file", Client.file("0.png", png(3)));
        files.put("variables.product.gallery.1.file", Client.file("1.png", png(4)));

        JsonNode product = result(client.runMultipart(CREATE, product("gallery", List.of(PART, PART)), files));

        assertServed(product.at("/gallery/0/url"), png(3));
        assertServed(product.at("/gallery/1/url"), png(4));
    }

    @Test
    void products_listsAndFinds() {
        String id = result(client.run(CREATE, product("image", null))).get("id").asString();

        JsonNode found = client.run("query ($id: ID!) { product(id: $id) { name } products { id } }", Map.of("id", id));

        assertThat(found.at("/data/product/name").asString()).isEqualTo("thing");
        assertThat(found.at("/data/products")
                        .valueStream()
                        .map(product -> product.get("id").asString()))
                .contains(id);
        assertThat(client.run("{ product(id: 0) { name } }", Map.of())
                        .at("/data/product")
                        .isNull())
                .isTrue();
    }

    @Test
    void update_absentStays() {
        JsonNode product = createWithAttachment(random(10));
        Set<Path> stored = server.stored();

        JsonNode updated = update(product, Map.of("name", "renamed"));

        assertThat(updated.get("name").asString()).isEqualTo("renamed");
        assertServed(updated.at("/attachment/url"), random(10));
        assertThat(server.stored()).isEqualTo(stored);
    }

    @Test
    void update_replacementDeletesTheOldBlob() {
        Set<Path> stored = server.stored();
        JsonNode product = createWithAttachment(random(20));
        String oldUrl = product.at("/attachment/url").asString();
        Set<Path> storedFirst = server.stored();

        JsonNode updated = update(product, Map.of("attachment", base64(random(21))));

        assertServed(updated.at("/attachment/url"), random(21));
        assertThat(client.get(oldUrl).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(server.stored())
                .hasSameSizeAs(storedFirst)
                .isNotEqualTo(storedFirst)
                .containsAll(stored);
    }

    @Test
    void update_nullDeletesTheBlob() {
        Set<Path> stored = server.stored();
        JsonNode product = createWithAttachment(random(30));

        JsonNode updated = update(product, Collections.singletonMap("attachment", null));

        assertThat(updated.get("attachment").isNull()).isTrue();
        assertThat(server.stored()).isEqualTo(stored);
    }

    @Test
    void delete_deletesEveryBlob() {
        Set<Path> stored = server.stored();
        Map<String, Object> product = new HashMap<>();
        product.put("name", "thing");
        product.put("image", base64(png(5)));
        product.put("manual", base64(pdf(100)));
        product.put("attachment", base64(random(40)));
        product.put("gallery", List.of(base64(png(6)), base64(png(7))));
        String id =
                result(client.run(CREATE, Map.of("product", product))).get("id").asString();
        assertThat(server.stored()).hasSizeGreaterThanOrEqualTo(stored.size() + 5);

        JsonNode deleted = client.run("mutation ($id: ID!) { deleteProduct(id: $id) }", Map.of("id", id));
        JsonNode again = client.run("mutation ($id: ID!) { deleteProduct(id: $id) }", Map.of("id", id));

        assertThat(deleted.at("/data/deleteProduct").asBoolean()).isTrue();
        assertThat(again.at("/data/deleteProduct").asBoolean()).isFalse();
        assertThat(server.stored()).isEqualTo(stored);
    }

    @Test
    void failedMutation_leavesNoBlob() {
        Set<Path> stored = server.stored();

        JsonNode refusedName =
                client.run(CREATE, Map.of("product", Map.of("name", " ", "attachment", base64(random(50)))));
        JsonNode refusedFile = client.run(
                CREATE,
                Map.of(
                        "product",
                        Map.of("name", "thing", "attachment", base64(random(51)), "image", base64(random(52)))));
        JsonNode missing = client.run(UPDATE, Map.of("id", "0", "product", Map.of("attachment", base64(random(53)))));

        assertThat(refusedName.at("/errors/0/message").asString())
                .isEqualTo("the name of a product has 1 to 200 characters");
        assertThat(refusedFile.at("/errors/0/extensions/code").asString()).isEqualTo("FILE_TYPE_NOT_ACCEPTED");
        assertThat(refusedFile.at("/errors/0/extensions/inputPath").toString()).isEqualTo("[\"product\",\"image\"]");
        assertThat(missing.at("/errors/0/message").asString()).isEqualTo("there is no product 0");
        assertThat(server.stored()).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(strings = {"submitAFile", "singleUpload"})
    void upload_ofTutorials(String mutation) {
        JsonNode stats = client.runMultipart(
                        "mutation ($file: Upload!) { " + mutation + "(file: $file) { filename mimetype filesize } }",
                        Collections.singletonMap("file", null),
                        Map.of("variables.file", Client.file("a.txt", new byte[70_000])))
                .at("/data/" + mutation);

        assertThat(stats.toString())
                .isEqualTo("{\"filename\":\"a.txt\",\"mimetype\":\"text/plain\",\"filesize\":70000}");
    }

    @Test
    void upload_readTwice() {
        JsonNode answer = client.runMultipart(
                "mutation ($file: Upload!) { first: singleUpload(file: $file) { filesize }"
                        + " second: singleUpload(file: $file) { filesize } }",
                Collections.singletonMap("file", null),
                Map.of("variables.file", Client.file("a.txt", new byte[3])));

        assertThat(answer.at("/errors/0/extensions/code").asString()).isEqualTo("FILE_UPLOAD_CONSUMED");
        assertThat(answer.at("/errors/0/path").toString()).isEqualTo("[\"second\"]");
    }

    @Test
    void multipleUpload_ofTutorials() {
        Map<String, ByteArrayResource> files = new LinkedHashMap<>();
        files.put("variables.files.0", Client.file("a.txt", new byte[1]));
        files.put("variables.files.1", Client.file("b.txt", new byte[2]));

        JsonNode stats = client.runMultipart(
                        "mutation ($files: [Upload!]!) { multipleUpload(files: $files) { filename filesize } }",
                        Map.of("files", Arrays.asList(null, null)),
                        files)
                .at("/data/multipleUpload");

        assertThat(stats.toString())
                .isEqualTo("[{\"filename\":\"a.txt\",\"filesize\":1},{\"filename\":\"b.txt\",\"filesize\":2}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/css/page.css", "/js/main.js", "/upload/index.js", "/graphiql?path=/graphql"})
    void page_isServed(String path) {
        assertThat(client.get(path).getStatusCode()).isEqualTo(HttpStatus.OK);
    }

    private static JsonNode createWithAttachment(byte[] content) {
        return result(client.run(CREATE, product("attachment", base64(content))));
    }

    private static JsonNode update(JsonNode product, Map<String, ?> patch) {
        return result(client.run(UPDATE, Map.of("id", product.get("id").asString(), "product", patch)));
    }

    private static JsonNode result(JsonNode answer) {
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        return answer.at("/data/result");
    }

    private static ResponseEntity<byte[]> assertServed(JsonNode url, byte[] content) {
        ResponseEntity<byte[]> served = client.get(url.asString());
        assertThat(served.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(served.getBody()).isEqualTo(content);
        return served;
    }

    private static Map<String, ?> product(String field, Object value) {
        Map<String, Object> product = new HashMap<>();
        product.put("name", "thing");
        product.put(field, value);
        return Map.of("product", product);
    }

    private static Map<String, Object> base64(byte[] content) {
        return Map.of("base64", Base64.getEncoder().encodeToString(content), "fileName", "x");
    }

    /** A PNG of one pixel with a few bytes after its end, so that each is another file. */
    private static byte[] png(int number) {
        byte[] pixel = Base64.getDecoder()
                .decode(
                        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        byte[] png = Arrays.copyOf(pixel, pixel.length + 1);
        png[pixel.length] = (byte) number;
        return png;
    }

    private static byte[] pdf(int length) {
        byte[] pdf = random(length);
        byte[] start = {'%', 'P', 'D', 'F', '-', '1', '.', '7', '\n'};
        System.arraycopy(start, 0, pdf, 0, start.length);
        return pdf;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
