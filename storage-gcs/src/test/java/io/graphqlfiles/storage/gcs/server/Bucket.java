package io.graphqlfiles.storage.gcs.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Objects and unfinished uploads. All changes happen under one lock; bytes are written and read outside of it, to and
 * from files that are never changed once they belong to an object.
 */
final class Bucket {

    private final String name;
    private final Path directory;
    private final Clock clock;
    private final NavigableMap<String, StoredObject> objects = new TreeMap<>();
    private final Map<String, ResumableUpload> sessions = new TreeMap<>();
    private final NavigableMap<String, PartsUpload> uploads = new TreeMap<>();
    private ObjectNode configuration;
    private long lastGeneration;

    Bucket(String name, Path directory, Clock clock, ObjectNode configuration) {
        this.name = name;
        this.directory = directory;
        this.clock = clock;
        this.configuration = configuration;
    }

    String name() {
        return name;
    }

    synchronized ObjectNode configuration() {
        return configuration.deepCopy();
    }

    synchronized void configure(ObjectNode changed) {
        configuration = changed;
    }

    Path newFile() {
        return directory.resolve(UUID.randomUUID().toString());
    }

    Instant now() {
        return clock.instant();
    }

    /** @throws Refusal if there is none, or it is of another generation */
    synchronized StoredObject require(String object, String generation) {
        StoredObject found = objects.get(object);
        if (found == null || (generation != null && found.generation() != Long.parseLong(generation))) {
            throw Refusal.noObject(name + "/" + object);
        }
        return found;
    }

    synchronized StoredObject find(String object) {
        return objects.get(object);
    }

    /** @throws Refusal if {@code ifGenerationMatch} is not null and another generation is there; 0 is none */
    synchronized void requireGeneration(String object, String ifGenerationMatch) {
        StoredObject found = objects.get(object);
        if (ifGenerationMatch != null
                && Long.parseLong(ifGenerationMatch) != (found == null ? 0 : found.generation())) {
            throw Refusal.condition();
        }
    }

    /** Makes an object of bytes that are here, and of no others from now on. */
    synchronized StoredObject create(
            String object, ObjectNode metadata, Received received, String ifGenerationMatch, String acl) {
        requireGeneration(object, ifGenerationMatch);
        if (acl != null
                && configuration
                        .at("/iamConfiguration/uniformBucketLevelAccess/enabled")
                        .asBoolean()) {
            throw Refusal.invalid(
                    "InvalidArgument",
                    "Cannot insert legacy ACL for an object when uniform bucket-level access is enabled.");
        }
        Instant now = clock.instant();
        lastGeneration = Math.max(lastGeneration + 1, now.toEpochMilli() * 1000);
        StoredObject created = new StoredObject(
                name,
                object,
                lastGeneration,
                now,
                metadata,
                received.file(),
                received.size(),
                received.crc32c(),
                received.md5(),
                "publicRead".equals(acl) || "public-read".equals(acl));
        StoredObject replaced = objects.put(object, created);
        if (replaced != null) {
            delete(replaced.content());
        }
        return created;
    }

    synchronized void delete(String object, String ifGenerationMatch) {
        StoredObject found = require(object, null);
        requireGeneration(object, ifGenerationMatch);
        objects.remove(object);
        delete(found.content());
    }

    synchronized List<StoredObject> list(String prefix, String after, int limit) {
        List<StoredObject> page = new ArrayList<>();
        NavigableMap<String, StoredObject> rest =
                after == null ? objects.tailMap(prefix, true) : objects.tailMap(after, false);
        for (StoredObject object : rest.values()) {
            if (!object.name().startsWith(prefix) || page.size() == limit) {
                break;
            }
            page.add(object);
        }
        return page;
    }

    synchronized void begin(ResumableUpload session) {
        sessions.put(session.id(), session);
    }

    synchronized ResumableUpload session(String id) {
        ResumableUpload session = sessions.get(id);
        if (session == null) {
            throw new Refusal(410, "uploadNotFound", "NoSuchUpload", "The upload session is gone.");
        }
        return session;
    }

    synchronized void cancel(ResumableUpload session) {
        sessions.remove(session.id());
        delete(session.file());
    }

    synchronized void begin(PartsUpload upload) {
        uploads.put(upload.object() + "\n" + upload.id(), upload);
    }

    synchronized PartsUpload upload(String object, String id) {
        PartsUpload upload = uploads.get(object + "\n" + id);
        if (upload == null) {
            throw Refusal.noUpload();
        }
        return upload;
    }

    /** Whoever removes it may make an object of it. */
    synchronized boolean remove(PartsUpload upload) {
        return uploads.remove(upload.object() + "\n" + upload.id()) != null;
    }

    /** In the order of their objects, then of their ids. */
    synchronized List<PartsUpload> uploads() {
        return List.copyOf(uploads.values());
    }

    synchronized int openSessions() {
        return (int) sessions.values().stream()
                .filter(session -> session.finished() == null)
                .count();
    }

    synchronized int cancelSessions() {
        List<ResumableUpload> open = sessions.values().stream()
                .filter(session -> session.finished() == null)
                .toList();
        open.forEach(this::cancel);
        return open.size();
    }

    /** Whether everyone may read it: by a list of its own, or by the bucket's policy. */
    boolean isPublic(StoredObject object) {
        return object.isPublic()
                || object.name().matches(configuration().path("publicNames").asText());
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
