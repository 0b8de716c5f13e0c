package io.graphqlfiles.compatibility.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.GraphQLFiles;
import io.graphqlfiles.ReconcileOptions;
import io.graphqlfiles.ReconcileResult;
import io.graphqlfiles.spi.AttachmentStatistics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Three times as many clients as there are connections. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.generate-unique-name=true",
            "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more"
        })
class LoadTest {

    private static final int CLIENTS = 32;
    private static final int ROUNDS = Integer.getInteger("jpa.load.rounds", 20);

    @TempDir
    static Path root;

    @LocalServerPort
    private int port;

    @Autowired
    private GraphQLFiles files;

    @DynamicPropertySource
    static void store(DynamicPropertyRegistry properties) {
        properties.add("graphql.files.fs.root", root::toString);
    }

    private final HttpClient http = HttpClient.newHttpClient();

    private String run(String document) throws IOException, InterruptedException {
        String body = "{\"query\": \"" + document.replace("\"", "\\\"") + "\"}";
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/graphql"))
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofMinutes(2))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.body().contains("\"errors\"")).as("%.500s", response.body()).isFalse();
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private String create(String name) throws IOException, InterruptedException {
        String answer = run("mutation { createProduct(name: \"" + name
                + "\", image: {base64: \"aGVsbG8=\"}) { id image { byteSize url } } }");
        assertThat(answer).contains("\"byteSize\":5");
        return answer.replaceAll(".*\"id\":\"(\\d+)\".*", "$1");
    }

    @Test
    void clientsThatReadAndWriteAreServed_thoughThereAreFewerConnections() throws Exception {
        for (int i = 0; i < 20; i++) {
            create("Cup");
        }
        List<Long> times = Collections.synchronizedList(new ArrayList<>());
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            Callable<Void> client = () -> {
                for (int round = 0; round < ROUNDS; round++) {
                    timed(times, () -> run("{ products { id image { url byteSize } } }"));
                    if (round % 4 == 0) {
                        String[] id = new String[1];
                        timed(times, () -> id[0] = create("Mug"));
                        timed(times, () -> run("mutation { deleteProduct(id: \"" + id[0] + "\") }"));
                    }
                }
                return null;
            };
            for (Future<Void> end : clients.invokeAll(Collections.nCopies(CLIENTS, client))) {
                end.get();
            }
        } finally {
            clients.shutdownNow();
            assertThat(clients.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        Collections.sort(times);
        System.out.printf(
                "%d answers: median %d ms, p99 %d ms, slowest %d ms%n",
                times.size(),
                times.get(times.size() / 2),
                times.get(times.size() * 99 / 100),
                times.get(times.size() - 1));
        // The pool gives up after 30 seconds: whoever waited that long stood still.
        assertThat(times.get(times.size() - 1)).isLessThan(20_000);
        nothingIsLeftOver();
    }

    private interface Request {
        void send() throws Exception;
    }

    private static void timed(List<Long> times, Request request) throws Exception {
        long begun = System.nanoTime();
        request.send();
        times.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    private void nothingIsLeftOver() {
        ReconcileResult result = files.reconcile(
                ReconcileOptions.newReconcileOptions()
                        .orphanGrace(Duration.ZERO)
                        .build(),
                finding -> {});
        assertThat(result.orphans()).isZero();
        assertThat(result.missing()).isZero();
        AttachmentStatistics rows = files.attachments().statistics();
        assertThat(rows.attached()).isEqualTo(20);
        assertThat(rows.announced() + rows.discarded()).isZero();
    }
}
