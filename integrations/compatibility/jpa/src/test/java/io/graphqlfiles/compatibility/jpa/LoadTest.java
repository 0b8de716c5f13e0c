package io.graphqlfiles.compatibility.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Three times as many clients as there are connections. */
class LoadTest extends JpaTests {

    private static final int CLIENTS = 32;
    /** About ten seconds; more of them make a measurement. */
    private static final int ROUNDS = Integer.getInteger("jpa.load.rounds", 20);

    private String create(String name) throws IOException, InterruptedException {
        JsonNode product = data("mutation { createProduct(name: \"" + name + "\", image: " + file("one")
                + ") { id image { byteSize url } } }");
        assertThat(product.at("/image/byteSize").asInt()).isEqualTo(5);
        return product.path("id").asString();
    }

    private interface Request {
        Object send() throws Exception;
    }

    private static Object timed(List<Long> times, Request request) throws Exception {
        long begun = System.nanoTime();
        Object answer = request.send();
        times.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        return answer;
    }

    private Void client(List<Long> times) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            timed(times, () -> data("{ products { id image { url byteSize } } }"));
            if (round % 4 == 0) {
                String deletion = round % 8 == 0 ? "deleteProduct" : "deleteInCode";
                Object id = timed(times, () -> create("Mug"));
                timed(times, () -> data("mutation { " + deletion + "(id: \"" + id + "\") }"));
            }
        }
        return null;
    }

    @Test
    void clientsThatReadAndWriteAreServed_thoughThereAreFewerConnections() throws Exception {
        long before = files.attachments().statistics().attached();
        for (int i = 0; i < 20; i++) {
            create("Cup");
        }
        List<Long> times = Collections.synchronizedList(new ArrayList<>());
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            Callable<Void> client = () -> client(times);
            for (Future<Void> end : clients.invokeAll(Collections.nCopies(CLIENTS, client))) {
                end.get();
            }
        } finally {
            clients.shutdownNow();
            assertThat(clients.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        Collections.sort(times);
        long slowest = times.get(times.size() - 1);
        System.out.printf(
                "%d answers: median %d ms, p99 %d ms, slowest %d ms%n",
                times.size(), times.get(times.size() / 2), times.get(times.size() * 99 / 100), slowest);
        // A pool gives up after 30 seconds: whoever waited that long stood still.
        assertThat(slowest).isLessThan(20_000);
        nothingIsLeftOver();
        assertThat(files.attachments().statistics().attached()).isEqualTo(before + 20);
    }
}
