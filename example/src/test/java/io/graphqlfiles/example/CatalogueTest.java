package io.graphqlfiles.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.GpsDirectory;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
            "{ id name image { url fileName mimeType byteSize } manual { url(download: true) fileName byteSize pages }"
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
        byte[] png = Pictures.png(1);

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
        assertThat(product.at("/manual/pages").isNull()).isTrue();
        ResponseEntity<byte[]> served = assertServed(product.at("/manual/url"), pdf);
        assertThat(served.getHeaders().getContentDisposition().isAttachment()).isTrue();
        assertThat(served.getHeaders().getContentDisposition().getFilename()).isEqualTo("m.pdf");
    }

    @Test
    void create_copyUrl() throws Exception {
        byte[] png = Pictures.png(2);
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

    /** By the head, and, of a long one, from the store. */
    @Test
    void create_manual_hasItsPages() {
        byte[] small = manual(12, 0);
        byte[] large = manual(300, 150_000);

        JsonNode inline = result(client.run(CREATE, product("manual", base64(small))));
        JsonNode upload = client.run(
                        "mutation ($size: Long!) { startFileUpload(input: {field: \"Product.manual\","
                                + " fileName: \"m.pdf\", byteSize: $size})"
                                + " { token request { url method headers { name value } } } }",
                        Map.of("size", large.length))
                .at("/data/startFileUpload");
        assertThat(client.send(upload.get("request"), large)).isBetween(200, 204);
        JsonNode direct = result(client.run(
                CREATE,
                product(
                        "manual",
                        Map.of("directUploadToken", upload.get("token").asString()))));

        assertThat(inline.at("/manual/pages").asInt()).isEqualTo(12);
        assertThat(direct.at("/manual/pages").asInt()).isEqualTo(300);
        assertServed(direct.at("/manual/url"), large);
    }

    @Test
    void create_imageOfPhone_comesOutWithoutItsPosition() throws Exception {
        byte[] photograph = photograph();
        assertThat(saysWhere(photograph)).isTrue();

        JsonNode product = result(client.run(CREATE, product("image", base64(photograph))));

        byte[] served = client.get(product.at("/image/url").asString()).getBody();
        assertThat(saysWhere(served)).isFalse();
        assertThat(served).isEqualTo(Pictures.of("jpeg", 0));
    }

    @Test
    void create_gallery() {
        Map<String, ByteArrayResource> files = new LinkedHashMap<>();
        files.put("variables.product.gallery.0.file", Client.file("0.png", Pictures.png(3)));
        files.put("variables.product.gallery.1.file", Client.file("1.png", Pictures.png(4)));

        JsonNode product = result(client.runMultipart(CREATE, product("gallery", List.of(PART, PART)), files));

        assertServed(product.at("/gallery/0/url"), Pictures.png(3));
        assertServed(product.at("/gallery/1/url"), Pictures.png(4));
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
        product.put("image", base64(Pictures.png(5)));
        product.put("manual", base64(pdf(100)));
        product.put("attachment", base64(random(40)));
        product.put("gallery", List.of(base64(Pictures.png(6)), base64(Pictures.png(7))));
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

    /** A JPEG with EXIF (CIPA DC-008, section 4.6.6) that says where it was taken: 48 degrees north. */
    private static byte[] photograph() {
        ByteBuffer exif = ByteBuffer.allocate(80).put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1));
        exif.putInt(8).putShort((short) 1);
        entry(exif, 0x8825, 4, 1).putInt(26).putInt(0);
        exif.putShort((short) 2);
        entry(exif, 1, 2, 2).put(new byte[] {'N', 0, 0, 0});
        entry(exif, 2, 5, 3).putInt(56).putInt(0);
        for (int each : new int[] {48, 1, 0, 1}) {
            exif.putInt(each);
        }
        byte[] jpeg = Pictures.of("jpeg", 0);
        ByteBuffer photograph = ByteBuffer.allocate(jpeg.length + 4 + exif.capacity());
        photograph.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) (2 + exif.capacity()));
        return photograph.put(exif.array()).put(jpeg, 2, jpeg.length - 2).array();
    }

    private static ByteBuffer entry(ByteBuffer exif, int tag, int type, int count) {
        return exif.putShort((short) tag).putShort((short) type).putInt(count);
    }

    private static boolean saysWhere(byte[] picture) throws Exception {
        Metadata metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(picture));
        return metadata.containsDirectoryOfType(GpsDirectory.class);
    }

    private static byte[] pdf(int length) {
        byte[] pdf = random(length);
        byte[] start = {'%', 'P', 'D', 'F', '-', '1', '.', '7', '\n'};
        System.arraycopy(start, 0, pdf, 0, start.length);
        return pdf;
    }

    /** A catalog, the root of the pages, and a comment between them and the table. */
    private static byte[] manual(int pages, int comment) {
        String catalog = "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n";
        String tree = "2 0 obj << /Type /Pages /Count " + pages + " >> endobj\n%" + "-".repeat(comment) + "\n";
        String table = "xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n"
                + String.format("%010d 00000 n \n", catalog.length()) + "trailer << /Size 3 /Root 1 0 R >>\n";
        String end = "startxref\n" + (catalog + tree).length() + "\n%%EOF\n";
        return (catalog + tree + table + end).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
