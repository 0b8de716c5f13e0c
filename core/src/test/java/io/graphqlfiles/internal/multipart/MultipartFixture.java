package io.graphqlfiles.internal.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.Upload;
import io.graphqlfiles.internal.body.SpoolSpace;
import io.graphqlfiles.server.GraphQLMultipartRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Builds a multipart request, part by part, and opens it. Text is one byte a character, apart from JSON, which is
 * UTF-8.
 */
final class MultipartFixture {

    private static final ObjectMapper JSON = new ObjectMapper();

    final LiveUploads live = new LiveUploads(new SecureRandom());
    final UploadTypes types = new UploadTypes();
    final SpoolSpace spools;
    private final Path directory;
    private final StringBuilder body = new StringBuilder("--b");
    private FileLimits limits = FileLimits.defaults();
    private boolean batches;

    MultipartFixture(Path directory) {
        this.directory = directory;
        this.spools = new SpoolSpace(directory, ByteSize.gigabytes(10));
    }

    MultipartFixture limits(FileLimits.Builder limits) {
        this.limits = limits.build();
        return this;
    }

    MultipartFixture batches() {
        batches = true;
        return this;
    }

    MultipartFixture operations(String json) {
        return part("operations", new String(json.getBytes(UTF_8), ISO_8859_1));
    }

    MultipartFixture map(String json) {
        return part("map", new String(json.getBytes(UTF_8), ISO_8859_1));
    }

    /** Operations with a variable {@code files} of that many nulls, part n for the n-th. */
    MultipartFixture forFiles(int count) {
        StringBuilder map = new StringBuilder();
        for (int i = 0; i < count; i++) {
            map.append(i == 0 ? "" : ",").append("\"" + i + "\":[\"variables.files." + i + "\"]");
        }
        return operations("{\"variables\":{\"files\":[" + "null,".repeat(count).replaceAll(",$", "") + "]}}")
                .map("{" + map + "}");
    }

    MultipartFixture part(String name, String content) {
        return rawPart("Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content);
    }

    MultipartFixture file(String name, String fileName, String contentType, String content) {
        return rawPart("Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName
                + "\"\r\nContent-Type: " + contentType + "\r\n\r\n" + content);
    }

    MultipartFixture rawPart(String headerAndContent) {
        body.append("\r\n").append(headerAndContent).append("\r\n--b");
        return this;
    }

    String text() {
        return body + "--\r\n";
    }

    InputStream stream() {
        return new ByteArrayInputStream(text().getBytes(ISO_8859_1));
    }

    GraphQLMultipartRequest request() {
        return request(stream());
    }

    GraphQLMultipartRequest request(InputStream in) {
        return request(in, name -> name.equals("GraphQL-Preflight") ? "1" : null, true, System::nanoTime);
    }

    GraphQLMultipartRequest request(
            InputStream in, Function<String, String> headers, boolean preflightRequired, LongSupplier nanoClock) {
        return request("multipart/form-data; boundary=b", in, headers, preflightRequired, nanoClock);
    }

    GraphQLMultipartRequest request(
            String contentType,
            InputStream in,
            Function<String, String> headers,
            boolean preflightRequired,
            LongSupplier nanoClock) {
        return new StreamedMultipartRequest(
                contentType,
                headers,
                in,
                new StreamedMultipartRequest.Settings(
                        limits, live, types, spools, preflightRequired, batches, nanoClock));
    }

    /** The upload whose handle stands there in the rewritten operations. */
    Upload upload(GraphQLMultipartRequest request, String pointer) throws IOException {
        JsonNode handle = JSON.readTree(request.operations()).at(pointer);
        assertThat(handle.isTextual()).as("handle at %s", pointer).isTrue();
        UploadPart upload = live.find(handle.textValue());
        assertThat(upload).isNotNull();
        upload.admit();
        return upload;
    }

    static String read(Upload upload) throws IOException {
        try (InputStream in = upload.openStream()) {
            return new String(in.readAllBytes(), ISO_8859_1);
        }
    }

    void assertNothingLeft() throws IOException {
        assertThat(live.count()).isZero();
        assertThat(spools.used()).isZero();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }
}
