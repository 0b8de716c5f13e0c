package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import graphql.ExecutionResult;
import io.graphqlfiles.CopyUrlOptions;
import io.graphqlfiles.FileReviewer;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.FileMaintenance;
import io.graphqlfiles.server.GraphQLMultipartRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A shop whose pictures are reviewed, and the four ways in which it gets them. */
final class ReviewShop {

    static final String SDL = Shop.SDL
            .replace("image: StoredFile @file\n", "image: StoredFile @file(review: true)\n")
            .replace("@file(maxCount: 4)", "@file(maxCount: 4, review: true)");

    private static final String FIELDS =
            "{ id status url urlExpiresAt placeholder variant(name: \"x\") { url }" + " variants { url } fileName }";
    private static final Pattern STAGED_KEY = Pattern.compile("staged/\\d{8}/[a-z2-7]{32}");

    /** The ways in which a file comes. */
    enum Way {
        BASE64,
        FILE,
        COPY_URL,
        DIRECT_UPLOAD
    }

    final Shop shop;

    ReviewShop(FileReviewer reviewer) {
        this(reviewer, builder -> {});
    }

    ReviewShop(FileReviewer reviewer, Consumer<GraphQLFiles.Builder> settings) {
        shop = new Shop(builder -> {
            builder.reviewer(reviewer)
                    .authorizer(access -> true)
                    .copyUrl(CopyUrlOptions.newCopyUrlOptions()
                            .allowedNetworks(List.of("127.0.0.0/8"))
                            .build());
            settings.accept(builder);
        });
        shop.catalogue.sdl(SDL);
    }

    FileMaintenance.Reviewed review() {
        return shop.files().maintenance().review();
    }

    /** Creates a product whose image comes in this way, and returns its id. */
    String create(Way way, byte[] content) throws IOException {
        return switch (way) {
            case BASE64 -> shop.created(image(Map.of("base64", Catalogue.base64(text(content)))));
            case FILE -> multipart(content);
            case COPY_URL -> copied(content);
            case DIRECT_UPLOAD -> direct(content);
        };
    }

    String create(String content) {
        return shop.create(content);
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.US_ASCII);
    }

    private static Map<String, Object> image(Map<String, Object> file) {
        Map<String, Object> product = new HashMap<>();
        product.put("image", file);
        return product;
    }

    private String multipart(byte[] content) throws IOException {
        String query = "mutation($p: ProductInput!) { createProduct(product: $p) { id } }";
        String body = "--b\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{\"query\": \"" + query
                + "\", \"variables\": {\"p\": {\"image\": {\"file\": null}}}}"
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n{\"0\": [\"variables.p.image.file\"]}"
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"0\"; filename=\"a.txt\"\r\n\r\n" + text(content)
                + "\r\n--b--\r\n";
        shop.graphQl(); // requests are compared with the schema
        try (GraphQLMultipartRequest request = shop.files()
                .server()
                .openMultipartRequest(
                        "multipart/form-data; boundary=b",
                        header -> header.equalsIgnoreCase("GraphQL-Preflight") ? "1" : null,
                        new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII)))) {
            Map<String, Object> variables = variables(request);
            return Catalogue.<Map<String, String>>dataOf(shop.execute(query, variables), "createProduct")
                    .get("id");
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> variables(GraphQLMultipartRequest request) throws IOException {
        return (Map<String, Object>) new com.fasterxml.jackson.databind.ObjectMapper()
                .readValue(request.operations(), Map.class)
                .get("variables");
    }

    private String copied(byte[] content) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        server.start();
        try {
            return shop.created(image(
                    Map.of("copyURL", "http://127.0.0.1:" + server.getAddress().getPort() + "/a.txt")));
        } finally {
            server.stop(0);
        }
    }

    private String direct(byte[] content) throws IOException {
        Map<String, Object> upload = Catalogue.dataOf(
                shop.execute(
                        "mutation { startFileUpload(input: {field: \"Product.image\", fileName: \"a.txt\", byteSize: "
                                + content.length + "}) { token request { url } } }"),
                "startFileUpload");
        Matcher key = STAGED_KEY.matcher(upload.get("request").toString());
        assertThat(key.find()).isTrue();
        shop.catalogue.store.put(
                new PutRequest(key.group(), content.length, "application/octet-stream", "inline", Visibility.PRIVATE),
                new ByteArrayInputStream(content));
        return shop.created(image(Map.of("directUploadToken", upload.get("token"))));
    }

    /** The image as a client sees it; null if there is none. */
    Map<String, Object> image(String id) {
        ExecutionResult result = shop.execute("{ product(id: \"" + id + "\") { image " + FIELDS + " } }");
        return Catalogue.<Map<String, Map<String, Object>>>dataOf(result, "product")
                .get("image");
    }

    /** As a client may see it who has its id only. */
    Object urlOf(String fileId) {
        ExecutionResult result = shop.execute("{ urlForFile(id: \"" + fileId + "\") { url } }");
        assertThat(result.getErrors()).isEmpty();
        return ((Map<?, ?>) result.getData()).get("urlForFile");
    }

    StoredFile file(String id) {
        return shop.files().attachments().list("Product.image", id).get(0);
    }

    void assertPending(String id) {
        assertHidden(id, "PENDING");
        assertThat(shop.catalogue.store.keys()).contains(file(id).key());
    }

    void assertReady(String id) {
        Map<String, Object> image = image(id);
        assertThat(image).containsEntry("status", "READY");
        assertThat(image.get("url")).isNotNull();
        assertThat(urlOf(file(id).id())).isNotNull();
    }

    void assertRejected(String id) {
        assertHidden(id, "REJECTED");
        assertThat(shop.keys()).doesNotContain(file(id).key());
    }

    private void assertHidden(String id, String status) {
        Map<String, Object> image = image(id);
        assertThat(image).containsEntry("status", status).containsEntry("variants", List.of());
        for (String hidden : List.of("url", "urlExpiresAt", "placeholder", "variant")) {
            assertThat(image).as(hidden).containsEntry(hidden, null);
        }
        assertThat(urlOf(file(id).id())).isNull();
    }
}
