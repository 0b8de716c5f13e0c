package io.graphqlfiles.storage.gcs.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/** An upload in parts. */
final class PartsUpload {

    private static final long MIN_PART = 5 * 1024 * 1024;

    private final String id = UUID.randomUUID().toString();
    private final String object;
    private final ObjectNode metadata;
    private final String acl;
    private final Instant begunAt;
    private final NavigableMap<Integer, Received> parts = new TreeMap<>();
    private boolean over;

    PartsUpload(String object, ObjectNode metadata, String acl, Instant begunAt) {
        this.object = object;
        this.metadata = metadata;
        this.acl = acl;
        this.begunAt = begunAt;
    }

    String id() {
        return id;
    }

    String object() {
        return object;
    }

    Instant begunAt() {
        return begunAt;
    }

    synchronized void put(int number, Received part) {
        if (over) {
            Bucket.delete(part.file());
            throw Refusal.noUpload();
        }
        Received replaced = parts.put(number, part);
        if (replaced != null) {
            Bucket.delete(replaced.file());
        }
    }

    synchronized NavigableMap<Integer, Received> parts() {
        return new TreeMap<>(parts);
    }

    /** @param asked numbers and entity tags, in the order that the client sent */
    synchronized StoredObject complete(Bucket bucket, List<Map.Entry<Integer, String>> asked) throws IOException {
        if (over) {
            throw Refusal.noUpload();
        }
        Received whole = join(bucket.newFile(), asked);
        over = true;
        bucket.remove(this);
        StoredObject created = bucket.create(
                object, metadata, new Received(whole.file(), whole.size(), whole.crc32c(), null), null, acl);
        parts.values().forEach(part -> Bucket.delete(part.file()));
        return created;
    }

    synchronized void abort(Bucket bucket) {
        over = true;
        bucket.remove(this);
        parts.values().forEach(part -> Bucket.delete(part.file()));
    }

    private Received join(Path file, List<Map.Entry<Integer, String>> asked) throws IOException {
        if (asked.isEmpty()) {
            throw Refusal.invalid("MalformedCompleteMultipartUploadRequest", "Expected parts.");
        }
        int previous = 0;
        for (Map.Entry<Integer, String> part : asked) {
            if (part.getKey() <= previous) {
                throw Refusal.invalid("InvalidPartOrder", "The parts are not in ascending order.");
            }
            Received received = parts.get(part.getKey());
            if (received == null || !received.etag().equals(part.getValue().replace("\"", ""))) {
                throw Refusal.invalid("InvalidPart", "A part is missing, or its entity tag is another.");
            }
            if (received.size() < MIN_PART && part != asked.get(asked.size() - 1)) {
                throw Refusal.invalid("EntityTooSmall", "A part that is not the last is too small.");
            }
            previous = part.getKey();
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            for (Map.Entry<Integer, String> part : asked) {
                Files.copy(parts.get(part.getKey()).file(), out);
            }
        }
        return Received.of(file);
    }
}
