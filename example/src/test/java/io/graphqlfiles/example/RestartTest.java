package io.graphqlfiles.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RestartTest {

    private static final String CREATE =
            "mutation { createProduct(product: {name: \"thing\", attachment: {base64: \"AQID\", fileName: \"a.bin\"}})"
                    + " { id attachment { url } } }";

    @TempDir
    Path directory;

    @Test
    void restart_keepsProductsAndUrls() throws Exception {
        String id;
        String path;
        try (Server server = Server.start(directory)) {
            JsonNode product = server.client().run(CREATE, Map.of()).at("/data/createProduct");
            id = product.get("id").asString();
            path = product.at("/attachment/url").asString().replaceFirst("http://127\\.0\\.0\\.1:\\d+", "");
        }
        String secret = Files.readString(directory.resolve("secret"));

        try (Server server = Server.start(directory)) {
            JsonNode product = server.client()
                    .run("query ($id: ID!) { product(id: $id) { attachment { fileName } } }", Map.of("id", id))
                    .at("/data/product");

            assertThat(product.at("/attachment/fileName").asString()).isEqualTo("a.bin");
            assertThat(server.client().get(path).getBody()).containsExactly(1, 2, 3);
        }
        assertThat(secret).hasSize(44);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("secret"))))
                .isEqualTo("rw-------");
    }
}
