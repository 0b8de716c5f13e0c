package io.graphqlfiles.attachments.jdbc.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import graphql.ExecutionResult;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Clients that delete the same records at once, each in an order of its own, on one database. */
abstract class BulkDeletionTests {

    private static final int CLIENTS = 16;
    private static final int ROUNDS = 20;
    private static final List<String> IDS = List.of("p", "q", "r", "s", "t", "u");

    /** The address of an empty database. */
    abstract String newDatabase();

    @Test
    void inOppositeOrders_noneIsRefused() throws Exception {
        List<String> backwards = new ArrayList<>(IDS);
        Collections.reverse(backwards);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (HikariDataSource pool = ShopPool.open(newDatabase(), 2 * CLIENTS);
                Shop shop = new Shop(pool, new InMemoryBlobStore(), Clock.systemUTC(), Steps.none())) {
            for (String id : IDS) {
                succeed(shop.execute(
                        "mutation($id: ID!) { createProduct(id: $id, product: {name: \"n\"}) { id } }",
                        Map.of("id", id)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (String id : IDS) {
                    succeed(shop.execute(
                            "mutation($id: ID!, $image: StoredFileInput!) { changeFiles(id: $id, image: $image) { id } }",
                            Map.of("id", id, "image", Map.of("base64", "QQ=="))));
                }
                List<Callable<Void>> clients = new ArrayList<>();
                for (int client = 0; client < CLIENTS; client++) {
                    List<String> ids = client % 2 == 0 ? IDS : backwards;
                    clients.add(() -> discard(shop, ids));
                }

                for (Future<Void> each : threads.invokeAll(clients)) {
                    each.get();
                }
            }

            assertThat(shop.attachments().statistics().attached()).isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void discard(Shop shop, List<String> ids) {
        succeed(shop.execute("mutation($ids: [ID!]!) { discardFiles(ids: $ids) }", Map.of("ids", ids)));
        return null;
    }

    private static void succeed(ExecutionResult result) {
        assertThat(result.getErrors()).isEmpty();
    }
}
