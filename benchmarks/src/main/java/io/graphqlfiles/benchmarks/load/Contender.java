package io.graphqlfiles.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A way to take an upload, and what a client sends to it. */
enum Contender {
    RAW("raw", "/upload", "", RawServer.class),
    GRAPHQL_FILES(
            "graphql-files",
            "/graphql",
            "mutation ($file: Upload!) { upload(file: { file: $file }) { byteSize } }",
            GraphQLFilesServer.class),
    SPRING_LIBRARY(
            "spring-library",
            "/graphql",
            "mutation ($file: Upload!) { upload(file: $file) }",
            SpringLibraryServer.class);

    private static final String BOUNDARY = "----7c0f1e5d9a3b48c2";

    private final String title;
    private final String path;
    private final String operation;
    private final Class<?> mainClass;

    Contender(String title, String path, String operation, Class<?> mainClass) {
        this.title = title;
        this.path = path;
        this.operation = operation;
        this.mainClass = mainClass;
    }

    static Contender of(String title) {
        return valueOf(title.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String title() {
        return title;
    }

    String mainClass() {
        return mainClass.getName();
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
}
