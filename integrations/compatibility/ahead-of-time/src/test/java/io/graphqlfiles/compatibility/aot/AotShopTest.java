package io.graphqlfiles.compatibility.aot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.engine.GraphQLFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The application as a native image has it, but on the JVM: its beans are what {@code process-aot} has made. What a
 * native image lacks besides is looked up in the hints that come with it.
 */
class AotShopTest {

    private static final byte[] PICTURE = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    private static final String BOUNDARY = "boundary-of-the-test";

    private static ConfigurableApplicationContext shop;
    private static String server;

    @BeforeAll
    static void start() {
        assertThat(AotDetector.useGeneratedArtifacts()).isTrue();
        SpringApplication application = new SpringApplication(AotShop.class);
        application.setMainApplicationClass(AotShop.class); // not that of the process, which is the tests'
        shop = application.run("--server.port=0", "--graphql.files.secret=a-secret-for-tests-of-32-characters-or-more");
        server = "http://127.0.0.1:" + shop.getEnvironment().getProperty("local.server.port");
    }

    @AfterAll
    static void stop() {
        if (shop != null) {
            shop.close();
        }
    }

    private static JsonNode upload(String mutation) throws IOException, InterruptedException {
        String operations = "{\"query\": \"mutation ($image: Upload, $manual: Upload) { product: " + mutation
                + "(product: {name: \\\"Cup\\\", image: {file: $image}, manual: {file: $manual}})"
                + " { id image { url mimeType } manual { fileName } } }\","
                + " \"variables\": {\"image\": null, \"manual\": null}}";
        String form = part("name=\"operations\"", operations)
                + part("name=\"map\"", "{\"0\": [\"variables.image\"], \"1\": [\"variables.manual\"]}");
        byte[] body = concat(
                form.getBytes(UTF_8),
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"0\"; filename=\"cup.png\"\r\n\r\n")
                        .getBytes(UTF_8),
                PICTURE,
                ("\r\n" + part("name=\"1\"; filename=\"cup.txt\"", "Fill it, then drink.") + "--" + BOUNDARY + "--\r\n")
                        .getBytes(UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/graphql"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .header("GraphQL-Preflight", "1")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return JsonMapper.shared()
                .readTree(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body());
    }

    private static String part(String disposition, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
    }

    private static byte[] concat(byte[]... all) {
        return Stream.of(all).reduce(new byte[0], (one, other) -> {
            byte[] both = Arrays.copyOf(one, one.length + other.length);
            System.arraycopy(other, 0, both, one.length, other.length);
            return both;
        });
    }

    @Test
    void beans_areThoseOfTheBuild() {
        assertThat(shop.containsBean("org.springframework.context.annotation.internalConfigurationAnnotationProcessor"))
                .isFalse();
        assertThat(shop.getBean(GraphQLFiles.class)).isNotNull();
    }

    @Test
    void upload_isKeptAndServed() throws IOException, InterruptedException {
        JsonNode product = upload("createProduct").at("/data/product");

        assertThat(product.at("/image/mimeType").asString()).isEqualTo("image/png");
        assertThat(product.at("/manual/fileName").asString()).isEqualTo("cup.txt");
        byte[] served = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server)
                                        .resolve(product.at("/image/url").asString()))
                                .build(),
                        BodyHandlers.ofByteArray())
                .body();
        assertThat(served).isEqualTo(PICTURE);
    }

    @Test
    void rulesOfMethods_areAsked() throws IOException, InterruptedException {
        assertThat(upload("importProduct")
                        .at("/errors/0/extensions/classification")
                        .asString())
                .isEqualTo("UNAUTHORIZED");
    }

    @Test
    void hints_nameWhatIsReadByName() throws IOException {
        List<String> read;
        try (Stream<Path> all = Files.walk(Path.of("target/classes/META-INF/native-image"))) {
            read = all.filter(file -> file.endsWith("reachability-metadata.json"))
                    .flatMap(file -> JsonMapper.shared().readTree(file.toFile()).findValuesAsString("glob").stream())
                    .toList();
        }
        assertThat(read)
                .contains(
                        "META-INF/graphql-files/*",
                        "io/graphqlfiles/internal/mime/types.bin",
                        "io/graphqlfiles/attachments/jdbc/*/*.sql");
        try (InputStream sdl = GraphQLFiles.class.getResourceAsStream("/META-INF/graphql-files/files.graphqls")) {
            assertThat(sdl).isNotNull();
        }
    }
}
