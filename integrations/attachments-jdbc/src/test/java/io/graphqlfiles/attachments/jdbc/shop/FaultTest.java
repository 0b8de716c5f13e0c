package io.graphqlfiles.attachments.jdbc.shop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.zaxxer.hikari.HikariDataSource;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * The shop of {@link KillTest}, whose process lives while its store and its database fail: before they have done
 * anything, after they have done all of it, in the middle of a write, at the commit; and do what they are asked twice.
 *
 * <p>The seed is printed, and taken from the system property {@code faultTest.seed} where that is set; what a seed
 * gives depends on how the threads of the clients meet.
 */
class FaultTest {

    private static final int ROUNDS = 25;
    private static final int CLIENTS = 2;
    private static final int ACTIONS = 25;
    /** Low enough for changes to get through: each comes to about ten steps. */
    private static final int FAULTS_IN_A_HUNDRED = 5;

    @TempDir
    private Path directory;

    private final Map<String, Integer> faults = new TreeMap<>();

    /** Each fault is logged, with its stack: hundreds of pages. */
    private final Logger library = (Logger) LoggerFactory.getLogger("io.graphqlfiles");

    @BeforeEach
    void silence() {
        library.setLevel(Level.OFF);
    }

    @AfterEach
    void endSilence() {
        library.setLevel(null);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void everythingFailsNowAndThen_nothingIsLost_andNothingIsLeft() throws Exception {
        long seed = Long.getLong("faultTest.seed", new Random().nextLong());
        System.out.println("FaultTest: -DfaultTest.seed=" + seed);
        Random random = new Random(seed);
        BlobStore blobs = FileSystemBlobStore.at(directory);
        ShopCheck check = new ShopCheck();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (HikariDataSource pool = ShopPool.open(8);
                Shop healthy =
                        new Shop(pool, blobs, Clock.offset(Clock.systemUTC(), Duration.ofDays(3)), Steps.none())) {
            for (int round = 0; round < ROUNDS; round++) {
                Random dice = new Random(random.nextLong());
                Repeats repeats = new Repeats(() -> dice.nextInt(100) < FAULTS_IN_A_HUNDRED);
                try (Shop shop =
                        new Shop(pool, blobs, Clock.systemUTC(), new Steps(step -> failPerhaps(step, dice)), repeats)) {
                    List<Future<?>> clients = new ArrayList<>();
                    for (int client = 0; client < CLIENTS; client++) {
                        ShopClient shopClient =
                                new ShopClient(shop, "c" + client, "r" + round, random.nextLong(), journal(check));
                        shopClient.look();
                        clients.add(threads.submit(() -> act(shop, shopClient)));
                    }
                    for (Future<?> client : clients) {
                        client.get();
                    }
                }
                check.check(healthy);
            }
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        } finally {
            threads.shutdownNow();
        }
        System.out.println("FaultTest: " + faults);
        assertThat(faults.keySet())
                .contains(
                        "rows.announce.before",
                        "rows.announce.after",
                        "rows.change.before",
                        "rows.change.after",
                        "rows.discard.after",
                        "rows.forget.before",
                        "blobs.put.before",
                        "blobs.put.halfWay",
                        "blobs.put.after",
                        "blobs.delete.before",
                        "blobs.delete.after",
                        "connection.commit.before",
                        "connection.commit.after");
    }

    private static void act(Shop shop, ShopClient client) {
        for (int i = 0; i < ACTIONS; i++) {
            client.act();
            if (i % 10 == 9) {
                shop.files().maintenance().sweep();
            }
        }
    }

    private void failPerhaps(String step, Random dice) throws Exception {
        if (dice.nextInt(100) >= FAULTS_IN_A_HUNDRED) {
            return;
        }
        synchronized (faults) {
            faults.merge(step, 1, Integer::sum);
        }
        if (step.startsWith("rows.")) {
            throw new AttachmentStoreException("injected at " + step, null);
        }
        if (step.startsWith("blobs.")) {
            throw new BlobStoreException("shop", step, null, true, "injected", null);
        }
        if (step.startsWith("connection.")) {
            throw new SQLException("injected at " + step, "08007");
        }
        throw new IllegalStateException("injected at " + step);
    }

    private static ShopClient.Journal journal(ShopCheck check) {
        return new ShopClient.Journal() {
            @Override
            public void trying(String id, String state) {
                synchronized (check) {
                    check.trying(id, state);
                }
            }

            @Override
            public void answered(String id, String state) {
                synchronized (check) {
                    check.answered(id, state);
                }
            }

            @Override
            public void refused(String id, String message) {
                // Done or not: the check takes either.
            }
        };
    }
}
