package io.graphqlfiles.attachments.jdbc.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.graphqlfiles.attachments.jdbc.TestDatabases;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that changes products and their files is killed, again and again: at every step that there is, and at any
 * instant. What it left is swept, and must be whole; see {@link ShopCheck}. Then the next one goes on with it.
 *
 * <p>The seed is printed, and taken from the system property {@code killTest.seed} where that is set; what a seed gives
 * depends on the speed of the machine too. How many processes are killed is in {@code killTest.kills}: about half of
 * them at the steps, in turn.
 */
class KillTest {

    private static final Logger LOG = LoggerFactory.getLogger(KillTest.class);

    /**
     * Each is come to by the clients of one process; {@code blobs.copy} only by direct uploads, which they do not do.
     */
    private static final List<String> STEPS = List.of(
            "rows.announce.before",
            "rows.announce.after",
            "blobs.put.before",
            "blobs.put.halfWay",
            "blobs.put.after",
            "work.begun",
            "record.changed",
            "record.deleted",
            "rows.change.before",
            "rows.change.after",
            "rows.discardAll.before",
            "rows.discardAll.after",
            "work.done",
            "connection.commit.before",
            "connection.commit.after",
            "work.over",
            "rows.discard.before",
            "rows.discard.after",
            "blobs.delete.before",
            "blobs.delete.after",
            "rows.forget.before",
            "rows.forget.after",
            "rows.discardUnattached.before",
            "rows.discardUnattached.after",
            "rows.leaseDiscarded.before",
            "rows.leaseDiscarded.after");

    /** Those that are different when files are kept and reviewed. */
    private static final List<String> STEPS_OF_REVIEWS = List.of(
            "rows.leaseAttached.before",
            "rows.leaseAttached.after",
            "review.looking",
            "rows.change.before",
            "rows.change.after",
            "blobs.delete.before",
            "blobs.delete.after",
            "rows.discardAll.after",
            "rows.leaseDiscarded.after",
            "rows.forget.after",
            "connection.commit.before",
            "connection.commit.after");

    private static final int KILLS = Integer.getInteger("killTest.kills", 104);
    private static final int KILLS_OF_REVIEWS = KILLS / 4;
    /** For a step to which no client comes before all is done. */
    private static final int TRIES = 4;

    private static final int WORKERS = 2;
    private static final String MIRROR = "mirror";

    @TempDir
    private Path directory;

    /** At the given time that a client comes to a step; null for any instant. */
    private record Kill(String step, int time, long seed, int tries) {

        Kill(String step, int time, long seed) {
            this(step, time, seed, 1);
        }

        Kill again() {
            return new Kill(step, time, new Random(seed).nextLong(), tries + 1);
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void killedAtEveryStepAndAtAnyInstant_nothingIsLost_andNothingIsLeft() throws Exception {
        long seed = Long.getLong("killTest.seed", new Random().nextLong());
        System.out.println("KillTest: -DkillTest.seed=" + seed);
        kill(KILLS, STEPS, new Random(seed), false);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void killedWhileFilesAreKeptReviewedAndMirrored_nothingIsLost_andNothingIsLeft() throws Exception {
        long seed = Long.getLong("killTest.seed", new Random().nextLong());
        System.out.println("KillTest of reviews: -DkillTest.seed=" + seed);
        kill(KILLS_OF_REVIEWS, STEPS_OF_REVIEWS, new Random(seed), true);
    }

    private void kill(int count, List<String> steps, Random random, boolean keepsAndReviews) throws Exception {
        Deque<Kill> kills = new ArrayDeque<>();
        for (int time = 1; time == 1 || time * steps.size() <= count / 2; time++) {
            for (String step : steps) {
                kills.add(new Kill(step, time, random.nextLong()));
            }
        }
        while (kills.size() < count) {
            kills.add(new Kill(null, 0, random.nextLong()));
        }
        Set<String> reached = ConcurrentHashMap.newKeySet();
        QuickJvm jvm = prepareJvm(directory);
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        List<Integer> killed = new ArrayList<>();
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int worker = 0; worker < WORKERS; worker++) {
                Path home = Files.createDirectory(directory.resolve("worker" + worker));
                results.add(workers.submit(() -> work(jvm, home, kills, reached, keepsAndReviews)));
            }
            for (Future<Integer> result : results) {
                killed.add(result.get());
            }
        } catch (ExecutionException e) {
            throw new AssertionError("see the seed above", e.getCause());
        } finally {
            workers.shutdownNow();
        }

        System.out.println("KillTest: " + killed + " kills by worker, " + reached.size() + " steps");
        assertThat(killed.stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(count - 10);
        assertThat(reached).containsExactlyInAnyOrderElementsOf(steps);
    }

    /** Kills one process after the other, upon one database and one directory. */
    private static int work(QuickJvm jvm, Path home, Deque<Kill> kills, Set<String> reached, boolean keepsAndReviews)
            throws Exception {
        String url = TestDatabases.newPostgreSqlSchema();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(2);
        BlobStore blobs = FileSystemBlobStore.at(home.resolve("blobs"));
        ShopCheck check = new ShopCheck();
        int count = 0;
        int run = 0;
        try (HikariDataSource dataSource = new HikariDataSource(config)) {
            Shop.createTables(dataSource);
            Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(3));
            BlobStore mirror = keepsAndReviews ? FileSystemBlobStore.at(home.resolve(MIRROR)) : null;
            try (Shop shop = new Shop(
                    dataSource, blobs, later, Steps.none(), new Repeats(() -> false), keepsAndReviews, mirror)) {
                while (true) {
                    Kill kill;
                    synchronized (kills) {
                        kill = kills.poll();
                    }
                    if (kill == null) {
                        return count;
                    }
                    long lock = url.hashCode();
                    if (runAndKill(jvm, home, url, lock, run++, kill, check, reached, keepsAndReviews)) {
                        count++;
                    } else if (kill.step() != null && kill.tries() < TRIES) {
                        synchronized (kills) {
                            kills.add(kill.again());
                        }
                    }
                    awaitEndOfConnections(dataSource, lock);
                    try {
                        check.check(shop);
                    } catch (AssertionError e) {
                        throw new AssertionError("after " + kill + ", run " + run, e);
                    }
                    assertThat(unfinished(home)).isEmpty();
                }
            }
        }
    }

