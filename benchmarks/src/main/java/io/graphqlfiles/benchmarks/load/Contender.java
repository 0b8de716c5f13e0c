package io.graphqlfiles.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** A way to take an upload, what its server runs with, and what a client sends to it. */
enum Contender {
    RAW(Body.BYTES, "", RawServer.class, Libraries.ALL),
    TEXT_MVC(
            Body.JSON,
            "mutation ($text: String!) { upload(text: $text) { byteSize } }",
            TextServer.class,
            Libraries.SPRING_ALONE),
    STARTER_MVC(Body.MULTIPART, Operation.STORED_FILE, StarterServer.class, Libraries.STARTER_MVC),
    STARTER_WEBFLUX(Body.MULTIPART, Operation.STORED_FILE, StarterServer.class, Libraries.STARTER_WEBFLUX),
    FILTER(Body.MULTIPART, Operation.STORED_FILE, FilterServer.class, Libraries.ALL),
    SPRING_LIBRARY(
            Body.MULTIPART,
            "mutation ($file: Upload!) { upload(file: $file) }",
            SpringLibraryServer.class,
            Libraries.SPRING_LIBRARY);

    /** How the bytes of a file are sent. */
    private enum Body {
        BYTES,
        MULTIPART,
        /** As a string, of letters. */
        JSON
    }

    /** A string is held in memory, several times over. */
    private static final long MOST_TEXT = 1024 * 1024;

    /** As long and as shaped as those of browsers. */
    private static final String BOUNDARY = "----WebKitFormBoundaryq7Yd2fXcN0eRkV4T";

    private final Body body;
    private final String operation;
    private final Class<?> mainClass;
    private final Libraries libraries;

    Contender(Body body, String operation, Class<?> mainClass, Libraries libraries) {
        this.body = body;
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

    /** Whether files of this size can be sent to it. */
    boolean takes(long fileSize) {
        return body != Body.JSON || fileSize <= MOST_TEXT;
    }

    boolean takesLettersOnly() {
        return body == Body.JSON;
    }

    /** All that goes before the bytes of the file. */
    byte[] head(long fileSize) {
        String path = body == Body.BYTES ? "/upload" : "/graphql";
        String contentType = switch (body) {
            case BYTES -> "application/octet-stream";
            case MULTIPART -> "multipart/form-data; boundary=" + BOUNDARY;
            case JSON -> "application/json";
        };
        String before = before();
        long contentLength = before.length() + fileSize + tail().length;
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
                        + "GraphQL-Preflight: 1\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                        + contentLength
                        + "\r\n\r\n" + before)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private String before() {
        return switch (body) {
            case BYTES -> "";
            case MULTIPART ->
                part("name=\"operations\"\r\n\r\n{\"query\":\"" + operation + "\",\"variables\":{\"file\":null}}")
                        + part("name=\"map\"\r\n\r\n{\"0\":[\"variables.file\"]}")
                        + "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"0\"; filename=\"file.bin\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n";
            case JSON -> "{\"query\":\"" + operation + "\",\"variables\":{\"text\":\"";
        };
    }

    /** All that goes after them. */
    byte[] tail() {
        String after = switch (body) {
            case BYTES -> "";
            case MULTIPART -> "\r\n--" + BOUNDARY + "--\r\n";
            case JSON -> "\"}}";
        };
        return after.getBytes(StandardCharsets.US_ASCII);
    }

    private static String part(String rest) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + rest + "\r\n";
    }

    private static final class Operation {

        static final String STORED_FILE = "mutation ($file: Upload!) { upload(file: { file: $file }) { byteSize } }";
    }
}
