package io.graphqlfiles.compatibility.quarkus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.graphqlfiles.storage.gcs.server.GcsTestServer;
import io.graphqlfiles.storage.gcs.server.ServiceAccount;
import io.graphqlfiles.storage.s3.server.S3ProxyServer;
import io.graphqlfiles.storage.s3.server.S3Server;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.graphqlfiles.testkit.ServerUnderTest;
import io.graphqlfiles.testkit.ServerUnderTest.Feature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Quarkus with SmallRye GraphQL: the application with the extension, built as it is deployed, with a heap of 112 MB.
 */
class QuarkusTest extends GraphQLServerContract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CREATE = "mutation($p: ProductInput) { createProduct(product: $p) {"
            + " name image { fileName } manual { fileName byteSize url } } }";

    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private static QuarkusProcess application;
    private static Requests requests;

    @BeforeAll
    static void start() {
        application = QuarkusProcess.start();
        requests = new Requests(application);
    }

    /** None of all that the tests have done has blocked an event loop for long, as Vert.x sees it. */
    @AfterAll
    static void stop() throws IOException {
        application.close();
        assertThat(application.log()).doesNotContain("has been blocked for");
    }

    @Override
    protected ServerUnderTest server() {
        return new ServerUnderTest(
                application.uri("/graphql"),
                application.files(),
                application.temporaryFiles(),
                EnumSet.complementOf(EnumSet.of(Feature.LOCALE, Feature.BATCHED_OPERATIONS)));
    }

    @Test
    void manual_of250MB_isStoredAndServed() throws Exception {
        long size = 250L * 1024 * 1024;

        String answer = requests.upload(
                operations(CREATE, "{\"p\":{\"name\":\"a lamp\",\"manual\":{\"file\":null}}}"),
                "variables.p.manual.file",
                "manual.bin",
                new Noise(size));

        JsonNode manual = JSON.readTree(answer).at("/data/createProduct/manual");
        assertThat(manual.path("byteSize").asLong()).as(answer).isEqualTo(size);
        try (InputStream served = requests.open(URI.create(manual.get("url").asText()))) {
            assertThat(Noise.crc32(served)).isEqualTo(Noise.crc32(new Noise(size)));
        }
    }

    /** There is one event loop: were it waiting for the client, the other request would have no answer. */
    @Test
    void clientThatStops_holdsUpNobodyElse() throws Exception {
        byte[] beginning = Requests.beginning(
                        operations("mutation($f: Upload!) { measure(file: $f) { byteSize } }", "{\"f\":null}"),
                        "variables.f",
                        "slow.bin")
                .getBytes(UTF_8);
        URI server = application.uri("/graphql");
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream()
                    .write(
                            ("POST /graphql HTTP/1.1\r\nHost: localhost\r\nGraphQL-Preflight: 1\r\nContent-Length: 100000\r\n"
                                            + "Content-Type: " + Requests.contentType() + "\r\n\r\n")
                                    .getBytes(UTF_8));
            socket.getOutputStream().write(beginning);
            socket.getOutputStream().flush();

            for (int i = 0; i < 5; i++) {
                assertThat(requests.upload(
                                operations(CREATE, "{\"p\":{\"name\":\"quick\",\"manual\":{\"file\":null}}}"),
                                "variables.p.manual.file",
                                "quick.txt",
                                new ByteArrayInputStream("quick".getBytes(UTF_8))))
                        .contains("quick.txt");
                // SmallRye runs such a method in a queue of the event loop.
                assertThat(requests.graphQl(operations("{ products { name } }", "{}")))
                        .contains("quick");
            }
        }
    }

    @Test
    void store_s3_isMadeOfSettings() throws Exception {
        try (S3Server server = S3ProxyServer.start();
                QuarkusProcess shop = QuarkusProcess.start(
                        "quarkus.graphql-files.store=s3",
                        "quarkus.graphql-files.s3.bucket=" + server.bucket(),
                        "quarkus.graphql-files.s3.key-prefix=shop/",
                        "quarkus.graphql-files.s3.endpoint=" + server.endpoint(),
                        "quarkus.graphql-files.s3.region=" + server.region(),
                        "quarkus.graphql-files.s3.path-style=true",
                        "quarkus.graphql-files.s3.compatible=true",
                        "aws.accessKeyId=" + server.accessKey(),
                        "aws.secretAccessKey=" + server.secretKey())) {
            assertKeptAt(server.endpoint(), "/" + server.bucket() + "/shop/", shop);
        }
    }

    @Test
    void store_s3_takesTheClientOfTheApplication() throws Exception {
        try (S3Server server = S3ProxyServer.start();
                QuarkusProcess shop = QuarkusProcess.start(
                        "quarkus.graphql-files.store=s3",
                        "quarkus.graphql-files.s3.bucket=" + server.bucket(),
                        "shop.own-client=true",
                        "shop.endpoint=" + server.endpoint(),
                        "aws.accessKeyId=" + server.accessKey(),
                        "aws.secretAccessKey=" + server.secretKey())) {
            assertKeptAt(server.endpoint(), "/" + server.bucket() + "/", shop);
        }
    }

    @Test
    void store_gcs_isMadeOfSettings(@TempDir Path directory) throws Exception {
        try (GcsTestServer server = GcsTestServer.newServer(
                        ServiceAccount.generate(), Files.createDirectory(directory.resolve("buckets")))
                .start()) {
            server.createBucket("files", "");
            Path keyFile = Files.writeString(
                    directory.resolve("key.json"), server.account().keyFile(server.endpoint()));
            try (QuarkusProcess shop = QuarkusProcess.start(
                    Map.of("GOOGLE_APPLICATION_CREDENTIALS", keyFile.toString()),
                    "quarkus.graphql-files.store=gcs",
                    "quarkus.graphql-files.gcs.bucket=files",
                    "quarkus.graphql-files.gcs.key-prefix=shop/",
                    "quarkus.graphql-files.gcs.endpoint=" + server.endpoint())) {
                assertKeptAt(server.endpoint(), "/files/shop/", shop);
            }
        }
    }

    private static void assertKeptAt(URI endpoint, String prefix, QuarkusProcess shop) throws Exception {
        String answer = new Requests(shop)
                .upload(
                        operations(CREATE, "{\"p\":{\"name\":\"a lamp\",\"manual\":{\"file\":null}}}"),
                        "variables.p.manual.file",
                        "manual.txt",
                        new ByteArrayInputStream("in a bucket".getBytes(UTF_8)));

        URI url = URI.create(
                JSON.readTree(answer).at("/data/createProduct/manual/url").asText());
        assertThat(url.getPort()).as(answer).isEqualTo(endpoint.getPort());
        assertThat(url.getPath()).startsWith(prefix);
        try (InputStream served = url.toURL().openStream()) {
            assertThat(served).hasContent("in a bucket");
        }
    }

    @Test
    void store_withoutItsModule_stopsTheStartAndSaysSo() {
        assertThatThrownBy(() -> QuarkusProcess.start("quarkus.graphql-files.store=azure"))
                .hasMessageContaining("quarkus.graphql-files.store=azure: expected"
                        + " io.graphqlfiles:graphql-files-storage-azure among the dependencies");
    }

    @Test
    void store_s3_withoutABucket_stopsTheStartAndSaysSo() {
        assertThatThrownBy(() -> QuarkusProcess.start("quarkus.graphql-files.store=s3"))
                .hasMessageContaining("quarkus.graphql-files.s3.bucket: expected the name of a bucket");
    }

    /** The input type of a class takes the rules of its output type. */
    @Test
    void inputOfTheSameClass_hasItsRules() throws Exception {
        String answer = requests.upload(
                operations(CREATE, "{\"p\":{\"name\":\"a lamp\",\"image\":{\"file\":null}}}"),
                "variables.p.image.file",
                "image.png",
                new ByteArrayInputStream("no picture".getBytes(UTF_8)));

        assertThat(answer).contains("FILE_TYPE_NOT_ACCEPTED");
    }

    @Test
    void inputWithoutFiles_isBoundAsEver() throws Exception {
        String answer = requests.graphQl(operations(CREATE, "{\"p\":{\"name\":\"a lamp\",\"image\":null}}"));

        assertThat(JSON.readTree(answer).at("/data/createProduct/name").asText())
                .as(answer)
                .isEqualTo("a lamp");
        assertThat(JSON.readTree(answer).at("/data/createProduct/image").isNull())
                .isTrue();
    }

    @Test
    void schema_hasTheTypesOfTheLibrary() throws Exception {
        String schema = requests.text("/graphql/schema.graphql");

        assertThat(schema)
                .contains("image: StoredFileInput", "image: StoredFile ", "startFileUpload(", "scalar Upload", "@file(")
                .doesNotContain("scalar StoredFile", "enum Visibility");
    }

    /** A token is the user's for whom it was made. */
    @Test
    void token_ofAUser_isRefusedToAGuest() throws Exception {
        String start = operations(
                "mutation { startFileUpload(input: {field: \"Product.manual\", fileName: \"a.txt\", byteSize: 1}) { token } }",
                "{}");
        String token = JSON.readTree(requests.graphQl(start, "Authorization", Requests.basic(USER, PASSWORD)))
                .at("/data/startFileUpload/token")
                .asText();
        assertThat(token).isNotEmpty();

        String answer = requests.graphQl(operations(
                CREATE, "{\"p\":{\"name\":\"stolen\",\"manual\":{\"directUploadToken\":\"" + token + "\"}}}"));

        assertThat(answer).contains("FILE_UNAUTHENTICATED");
    }

    @Test
    void attachment_belongsToTheRecord() throws Exception {
        String answer = requests.upload(
                operations(
                        "mutation($c: StoredFileInput) { addAlbum(title: \"kept\", cover: $c) { cover { fileName } } }",
                        "{\"c\":{\"file\":null}}"),
                "variables.c.file",
                "cover.png",
                new ByteArrayInputStream(PNG));

        assertThat(JSON.readTree(answer).at("/data/addAlbum/cover/fileName").asText())
                .as(answer)
                .isEqualTo("cover.png");
        assertThat(requests.graphQl(operations("{ albums { title cover { fileName } } }", "{}")))
                .contains("{\"title\":\"kept\",\"cover\":{\"fileName\":\"cover.png\"}}");
    }

    @Test
    void attachment_ofAMutationThatFails_isGoneWithTheRecord() throws Exception {
        long before = files();

        String answer = requests.upload(
                operations(
                        "mutation($c: StoredFileInput) { failToAddAlbum(title: \"lost\", cover: $c) { cover { fileName } } }",
                        "{\"c\":{\"file\":null}}"),
                "variables.c.file",
                "cover.png",
                new ByteArrayInputStream(PNG));

        assertThat(JSON.readTree(answer).at("/data/failToAddAlbum").isNull())
                .as(answer)
                .isTrue();
        assertThat(requests.graphQl(operations("{ albums { title } }", "{}"))).doesNotContain("lost");
        assertThat(files()).isEqualTo(before);
    }

    private static long files() throws IOException {
        try (Stream<Path> all = Files.walk(application.files())) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private static String operations(String query, String variables) throws IOException {
        return "{\"query\":" + JSON.writeValueAsString(query) + ",\"variables\":" + variables + "}";
    }
}
