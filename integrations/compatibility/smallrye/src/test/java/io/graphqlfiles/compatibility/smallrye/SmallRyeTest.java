package io.graphqlfiles.compatibility.smallrye;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.graphqlfiles.CopyUrlOptions;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.compatibility.Directories;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.servlet.FileServlet;
import io.graphqlfiles.servlet.GraphQLUploadFilter;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * SmallRye GraphQL. Not the contract: its schema cannot be had here, because files in input objects cannot. What works
 * is that files are arguments.
 */
class SmallRyeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Directories DIRECTORIES = Directories.create();
    private static final Server JETTY = new Server(0);
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");
    private static final String ADD =
            "mutation($image: StoredFileInput) { addPicture(title: \"a picture\", image: $image) {"
                    + " title image { id url fileName mimeType byteSize } } }";

    private static GraphQLFiles files;
    private static String base;

    @BeforeAll
    static void start() throws Exception {
        files = GraphQLFiles.newGraphQLFiles()
                .store(FileSystemBlobStore.at(DIRECTORIES.files()))
                .secret("a secret for the tests of compatibility")
                .temporaryDirectory(DIRECTORIES.temporaryFiles())
                .authorizer(access -> true)
                .copyUrl(CopyUrlOptions.newCopyUrlOptions()
                        .allowedNetworks(List.of("127.0.0.0/8"))
                        .build())
                .registry(FileFieldRegistry.newRegistry()
                        .field("Picture", "image", rules -> rules.accept("image/*"))
                        .argument("Mutation", "addPicture", "image", "Picture.image")
                        .argument("Mutation", "failToAddPicture", "image", "Picture.image")
                        .build())
                .build();
        FileFieldsService.use(files);
        ServletContextHandler context = new ServletContextHandler("/");
        context.setTempDirectory(DIRECTORIES.temporaryFiles().toFile());
        context.addServlet(new ServletHolder(new SmallRyeServlet()), "/graphql");
        context.addServlet(
                new ServletHolder(new FileServlet(files)), files.server().basePath() + "/*");
        FilterHolder filter = new FilterHolder(new GraphQLUploadFilter(files));
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/graphql", EnumSet.of(DispatcherType.REQUEST));
        JETTY.setHandler(context);
        JETTY.start();
        base = "http://localhost:" + ((ServerConnector) JETTY.getConnectors()[0]).getLocalPort();
    }

    @AfterAll
    static void stop() throws Exception {
        JETTY.stop();
        files.close();
    }

    @Test
    void base64_isStoredAndServed() throws Exception {
        assertServed(add(Map.of("base64", Base64.getEncoder().encodeToString(PNG), "fileName", "p.png")), "p.png");
    }

    @Test
    void file_isStoredAndServed() throws Exception {
        assertServed(multipart("addPicture", "image/png", PNG).at("/data/addPicture/image"), "p.png");
    }

    @Test
    void copyUrl_isStoredAndServed() throws Exception {
        HttpServer source = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        source.createContext("/copied.png", exchange -> {
            exchange.sendResponseHeaders(200, PNG.length);
            exchange.getResponseBody().write(PNG);
            exchange.close();
        });
        source.start();
        try {
            String url = "http://127.0.0.1:" + source.getAddress().getPort() + "/copied.png";
            assertServed(add(Map.of("copyURL", url)), "copied.png");
        } finally {
            source.stop(0);
        }
    }

    @Test
    void directUpload_isStoredAndServed() throws Exception {
        JsonNode upload = run(
                        "mutation($s: Long!) { startFileUpload(input: {field: \"Picture.image\", fileName: \"d.png\","
                                + " mimeType: \"image/png\", byteSize: $s}) { token request { url } } }",
                        Map.of("s", PNG.length))
                .at("/data/startFileUpload");
        HttpResponse<String> sent = send(HttpRequest.newBuilder(
                        URI.create(base).resolve(upload.at("/request/url").asText()))
                .header("Content-Type", "image/png")
                .PUT(BodyPublishers.ofByteArray(PNG)));
        assertThat(sent.statusCode()).isEqualTo(201);

        assertServed(add(Map.of("directUploadToken", upload.get("token").asText())), "d.png");
    }

    @Test
    void file_ofAnotherType_isRefused() throws Exception {
        long before = count();

        JsonNode answer = multipart("addPicture", "text/plain", "hello".getBytes(UTF_8));

        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("FILE_TYPE_NOT_ACCEPTED");
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void dataFetcher_fails_nothingIsLeft() throws Exception {
        long before = count();

        JsonNode answer = multipart("failToAddPicture", "image/png", PNG);

        assertThat(answer.path("errors")).hasSize(1);
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void query_readsWhatWasAdded() throws Exception {
        add(Map.of("base64", Base64.getEncoder().encodeToString(PNG)));

        JsonNode answer = run("{ pictures { title image { url } } }", Map.of());

        assertThat(answer.at("/data/pictures/0/image/url").asText()).startsWith("/files/");
    }

    private static JsonNode add(Map<String, Object> image) throws Exception {
        JsonNode answer = run(ADD, Map.of("image", image));
        assertThat(answer.path("errors")).as(answer.toString()).isEmpty();
        return answer.at("/data/addPicture/image");
    }

    private static JsonNode run(String query, Map<String, Object> variables) throws Exception {
        String body = JSON.writeValueAsString(Map.of("query", query, "variables", variables));
        return JSON.readTree(send(HttpRequest.newBuilder(URI.create(base + "/graphql"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)))
                .body());
    }

    private static JsonNode multipart(String mutation, String type, byte[] content) throws Exception {
        String operations = "{\"query\":\"mutation($image: Upload) { " + mutation
                + "(title: \\\"a picture\\\", image: {file: $image}) { image { id url fileName mimeType byteSize } } }\","
                + "\"variables\":{\"image\":null}}";
        byte[] start = ("--b\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n" + operations
                        + "\r\n--b\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n{\"0\":[\"variables.image\"]}"
                        + "\r\n--b\r\nContent-Disposition: form-data; name=\"0\"; filename=\"p.png\"\r\nContent-Type: "
                        + type + "\r\n\r\n")
                .getBytes(UTF_8);
        return JSON.readTree(send(HttpRequest.newBuilder(URI.create(base + "/graphql"))
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .header("GraphQL-Preflight", "1")
                        .POST(BodyPublishers.concat(
                                BodyPublishers.ofByteArray(start),
                                BodyPublishers.ofByteArray(content),
                                BodyPublishers.ofString("\r\n--b--\r\n"))))
                .body());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static void assertServed(JsonNode image, String fileName) throws Exception {
        assertThat(image.path("fileName").asText()).isEqualTo(fileName);
        assertThat(image.get("mimeType").asText()).isEqualTo("image/png");
        URI url = URI.create(base).resolve(image.get("url").asText());
        assertThat(HTTP.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray())
                        .body())
                .isEqualTo(PNG);
    }

    private static long count() {
        try (Stream<Path> all = Files.walk(DIRECTORIES.files())) {
            return all.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
