package io.graphqlfiles.storage.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.FileChanges;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3Client;

/** How many requests to the bucket each way of storing a file takes; {@code docs/performance.md} lists them. */
@Timeout(60)
class S3RoundTripsTest extends BehindFaultyProxy {

    private static final String SDL = """
            type Query { gallery: [StoredFile!]! }
            type Product { gallery: [StoredFile!]! @file }
            type Mutation {
              add(files: [StoredFileInput!]! @file(field: "Product.gallery")): Boolean
              clear: Boolean
            }
            """;
    private static final String START = """
            mutation($size: Long!, $inParts: Boolean) {
              startFileUpload(input: {field: "Product.gallery", fileName: "a.txt", byteSize: $size, inParts: $inParts}) {
                token
                request { url method headers { name value } }
                parts { byteSize request { url method headers { name value } } }
              }
            }
            """;
    private static final int PART = 5 * 1024 * 1024;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<StoredFile> gallery = Collections.synchronizedList(new ArrayList<>());
    private S3Client direct;
    private S3Client client;
    private GraphQLFiles files;
    private GraphQL graphQl;

    @BeforeEach
    void start() {
        direct = server.newClient().build();
        client = server.newClient().endpointOverride(proxy.endpoint()).build();
        files = GraphQLFiles.newGraphQLFiles()
                .store(S3BlobStore.newS3BlobStore(client, server.bucket())
                        .signingClient(direct)
                        .build())
                .secret("a secret of the tests, long enough to be one")
                .authorizer(access -> true)
                .build();
        RuntimeWiring wiring = files.addScalars(RuntimeWiring.newRuntimeWiring())
                .type("Query", type -> type.dataFetcher("gallery", environment -> gallery))
                .type(
                        "Mutation",
                        type -> type.dataFetcher("add", environment -> {
                                    gallery.addAll(environment.getArgument("files"));
                                    return true;
                                })
                                .dataFetcher("clear", environment -> {
                                    FileChanges.of(environment).deleteOnSuccess(List.copyOf(gallery));
                                    return true;
                                }))
                .build();
        graphQl = GraphQL.newGraphQL(files.apply(new SchemaGenerator()
                        .makeExecutableSchema(files.addTypeDefinitions(new SchemaParser().parse(SDL)), wiring)))
                .build();
    }

    @AfterEach
    void stop() {
        files.close();
        client.close();
        direct.close();
    }

    @Test
    void base64() {
        add(base64("hello"));

        assertThat(requests()).containsExactly("PUT");
    }

    @Test
    void start_ofAnUploadInOnePiece() {
        start(70, false);

        assertThat(requests()).isEmpty();
    }

    @Test
    void claim_inOnePiece() throws Exception {
        String token = uploaded(70);

        add(Map.of("directUploadToken", token));
        assertThat(requests()).containsExactly("GET", "PUT");

        add(Map.of("directUploadToken", token));
        assertThat(requests()).containsExactly("GET", "PUT", "GET", "PUT");
    }

    @Test
    void claim_ofAnEmptyFile() throws Exception {
        String token = uploaded(0);

        add(Map.of("directUploadToken", token));

        assertThat(requests()).containsExactly("HEAD", "PUT");
    }

    @Test
    void claim_inParts() throws Exception {
        add(Map.of("directUploadToken", uploadedInParts()));
        // The second of the copies, once for each store: whether the server heeds the pin of such copies.
        assertThat(requests()).containsExactly("POST", "GET", "POST", "GET", "PUT", "PUT");

        String token = uploadedInParts();
        int before = proxy.requests().size();
        add(Map.of("directUploadToken", token));
        assertThat(requests().subList(before, proxy.requests().size())).containsExactly("GET", "POST", "GET", "PUT");

        int between = proxy.requests().size();
        add(Map.of("directUploadToken", token));
        assertThat(requests().subList(between, proxy.requests().size())).containsExactly("GET", "GET", "PUT");
    }

    @Test
    void text_isServedInItsEncoding_withoutAnotherRequest() throws Exception {
        byte[] shortText = "Gr\u00f6\u00dfe".getBytes(UTF_8);
        byte[] longText = "Gr\u00f6\u00dfe, ".repeat(PART / 5).getBytes(ISO_8859_1);

        add(Map.of("base64", Base64.getEncoder().encodeToString(shortText)));
        assertThat(requests()).containsExactly("PUT");
        add(Map.of("directUploadToken", uploaded(shortText)));
        assertThat(requests()).containsExactly("PUT", "GET", "PUT");
        add(Map.of("directUploadToken", uploadedInParts(longText)));
        // As of what is no text, see claim_inParts.
        assertThat(requests().subList(3, requests().size()))
                .containsExactly("POST", "GET", "POST", "GET", "PUT", "PUT");

        assertThat(gallery).extracting(StoredFile::mimeType).containsOnly("text/plain");
        assertThat(gallery)
                .extracting(file -> servedType(file))
                .containsExactly("text/plain;charset=utf-8", "text/plain;charset=utf-8", "text/plain;encoding=unknown");
    }

