package io.graphqlfiles.compatibility.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What clients send, well-formed or not. */
final class Text {

    static final String MULTIPART = "Content-Type: multipart/form-data; boundary=b";
    static final String JSON = "Content-Type: application/json";
    static final String END = "\r\n--b--\r\n";

    static final String ADD = "mutation($file: Upload) { addDocument(document: {title: \"t\", content: {file: $file}})"
            + " { content { id url byteSize } } }";
    static final String MEASURE = "mutation($file: Upload!) { measure(file: $file) { byteSize } }";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Text() {}

    /** A request for GraphQL with these variables, given as JSON. */
    static String operation(String query, String variables) {
        return "{\"query\":" + quoted(query) + ",\"variables\":" + variables + "}";
    }

    /** A request with the hash of a document that the server has been told before. */
    static String persisted(String query, String variables) {
        return "{\"extensions\":" + extensions(query) + ",\"variables\":" + variables + "}";
    }

    /** The request that tells it. */
    static String persisting(String query) {
        return "{\"query\":" + quoted(query) + ",\"variables\":{},\"extensions\":" + extensions(query) + "}";
    }

    private static String extensions(String query) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(query.getBytes(UTF_8));
            return "{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\""
                    + HexFormat.of().formatHex(hash) + "\"}}";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String field(String name, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
    }

    /** All that comes before the content of a file, which is named "0". */
    static String fileHeader() {
        return "--b\r\nContent-Disposition: form-data; name=\"0\"; filename=\"a.txt\"\r\n\r\n";
    }

    /** The fields before the file of an operation that takes one as {@code $file}. */
    static String fields(String query) {
        return fieldsOf(operation(query, "{\"file\":null}"), "file");
    }

    /** The fields before the file of an operation that maps it to a variable. */
    static String fieldsOf(String operations, String place) {
        return field("operations", operations) + field("map", "{\"0\":[\"variables." + place + "\"]}");
    }

    /** A whole body. */
    static String upload(String query, String content) {
        return fields(query) + fileHeader() + content + END;
    }

    static String repeated(int count, String separator, IntFunction<String> text) {
        return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining(separator));
    }

    static String quoted(String text) {
        try {
            return MAPPER.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Expected JSON, found " + text, e);
        }
    }
}
