package io.graphqlfiles.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spring.docs.GettingStartedApplication;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The application that docs/getting-started-spring.md shows. */
@SpringBootTest(
        classes = GettingStartedApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.graphql.schema.locations=classpath:graphql-docs/",
            "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more",
            "spring.security.user.name=ann",
            "spring.security.user.password=a"
        })
class GettingStartedTest {

    private static final byte[] PNG = Samples.png(80);

    @TempDir
    static Path directory;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void root(DynamicPropertyRegistry properties) {
        properties.add("graphql.files.fs.root", directory::toString);
    }

    @Test
    void product_livesAndEnds() {
        HttpGraphQl http = new HttpGraphQl(URI.create("http://127.0.0.1:" + port))
                .header("Authorization", "Basic " + Samples.base64("ann:a".getBytes(UTF_8)));
        Map<String, Object> input = Map.of("name", "cup", "image", Map.of("base64", Samples.base64(PNG)));

        JsonNode answer = http.run(
                "mutation ($product: ProductInput!) { createProduct(product: $product) { id image { url } } }",
                Map.of("product", input));
        JsonNode created = answer.at("/data/createProduct");
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(http.get(created.at("/image/url").asString()).body()).isEqualTo(PNG);

        Map<String, Object> patch = new HashMap<>();
        patch.put("image", null);
        JsonNode updated = http.run(
                        "mutation ($id: ID!, $product: ProductPatch!) { updateProduct(id: $id, product: $product) { name image { url } } }",
                        Map.of("id", created.get("id").asString(), "product", patch))
                .at("/data/updateProduct");
        assertThat(updated.toString()).isEqualTo("{\"name\":\"cup\",\"image\":null}");
        assertThat(http.get(created.at("/image/url").asString()).statusCode()).isEqualTo(404);

        JsonNode deleted = http.run(
                "mutation ($id: ID!) { deleteProduct(id: $id) }",
                Map.of("id", created.get("id").asString()));
        assertThat(deleted.at("/data/deleteProduct").asBoolean()).isTrue();
    }
}
