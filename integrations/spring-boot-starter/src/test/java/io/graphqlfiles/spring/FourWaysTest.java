package io.graphqlfiles.spring;

import static io.graphqlfiles.spring.HttpGraphQl.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.graphqlfiles.spring.HttpGraphQl.Part;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@RecordTest
class FourWaysTest {

    private static final String FILE = "{ id url fileName mimeType byteSize createdAt }";
    private static final String CREATE =
            "mutation ($record: RecordInput!) { created: createRecord(record: $record) { id title image " + FILE
                    + " document " + FILE + " pictures " + FILE + " children { title document " + FILE + " pictures "
                    + FILE + " } } }";

    @Autowired
    private InMemoryBlobStore store;

    @LocalServerPort
    private int port;

    private HttpGraphQl http;

    @BeforeEach
    void connect() {
        http = new HttpGraphQl(URI.create("http://127.0.0.1:" + port));
    }

    @Test
    void create_base64() {
        byte[] png = Samples.png(100);

        JsonNode image = created(http.run(
                        CREATE,
                        Map.of(
                                "record",
                                Map.of(
                                        "title",
                                        "a",
                                        "image",
                                        Map.of("base64", Samples.base64(png), "fileName", "p.png")))))
                .get("image");

        assertThat(text(image, "fileName")).isEqualTo("p.png");
        assertThat(text(image, "mimeType")).isEqualTo("image/png");
        assertThat(image.get("byteSize").asLong()).isEqualTo(100);
        assertServed(image, png);
    }

    @Test
    void create_multipart() {
        byte[] document = Samples.random(70_000);

        JsonNode stored = created(http.runMultipart(
                        CREATE,
                        Map.of("record", record("document", Collections.singletonMap("file", null))),
                        Map.of("0", List.of("variables.record.document.file")),
                        new Part("0", "naïve.bin", "application/octet-stream", document)))
                .get("document");

        assertThat(text(stored, "fileName")).isEqualTo("naïve.bin");
        assertServed(stored, document);
    }

