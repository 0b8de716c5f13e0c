package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.BlobInfo;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text form of what is kept beside a blob's bytes: a heading with the version of the form, then one {@code name: value}
 * a line. Names that are not known are passed over, so that later releases can add some.
 */
final class BlobFacts {

    /** Far more than two header values can take. */
    static final int MAX_BYTES = 64 * 1024;

    private static final String HEADING = "graphql-files blob 1";

    private BlobFacts() {}

    static byte[] format(BlobInfo info) {
        StringBuilder text = new StringBuilder(256).append(HEADING).append('\n');
        append(text, "size", Long.toString(info.byteSize()));
        append(text, "created", info.createdAt().toString());
        append(text, "version", info.version());
        append(text, "checksum", info.checksum());
        append(text, "type", info.contentType());
        append(text, "disposition", info.contentDisposition());
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static BlobInfo parse(String key, byte[] bytes) throws MalformedFactsException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // A line break at the end shows that the file was written to its end.
        if (!text.startsWith(HEADING + "\n") || !text.endsWith("\n")) {
            throw new MalformedFactsException("facts: expected the heading \"" + HEADING + "\" and whole lines");
        }
        Map<String, String> facts = new HashMap<>();
        for (String line : List.of(text.split("\n"))) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                facts.putIfAbsent(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        try {
            return BlobInfo.newBlobInfo(
                            key, Long.parseLong(require(facts, "size")), Instant.parse(require(facts, "created")))
                    .version(require(facts, "version"))
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
