package io.graphqlfiles.spring;

import static io.graphqlfiles.spring.HttpGraphQl.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spring.docs.GettingStartedApplication;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * Two nodes while a secret is being replaced: one still has the old secret only, one has the new one first and the old
 * one second.
 */
class SecretRotationTest {

    private static final String OLD = "the-old-secret-of-32-characters-or-more";
    private static final String NEW = "the-new-secret-of-32-characters-or-more";

    @TempDir
    Path directory;

    @Test
    void secondSecret_opensWhatItSealed() {
        try (ConfigurableApplicationContext behind = start("--graphql.files.secret=" + OLD);
                ConfigurableApplicationContext ahead =
                        start("--graphql.files.secret[0]=" + NEW, "--graphql.files.secret[1]=" + OLD)) {
            assertThat(claim(ahead, upload(behind)).has("errors")).isFalse();
            assertThat(claim(behind, upload(ahead))
                            .at("/errors/0/extensions/code")
                            .asString())
                    .isEqualTo("FILE_TOKEN_INVALID");
        }
    }

    private static String upload(ConfigurableApplicationContext node) {
        JsonNode started = http(node)
                .run(
                        "mutation { startFileUpload(input: {field: \"Product.image\", fileName: \"a.png\", byteSize: 80}) {"
                                + " token request { url method headers { name value } } } }",
                        Map.of())
                .at("/data/startFileUpload");
        assertThat(http(node).upload(started.get("request"), Samples.png(80)).statusCode())
                .isBetween(200, 204);
        return text(started, "token");
    }

    private static JsonNode claim(ConfigurableApplicationContext node, String token) {
        return http(node)
                .run(
                        "mutation ($product: ProductInput!) { createProduct(product: $product) { id } }",
                        Map.of("product", Map.of("name", "cup", "image", Map.of("directUploadToken", token))));
    }

    private ConfigurableApplicationContext start(String... secrets) {
        return new SpringApplicationBuilder(GettingStartedApplication.class)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.graphql.schema.locations=classpath:graphql-docs/",
                        "graphql.files.fs.root=" + directory,
                        "spring.security.user.name=ann",
                        "spring.security.user.password=a")
                .run(secrets);
    }

    private static HttpGraphQl http(ConfigurableApplicationContext node) {
        int port = ((ServletWebServerApplicationContext) node).getWebServer().getPort();
        return new HttpGraphQl(URI.create("http://127.0.0.1:" + port))
                .header("Authorization", "Basic " + Samples.base64("ann:a".getBytes(UTF_8)));
    }
}
