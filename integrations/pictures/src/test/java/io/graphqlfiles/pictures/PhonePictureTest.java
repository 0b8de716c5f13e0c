package io.graphqlfiles.pictures;

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
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of it together, on a directory: a phone's picture, taken at somebody's home and on its side. */
class PhonePictureTest {

    private static final String SDL = """
            type Query { picture: StoredFile @file(accept: ["image/*"], maxPixels: "1MP", stripMetadata: true)
                @variant(name: "thumb", width: 100, height: 100, fit: COVER) @variant(name: "page", width: 200) }
            type Mutation {
              setPicture(file: StoredFileInput! @file(field: "Query.picture")): StoredFile
              deletePicture: Boolean
            }
            """;

    @TempDir
    private Path directory;

    private final AtomicReference<StoredFile> picture = new AtomicReference<>();
    private GraphQLFiles files;
    private GraphQL graphQl;

    @BeforeEach
    void start() {
        files = GraphQLFiles.newGraphQLFiles()
                .store(FileSystemBlobStore.at(directory))
                .secret("a secret of the tests, long enough to be one")
                .analyzer(
                        PictureAnalyzer.newPictureAnalyzer().placeholders(true).build())
                .metadataStripper(PictureStripper.create())
                .variantMaker(InProcessVariants.create())
                .build();
        RuntimeWiring wiring = files.addScalars(RuntimeWiring.newRuntimeWiring())
                .type("Query", type -> type.dataFetcher("picture", environment -> picture.get()))
                .type(
                        "Mutation",
                        type -> type.dataFetcher("setPicture", environment -> {
                                    picture.set(environment.getArgument("file"));
                                    return picture.get();
                                })
                                .dataFetcher("deletePicture", environment -> {
                                    FileChanges.of(environment).deleteOnSuccess(picture.get());
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
    }

    private ExecutionResult set(byte[] content) {
        return graphQl.execute(ExecutionInput.newExecutionInput(
                        "mutation($file: StoredFileInput!) { setPicture(file: $file) { width height placeholder } }")
                .variables(Map.of(
                        "file", Map.of("base64", Base64.getEncoder().encodeToString(content), "fileName", "home.jpg")))
                .build());
    }

    private static Map<String, Object> data(ExecutionResult result, String field) {
        assertThat(result.getErrors()).isEmpty();
        Map<String, Map<String, Object>> data = result.getData();
        return data.get(field);
    }

    private byte[] get(String url) throws IOException {
        int query = url.indexOf('?');
        try (FileEndpointResponse response = files.server()
                .fileEndpoint()
                .handle(new FileEndpointRequest(
                        "GET",
                        url.substring("/files".length(), query),
                        url.substring(query + 1),
                        name -> null,
                        InputStream.nullInputStream(),
                        -1))) {
            assertThat(response.status()).isEqualTo(200);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            response.writeTo(out);
            return out.toByteArray();
        }
    }

    private long blobs() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void picture_isKnown_clean_small_andGoneWithItsVariants() throws IOException {
        Map<String, Object> stored = data(set(Samples.withMetadata(Samples.jpeg(600, 400, false), 6)), "setPicture");
        assertThat(stored).containsEntry("width", 400).containsEntry("height", 600);
        assertThat(stored.get("placeholder")).asString().startsWith("data:image/png;base64,");

        Map<String, Object> shown = data(
                graphQl.execute(
                        "{ picture { url thumb: variant(name: \"thumb\") { url width height } page: variant(name: \"page\") { url width height } } }"),
                "picture");
        byte[] original = get((String) shown.get("url"));
        assertThat(new String(original, StandardCharsets.ISO_8859_1)).doesNotContain("SECRET", "Spy Phones");
        assertThat(original).hasSize((int) picture.get().byteSize());
        for (Object each : new Object[] {shown.get("thumb"), shown.get("page")}) {
            Map<?, ?> variant = (Map<?, ?>) each;
            BufferedImage made = Samples.decoded(get((String) variant.get("url")));
            assertThat(made.getWidth()).isEqualTo(variant.get("width"));
            assertThat(made.getHeight()).isEqualTo(variant.get("height"));
        }
        assertThat(((Map<?, ?>) shown.get("page")).get("height")).isEqualTo(300);

        assertThat(graphQl.execute("mutation { deletePicture }").getErrors()).isEmpty();
        assertThat(blobs()).isZero();
    }

    @Test
    void bomb_isRefusedByItsHeader() throws IOException {
        ExecutionResult result = set(Samples.bomb(100_000, 100_000));

        assertThat(result.getErrors().get(0).getExtensions())
                .containsEntry("code", "FILE_INVALID")
                .containsEntry("width", 100_000)
                .containsEntry("maxPixels", 1_000_000L);
        assertThat(blobs()).isZero();
    }
}
