package io.graphqlfiles.storage.gcs.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An upload whose bytes come in several requests, in order. */
final class ResumableUpload {

    private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");
    private static final int UNIT = 256 * 1024;

    private final String id = UUID.randomUUID().toString();
    private final Bucket bucket;
    private final String object;
    private final JsonNode resource;
    private final String ifGenerationMatch;
    private final String acl;
    private final Path file;
    private long size;
    private StoredObject finished;

    ResumableUpload(Bucket bucket, String object, JsonNode resource, String ifGenerationMatch, String acl)
            throws IOException {
        this.bucket = bucket;
        this.object = object;
        this.resource = resource;
        this.ifGenerationMatch = ifGenerationMatch;
        this.acl = acl;
        this.file = Files.createFile(bucket.newFile());
    }

    String id() {
        return id;
    }

    Path file() {
        return file;
    }

    synchronized StoredObject finished() {
        return finished;
    }

    /** Takes a chunk, or says how much is here. */
    synchronized Reply put(Request request) throws IOException {
        Matcher range = RANGE.matcher(String.valueOf(request.header("Content-Range")));
        if (!range.matches()) {
            throw Refusal.invalid("InvalidArgument", "Expected a Content-Range.");
        }
        if (finished != null) {
            return Reply.json(finished.resource());
        }
        boolean isLast = !range.group(3).equals("*");
        if (range.group(1) != null) {
            receive(request, Long.parseLong(range.group(1)), isLast);
        }
        if (isLast && Long.parseLong(range.group(3)) == size) {
            Received received = Received.of(file);
            received.requireHash(request.header("x-goog-hash"));
            finished = bucket.create(object, StoredObject.kept(resource), received, ifGenerationMatch, acl);
            return Reply.json(finished.resource());
        }
        return Reply.empty(308).header("Range", size == 0 ? null : "bytes=0-" + (size - 1));
    }

    private void receive(Request request, long from, boolean isLast) throws IOException {
        if (from != size) {
            throw new Refusal(503, "backendError", "ServiceUnavailable", "Expected bytes from " + size + ".");
        }
        boolean isWhole = false;
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            request.copyBody(out);
            isWhole = true;
        } finally {
            // Of what is not the end whole units are kept.
            long received = Files.size(file) - from;
            size = from + (isLast && isWhole ? received : received - received % UNIT);
            try (RandomAccessFile kept = new RandomAccessFile(file.toFile(), "rw")) {
                kept.setLength(size);
            }
        }
    }
}
