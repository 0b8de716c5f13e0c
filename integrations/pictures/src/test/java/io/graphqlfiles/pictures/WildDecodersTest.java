package io.graphqlfiles.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.VariantOptions;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decoders that hang, crash and eat memory, behind an endpoint that goes on serving. */
class WildDecodersTest {

    private static final String SDL = """
            type Query { picture: StoredFile @file(accept: ["image/*"]) @variant(name: "thumb", width: 20) }
            """;

    /** Does what the picture says; one that says nothing is copied. */
    private static final String DECODER = """
            #!/bin/sh
            if grep -q HANGS original; then
              sleep 600 & echo $$ $! > '%s'; wait
            fi
            grep -q CRASHES original && kill -SEGV $$
            grep -q EATS original && exec tail -n 1 /dev/zero
            exec cp original made.png
            """;

    @TempDir
    private Path directory;

    private Path temporary;
    private Path blobs;
    private Path begun;
    private GraphQLFiles files;
    private GraphQL graphQl;
    private final AtomicReference<StoredFile> picture = new AtomicReference<>();

    @BeforeEach
    void start() throws Exception {
        temporary = Files.createDirectory(directory.resolve("work"));
        blobs = Files.createDirectory(directory.resolve("blobs"));
        begun = directory.resolve("begun");
        Commands.run(directory, "mkfifo", "begun");
        Path decoder = directory.resolve("decoder");
        Files.writeString(decoder, DECODER.formatted(begun));
        Files.setPosixFilePermissions(decoder, PosixFilePermissions.fromString("rwx------"));
        files = GraphQLFiles.newGraphQLFiles()
                .store(FileSystemBlobStore.at(blobs))
                .secret("a secret of the tests, long enough to be one")
                .variantMaker(CommandVariants.newCommandVariants()
                        .vipsthumbnail(decoder.toString())
                        .maxMemory(64L << 20)
                        .temporaryDirectory(temporary)
                        .build())
                .variantOptions(VariantOptions.newVariantOptions()
                        .atOnce(2)
                        .timeLimit(Duration.ofMinutes(1))
                        .build())
                .build();
        RuntimeWiring wiring = files.addScalars(RuntimeWiring.newRuntimeWiring())
                .type("Query", type -> type.dataFetcher("picture", environment -> picture.get()))
                .build();
        graphQl = GraphQL.newGraphQL(files.apply(new SchemaGenerator()
                        .makeExecutableSchema(files.addTypeDefinitions(new SchemaParser().parse(SDL)), wiring)))
                .build();
    }

    @AfterEach
    void stop() {
        files.close();
    }

    /** URL of the variant of a picture that says this. */
    private String thumb(String says) throws IOException {
        byte[] png = Samples.withChunks(
                Samples.encoded("png", Samples.quarters(60, 40, BufferedImage.TYPE_INT_RGB)), "tEXt" + says);
        picture.set(files.store("Query.picture", FileSource.of(png)));
        Map<String, Map<String, Map<String, String>>> data = graphQl.execute(
                        "{ picture { variant(name: \"thumb\") { url } } }")
                .getData();
        return data.get("picture").get("variant").get("url");
    }

    private int get(String url) {
        String below = url.substring("/files".length());
        int query = below.indexOf('?');
        try (FileEndpointResponse response = files.server()
                .fileEndpoint()
                .handle(new FileEndpointRequest(
                        "GET",
                        query < 0 ? below : below.substring(0, query),
                        query < 0 ? null : below.substring(query + 1),
                        name -> null,
                        InputStream.nullInputStream(),
                        -1))) {
            response.writeTo(OutputStream.nullOutputStream());
            return response.status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long count(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void whileOneHangs_othersAreServed_andNothingIsLeft() throws Exception {
        String hangs = thumb("HANGS");
        CompletableFuture<Integer> hanging = CompletableFuture.supplyAsync(() -> get(hangs));
        List<String> processes = Pattern.compile("\\s+")
                .splitAsStream(CompletableFuture.supplyAsync(this::awaitBegun).get(1, TimeUnit.MINUTES))
                .toList();

        String shown = thumb("nothing");
        assertThat(get(shown)).isEqualTo(200);
        assertThat(get(files.url(picture.get()).toString())).isEqualTo(200);
        assertThat(get(thumb("CRASHES"))).isEqualTo(422);
        assertThat(get(files.url(picture.get()).toString())).isEqualTo(200);
        assertThat(get(thumb("EATS"))).isEqualTo(422);
        assertThat(get(shown)).isEqualTo(200);
        // Who has no URL of it has nothing made, and learns nothing.
        assertThat(get(shown.substring(0, shown.indexOf('?')))).isEqualTo(403);
        assertThat(get(hangs.substring(0, hangs.indexOf('?')))).isEqualTo(403);
        assertThat(hanging).isNotDone();

        files.close();

        assertThat(hanging.get(1, TimeUnit.MINUTES)).isEqualTo(503);
        for (String process : processes) {
            ProcessHandle.of(Long.parseLong(process))
                    .ifPresent(handle ->
                            handle.onExit().orTimeout(1, TimeUnit.MINUTES).join());
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
        assertThat(count(blobs)).as("four pictures, one variant").isEqualTo(5);
    }

    private String awaitBegun() {
        try {
            return Files.readString(begun);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
