package io.graphqlfiles.servlet.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's server does what the guide says. */
class PlainServerTest {

    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    @TempDir
    Path directory;

    private final Tomcat tomcat = new Tomcat();
    private URI server;

    @BeforeEach
    void start() throws Exception {
        String sdl = Files.readString(Path.of("src/test/resources/graphql-docs/plain.graphqls"));
        PlainServer plain =
                new PlainServer(sdl, directory.resolve("files"), "a secret for this test, long enough to be one");
        tomcat.setBaseDir(directory.resolve("tomcat").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "graphql", plain.graphQlServlet()).addMapping("/graphql");
        context.addServletContainerInitializer((classes, servletContext) -> plain.onStartup(servletContext), Set.of());
        tomcat.start();
        server = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void upload_thenDownload() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        field(
                body,
                "operations",
                "{\"query\":\"mutation($image: Upload!) { createProduct(product: {name: \\\"Cup\\\", image: {file: $image}})"
                        + " { name image { url fileName mimeType byteSize } } }\",\"variables\":{\"image\":null}}");
        field(body, "map", "{\"0\":[\"variables.image\"]}");
        body.writeBytes(
                "--b\r\nContent-Disposition: form-data; name=\"0\"; filename=\"cup.png\"\r\n\r\n".getBytes(UTF_8));
        body.writeBytes(PNG);
        body.writeBytes("\r\n--b--\r\n".getBytes(UTF_8));

        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(server.resolve("/graphql"))
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .header("GraphQL-Preflight", "1")
                        .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                BodyHandlers.ofString());

        JsonNode image = new ObjectMapper().readTree(answer.body()).at("/data/createProduct/image");
        assertThat(image.path("fileName").asText()).isEqualTo("cup.png");
        assertThat(image.path("mimeType").asText()).isEqualTo("image/png");
        assertThat(image.path("byteSize").asLong()).isEqualTo(PNG.length);
        HttpResponse<byte[]> served = client.send(
                HttpRequest.newBuilder(server.resolve(image.path("url").asText()))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(served.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(served.body()).isEqualTo(PNG);
    }

    private static void field(ByteArrayOutputStream body, String name, String value) {
        body.writeBytes(("--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                .getBytes(UTF_8));
    }
}