    /** Returns whether the process was killed while it worked, and not done before. */
    private static boolean runAndKill(
            QuickJvm jvm,
            Path home,
            String url,
            long lock,
            int run,
            Kill kill,
            ShopCheck check,
            Set<String> reached,
            boolean keepsAndReviews)
            throws IOException, InterruptedException {
        List<String> arguments = arguments(home, url, lock, "r" + run, kill, 60, keepsAndReviews);
        Process process = jvm.with(arguments)
                .redirectError(home.resolve("errors").toFile())
                .start();
        ExecutorService killer = Executors.newSingleThreadExecutor();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            boolean done = false;
            String line;
            // What was written before the kill is still to be read after it.
            while ((line = wholeLine(output)) != null) {
                String[] words = line.split(" ", 3);
                switch (words[0]) {
                    case KilledShop.READY -> {
                        if (kill.step() == null) {
                            long delay = new Random(kill.seed()).nextInt(400);
                            killer.execute(() -> killAfter(process, delay));
                        }
                    }
                    case KilledShop.AT_STEP -> {
                        reached.add(kill.step());
                        kill(process);
                    }
                    case KilledShop.TRYING -> check.trying(words[1], words[2]);
                    case KilledShop.ANSWERED -> check.answered(words[1], words[2]);
                    case KilledShop.DONE -> done = true;
                    default -> throw new AssertionError(line);
                }
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            int exit = process.exitValue();
            LOG.debug("{}: exit {}", kill, exit);
            assertThat(exit)
                    .as("exit of " + kill + ": " + Files.readString(home.resolve("errors")))
                    .isEqualTo(done ? 0 : 137);
            return !done;
        } finally {
            process.destroyForcibly();
            killer.shutdownNow();
        }
    }

    private static QuickJvm prepareJvm(Path directory) throws Exception {
        String url = TestDatabases.newPostgreSqlSchema();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        try (HikariDataSource dataSource = new HikariDataSource(config)) {
            Shop.createTables(dataSource);
            Path home = Files.createDirectory(directory.resolve("first"));
            return QuickJvm.prepare(
                    home, KilledShop.class, arguments(home, url, url.hashCode(), "r", new Kill(null, 0, 0), 10, false));
        }
    }

    private static List<String> arguments(
            Path home, String url, long lock, String run, Kill kill, int actions, boolean keepsAndReviews) {
        return List.of(
                url,
                Long.toString(lock),
                home.resolve("blobs").toString(),
                run,
                Long.toString(kill.seed()),
                kill.step() == null ? "-" : kill.step(),
                Integer.toString(kill.time()),
                "2",
                Integer.toString(actions),
                Boolean.toString(keepsAndReviews),
                keepsAndReviews ? home.resolve(MIRROR).toString() : "-");
    }

    private static void killAfter(Process process, long millis) {
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill(process);
    }

    /** By its handle: {@link Process} would close the pipe, with what is still to be read from it. */
    private static void kill(Process process) {
        process.toHandle().destroyForcibly();
    }

    /** The next line, or null: the kill may have cut off the last one. */
    private static String wholeLine(BufferedReader output) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int c = output.read();
            if (c < 0) {
                return null;
            }
            if (c == '\n') {
                return line.toString();
            }
            line.append((char) c);
        }
    }

    /** Waits until the server has ended all that it did for the process, committed or not. */
    private static void awaitEndOfConnections(DataSource dataSource, long lock) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + lock + ")");
            statement.execute("SELECT pg_advisory_unlock(" + lock + ")");
        }
    }

    private static List<Path> unfinished(Path home) throws IOException {
        Path unfinished = home.resolve("blobs").resolve(".unfinished");
        if (!Files.exists(unfinished)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(unfinished)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
