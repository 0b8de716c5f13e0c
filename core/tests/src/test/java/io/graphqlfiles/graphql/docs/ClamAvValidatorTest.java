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
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against clamd, where it is installed: {@code apt-get install clamav-daemon}. Its database is one signature. */
class ClamAvValidatorTest {

    private static final Path CLAMD = Path.of("/usr/sbin/clamd");

    /** In two pieces, so that scanners leave this file alone. */
    private static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    @TempDir
    static Path directory;

    private static Process daemon;
    private static InetSocketAddress address;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.isExecutable(CLAMD), "clamd is not installed");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Path database = Files.createDirectory(directory.resolve("database"));
        Files.writeString(database.resolve("eicar.hdb"), "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test\n");
        Path configuration = directory.resolve("clamd.conf");
        Files.writeString(configuration, """
                Foreground yes
                TCPAddr 127.0.0.1
                TCPSocket %d
                DatabaseDirectory %s
                StreamMaxLength 1M
                """.formatted(port, database));
        daemon = new ProcessBuilder(CLAMD.toString(), "--config-file=" + configuration)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("clamd.log").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!answers()) {
            assertThat(daemon.isAlive()).as(() -> log()).isTrue();
            assertThat(System.nanoTime()).as("clamd answers in time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static String log() {
        try {
            return Files.readString(directory.resolve("clamd.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(address, 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (daemon != null) {
            daemon.destroy();
            daemon.waitFor();
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
            assertRefused(application, EICAR.getBytes(US_ASCII), FileErrorCode.FILE_INVALID);
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
