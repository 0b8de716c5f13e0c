package io.graphqlfiles.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Attacks the catalogue with the profile {@code secured}. */
class SecuredTest {

    private static final String PRODUCT = "{ id mayChange image { id url } attachment { id url } gallery { url } }";
    private static final String CREATE =
            "mutation ($product: ProductInput!) { result: createProduct(product: $product) " + PRODUCT + " }";
    private static final String UPDATE =
            "mutation ($id: ID!, $product: ProductPatch!) { result: updateProduct(id: $id, product: $product) "
                    + PRODUCT + " }";
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    @TempDir
    static Path directory;

    private static Server server;
    private static Client guest;
    private static Client alice;
    private static Client bob;

    @BeforeAll
    static void start() {
        server = Server.start(directory, "--spring.profiles.active=secured");
        guest = server.client();
        alice = guest.as("alice", "alice");
        bob = guest.as("bob", "bob");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, Object> product() {
        Map<String, String> text =
                Map.of("base64", Base64.getEncoder().encodeToString("words".getBytes(UTF_8)), "fileName", "a.txt");
        return Map.of("product", Map.of("name", "Cup", "image", Map.of("base64", PNG), "attachment", text));
    }

    private static JsonNode createdByAlice() {
        return result(alice.run(CREATE, product()));
    }

    private static JsonNode result(JsonNode answer) {
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        return answer.at("/data/result");
    }

    private static String classification(JsonNode answer) {
        return answer.at("/errors/0/extensions/classification").asString();
    }

    private static String code(JsonNode answer) {
        return answer.at("/errors/0/extensions/code").asString();
    }

    private static JsonNode seen(Client client, String id) {
        return client.run("query ($id: ID!) { result: product(id: $id) " + PRODUCT + " }", Map.of("id", id));
    }

    @Test
    void me_tellsWhoIsAsking() {
        String query = "{ me { name mayCreate } }";

        assertThat(guest.run(query, Map.of()).at("/data/me").toString())
                .isEqualTo("{\"name\":null,\"mayCreate\":false}");
        assertThat(alice.run(query, Map.of()).at("/data/me").toString())
                .isEqualTo("{\"name\":\"alice\",\"mayCreate\":true}");
    }

    @Test
    void guest_reads() {
        JsonNode created = createdByAlice();

        JsonNode found = result(seen(guest, created.get("id").asString()));

        assertThat(found.get("mayChange").asBoolean()).isFalse();
        assertThat(guest.get(found.at("/image/url").asString()).getStatusCode().value())
                .isEqualTo(200);
    }

    @Test
    void guest_cannotCreate() {
        Set<Path> before = server.stored();

        JsonNode answer = guest.run(CREATE, product());

        assertThat(classification(answer)).isEqualTo("UNAUTHORIZED");
        assertThat(classification(
                        guest.run("mutation { createProduct(product: {name: \"without files\"}) { id } }", Map.of())))
                .isEqualTo("UNAUTHORIZED");
        assertThat(server.stored()).isEqualTo(before);
    }

    @Test
    void guest_cannotUpload() {
        JsonNode started = guest.run(
                "mutation { startFileUpload(input: {field: \"Product.attachment\", fileName: \"a\", byteSize: 1}) { token } }",
                Map.of());
        JsonNode sent = guest.runMultipart(
                "mutation ($file: Upload!) { singleUpload(file: $file) { filesize } }",
                Collections.singletonMap("file", null),
                Map.of("variables.file", Client.file("a.txt", new byte[100_000])));

        assertThat(code(started)).isEqualTo("FILE_FORBIDDEN");
        assertThat(classification(sent)).isEqualTo("UNAUTHORIZED");
    }

    @Test
    void owner_changesAndSeesEverything() {
        JsonNode created = createdByAlice();
        String id = created.get("id").asString();

        assertThat(created.get("mayChange").asBoolean()).isTrue();
        assertThat(alice.get(created.at("/attachment/url").asString()).getBody())
                .isEqualTo("words".getBytes(UTF_8));
        assertThat(result(alice.run(UPDATE, Map.of("id", id, "product", Map.of("name", "Mug"))))
                        .get("id")
                        .asString())
                .isEqualTo(id);
        assertThat(result(alice.run("mutation ($id: ID!) { result: deleteProduct(id: $id) }", Map.of("id", id)))
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"guest, UNAUTHORIZED", "bob, FORBIDDEN"})
    void others_cannotChange(String who, String refusal) {
        Client other = who.equals("bob") ? bob : guest;
        JsonNode created = createdByAlice();
        String id = created.get("id").asString();
        Set<Path> before = server.stored();

        JsonNode updated = other.run(UPDATE, Map.of("id", id, "product", Map.of("name", "stolen")));
        other.run(UPDATE, Map.of("id", id, "product", Map.of("image", Map.of("base64", PNG))));
        JsonNode deleted = other.run("mutation ($id: ID!) { deleteProduct(id: $id) }", Map.of("id", id));

        assertThat(classification(updated)).isEqualTo(refusal);
        assertThat(classification(deleted)).isEqualTo(refusal);
        assertThat(server.stored()).isEqualTo(before);
        assertThat(result(alice.run("query ($id: ID!) { result: product(id: $id) { name } }", Map.of("id", id)))
                        .get("name")
                        .asString())
                .isEqualTo("Cup");
    }

    @Test
    void others_cannotSeePrivateFiles() {
        JsonNode created = createdByAlice();
        String fileId = created.at("/attachment/id").asString();

        for (Client other : new Client[] {guest, bob}) {
            JsonNode found = result(seen(other, created.get("id").asString()));
            assertThat(found.get("attachment").isNull()).isTrue();
            assertThat(found.get("gallery")).isEmpty();
            JsonNode all = other.run("{ products { attachment { url } } }", Map.of());
            assertThat(all.toString()).doesNotContain("/files/");
            JsonNode byId = other.run("query ($id: ID!) { urlForFile(id: $id) { url } }", Map.of("id", fileId));
            assertThat(code(byId)).isEqualTo("FILE_FORBIDDEN");
        }
        assertThat(alice.run("query ($id: ID!) { urlForFile(id: $id) { url } }", Map.of("id", fileId))
                        .at("/data/urlForFile/url")
                        .asString())
                .contains("/files/");
    }

    @Test
    void others_cannotReadByGuessing() {
        String url = createdByAlice().at("/attachment/url").asString();

        assertThat(bob.get(url.replaceFirst("\\?.*", "")).getStatusCode().value())
                .isEqualTo(403);
    }

    @Test
    void uploadToken_ofSomeoneElse_isRefused() {
        JsonNode upload = alice.run(
                        "mutation { startFileUpload(input: {field: \"Product.attachment\", fileName: \"a.bin\", byteSize: 3})"
                                + " { token request { url method headers { name value } } } }",
                        Map.of())
                .at("/data/startFileUpload");
        assertThat(alice.send(upload.get("request"), new byte[3])).isBetween(200, 204);

        JsonNode stolen = bob.run(
                CREATE,
                Map.of(
                        "product",
                        Map.of(
                                "name",
                                "Cup",
                                "attachment",
                                Map.of("directUploadToken", upload.get("token").asString()))));

        assertThat(code(stolen)).isEqualTo("FILE_FORBIDDEN");
    }

    @Test
    void password_wrong_isRefused() {
        assertThat(guest.as("alice", "guessed").get("/graphql").getStatusCode().value())
                .isEqualTo(401);
    }

    /** What a form on another site can send with the session of whoever looks at it. */
    @Test
    void otherSites_cannotUseTheSession() throws IOException, InterruptedException {
        HttpClient browser = signedIn("bob");
        String create = "{\"query\":\"mutation { createProduct(product: {name: \\\"forged\\\"}) { id } }\"}";

        assertThat(post(browser, "/graphql", "application/json", create).body()).contains("\"id\"");
        assertThat(post(browser, "/graphql", "text/plain", create).statusCode()).isEqualTo(415);
        assertThat(post(
                                browser,
                                "/graphql",
                                "multipart/form-data; boundary=b",
                                "--b\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n" + create
                                        + "\r\n--b--\r\n")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(browser, "/logout", "application/x-www-form-urlencoded", "")
                        .statusCode())
                .isEqualTo(403);
    }

    /** By the form, as a person does. */
    private static HttpClient signedIn(String name) throws IOException, InterruptedException {
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        String form = browser.send(HttpRequest.newBuilder(uri("/login")).build(), BodyHandlers.ofString())
                .body();
        Matcher token = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(form);
        assertThat(token.find()).isTrue();
        HttpResponse<String> answer = post(
                browser,
                "/login",
                "application/x-www-form-urlencoded",
                "username=" + name + "&password=" + name + "&_csrf=" + token.group(1));
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).doesNotContain("error"));
        return browser;
    }

    private static HttpResponse<String> post(HttpClient browser, String path, String contentType, String body)
            throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
