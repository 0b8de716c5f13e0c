package io.graphqlfiles.storage.gcs.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The XML API, with the bucket in the path.
 *
 * @see <a href="https://cloud.google.com/storage/docs/xml-api/overview">XML API</a>
 */
final class XmlApi {

    private static final int MAX_PARTS = 10_000;

    private final Buckets buckets;

    XmlApi(Buckets buckets) {
        this.buckets = buckets;
    }

    /** Whether everyone may send this. */
    boolean isPublic(Request request) {
        List<String> path = request.segments(2);
        if (!List.of("GET", "HEAD").contains(request.method()) || path.size() < 2 || request.has("uploadId")) {
            return false;
        }
        Bucket bucket = buckets.require(path.get(0));
        StoredObject object = bucket.find(path.get(1));
        return object != null && bucket.isPublic(object);
    }

    Reply answer(Request request) throws IOException {
        List<String> path = request.segments(2);
        Bucket bucket = buckets.require(path.get(0));
        if (path.size() < 2 || path.get(1).isEmpty()) {
            if (request.method().equals("GET") && request.has("uploads")) {
                return listUploads(request, bucket);
            }
            throw notImplemented();
        }
        String object = path.get(1);
        boolean isUpload = request.has("uploadId");
        return switch (request.method()) {
            case "GET" ->
                isUpload
                        ? listParts(request, bucket.upload(object, request.parameter("uploadId")), object)
                        : ObjectReply.of(bucket.require(object, request.parameter("generation")), request);
            case "HEAD" -> ObjectReply.of(bucket.require(object, request.parameter("generation")), request);
            case "PUT" -> isUpload ? putPart(request, bucket, object) : put(request, bucket, object);
            case "POST" -> {
                if (isUpload) {
                    yield complete(request, bucket, object);
                }
                if (request.has("uploads")) {
                    yield begin(request, bucket, object);
                }
                throw notImplemented();
            }
            case "DELETE" -> {
                if (isUpload) {
                    bucket.upload(object, request.parameter("uploadId")).abort(bucket);
                } else {
                    bucket.delete(object, request.header("x-goog-if-generation-match"));
                }
                yield Reply.empty(204);
            }
            default -> throw notImplemented();
        };
    }

    private static Reply put(Request request, Bucket bucket, String object) throws IOException {
        requireLength(request);
        String condition = request.header("x-goog-if-generation-match");
        bucket.requireGeneration(object, condition);
        Received received = receive(request, bucket);
        try {
            received.requireHash(request.header("x-goog-hash"));
            StoredObject created =
                    bucket.create(object, metadata(request), received, condition, request.header("x-goog-acl"));
            return Reply.empty(200)
                    .header("ETag", '"' + created.etag() + '"')
                    .header("x-goog-generation", Long.toString(created.generation()))
                    .header("x-goog-hash", "crc32c=" + created.crc32c());
        } catch (Refusal e) {
            Bucket.delete(received.file());
            throw e;
        }
    }

    private static Reply begin(Request request, Bucket bucket, String object) {
        requireNoCondition(request);
        PartsUpload upload = new PartsUpload(object, metadata(request), request.header("x-goog-acl"), bucket.now());
        bucket.begin(upload);
        return Reply.xml("<InitiateMultipartUploadResult><Bucket>" + bucket.name() + "</Bucket><Key>" + object
                + "</Key><UploadId>" + upload.id() + "</UploadId></InitiateMultipartUploadResult>");
    }

    private static Reply putPart(Request request, Bucket bucket, String object) throws IOException {
        requireNoCondition(request);
        requireLength(request);
        PartsUpload upload = bucket.upload(object, request.parameter("uploadId"));
        int number = Integer.parseInt(request.parameter("partNumber"));
        if (number < 1 || number > MAX_PARTS) {
            throw Refusal.invalid("InvalidArgument", "Part numbers are 1 to " + MAX_PARTS + ".");
        }
        Received received = receive(request, bucket);
        try {
            received.requireHash(request.header("x-goog-hash"));
        } catch (Refusal e) {
            Bucket.delete(received.file());
            throw e;
        }
        upload.put(number, received);
        return Reply.empty(200)
                .header("ETag", '"' + received.etag() + '"')
                .header("x-goog-hash", "crc32c=" + received.crc32c() + ",md5=" + received.md5());
    }

    private Reply listParts(Request request, PartsUpload upload, String object) {
        String marker = request.parameter("part-number-marker");
        int after = marker == null ? 0 : Integer.parseInt(marker);
        NavigableMap<Integer, Received> rest = upload.parts().tailMap(after, false);
        int limit = buckets.pageSize(request.parameter("max-parts"));
        StringBuilder xml = new StringBuilder("<ListPartsResult><Key>" + object + "</Key><UploadId>" + upload.id());
        xml.append("</UploadId><PartNumberMarker>").append(after).append("</PartNumberMarker>");
        int last = after;
        for (Map.Entry<Integer, Received> part :
                rest.entrySet().stream().limit(limit).toList()) {
            last = part.getKey();
            xml.append("<Part><PartNumber>").append(last).append("</PartNumber><LastModified>2030-01-01T00:00:00Z");
            xml.append("</LastModified><ETag>\"").append(part.getValue().etag());
            xml.append("\"</ETag><Size>").append(part.getValue().size()).append("</Size></Part>");
        }
        xml.append("<NextPartNumberMarker>")
                .append(last)
                .append("</NextPartNumberMarker><MaxParts>")
                .append(limit);
        xml.append("</MaxParts><IsTruncated>").append(rest.size() > limit);
        return Reply.xml(xml.append("</IsTruncated></ListPartsResult>").toString());
    }

