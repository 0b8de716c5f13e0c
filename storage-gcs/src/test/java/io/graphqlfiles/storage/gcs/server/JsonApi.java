package io.graphqlfiles.storage.gcs.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The JSON API below {@code /storage/v1}, with uploads below {@code /upload/storage/v1}.
 *
 * @see <a href="https://cloud.google.com/storage/docs/json_api/v1">JSON API</a>
 */
final class JsonApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Buckets buckets;
    private final Map<String, Rewriting> rewritings = new ConcurrentHashMap<>();

    private record Rewriting(long generation, long done) {}

    JsonApi(Buckets buckets) {
        this.buckets = buckets;
    }

    /** Answers what is asked of a bucket or of what is in it. */
    Reply answer(Request request) throws IOException {
        String path = request.rawPath().replaceFirst("^/(?:download/|upload/)?storage/v1/b/?", "/");
        Request below = new Request(request.method(), path, null, null);
        List<String> parts = below.segments(9);
        if (request.rawPath().startsWith("/upload/")) {
            return upload(request, buckets.require(parts.get(0)));
        }
        Bucket bucket = buckets.require(parts.get(0));
        if (parts.size() == 1) {
            return bucket(request, bucket);
        }
        if (parts.get(1).equals("iam")) {
            return permissions(request);
        }
        if (parts.size() == 2) {
            return list(request, bucket);
        }
        if (parts.size() > 3 && parts.get(3).equals("rewriteTo")) {
            return rewrite(request, bucket, parts.get(2), buckets.require(parts.get(5)), parts.get(7));
        }
        return object(request, bucket, parts.get(2));
    }

    private static Reply object(Request request, Bucket bucket, String name) {
        switch (request.method()) {
            case "GET" -> {
                StoredObject object = bucket.require(name, request.parameter("generation"));
                bucket.requireGeneration(name, request.parameter("ifGenerationMatch"));
                return "media".equals(request.parameter("alt"))
                        ? ObjectReply.of(object, request)
                        : Reply.json(object.resource());
            }
            case "DELETE" -> {
                bucket.delete(name, request.parameter("ifGenerationMatch"));
                return Reply.empty(204);
            }
            default -> throw methodNotAllowed();
        }
    }

    private static Reply bucket(Request request, Bucket bucket) throws IOException {
        ObjectNode configuration = bucket.configuration();
        if (request.method().equals("PATCH")) {
            JSON.readerForUpdating(configuration).readValue(request.uncompressedBody());
            bucket.configure(configuration);
        } else if (!request.method().equals("GET")) {
            throw methodNotAllowed();
        }
        configuration.put("kind", "storage#bucket").put("id", bucket.name()).put("name", bucket.name());
        return Reply.json(configuration);
    }

    private static Reply permissions(Request request) {
        ArrayNode granted = JsonNodeFactory.instance.arrayNode();
        request.parameters().stream()
                .filter(parameter -> parameter.name().equals("permissions"))
                .forEach(parameter -> granted.add(parameter.value()));
        return Reply.json(JsonNodeFactory.instance.objectNode().set("permissions", granted));
    }

    private Reply list(Request request, Bucket bucket) {
        String prefix = request.has("prefix") ? request.parameter("prefix") : "";
        int limit = buckets.pageSize(request.parameter("maxResults"));
        List<StoredObject> page = bucket.list(prefix, request.parameter("pageToken"), limit + 1);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("kind", "storage#objects");
        ArrayNode items = answer.putArray("items");
        page.stream().limit(limit).forEach(object -> items.add(object.resource()));
        if (page.size() > limit) {
            answer.put("nextPageToken", page.get(limit - 1).name());
        }
        return Reply.json(answer);
    }

    /** Copies some bytes a call, as the service does between places. */
    private Reply rewrite(Request request, Bucket from, String source, Bucket to, String target) throws IOException {
        String token = request.parameter("rewriteToken");
        Rewriting before = token == null ? null : rewritings.remove(token);
        if (token != null && before == null) {
            throw Refusal.invalid("InvalidArgument", "The rewrite token is not known.");
        }
        StoredObject object = from.require(source, request.parameter("sourceGeneration"));
        from.requireGeneration(source, request.parameter("ifSourceGenerationMatch"));
        if (before != null && before.generation != object.generation()) {
            throw Refusal.condition();
        }
        to.requireGeneration(target, request.parameter("ifGenerationMatch"));
        long done = Math.min(object.size(), (before == null ? 0 : before.done) + buckets.bytesPerRewrite());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("kind", "storage#rewriteResponse");
        answer.put("totalBytesRewritten", Long.toString(done)).put("objectSize", Long.toString(object.size()));
        answer.put("done", done == object.size());
        if (done < object.size()) {
            String next = UUID.randomUUID().toString();
            rewritings.put(next, new Rewriting(object.generation(), done));
            return Reply.json(answer.put("rewriteToken", next));
        }
        byte[] body = request.uncompressedBody().readAllBytes();
        ObjectNode metadata = body.length == 0 ? object.metadata().deepCopy() : StoredObject.kept(JSON.readTree(body));
        // A link would do, but for files that are deleted with their object.
        Path copy = Files.copy(object.content(), to.newFile());
        Received received = new Received(copy, object.size(), object.crc32c(), object.md5());
        StoredObject created = to.create(
                target,
                metadata,
                received,
                request.parameter("ifGenerationMatch"),
                request.parameter("destinationPredefinedAcl"));
        return Reply.json(answer.set("resource", created.resource()));
    }

    private static Reply upload(Request request, Bucket bucket) throws IOException {
        String id = request.parameter("upload_id");
        if (id != null && request.method().equals("DELETE")) {
            bucket.cancel(bucket.session(id));
            return Reply.empty(499);
        }
        if (id != null) {
            return bucket.session(id).put(request);
        }
        return switch (String.valueOf(request.parameter("uploadType"))) {
            case "resumable" -> {
                byte[] body = request.uncompressedBody().readAllBytes();
                JsonNode resource = body.length == 0 ? JsonNodeFactory.instance.objectNode() : JSON.readTree(body);
                String name = request.has("name")
                        ? request.parameter("name")
                        : resource.path("name").asText();
                ResumableUpload session = new ResumableUpload(
                        bucket,
                        name,
                        resource,
                        request.parameter("ifGenerationMatch"),
                        request.parameter("predefinedAcl"));
                bucket.begin(session);
                yield Reply.empty(200)
                        .header(
                                "Location",
                                "http://" + request.header("Host") + request.rawPath()
                                        + "?uploadType=resumable&upload_id=" + session.id());
            }
            case "multipart" -> multipart(request, bucket);
            case "media" -> {
                ObjectNode resource = JsonNodeFactory.instance.objectNode();
                resource.put("contentType", request.header("Content-Type"));
                Path file = bucket.newFile();
                try (OutputStream out = Files.newOutputStream(file)) {
                    request.copyBody(out);
                }
                yield create(request, bucket, request.parameter("name"), resource, file);
            }
            default -> throw Refusal.invalid("InvalidArgument", "uploadType");
        };
    }

    /** A JSON resource and the bytes, between boundaries. */
    private static Reply multipart(Request request, Bucket bucket) throws IOException {
        String type = request.header("Content-Type");
        String boundary = type.replaceFirst(".*boundary=\"?([^\";]+)\"?.*", "$1");
        Path file = bucket.newFile();
        PushbackInputStream in = new PushbackInputStream(request.uncompressedBody(), 1);
        readLine(in);
        skipHeaders(in);
        StringBuilder json = new StringBuilder();
        for (String line = readLine(in); !line.equals("--" + boundary); line = readLine(in)) {
            json.append(line);
        }
        String contentType = skipHeaders(in);
        try (OutputStream out = Files.newOutputStream(file)) {
            in.transferTo(out);
        }
        String end = "\r\n--" + boundary + "--";
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            byte[] tail = new byte[(int) Math.min(content.size(), end.length() + 2)];
            try (InputStream at = Files.newInputStream(file)) {
                at.skipNBytes(content.size() - tail.length);
                at.readNBytes(tail, 0, tail.length);
            }
            int trailer = new String(tail, UTF_8).lastIndexOf(end);
            if (trailer < 0) {
                Bucket.delete(file);
                throw Refusal.invalid("InvalidArgument", "The body does not end in its boundary.");
            }
            content.truncate(content.size() - tail.length + trailer);
        }
        ObjectNode resource = (ObjectNode) JSON.readTree(json.toString());
        if (!resource.hasNonNull("contentType")) {
            resource.put("contentType", contentType);
        }
        return create(request, bucket, resource.path("name").asText(), resource, file);
    }

    private static Reply create(Request request, Bucket bucket, String name, ObjectNode resource, Path file)
            throws IOException {
        Received received = Received.of(file);
        try {
            requireSum(resource, "crc32c", received.crc32c());
            requireSum(resource, "md5Hash", received.md5());
            return Reply.json(bucket.create(
                            name,
                            StoredObject.kept(resource),
                            received,
                            request.parameter("ifGenerationMatch"),
                            request.parameter("predefinedAcl"))
                    .resource());
        } catch (Refusal e) {
            Bucket.delete(file);
            throw e;
        }
    }

    private static void requireSum(JsonNode resource, String name, String found) {
        if (resource.hasNonNull(name) && !resource.get(name).asText().equals(found)) {
            throw Refusal.invalid("BadDigest", "Provided " + name + " doesn't match calculated one.");
        }
    }

    private static String skipHeaders(InputStream in) throws IOException {
        String contentType = null;
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            if (line.regionMatches(true, 0, "content-type:", 0, 13)) {
                contentType = line.substring(13).strip();
            }
        }
        return contentType;
    }

    static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw Refusal.invalid("InvalidArgument", "The body ends too soon.");
            }
            line.write(c);
        }
        return line.toString(UTF_8).replaceAll("\r$", "");
    }

    private static Refusal methodNotAllowed() {
        return new Refusal(405, "methodNotAllowed", "MethodNotAllowed", "The method is not allowed here.");
    }
}
