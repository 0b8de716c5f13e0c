package io.graphqlfiles.compatibility.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The contract for Spring for GraphQL on WebFlux and Reactor Netty, and what is more there: no event loop is blocked,
 * and nothing is read ahead.
 */
public abstract class WebFluxContract extends SpringContract {

    private static final int PIECE = 64 * 1024;
    /** More than all buffers of two sockets and of the server, and less than would fit in the heap. */
    private static final long MUCH = 64L * 1024 * 1024;

    @BeforeAll
    static void startWebFlux() {
        BlockingCalls.record();
        start(new SpringServer(WebFluxApplication.class, WebApplicationType.REACTIVE));
        // What happens once, when classes are loaded and the application starts.
        BlockingCalls.drain();
    }

    @AfterEach
    final void noEventLoopWasBlocked() {
        assertThat(BlockingCalls.drain()).isEmpty();
    }

    @Test
    void blockedEventLoop_isSeen() {
        Mono.fromRunnable(() -> {
                    try {
                        Thread.sleep(1);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })
                .subscribeOn(Schedulers.parallel())
                .block();

        assertThat(BlockingCalls.drain()).isNotEmpty().allMatch(call -> call.contains("sleep"));
    }

    @Test
    void slowStore_holdsTheClientBack() throws Exception {
        try (SpringServer slow = new SpringServer(SlowStoreApplication.class, WebApplicationType.REACTIVE)) {
            URI uri = slow.description().graphQl();
            byte[] beginning = beginning();
            byte[] end = "\r\n--b--\r\n".getBytes(UTF_8);
            try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
                OutputStream out = socket.getOutputStream();
                out.write(("POST " + uri.getPath() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                + "GraphQL-Preflight: 1\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                                + "Content-Length: " + (beginning.length + MUCH + end.length) + "\r\n\r\n")
                        .getBytes(UTF_8));
                out.write(beginning);
                AtomicLong sent = new AtomicLong();
                CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(out, sent, end));

                awaitStandstill(sent);
                assertThat(sent.get()).isPositive().isLessThan(MUCH / 2);

                slow.bean(SlowStoreApplication.SlowStore.class).proceed();
                sending.join();
                String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
                assertThat(answer).contains("\"byteSize\":" + MUCH);
            }
        }
    }

    /** They hold no thread until they have sent what there is to do, and are broken off. */
    @Test
    void clientsThatSendNothing_keepNobodyOut() throws Exception {
        try (SpringServer small = new SpringServer(
                SlowStoreApplication.class,
                WebApplicationType.REACTIVE,
                "graphql.files.reactive.threads=1",
                "graphql.files.limits.operations-time=15s")) {
            small.bean(SlowStoreApplication.SlowStore.class).proceed();
            URI uri = small.description().graphQl();
            try (Socket idle = silent(uri);
                    Socket another = silent(uri)) {
                another.getOutputStream().write('-');
                HttpClient client = HttpClient.newBuilder()
                        .connectTimeout(Duration.ofSeconds(10))
                        .build();
                HttpRequest.Builder file = HttpRequest.newBuilder(uri.resolve("/files/default/public/none"))
                        .timeout(Duration.ofSeconds(20));
                HttpRequest.Builder mutation = HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(20))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"query\":\"mutation { addDocument(document: {title: \\\"t\\\","
                                + " content: {base64: \\\"QQ==\\\"}}) { content { byteSize } } }\"}"));

                assertThat(client.send(file.build(), BodyHandlers.discarding()).statusCode())
                        .isEqualTo(404);
                assertThat(client.send(mutation.build(), BodyHandlers.ofString())
                                .body())
                        .contains("\"byteSize\":1");
                assertThat(client.send(upload(uri), BodyHandlers.ofString()).body())
                        .contains("\"byteSize\":5");
                for (Socket each : List.of(idle, another)) {
                    each.setSoTimeout(20_000);
                    assertThat(new String(each.getInputStream().readAllBytes(), UTF_8))
                            .startsWith("HTTP/1.1 408");
                }
            }
        }
    }

    private static HttpRequest upload(URI uri) {
        String body = new String(beginning(), UTF_8) + "hello\r\n--b--\r\n";
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(20))
                .header("GraphQL-Preflight", "1")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static Socket silent(URI uri) throws IOException {
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.getOutputStream()
                .write(("POST " + uri.getPath() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                + "GraphQL-Preflight: 1\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                                + "Content-Length: 1000\r\n\r\n")
                        .getBytes(UTF_8));
        return socket;
    }

    private static byte[] beginning() {
        return ("--b\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n"
                        + "{\"query\":\"mutation($file: Upload) { addDocument(document: {title: \\\"t\\\","
                        + " content: {file: $file}}) { content { byteSize } } }\",\"variables\":{\"file\":null}}\r\n"
                        + "--b\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n"
                        + "{\"0\":[\"variables.file\"]}\r\n"
                        + "--b\r\nContent-Disposition: form-data; name=\"0\"; filename=\"large.bin\"\r\n\r\n")
                .getBytes(UTF_8);
    }

    private static void send(OutputStream out, AtomicLong sent, byte[] end) {
        byte[] piece = new byte[PIECE];
        try {
            while (sent.get() < MUCH) {
                out.write(piece);
                sent.addAndGet(PIECE);
            }
            out.write(end);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until nothing more has been sent for two seconds, in which a server that reads ahead would have read it all. */
    private static void awaitStandstill(AtomicLong sent) {
        long seen = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < Duration.ofSeconds(2).toNanos()) {
            if (sent.get() != seen) {
                seen = sent.get();
                since = System.nanoTime();
            }
            Thread.onSpinWait();
        }
    }
}
