package io.graphqlfiles.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** A way to take an upload, what its server runs with, and what a client sends to it. */
enum Contender {
    RAW("/upload", "", RawServer.class, Libraries.ALL),
    STARTER_MVC("/graphql", Operation.STORED_FILE, StarterServer.class, Libraries.STARTER_MVC),
    STARTER_WEBFLUX("/graphql", Operation.STORED_FILE, StarterServer.class, Libraries.STARTER_WEBFLUX),
    FILTER("/graphql", Operation.STORED_FILE, FilterServer.class, Libraries.ALL),
    SPRING_LIBRARY(
            "/graphql",
            "mutation ($file: Upload!) { upload(file: $file) }",
            SpringLibraryServer.class,
            Libraries.SPRING_LIBRARY);

    /** As long and as shaped as those of browsers. */
    private static final String BOUNDARY = "----WebKitFormBoundaryq7Yd2fXcN0eRkV4T";

    private final String path;
    private final String operation;
    private final Class<?> mainClass;
    private final Libraries libraries;

    Contender(String path, String operation, Class<?> mainClass, Libraries libraries) {
        this.path = path;
        this.operation = operation;
        this.mainClass = mainClass;
        this.libraries = libraries;
    }

    /** @throws IllegalArgumentException with the titles that there are, if there is no such contender */
    static Contender of(String title) {
        return Arrays.stream(values())
                .filter(contender -> contender.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("contenders: expected some of "
                        + Arrays.stream(values()).map(Contender::title).toList() + ", found " + title));
    }

    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String mainClass() {
        return mainClass.getName();
    }

    Libraries libraries() {
        return libraries;
    }

    /** All that goes before the bytes of the file. */
    byte[] head(long fileSize) {
        String before = operation.isEmpty()
                ? ""
                : part("name=\"operations\"\r\n\r\n{\"query\":\"" + operation + "\",\"variables\":{\"file\":null}}")
                        + part("name=\"map\"\r\n\r\n{\"0\":[\"variables.file\"]}")
                        + "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"0\"; filename=\"file.bin\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n";
        String contentType =
                operation.isEmpty() ? "application/octet-stream" : "multipart/form-data; boundary=" + BOUNDARY;
        long contentLength = before.length() + fileSize + tail().length;
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
                        + "GraphQL-Preflight: 1\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                        + contentLength
                        + "\r\n\r\n" + before)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** All that goes after them. */
    byte[] tail() {
        return (operation.isEmpty() ? "" : "\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String part(String rest) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + rest + "\r\n";
    }

    private static final class Operation {

        static final String STORED_FILE = "mutation ($file: Upload!) { upload(file: { file: $file }) { byteSize } }";
    }
}
