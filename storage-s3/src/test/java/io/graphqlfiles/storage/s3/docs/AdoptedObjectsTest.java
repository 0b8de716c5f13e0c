package io.graphqlfiles.storage.s3.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.storage.s3.S3BlobStore;
import io.graphqlfiles.storage.s3.server.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Objects and files of others become files of a field. */
class AdoptedObjectsTest {

    private final S3Server server = S3Server.open();
    private final S3Client client = server.newClient().build();
    private final GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
            .store(S3BlobStore.at(client, server.bucket()))
            .secret("a secret of the tests, long enough to be one")
            .build();
    private final String key = "uploads/2019/" + UUID.randomUUID() + "/price list (1).pdf";

    AdoptedObjectsTest() {
        files.apply(new SchemaGenerator()
                .makeExecutableSchema(
                        files.addTypeDefinitions(new SchemaParser().parse("""
                                type Query { product: Product }
                                type Product { manual: StoredFile @file(accept: ["application/pdf"], maxSize: "1KB") }
                                """)),
                        files.addScalars(RuntimeWiring.newRuntimeWiring()).build()));
    }

    @AfterEach
    void close() {
        files.close();
        client.close();
        server.close();
    }

    private void putForeign(String content) {
        client.putObject(object -> object.bucket(server.bucket()).key(key), RequestBody.fromString(content));
    }

    private String foreign() {
        return client.getObjectAsBytes(object -> object.bucket(server.bucket()).key(key))
                .asUtf8String();
    }

    private String read(StoredFile file) throws IOException {
        try (InputStream content = files.open(file)) {
            return new String(content.readAllBytes(), UTF_8);
        }
    }

    @Test
    void object_becomesAFile_andStaysWhereItIs() throws IOException {
        putForeign("%PDF-1.7 a price list");

        StoredFile file = new AdoptedObjects(files, client).adopt("Product.manual", server.bucket(), key);
        files.maintenance().sweep(SweepOptions.newSweepOptions().build());

        assertThat(file.mimeType()).isEqualTo("application/pdf");
        assertThat(file.fileName()).isEqualTo("price list (1).pdf");
        assertThat(read(file)).isEqualTo("%PDF-1.7 a price list");
        files.delete(file);
        assertThat(foreign()).isEqualTo("%PDF-1.7 a price list");
    }

    @Test
    void object_thatTheFieldDoesNotTake_isRefused() {
        putForeign("no document at all");

        assertThatExceptionOfType(FileException.class)
                .isThrownBy(() -> new AdoptedObjects(files, client).adopt("Product.manual", server.bucket(), key))
                .satisfies(e -> assertThat(e.code()).isEqualTo(FileErrorCode.FILE_TYPE_NOT_ACCEPTED));
    }

    @Test
    void fileOfADirectory_becomesAFile(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("manual of 2019.pdf");
        Files.writeString(path, "%PDF-1.7 a manual");

        StoredFile file = files.store(
                "Product.manual",
                FileSource.of(() -> Files.newInputStream(path))
                        .withFileName(path.getFileName().toString()));

        assertThat(read(file)).isEqualTo("%PDF-1.7 a manual");
        assertThat(path).exists();
    }
}
