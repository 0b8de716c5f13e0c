package io.graphqlfiles.spring.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A GraphQL multipart request, as a client sends it. */
final class MultipartRequest {

    /** The header that such a request must have; any value does. */
    static final String PREFLIGHT = "GraphQL-Preflight";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String boundary = "----" + UUID.randomUUID();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private MultipartRequest() {}

    /** With its two fields, and no file yet. */
    static MultipartRequest of(String operations, String map) {
        return new MultipartRequest().field("operations", operations).field("map", map);
    }

    /**
     * The request that has the files of a JSON request as its parts.
     *
     * @return null if there is no {@link TestFile} in it, or it is no JSON
     */
    static @Nullable MultipartRequest ofJson(byte[] request) {
        JsonNode operations;
        try {
            operations = JSON.readTree(request);
        } catch (IOException e) {
            return null;
        }
        Map<String, TestFile> files = new LinkedHashMap<>();
        takeOut(operations, "", files);
        if (files.isEmpty()) {
            return null;
        }
        Map<String, List<String>> map = new LinkedHashMap<>();
        List<TestFile> parts = new ArrayList<>();
        files.forEach((path, file) -> {
            map.put(String.valueOf(parts.size()), List.of(path));
            parts.add(file);
        });
        MultipartRequest multipart = of(text(operations), text(map));
        for (int i = 0; i < parts.size(); i++) {
            TestFile file = parts.get(i);
            multipart.file(String.valueOf(i), file.fileName(), file.mimeType(), file.content());
        }
        return multipart;
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Leaves null in the place of each file. */
    private static void takeOut(JsonNode node, String path, Map<String, TestFile> files) {
        if (node instanceof ObjectNode object) {
            Iterator<String> names = List.copyOf(fieldNames(object)).iterator();
            while (names.hasNext()) {
                String name = names.next();
                String place = path.isEmpty() ? name : path + "." + name;
                TestFile file = fileOf(object.get(name));
                if (file == null) {
                    takeOut(object.get(name), place, files);
                } else {
                    files.put(place, file);
                    object.putNull(name);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                String place = path.isEmpty() ? String.valueOf(i) : path + "." + i;
                TestFile file = fileOf(array.get(i));
                if (file == null) {
                    takeOut(array.get(i), place, files);
                } else {
                    files.put(place, file);
                    array.setNull(i);
                }
            }
        }
    }

    private static List<String> fieldNames(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static @Nullable TestFile fileOf(JsonNode node) {
        return node.isTextual() ? TestFile.ofMark(node.textValue()) : null;
    }

    private MultipartRequest field(String name, String content) {
        return part("Content-Disposition: form-data; name=\"" + name + "\"", content.getBytes(UTF_8));
    }

    /** @param mimeType null to say none */
    MultipartRequest file(String name, String fileName, @Nullable String mimeType, byte[] content) {
        String header = "Content-Disposition: form-data; name=\"" + quoted(name) + "\"; filename=\"" + quoted(fileName)
                + "\"" + (mimeType == null ? "" : "\r\nContent-Type: " + mimeType);
        return part(header, content);
    }

    /** As browsers write names (HTML standard, multipart/form-data encoding algorithm). */
    private static String quoted(String name) {
        return name.replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22");
    }

    private MultipartRequest part(String header, byte[] content) {
        body.writeBytes(("--" + boundary + "\r\n" + header + "\r\n\r\n").getBytes(UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(UTF_8));
        return this;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    byte[] body() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(body.size() + 64);
        whole.writeBytes(body.toByteArray());
        whole.writeBytes(("--" + boundary + "--\r\n").getBytes(UTF_8));
        return whole.toByteArray();
    }
}
