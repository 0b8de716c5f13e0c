package io.graphqlfiles;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graphqlfiles.spi.Visibility;
import java.time.DateTimeException;
import java.time.Instant;

/** The JSON form of a {@link StoredFile}. Readers ignore what they do not know within a version. */
final class StoredFileJson {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int VERSION = 1;

    private StoredFileJson() {}

    static String write(StoredFile file) {
        ObjectNode json = JSON.createObjectNode()
                .put("v", VERSION)
                .put("store", file.store())
                .put("key", file.key())
                .put("name", file.fileName())
                .put("type", file.mimeType())
                .put("size", file.byteSize())
                .put("created", file.createdAt().toString());
        if (file.visibility() == Visibility.PUBLIC) {
            json.put("public", true);
        }
        if (file.checksum() != null) {
            json.put("checksum", file.checksum());
        }
        return json.toString();
    }

    static StoredFile read(String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            e.clearLocation();
            throw new IllegalArgumentException(
                    "expected the JSON form of a StoredFile, found text that is not JSON", e);
        }
        JsonNode version = json.path("v");
        if (!version.isInt() || version.intValue() != VERSION) {
            throw new IllegalArgumentException("expected the JSON form of a StoredFile in version " + VERSION
                    + ", found " + (version.isInt() ? "version " + version : "no version"));
        }
        try {
            return new StoredFile(
                    text(json, "store"),
                    text(json, "key"),
                    text(json, "name"),
                    text(json, "type"),
                    size(json),
                    Instant.parse(text(json, "created")),
                    json.path("public").asBoolean(false) ? Visibility.PUBLIC : Visibility.PRIVATE,
                    json.hasNonNull("checksum") ? text(json, "checksum") : null);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"created\": expected an ISO 8601 instant", e);
        }
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("\"" + name + "\": expected text in the JSON form of a StoredFile");
        }
        return value.textValue();
    }

    private static long size(JsonNode json) {
        JsonNode value = json.path("size");
        if (!value.canConvertToLong() || !value.isIntegralNumber() || value.longValue() < 0) {
            throw new IllegalArgumentException("\"size\": expected 0 or more in the JSON form of a StoredFile");
        }
        return value.longValue();
    }
}
