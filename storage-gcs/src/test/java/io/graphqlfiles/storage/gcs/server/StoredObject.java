package io.graphqlfiles.storage.gcs.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;

/**
 * One generation of an object.
 *
 * @param metadata as in its JSON resource: content type, disposition, own metadata
 * @param md5 base64; null if it was made of parts
 */
record StoredObject(
        String bucket,
        String name,
        long generation,
        Instant createdAt,
        ObjectNode metadata,
        Path content,
        long size,
        String crc32c,
        String md5,
        boolean isPublic) {

    private static final String[] KEPT = {
        "contentType", "contentDisposition", "contentEncoding", "contentLanguage", "cacheControl", "metadata"
    };

    /** What of a resource that a client sent is kept. */
    static ObjectNode kept(JsonNode resource) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (String name : KEPT) {
            if (resource.hasNonNull(name)) {
                kept.set(name, resource.get(name));
            }
        }
        return kept;
    }

    String meta(String name) {
        return metadata.hasNonNull(name) ? metadata.get(name).asText() : null;
    }

    String etag() {
        return Long.toString(generation, 36) + "=";
    }

    ObjectNode resource() {
        ObjectNode resource = metadata.deepCopy();
        resource.put("kind", "storage#object");
        resource.put("id", bucket + "/" + name + "/" + generation);
        resource.put("name", name);
        resource.put("bucket", bucket);
        resource.put("generation", Long.toString(generation));
        resource.put("metageneration", "1");
        resource.put("storageClass", "STANDARD");
        resource.put("size", Long.toString(size));
        resource.put("crc32c", crc32c);
        if (md5 != null) {
            resource.put("md5Hash", md5);
        }
        resource.put("etag", etag());
        resource.put("timeCreated", createdAt.toString());
        resource.put("updated", createdAt.toString());
        return resource;
    }
}
