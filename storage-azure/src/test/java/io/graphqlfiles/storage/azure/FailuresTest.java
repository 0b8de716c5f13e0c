package io.graphqlfiles.storage.azure;

import static io.graphqlfiles.storage.azure.Content.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service that refuses, or is silent. */
@Timeout(60)
class FailuresTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    @ParameterizedTest
    @CsvSource({
        "404, ContainerNotFound, BlobStoreException, false",
        "403, AuthorizationFailure, BlobStoreException, false",
        "409, BlobAlreadyExists, BlobAlreadyExistsException, false",
        "409, LeaseIdMissing, BlobStoreException, false",
        "400, Md5Mismatch, BlobStoreException, true",
        "429, TooManyRequests, BlobStoreException, true",
        "503, ServerBusy, BlobStoreException, true"
    })
    void put_refused(int status, String code, String type, boolean retryable) throws Exception {
        try (Refusing server = new Refusing(status, code)) {
            AzureBlobStore store = server.store();

            assertThatExceptionOfType(BlobStoreException.class)
                    .isThrownBy(() -> store.put(blob(10), new ByteArrayInputStream(bytes(1, 10))))
                    .satisfies(e -> {
                        assertThat(e.getClass().getSimpleName()).isEqualTo(type);
                        assertThat(e.isRetryable()).isEqualTo(retryable);
                        assertThat(e.operation()).isEqualTo("put");
                        assertThat(e.getMessage()).doesNotContain("sig=").startsWith("azure container files: put");
                    });
        }
    }

    @Test
    void put_busy_isRepeatedByTheClient() throws Exception {
        try (Refusing server = new Refusing(503, "ServerBusy")) {
            AzureBlobStore store = server.store();

            assertThatExceptionOfType(BlobStoreException.class)
                    .isThrownBy(() -> store.put(blob(10), new ByteArrayInputStream(bytes(1, 10))));

            assertThat(server.puts).hasValue(3);
        }
    }

    @Test
    void open_missing() throws Exception {
        try (Refusing server = new Refusing(404, "BlobNotFound")) {
            AzureBlobStore store = server.store();

            assertThatExceptionOfType(BlobNotFoundException.class)
                    .isThrownBy(() -> store.open("private/a", ByteRange.whole()));
            assertThat(store.stat("private/a")).isNull();
        }
    }

    @Test
    void delete_refused_goesOnAndNamesTheFirst() throws Exception {
        try (Refusing server = new Refusing(403, "AuthorizationFailure")) {
            AzureBlobStore store = server.store();

            assertThatExceptionOfType(BlobStoreException.class)
                    .isThrownBy(() -> store.delete(List.of("private/a", "private/b")))
                    .satisfies(e -> assertThat(e.key()).isEqualTo("private/a"))
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        }
    }

    @Test
    void anyCall_silentService_endsInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            AzureBlobStore store = AzureBlobStore.newAzureBlobStore(
                            AzureFixture.newClient(
                                    "http://127.0.0.1:" + silent.getLocalPort() + "/filestests", "filestests", "AAAA"),
                            "files")
                    .callTimeout(SHORT)
                    .build();

            for (Runnable call : List.<Runnable>of(
                    () -> store.stat("private/a"),
                    () -> store.open("private/a", ByteRange.whole()),
                    () -> store.list("", null, 10),
                    () -> store.delete(List.of("private/a", "private/b")),
                    () -> put(store))) {
                assertThatExceptionOfType(BlobStoreException.class)
                        .isThrownBy(call::run)
                        .satisfies(e -> assertThat(e.isRetryable()).isTrue());
            }
        }
    }

    private static void put(AzureBlobStore store) {
        try (InputStream content = new ByteArrayInputStream(bytes(1, 10))) {
            store.put(blob(10), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PutRequest blob(long size) {
        return new PutRequest("private/a", size, "image/png", "inline", Visibility.PRIVATE);
    }

    /** Gives the same refusal to every request. */
    private static final class Refusing implements AutoCloseable {

        private final HttpServer server;
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final AtomicInteger puts = new AtomicInteger();

        Refusing(int status, String code) throws Exception {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                if (exchange.getRequestMethod().equals("PUT")) {
                    puts.incrementAndGet();
                }
                exchange.getResponseHeaders().add("x-ms-error-code", code);
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            server.start();
        }

        AzureBlobStore store() {
            return AzureBlobStore.at(
                    AzureFixture.newClient(
                            "http://127.0.0.1:" + server.getAddress().getPort() + "/filestests", "filestests", "AAAA"),
                    "files");
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
