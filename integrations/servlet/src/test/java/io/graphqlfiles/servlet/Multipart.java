package io.graphqlfiles.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** A multipart body, part by part. */
final class Multipart {

    static final String HEADERS = "Content-Type: multipart/form-data; boundary=b\r\nGraphQL-Preflight: 1\r\n";

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Multipart() {
        body.writeBytes("--b".getBytes(ISO_8859_1));
    }

    static Multipart of(String query, String variables, String map) {
        return new Multipart()
                .field("operations", "{\"query\":\"" + query + "\",\"variables\":" + variables + "}")
                .field("map", map);
    }

    /** A mutation with one file for the argument {@code file}. */
    static Multipart oneFile(String field) {
        return of("mutation($f: Upload!) { " + field + "(file: $f) }", "{\"f\":null}", "{\"0\":[\"variables.f\"]}");
    }

    /** A mutation with one file for the field {@code file} of {@code StoredFileInput}. */
    static Multipart oneStoredFile() {
        return of(
                "mutation($f: Upload!) { store(file: {file: $f}) { fileName mimeType byteSize } }",
                "{\"f\":null}",
                "{\"0\":[\"variables.f\"]}");
    }

    /** A mutation with files for the argument {@code files}. */
    static Multipart severalFiles(String field, int count) {
        StringBuilder map = new StringBuilder();
        for (int i = 0; i < count; i++) {
            map.append(i == 0 ? "" : ",").append("\"" + i + "\":[\"variables.f." + i + "\"]");
        }
        return of(
                "mutation($f: [Upload!]!) { " + field + "(files: $f) }",
                "{\"f\":[" + "null,".repeat(count).replaceAll(",$", "") + "]}",
                "{" + map + "}");
    }

    Multipart field(String name, String content) {
        return raw("Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n", content.getBytes(UTF_8));
    }

    Multipart file(String name, String fileName, byte[] content) {
        return raw(
                "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName
                        + "\"\r\nContent-Type: text/plain\r\n\r\n",
                content);
    }

    Multipart file(String name, String fileName, String content) {
        return file(name, fileName, content.getBytes(UTF_8));
    }

    Multipart raw(String header, byte[] content) {
        body.writeBytes(("\r\n" + header).getBytes(UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n--b".getBytes(ISO_8859_1));
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes("--\r\n".getBytes(ISO_8859_1));
        return whole.toByteArray();
    }
}
