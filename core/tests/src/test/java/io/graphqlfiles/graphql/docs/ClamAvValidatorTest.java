package io.graphqlfiles.graphql.docs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against clamd, where it is installed: {@code apt-get install clamav-daemon}. Its database is one signature. */
class ClamAvValidatorTest {

    @TempDir
    static Path directory;

    private static Clamd daemon;
    private static InetSocketAddress address;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Clamd.isInstalled(), "clamd is not installed");
        daemon = Clamd.start(directory);
        address = daemon.address();
    }

    @AfterAll
    static void stop() {
        if (daemon != null) {
            daemon.close();
        }
    }

    @Test
    void cleanFile_isStored() throws IOException {
        try (Scanned application = new Scanned(new ClamAvValidator(address))) {
            application.store(FileSource.of("harmless".getBytes(US_ASCII)));

            assertThat(application.keys()).hasSize(1);
        }
    }

    @Test
    void harmfulFile_isRefused_andDeleted() {
        try (Scanned application = new Scanned(new ClamAvValidator(address))) {
            assertRefused(application, Clamd.EICAR.getBytes(US_ASCII), FileErrorCode.FILE_INVALID);
        }
    }

    /** Longer than the daemon scans: it closes the connection, and the file is not believed to be clean. */
    @Test
    void fileThatCannotBeScanned_isRefused_andDeleted() {
        try (Scanned application = new Scanned(new ClamAvValidator(address))) {
            assertRefused(application, new byte[3_000_000], FileErrorCode.FILE_CHECK_FAILED);
        }
    }

    @Test
    void daemonIsAway_nothingIsStored() throws IOException {
        InetSocketAddress nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
        }
        try (Scanned application = new Scanned(new ClamAvValidator(nobody))) {
            assertRefused(application, new byte[5], FileErrorCode.FILE_CHECK_FAILED);
        }
    }

    private static void assertRefused(Scanned application, byte[] content, FileErrorCode code) {
        assertThatExceptionOfType(FileException.class)
                .isThrownBy(() -> application.store(FileSource.of(content)))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
        assertThat(application.keys()).isEmpty();
    }

    /** An application with one file field. */
    private static final class Scanned implements AutoCloseable {

        private final InMemoryBlobStore store = new InMemoryBlobStore();
        private final GraphQLFiles files;

        Scanned(ClamAvValidator scanner) {
            files = GraphQLFiles.newGraphQLFiles()
                    .store(store)
                    .secret("a secret of the tests, long enough to be one")
                    .validator(scanner)
                    .build();
            files.apply(new SchemaGenerator()
                    .makeExecutableSchema(
                            files.addTypeDefinitions(new SchemaParser().parse("type Query { any: StoredFile @file }")),
                            files.addScalars(RuntimeWiring.newRuntimeWiring()
                                            .type("Query", type -> type.dataFetcher("any", environment -> null)))
                                    .build()));
        }

        void store(FileSource source) throws IOException {
            files.store("Query.any", source);
        }

        List<String> keys() {
            return List.copyOf(store.keys());
        }

        @Override
        public void close() {
            files.close();
        }
    }
}
