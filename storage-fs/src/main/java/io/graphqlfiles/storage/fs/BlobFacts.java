package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobKeys;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text form of what is kept next to a blob's bytes: a heading with the version of the form, then one {@code name:
 * value} a line. Names that are not known are passed over, so that later releases can add some.
 */
final class BlobFacts {

    /** Far more than two header values can take. */
    static final int MAX_BYTES = 64 * 1024;

    private static final String HEADING = "graphql-files blob 1";
    /** Shows that the file was written to its end. */
    private static final String END = "end";
    /** It is part of a file name. */
    private static final Pattern VERSION = Pattern.compile("[0-9a-f]{32}");

    private BlobFacts() {}

    static byte[] format(BlobInfo info) {
        StringBuilder text = new StringBuilder(256).append(HEADING).append('\n');
        append(text, "key", info.key());
        append(text, "size", Long.toString(info.byteSize()));
        append(text, "created", info.createdAt().toString());
        append(text, "version", info.version());
        append(text, "checksum", info.checksum());
        append(text, "type", info.contentType());
        append(text, "disposition", info.contentDisposition());
        return text.append(END).append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @param key the key to give to the result; null for the one that is in the text */
    static BlobInfo parse(@Nullable String key, byte[] bytes) throws MalformedFactsException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!text.startsWith(HEADING + "\n") || !text.endsWith("\n" + END + "\n")) {
            throw new MalformedFactsException(
                    "facts: expected the first line \"" + HEADING + "\" and the last \"" + END + "\"");
        }
        Map<String, String> facts = new HashMap<>();
        for (String line : List.of(text.split("\n"))) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                facts.putIfAbsent(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        String version = require(facts, "version");
        if (!VERSION.matcher(version).matches()) {
            throw new MalformedFactsException("facts: expected a version of 32 hexadecimal digits");
        }
        try {
            String named = key == null ? BlobKeys.requireValid(require(facts, "key")) : key;
            return BlobInfo.newBlobInfo(
                            named, Long.parseLong(require(facts, "size")), Instant.parse(require(facts, "created")))
                    .version(version)
                    .checksum(facts.get("checksum"))
                    .contentType(require(facts, "type"))
                    .contentDisposition(require(facts, "disposition"))
                    .build();
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new MalformedFactsException("facts: " + e.getMessage());
        }
    }

    private static void append(StringBuilder text, String name, @Nullable String value) {
        if (value != null) {
            text.append(name).append(": ").append(value).append('\n');
        }
    }

    private static String require(Map<String, String> facts, String name) throws MalformedFactsException {
        String value = facts.get(name);
        if (value == null) {
            throw new MalformedFactsException("facts: expected a line \"" + name + ": ...\", found none");
        }
        return value;
    }
}
