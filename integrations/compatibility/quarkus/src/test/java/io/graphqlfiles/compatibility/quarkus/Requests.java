package io.graphqlfiles.compatibility.quarkus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/** What clients send to the application. */
final class Requests {

    private static final String BOUNDARY = "boundary-of-the-test";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final QuarkusProcess application;

    Requests(QuarkusProcess application) {
        this.application = application;
    }

    /** The answer to a GraphQL request in JSON. */
    String graphQl(String json, String... headers) throws IOException, InterruptedException {
        return send("application/json", BodyPublishers.ofString(json), headers);
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    /** The answer to a multipart request whose only file is at a place of its variables. */
    String upload(String operations, String place, String fileName, InputStream content, String... headers)
            throws IOException, InterruptedException {
        InputStream body = new SequenceInputStream(Collections.enumeration(List.of(
                bytes(beginning(operations, place, fileName)), content, bytes("\r\n--" + BOUNDARY + "--\r\n"))));
        return send(contentType(), BodyPublishers.ofInputStream(() -> body), headers);
    }

    static String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    static String beginning(String operations, String place, String fileName) {
        return part("operations", operations) + part("map", "{\"0\":[\"" + place + "\"]}") + "--" + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"0\"; filename=\"" + fileName
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    }

    private static String part(String name, String value) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private String send(String contentType, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(application.uri("/graphql"))
                .header("Content-Type", contentType)
                .header("GraphQL-Preflight", "1")
                .POST(body);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString()).body();
    }

    InputStream open(URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream())
                .body();
    }

    String text(String path) throws IOException, InterruptedException {
        try (InputStream in = open(application.uri(path))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
