package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.testkit.FaultyBlobStore;
import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that the application stores, opens and deletes on its own. */
class OwnFilesTest {

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    private final Catalogue catalogue = new Catalogue()
            .sdl("type Query { small: StoredFile @file(maxSize: \"5\", accept: [\"text/*\"])  any: StoredFile @file }");
    private final FaultyBlobStore store = new FaultyBlobStore(catalogue.store);

    @Test
    void store_andOpen() throws IOException {
        StoredFile file = files().store("Query.small", FileSource.of(HELLO).withFileName("dir/a.txt"));

        assertThat(file.fileName()).isEqualTo("a.txt");
        assertThat(file.byteSize()).isEqualTo(5);
        try (InputStream in = files().open(file)) {
            assertThat(in.readAllBytes()).isEqualTo(HELLO);
        }
    }

    @Test
    void store_ofAPath(@TempDir Path directory) throws IOException {
        Path path = Files.write(directory.resolve("data.csv"), HELLO);

        StoredFile file = files().store("Query.any", FileSource.of(path));

        assertThat(file.fileName()).isEqualTo("data.csv");
        assertThat(file.mimeType()).isEqualTo("text/csv");
    }

    @Test
    void store_rulesOfTheField() {
        assertThatThrownBy(() -> files().store("Query.small", FileSource.of(new byte[6])))
                .isInstanceOf(FileException.class)
                .hasMessage("The file is larger than 5 bytes, the most that Query.small takes.");
        assertThatThrownBy(
                        () -> files().store("Query.small", FileSource.of(() -> new ByteArrayInputStream(new byte[6]))))
                .isInstanceOf(FileException.class)
                .hasMessage("The file is larger than 5 bytes, the most that Query.small takes.");
        assertThatThrownBy(() -> files().store("Query.small", FileSource.of(new byte[] {0, 1, 2, 3})))
                .isInstanceOfSatisfying(
                        FileException.class, e -> assertThat(e.code()).isEqualTo(FileErrorCode.FILE_TYPE_NOT_ACCEPTED));
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void store_contentThatCannotBeClosed() {
        IOException failure = new IOException("not closed");
        FileSource source = FileSource.of(() -> new FilterInputStream(new ByteArrayInputStream(HELLO)) {
            @Override
            public void close() throws IOException {
                throw failure;
            }
        });

        assertThatThrownBy(() -> files().store("Query.any", source)).isSameAs(failure);
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void store_limitsForClientsDoNotHold() throws IOException {
        catalogue.settings(builder -> builder.limits(FileLimits.newFileLimits()
                .base64(ByteSize.bytes(1))
                .file(ByteSize.bytes(1))
                .copyUrl(ByteSize.bytes(1))
                .directUpload(ByteSize.bytes(1))
                .filesPerRequest(1)
                .build()));

        assertThat(files().store("Query.any", FileSource.of(HELLO)).byteSize()).isEqualTo(5);
    }

    @Test
    void store_validators() {
        catalogue.settings(builder -> builder.validator(file -> {
            throw FileException.invalid(file + " is not liked");
        }));

        assertThatThrownBy(() -> files().store("Query.any", FileSource.of(HELLO)))
                .hasMessage("FileCandidate[Query.any, text/plain, 5 bytes] is not liked");
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void store_contentThatCannotBeRead() {
        IOException broken = new IOException("broken");

        assertThatThrownBy(() -> files().store("Query.any", FileSource.of(() -> {
                    throw broken;
                })))
                .isSameAs(broken);
        assertThatThrownBy(() -> files().store("Query.any", FileSource.of(() -> breakingOff(broken))))
                .isSameAs(broken);
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void store_contentOfAnotherLength() {
        assertThatThrownBy(() -> files().store(
                                "Query.any",
                                FileSource.of(() -> new ByteArrayInputStream(HELLO))
                                        .withByteSize(6)))
                .isInstanceOf(BlobIntegrityException.class);
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void store_closesTheContent() throws IOException {
        boolean[] closed = new boolean[1];
        files().store("Query.any", FileSource.of(() -> new ByteArrayInputStream(HELLO) {
            @Override
            public void close() {
                closed[0] = true;
            }
        }));

        assertThat(closed[0]).isTrue();
    }

    @Test
    void store_failing() {
        store.fail(Operation.PUT).before();

        assertThatThrownBy(() -> files().store("Query.any", FileSource.of(HELLO)))
                .isInstanceOf(BlobStoreException.class);
    }

    @Test
    void store_unknownField() {
        assertThatThrownBy(() -> files().store("Query.nothing", FileSource.of(HELLO)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("field: expected one of [Query.small, Query.any], found \"Query.nothing\"");
    }

    @Test
    void store_beforeASchemaWasApplied() {
        assertThatThrownBy(() -> catalogue.files().store("Query.any", FileSource.of(HELLO)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("field: expected one of [], found \"Query.any\"");
    }

    @Test
    void delete_repeatable() throws IOException {
        StoredFile file = files().store("Query.any", FileSource.of(HELLO));
        files().delete(file);
        files().delete(file);

        assertThat(catalogue.store.keys()).isEmpty();
        assertThatThrownBy(() -> files().open(file)).isInstanceOf(BlobNotFoundException.class);
    }

    @Test
    void delete_failing() throws IOException {
        StoredFile file = files().store("Query.any", FileSource.of(HELLO));
        store.fail(Operation.DELETE).before();

        assertThatThrownBy(() -> files().delete(file)).isInstanceOf(BlobStoreException.class);
    }

    @Test
    void file_ofAStoreThatIsNoLonger() {
        StoredFile file = StoredFile.fromJson("""
                {"v":1,"store":"gone","key":"private/a","name":"a","type":"text/plain","size":1,"created":"2026-11-21T10:00:00Z"}""");

        assertThatThrownBy(() -> files().open(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("store: expected one of [default], found \"gone\"");
        assertThatThrownBy(() -> files().url(file)).hasMessage("store: expected one of [default], found \"gone\"");
    }

    @Test
    void url_outsideOfGraphQl() throws IOException {
        catalogue.settings(builder -> builder.baseUrl(URI.create("https://shop.example.com")));
        StoredFile file = files().store("Query.any", FileSource.of(HELLO));

        assertThat(files().url(file).toString()).startsWith("https://shop.example.com/files/default/" + file.key());
    }

    @Test
    void builder_whatIsMissing() {
        assertThatThrownBy(() -> GraphQLFiles.newGraphQLFiles().build())
                .hasMessage("store: expected at least one, found none");
        assertThatThrownBy(() ->
                        GraphQLFiles.newGraphQLFiles().store(catalogue.store).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("secret: expected random text of at least 32 characters, for example from"
                        + " \"openssl rand -base64 32\", found none");
        assertThatThrownBy(() -> GraphQLFiles.newGraphQLFiles().store("Pictures", catalogue.store))
                .hasMessage(
                        "store: expected a name of at most 32 lower-case letters, digits and hyphens, found \"Pictures\"");
        assertThatThrownBy(() ->
                        GraphQLFiles.newGraphQLFiles().store(catalogue.store).store(catalogue.store))
                .hasMessage("store: there is one named \"default\" already");
        assertThatThrownBy(() -> GraphQLFiles.newGraphQLFiles().basePath("files"))
                .hasMessage("basePath: expected a path such as /files, found \"files\"");
    }

    @Test
    void builder_shortSecret_isNotRepeatedInTheMessage() {
        assertThatThrownBy(() -> GraphQLFiles.newGraphQLFiles()
                        .store(catalogue.store)
                        .secret("tooshort")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("tooshort");
    }

    private static InputStream breakingOff(IOException broken) {
        InputStream end = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read() throws IOException {
                throw broken;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw broken;
            }
        };
        return new SequenceInputStream(new ByteArrayInputStream(new byte[100_000]), end);
    }

    private GraphQLFiles files() {
        catalogue.store(store).graphQl();
        return catalogue.files();
    }
}