    private String servedType(StoredFile file) {
        try {
            HttpRequest request = HttpRequest.newBuilder(files.url(file)).build();
            return http.send(request, BodyHandlers.discarding())
                    .headers()
                    .firstValue("Content-Type")
                    .orElseThrow();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void claim_ofAGallery_isAsManyAsOfEach_sideBySide() throws Exception {
        List<Map<String, Object>> claims = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            claims.add(Map.of("directUploadToken", uploaded(70)));
        }
        // Opens only when all are in progress.
        CyclicBarrier looks = new CyclicBarrier(5);
        CyclicBarrier copies = new CyclicBarrier(5);
        proxy.always(FaultyProxy.method("GET"), FaultyProxy.after(() -> meet(looks), FaultyProxy.passOn()));
        proxy.always(FaultyProxy.method("PUT"), FaultyProxy.after(() -> meet(copies), FaultyProxy.passOn()));

        add(claims);

        assertThat(requests()).hasSize(10);
        assertThat(gallery).hasSize(5);
    }

    @Test
    void delete_ofSeveralFiles_isOneBatch() {
        add(List.of(base64("a"), base64("b"), base64("c")));
        int before = proxy.requests().size();

        execute("mutation { clear }", Map.of());

        assertThat(proxy.requests().subList(before, proxy.requests().size()))
                .singleElement()
                .asString()
                .contains("POST", "?delete");
    }

    @Test
    void url() {
        add(base64("hello"));
        int before = proxy.requests().size();

        execute("{ gallery { url byteSize mimeType fileName } }", Map.of());

        assertThat(proxy.requests()).hasSize(before);
    }

    private static Map<String, Object> base64(String text) {
        return Map.of("base64", Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    }

    private void add(Map<String, Object> file) {
        add(List.of(file));
    }

    private void add(List<Map<String, Object>> added) {
        execute("mutation($f: [StoredFileInput!]!) { add(files: $f) }", Map.of("f", added));
    }

    private String uploaded(int size) throws IOException, InterruptedException {
        return uploaded(Content.bytes(1, size));
    }

    private String uploaded(byte[] content) throws IOException, InterruptedException {
        Map<String, Object> upload = start(content.length, false);
        send(request(upload), content);
        return (String) upload.get("token");
    }

    private String uploadedInParts() throws IOException, InterruptedException {
        return uploadedInParts(Content.bytes(1, PART + 10));
    }

    @SuppressWarnings("unchecked")
    private String uploadedInParts(byte[] content) throws IOException, InterruptedException {
        Map<String, Object> upload = start(content.length, true);
        int from = 0;
        for (Map<String, Object> part : (List<Map<String, Object>>) upload.get("parts")) {
            int to = from + ((Number) part.get("byteSize")).intValue();
            send(request(part), Arrays.copyOfRange(content, from, to));
            from = to;
        }
        return (String) upload.get("token");
    }

    private Map<String, Object> start(int size, boolean inParts) {
        Map<String, Map<String, Object>> data = execute(START, Map.of("size", size, "inParts", inParts));
        return data.get("startFileUpload");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> request(Map<String, Object> of) {
        return (Map<String, Object>) of.get("request");
    }

    @SuppressWarnings("unchecked")
    private void send(Map<String, Object> request, byte[] content) throws IOException, InterruptedException {
        HttpRequest.Builder sent = HttpRequest.newBuilder(
                        URI.create(request.get("url").toString()))
                .method((String) request.get("method"), BodyPublishers.ofByteArray(content));
        for (Map<String, String> header : (List<Map<String, String>>) request.get("headers")) {
            if (!header.get("name").equalsIgnoreCase("content-length")) {
                sent.header(header.get("name"), header.get("value"));
            }
        }
        HttpResponse<String> answer = http.send(sent.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // the test knows its own schema
    private <T> T execute(String document, Map<String, Object> variables) {
        ExecutionResult result = graphQl.execute(
                ExecutionInput.newExecutionInput(document).variables(variables).build());
        assertThat(result.getErrors()).isEmpty();
        return result.getData();
    }

    private List<String> requests() {
        return proxy.requests().stream()
                .map(request -> request.substring(0, request.indexOf(' ')))
                .toList();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
