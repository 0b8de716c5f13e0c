package io.graphqlfiles.compatibility.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.graphqlfiles.compatibility.Directories;
import io.graphqlfiles.compatibility.PlainApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OkHttp as a client: a multipart request, and a direct upload. */
class OkHttpClientTest {

    private static final Directories DIRECTORIES = Directories.create();
    private static final Server JETTY = new Server(0);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADD =
            "mutation ($document: DocumentInput!) { addDocument(document: $document) { content { url fileName } } }";
    private static final String START = """
            mutation ($input: StartFileUploadInput!) {
              startFileUpload(input: $input) { token request { url method headers { name value } } }
            }""";

    private static PlainApplication application;
    private static OkHttpClient http;
    private static String endpoint;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        application = new PlainApplication(DIRECTORIES, false);
        ServletContextHandler context = new ServletContextHandler("/");
        context.setTempDirectory(DIRECTORIES.temporaryFiles().toFile());
        context.addServletContainerInitializer((classes, servletContext) ->
                PlainServlets.register(application, PlainServlets.graphQl(application, false), servletContext));
        JETTY.setHandler(context);
        JETTY.start();
        endpoint = "http://localhost:" + ((ServerConnector) JETTY.getConnectors()[0]).getLocalPort() + "/graphql";
        http = new OkHttpClient();
    }

    @AfterAll
    static void stop() throws Exception {
        http.connectionPool().evictAll();
        JETTY.stop();
        application.files().close();
    }

    private Path largeFile() throws IOException {
        return Files.writeString(directory.resolve("größe.txt"), "a line of text\n".repeat(500_000), UTF_8);
    }

    // tag::okhttp
    private static JsonNode send(Request request) throws IOException {
        try (Response response = http.newCall(request).execute()) {
            JsonNode answer = JSON.readTree(response.body().byteStream());
            if (answer.hasNonNull("errors")) {
                throw new IOException(answer.get("errors").toString());
            }
            return answer.get("data");
        }
    }

    private static JsonNode graphQl(String query, Map<String, ?> variables) throws IOException {
        String operation = JSON.writeValueAsString(Map.of("query", query, "variables", variables));
        return send(new Request.Builder()
                .url(endpoint)
                .post(RequestBody.create(operation, MediaType.get("application/json")))
                .build());
    }

    /** The file as a part of a multipart request, streamed: in the variables, null is in its place. */
    private static JsonNode sendInPart(String query, Map<String, ?> variables, String place, Path file)
            throws IOException {
        return send(new Request.Builder()
                .url(endpoint)
                .header("GraphQL-Preflight", "1")
                .post(new MultipartBody.Builder()
                        .setType(MultipartBody.FORM)
                        .addFormDataPart(
                                "operations", JSON.writeValueAsString(Map.of("query", query, "variables", variables)))
                        .addFormDataPart("map", JSON.writeValueAsString(Map.of("0", List.of(place))))
                        .addFormDataPart("0", file.getFileName().toString(), RequestBody.create(file.toFile(), null))
                        .build())
                .build());
    }

    /** The file straight to the store; gives the token. */
    private static String upload(String field, Path file) throws IOException {
        Map<String, ?> input =
                Map.of("field", field, "fileName", file.getFileName().toString(), "byteSize", Files.size(file));
        JsonNode started = graphQl(START, Map.of("input", input)).get("startFileUpload");
        JsonNode toStore = started.get("request");
        Request.Builder request = new Request.Builder()
                .url(toStore.get("url").asText())
                .method(toStore.get("method").asText(), RequestBody.create(file.toFile(), null));
        toStore.get("headers")
                .forEach(header -> request.header(
                        header.get("name").asText(), header.get("value").asText()));
        try (Response response = http.newCall(request.build()).execute()) {
            if (!response.isSuccessful()) {
                throw new IOException("The store answered with status " + response.code());
            }
        }
        return started.get("token").asText();
    }
    // end::okhttp

    @Test
    void fileInPart_isStored() throws IOException {
        Path file = largeFile();
        Map<String, Object> content = new HashMap<>();
        content.put("file", null);

        JsonNode data = sendInPart(
                ADD,
                Map.of("document", Map.of("title", "A part", "content", content)),
                "variables.document.content.file",
                file);

        assertServed(data.at("/addDocument/content"), file);
    }

    @Test
    void fileByToken_isStored() throws IOException {
        Path file = largeFile();

        String token = upload("Document.content", file);
        JsonNode data = graphQl(
                ADD, Map.of("document", Map.of("title", "A token", "content", Map.of("directUploadToken", token))));

        assertServed(data.at("/addDocument/content"), file);
    }

    private static void assertServed(JsonNode content, Path file) throws IOException {
        Request request = new Request.Builder().url(content.get("url").asText()).build();
        try (Response response = http.newCall(request).execute()) {
            assertThat(response.body().bytes()).isEqualTo(Files.readAllBytes(file));
        }
        assertThat(content.get("fileName").asText())
                .isEqualTo(file.getFileName().toString());
    }
}
