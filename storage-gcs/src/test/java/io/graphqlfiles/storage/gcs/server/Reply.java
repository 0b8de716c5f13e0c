package io.graphqlfiles.storage.gcs.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is answered. */
final class Reply {

    /** Opens the body. */
    interface Body {
        InputStream open() throws IOException;
    }

    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final long length;
    private final Body body;

    private Reply(int status, long length, Body body) {
        this.status = status;
        this.length = length;
        this.body = body;
    }

    static Reply empty(int status) {
        return new Reply(status, 0, InputStream::nullInputStream);
    }

    static Reply json(JsonNode json) {
        return text(200, "application/json; charset=UTF-8", json.toString());
    }

    static Reply xml(String xml) {
        return text(200, "application/xml; charset=UTF-8", "<?xml version='1.0' encoding='UTF-8'?>" + xml);
    }

    static Reply text(int status, String type, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return new Reply(status, bytes.length, () -> new ByteArrayInputStream(bytes)).header("Content-Type", type);
    }

    static Reply stream(int status, long length, Body body) {
        return new Reply(status, length, body);
    }

    Reply header(String name, String value) {
        if (value != null) {
            headers.put(name, value);
        }
        return this;
    }

    int status() {
        return status;
    }

    long length() {
        return length;
    }

    Map<String, String> headers() {
        return headers;
    }

    InputStream open() throws IOException {
        return body.open();
    }
}
