package io.graphqlfiles.compatibility.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.graphqlfiles.compatibility.hostile.RawConnection.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A direct upload in progress.
 *
 * @param url that takes its bytes, or those of its only part
 * @param headers to be sent with them
 */
record DirectUpload(String token, URI url, List<String> headers) {

    /** Starts an upload; to be sent as JSON. */
    static String starting(int byteSize, boolean inParts) {
        return Text.operation(
                "mutation { startFileUpload(input: {field: \"Document.content\", fileName: \"a.txt\","
                        + " mimeType: \"text/plain\", byteSize: " + byteSize + ", inParts: " + inParts
                        + "}) { token request { ...r } parts { request { ...r } } } }"
                        + " fragment r on FileUploadRequest { url headers { name value } }",
                "{}");
    }

    /** Of what was answered to that. */
    static DirectUpload of(JsonNode data) {
        JsonNode upload = data.path("startFileUpload");
        JsonNode request = upload.path("request").isNull() ? upload.at("/parts/0/request") : upload.path("request");
        List<String> headers = new ArrayList<>();
        request.path("headers")
                .forEach(header -> headers.add(header.path("name").asText() + ": "
                        + header.path("value").asText()));
        return new DirectUpload(
                upload.path("token").asText(), URI.create(request.path("url").asText()), headers);
    }

    /** Gives it up; to be sent as JSON. */
    String aborting() {
        return Text.operation("mutation { abortFileUpload(token: \"" + token + "\") }", "{}");
    }

    DirectUpload withUrl(String other) {
        return new DirectUpload(token, URI.create(other), headers);
    }

    DirectUpload withHeaders(String... others) {
        return new DirectUpload(token, url, List.of(others));
    }

    /** A request that has told how much it will send, and has sent nothing yet. */
    RawConnection announcing(String length) {
        List<String> lines = new ArrayList<>(headers);
        lines.add(length);
        return new RawConnection(url).head("PUT", lines.toArray(String[]::new));
    }

    /** The answer to a whole request. */
    Answer put(String content, Duration patience) {
        return announcing("Content-Length: " + content.getBytes(UTF_8).length)
                .send(content)
                .answer(patience);
    }
}
