package io.graphqlfiles;

import io.graphqlfiles.internal.json.JsonText;
import io.graphqlfiles.spi.Visibility;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON form of a {@link StoredFile}. Readers ignore what they do not know within a version. */
final class StoredFileJson {

    private static final long VERSION = 1;

    private StoredFileJson() {}

    static String write(StoredFile file) {
        return JsonText.write(members(file));
    }

    static Map<String, Object> members(StoredFile file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("v", VERSION);
        json.put("store", file.store());
        json.put("key", file.key());
        json.put("name", file.fileName());
        json.put("type", file.mimeType());
        json.put("size", file.byteSize());
        json.put("created", file.createdAt().toString());
        if (file.visibility() == Visibility.PUBLIC) {
            json.put("public", true);
        }
        if (file.checksum() != null) {
            json.put("checksum", file.checksum());
        }
        return json;
    }

    /** By way of the text, which has one type for whole numbers where drivers have several. */
    static StoredFile read(Map<String, ?> members) {
        return read(JsonText.write(members));
    }

    static StoredFile read(String text) {
        Map<String, @Nullable Object> json;
        try {
            json = JsonText.read(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "expected the JSON form of a StoredFile, found text that is no JSON object", e);
        }
        Object version = json.get("v");
        if (!(version instanceof Long number) || number != VERSION) {
            throw new IllegalArgumentException("expected the JSON form of a StoredFile in version " + VERSION
                    + ", found " + (version instanceof Long ? "version " + version : "no version"));
        }
        try {
            return new StoredFile(
                    text(json, "store"),
                    text(json, "key"),
                    text(json, "name"),
                    text(json, "type"),
                    size(json),
                    Instant.parse(text(json, "created")),
                    Boolean.TRUE.equals(json.get("public")) ? Visibility.PUBLIC : Visibility.PRIVATE,
                    json.get("checksum") == null ? null : text(json, "checksum"));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"created\": expected an ISO 8601 instant", e);
        }
    }

    private static String text(Map<String, @Nullable Object> json, String name) {
        if (json.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("\"" + name + "\": expected text in the JSON form of a StoredFile");
    }

    private static long size(Map<String, @Nullable Object> json) {
        if (json.get("size") instanceof Long size && size >= 0) {
            return size;
        }
        throw new IllegalArgumentException("\"size\": expected 0 or more in the JSON form of a StoredFile");
    }
}
