package io.graphqlfiles;

import io.graphqlfiles.internal.json.JsonText;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.spi.media.FileFacts;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a {@link StoredFile}. Readers ignore what they do not know within a version. A file with facts is
 * written in version 2: a release that knows only the first must not read it, and write it back without them. For the
 * same reason one that is not ready is written in version 3. One without either is what it always was.
 */
final class StoredFileJson {

    private static final long WITHOUT_FACTS = 1;
    private static final long WITH_FACTS = 2;
    private static final long NOT_READY = 3;

    private StoredFileJson() {}

    static String write(StoredFile file) {
        return JsonText.write(members(file));
    }

    static Map<String, Object> members(StoredFile file) {
        Map<String, Object> json = new LinkedHashMap<>();
        FileFacts facts = file.facts();
        boolean isReady = file.status() == StoredFile.Status.READY;
        json.put("v", !isReady ? NOT_READY : facts.isEmpty() ? WITHOUT_FACTS : WITH_FACTS);
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
        put(json, "status", isReady ? null : file.status().name());
        put(json, "width", facts.width());
        put(json, "height", facts.height());
        put(json, "millis", facts.duration() == null ? null : facts.duration().toMillis());
        put(json, "pages", facts.pages());
        put(json, "placeholder", facts.placeholder());
        return json;
    }

    /** By way of the text, which has one type for whole numbers where drivers have several. */
    static StoredFile read(Map<String, ?> members) {
        return read(JsonText.write(members));
    }

    private static void put(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
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
        if (!(version instanceof Long number) || number < WITHOUT_FACTS || number > NOT_READY) {
            throw new IllegalArgumentException(
                    "expected the JSON form of a StoredFile in version " + WITHOUT_FACTS + " to " + NOT_READY
                            + ", found " + (version instanceof Long ? "version " + version : "no version"));
        }
        try {
            StoredFile file = new StoredFile(
                    text(json, "store"),
                    text(json, "key"),
                    text(json, "name"),
                    text(json, "type"),
                    number(json, "size", 0, Long.MAX_VALUE),
                    Instant.parse(text(json, "created")),
                    Boolean.TRUE.equals(json.get("public")) ? Visibility.PUBLIC : Visibility.PRIVATE,
                    json.get("checksum") == null ? null : text(json, "checksum"));
            StoredFile known = number == WITHOUT_FACTS ? file : file.withFacts(facts(json));
            return number == NOT_READY ? known.withStatus(status(json)) : known;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"created\": expected an ISO 8601 instant", e);
        }
    }

    private static StoredFile.Status status(Map<String, @Nullable Object> json) {
        try {
            return StoredFile.Status.valueOf(text(json, "status"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"status\": expected PENDING or REJECTED", e);
        }
    }

    private static FileFacts facts(Map<String, @Nullable Object> json) {
        FileFacts facts = FileFacts.none();
        if (json.get("width") != null || json.get("height") != null) {
            facts = facts.withSize(positive(json, "width"), positive(json, "height"));
        }
        if (json.get("millis") != null) {
            facts = facts.withDuration(Duration.ofMillis(number(json, "millis", 0, Long.MAX_VALUE)));
        }
        if (json.get("pages") != null) {
            facts = facts.withPages(positive(json, "pages"));
        }
        return json.get("placeholder") == null ? facts : facts.withPlaceholder(text(json, "placeholder"));
    }

    private static int positive(Map<String, @Nullable Object> json, String name) {
        return (int) number(json, name, 1, Integer.MAX_VALUE);
    }

    private static String text(Map<String, @Nullable Object> json, String name) {
        if (json.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("\"" + name + "\": expected text in the JSON form of a StoredFile");
    }

    private static long number(Map<String, @Nullable Object> json, String name, long least, long most) {
        if (json.get(name) instanceof Long number && number >= least && number <= most) {
            return number;
        }
        throw new IllegalArgumentException(
                "\"" + name + "\": expected " + least + " or more in the JSON form of a StoredFile");
    }
}
