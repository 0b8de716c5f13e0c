package io.graphqlfiles.spring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** As many mutations as Tomcat has threads copy from a server that sends a byte a second. */
@RecordTest
class SlowOriginTest {

    private static final int MUTATIONS = 200;
    private static final int PLACES = 32;

    @LocalServerPort
    private int port;

    @Autowired
    private InMemoryBlobStore store;

    @Test
    @Timeout(60)
    void otherQueries_areAnsweredAtOnce() throws Exception {
        HttpGraphQl http = new HttpGraphQl(URI.create("http://127.0.0.1:" + port));
        CountDownLatch held = new CountDownLatch(PLACES);
        CountDownLatch refused = new CountDownLatch(MUTATIONS - PLACES);
        List<String> answers = new CopyOnWriteArrayList<>();
        List<CompletableFuture<?>> requests = new ArrayList<>();
        int before = store.keys().size();

        try (SlowOrigin origin = new SlowOrigin(held)) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            HttpRequest mutation = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/graphql"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("""
                            {"query": "mutation { createRecord(record: {title: \\"a\\", document: {copyURL: \\"%s\\"}}) { id } }"}
                            """.formatted(origin.url())))
                    .build();
            for (int i = 0; i < MUTATIONS; i++) {
                requests.add(client.sendAsync(mutation, BodyHandlers.ofString()).thenAccept(answer -> {
                    answers.add(answer.body());
                    refused.countDown();
                }));
            }
            assertThat(held.await(30, TimeUnit.SECONDS)).as("all places taken").isTrue();
            assertThat(refused.await(30, TimeUnit.SECONDS))
                    .as("the others refused")
                    .isTrue();
            assertThat(answers).hasSize(MUTATIONS - PLACES).allMatch(answer -> answer.contains("FILE_SERVER_BUSY"));

            for (int i = 0; i < 10; i++) {
                long start = System.nanoTime();
                assertThat(http.run("{ records { id } }", Map.of()).get("errors"))
                        .isNull();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            }
            assertThat(requests.stream().filter(request -> !request.isDone())).hasSize(PLACES);
        }

        CompletableFuture.allOf(requests.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        assertThat(answers.subList(MUTATIONS - PLACES, MUTATIONS))
                .as("the origin is gone")
                .allMatch(answer -> answer.contains("FILE_URL_UNREACHABLE"));
        assertThat(http.run(
                                "mutation { createRecord(record: {title: \"a\", document: {copyURL:"
                                        + " \"http://127.0.0.1:" + port + "/graphiql.no\"}}) { id } }",
                                Map.of())
                        .toString())
                .as("a place is free")
                .contains("FILE_URL_UNREACHABLE");
        assertThat(store.keys()).hasSize(before);
    }

    /** Answers every request with a long file, a byte a second. */
    private static final class SlowOrigin implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 300, InetAddress.getLoopbackAddress());
        private final List<Socket> sockets = new CopyOnWriteArrayList<>();
        private final ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
        private final Future<?> dripping;
        private final Thread accepting;

        SlowOrigin(CountDownLatch held) throws IOException {
            dripping = drip.scheduleAtFixedRate(() -> sockets.forEach(SlowOrigin::sendByte), 1, 1, TimeUnit.SECONDS);
            accepting = new Thread(() -> accept(held), "slow-origin");
            accepting.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getLocalPort() + "/large.bin";
        }

        private void accept(CountDownLatch held) {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n".getBytes(US_ASCII));
                    sockets.add(socket);
                    held.countDown();
                } catch (IOException e) {
                    // Closed, or the other side is; the loop looks.
                }
            }
        }

        private static void sendByte(Socket socket) {
            try {
                socket.getOutputStream().write('x');
            } catch (IOException e) {
                // Broken off by the server under test.
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            try {
                accepting.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            dripping.cancel(false);
            drip.shutdownNow();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