    private static Reply complete(Request request, Bucket bucket, String object) throws IOException {
        requireNoCondition(request);
        List<Map.Entry<Integer, String>> asked = parts(request.body());
        StoredObject created =
                bucket.upload(object, request.parameter("uploadId")).complete(bucket, asked);
        return Reply.xml("<CompleteMultipartUploadResult><Bucket>" + bucket.name() + "</Bucket><Key>" + object
                        + "</Key><ETag>\"" + created.etag() + "\"</ETag></CompleteMultipartUploadResult>")
                .header("x-goog-hash", "crc32c=" + created.crc32c());
    }

    private Reply listUploads(Request request, Bucket bucket) {
        String prefix = request.has("prefix") ? request.parameter("prefix") : "";
        String after = request.parameter("key-marker") + "\n" + request.parameter("upload-id-marker");
        List<PartsUpload> rest = bucket.uploads().stream()
                .filter(upload -> upload.object().startsWith(prefix))
                .filter(upload ->
                        !request.has("key-marker") || (upload.object() + "\n" + upload.id()).compareTo(after) > 0)
                .toList();
        int limit = buckets.pageSize(request.parameter("max-uploads"));
        StringBuilder xml = new StringBuilder("<ListMultipartUploadsResult><Bucket>" + bucket.name() + "</Bucket>");
        PartsUpload last = null;
        for (PartsUpload upload : rest.stream().limit(limit).toList()) {
            last = upload;
            xml.append("<Upload><Key>")
                    .append(upload.object())
                    .append("</Key><UploadId>")
                    .append(upload.id());
            xml.append("</UploadId><StorageClass>STANDARD</StorageClass><Initiated>")
                    .append(upload.begunAt());
            xml.append("</Initiated></Upload>");
        }
        if (rest.size() > limit) {
            xml.append("<NextKeyMarker>").append(last.object()).append("</NextKeyMarker><NextUploadIdMarker>");
            xml.append(last.id()).append("</NextUploadIdMarker>");
        }
        xml.append("<MaxUploads>")
                .append(limit)
                .append("</MaxUploads><IsTruncated>")
                .append(rest.size() > limit);
        return Reply.xml(
                xml.append("</IsTruncated></ListMultipartUploadsResult>").toString());
    }

    private static Received receive(Request request, Bucket bucket) throws IOException {
        Path file = bucket.newFile();
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                request.copyBody(out);
            }
            return Received.of(file);
        } catch (IOException e) {
            Bucket.delete(file);
            throw e;
        }
    }

    private static ObjectNode metadata(Request request) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        copy(request, "Content-Type", metadata, "contentType");
        copy(request, "Content-Disposition", metadata, "contentDisposition");
        copy(request, "Content-Encoding", metadata, "contentEncoding");
        copy(request, "Cache-Control", metadata, "cacheControl");
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        request.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-goog-meta-")) {
                own.put(lower.substring("x-goog-meta-".length()), value);
            }
        });
        if (!own.isEmpty()) {
            metadata.set("metadata", own);
        }
        return metadata;
    }

    private static void copy(Request request, String header, ObjectNode metadata, String name) {
        if (request.header(header) != null) {
            metadata.put(name, request.header(header));
        }
    }

    private static void requireLength(Request request) {
        String length = request.header("Content-Length");
        String range = request.header("x-goog-content-length-range");
        if (length == null) {
            throw new Refusal(411, "lengthRequired", "MissingContentLength", "The length is required.");
        }
        if (range != null) {
            String[] bounds = range.split(",", -1);
            if (Long.parseLong(length) < Long.parseLong(bounds[0])) {
                throw Refusal.invalid("EntityTooSmall", "Your proposed upload is smaller than the allowed size.");
            }
            if (Long.parseLong(length) > Long.parseLong(bounds[1])) {
                throw Refusal.invalid("EntityTooLarge", "Your proposed upload is larger than the allowed size.");
            }
        }
    }

    private static void requireNoCondition(Request request) {
        if (request.headers().keySet().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-goog-if-"))) {
            throw Refusal.invalid("NotImplemented", "Preconditions cannot be used in multipart uploads.");
        }
    }

    private static Refusal notImplemented() {
        return Refusal.invalid("NotImplemented", "Not implemented.");
    }

    private static List<Map.Entry<Integer, String>> parts(InputStream body) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            NodeList nodes = factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(body.readAllBytes()))
                    .getElementsByTagName("Part");
            List<Map.Entry<Integer, String>> parts = new ArrayList<>();
            for (int i = 0; i < nodes.getLength(); i++) {
                Element part = (Element) nodes.item(i);
                parts.add(Map.entry(Integer.parseInt(text(part, "PartNumber")), text(part, "ETag")));
            }
            return parts;
        } catch (ParserConfigurationException | SAXException e) {
            throw Refusal.invalid("MalformedCompleteMultipartUploadRequest", "The body cannot be read.");
        }
    }

    private static String text(Element part, String name) {
        return part.getElementsByTagName(name).item(0).getTextContent();
    }
}
