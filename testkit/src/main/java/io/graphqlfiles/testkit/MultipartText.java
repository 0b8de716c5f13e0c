package io.graphqlfiles.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Map;

/** The body of a multipart request, part by part, right or wrong. */
final class MultipartText {

    private static final String BOUNDARY = "----of-the-contract-8d1f";
    static final String CONTENT_TYPE = "multipart/form-data; boundary=" + BOUNDARY;
    static final String END = "\r\n--" + BOUNDARY + "--\r\n";

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    static MultipartText request(String query, Map<String, ?> variables, String map) {
        return new MultipartText()
                .field("operations", ServerClient.text(Map.of("query", query, "variables", variables)))
                .field("map", map);
    }

    MultipartText field(String name, String content) {
        return part("Content-Disposition: form-data; name=\"" + name + "\"", content.getBytes(UTF_8));
    }

    MultipartText file(String name, String fileName, String mimeType, byte[] content) {
        return part(
                "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName + "\"\r\nContent-Type: "
                        + mimeType,
                content);
    }

    private MultipartText part(String header, byte[] content) {
        body.writeBytes(
                ((body.size() == 0 ? "--" : "\r\n--") + BOUNDARY + "\r\n" + header + "\r\n\r\n").getBytes(UTF_8));
        body.writeBytes(content);
        return this;
    }

    /** All parts, and the end. */
    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes(END.getBytes(UTF_8));
        return whole.toByteArray();
    }

    /** The parts so far, with neither end nor the line break before it. */
    byte[] beginning() {
        return body.toByteArray();
    }
}