    @Test
    void create_copyUrl() throws Exception {
        byte[] png = Samples.png(200);
        HttpServer origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, png.length);
            exchange.getResponseBody().write(png);
            exchange.close();
        });
        origin.start();
        try {
            String url = "http://127.0.0.1:" + origin.getAddress().getPort() + "/pictures/far.png";

            JsonNode image = created(http.run(CREATE, Map.of("record", record("image", Map.of("copyURL", url)))))
                    .get("image");

            assertThat(text(image, "fileName")).isEqualTo("far.png");
            assertServed(image, png);
        } finally {
            origin.stop(0);
        }
    }

    @Test
    void create_directUpload() {
        byte[] document = Samples.random(50_000);
        JsonNode started = http.run(
                        "mutation ($size: Long!) { startFileUpload(input: {field: \"Record.document\", fileName: \"big.bin\","
                                + " byteSize: $size}) { token request { url method headers { name value } } } }",
                        Map.of("size", document.length))
                .at("/data/startFileUpload");
        HttpResponse<byte[]> uploaded = http.upload(started.get("request"), document);

        JsonNode stored = created(http.run(
                        CREATE,
                        Map.of("record", record("document", Map.of("directUploadToken", text(started, "token"))))))
                .get("document");

        assertThat(uploaded.statusCode()).isBetween(200, 204);
        assertThat(text(stored, "fileName")).isEqualTo("big.bin");
        assertServed(stored, document);
    }

    @Test
    void create_nestedListsOfInputs() {
        byte[] one = Samples.png(101);
        byte[] two = Samples.png(102);
        byte[] three = Samples.random(103);
        Map<String, Object> nothing = Collections.singletonMap("file", null);
        Map<String, Object> child =
                Map.of("title", "child", "document", nothing, "pictures", List.of(nothing, nothing));

        JsonNode created = created(http.runMultipart(
                CREATE,
                Map.of("record", Map.of("title", "parent", "children", List.of(Map.of("title", "none"), child))),
                Map.of(
                        "b", List.of("variables.record.children.1.pictures.1.file"),
                        "a", List.of("variables.record.children.1.pictures.0.file"),
                        "c", List.of("variables.record.children.1.document.file")),
                new Part("a", "a.png", "image/png", one),
                new Part("b", "b.png", "image/png", two),
                new Part("c", "c.bin", "application/octet-stream", three)));

        JsonNode second = created.get("children").get(1);
        assertServed(second.get("pictures").get(0), one);
        assertServed(second.get("pictures").get(1), two);
        assertServed(second.get("document"), three);
        assertThat(created.get("children").get(0).get("document").isNull()).isTrue();
    }

    @Test
    void create_mapArgument() {
        byte[] png = Samples.png(99);
        JsonNode created = created(http.run(
                CREATE.replace("createRecord", "createFromMap"),
                Map.of("record", record("pictures", List.of(Map.of("base64", Samples.base64(png)))))));

        assertServed(created.get("pictures").get(0), png);
        assertThat(created.get("document").isNull()).isTrue();
    }

    @Test
    void patch_omitted() {
        assertThat(patch(Map.of())).isEqualTo("document omitted, pictures omitted");
    }

    @Test
    void patch_null() {
        Map<String, Object> patch = new HashMap<>();
        patch.put("document", null);
        patch.put("pictures", null);

        assertThat(patch(patch)).isEqualTo("document null, pictures null");
    }

    @Test
    void patch_present() {
        assertThat(patch(Map.of(
                        "document", Map.of("base64", Samples.base64(new byte[] {1, 2, 3}), "fileName", "d.bin"),
                        "pictures", List.of(Map.of("base64", Samples.base64(Samples.png(80)))))))
                .isEqualTo("document d.bin, pictures list of 1");
    }

    @Test
    void replace_deletesTheOldFile() {
        String id = text(
                created(http.run(
                        CREATE,
                        Map.of("record", record("document", Map.of("base64", Samples.base64(Samples.random(11))))))),
                "id");
        List<String> before = store.keys();

        JsonNode replaced = http.run(
                "mutation ($id: ID!, $document: StoredFileInput) { replaceDocument(id: $id, document: $document) { document "
                        + FILE + " } }",
                Map.of("id", id, "document", Map.of("base64", Samples.base64(Samples.random(12)))));

        assertServed(replaced.at("/data/replaceDocument/document"), Samples.random(12));
        assertThat(store.keys()).hasSameSizeAs(before).isNotEqualTo(before);
        assertThat(store.keys().stream().map(store::bytes))
                .noneMatch(bytes -> Arrays.equals(bytes, Samples.random(11)));
    }

    @Test
    void fileFields_tellsTheRules() {
        JsonNode fields = http.run("{ fileFields { field accept maxByteSize } }", Map.of())
                .at("/data/fileFields");

        assertThat(fields.valueStream()
                        .filter(field -> text(field, "field").equals("Record.image"))
                        .map(JsonNode::toString))
                .containsExactly("{\"field\":\"Record.image\",\"accept\":[\"image/*\"],\"maxByteSize\":1024}");
    }

    private String patch(Map<String, Object> patch) {
        return http.run("mutation ($patch: RecordPatch!) { patchRecord(patch: $patch) }", Map.of("patch", patch))
                .at("/data/patchRecord")
                .asString();
    }

    private void assertServed(JsonNode file, byte[] content) {
        assertThat(text(file, "url")).startsWith("http://127.0.0.1:" + port + "/files/");
        HttpResponse<byte[]> served = http.get(text(file, "url"));
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(served.body()).isEqualTo(content);
    }

    private static Map<String, Object> record(String field, Object value) {
        return Map.of("title", "a", field, value);
    }

    private static JsonNode created(JsonNode answer) {
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        return answer.at("/data/created");
    }
}
