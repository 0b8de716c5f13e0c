package io.graphqlfiles.attachments.jdbc.shop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The process that is killed: a shop with clients, which tells on its output what they try and how they are answered.
 * Arguments: address of the database, lock that its connections share, directory of the blobs, run, seed, step to wait
 * at for the kill ({@code -} for none), which time it comes to that step, number of clients, number of what each does,
 * whether files are kept and reviewed, directory of the mirror ({@code -} for none).
 */
final class KilledShop {

    static final String READY = "READY";
    static final String AT_STEP = "AT";
    static final String TRYING = "TRY";
    static final String ANSWERED = "ACK";
    static final String REFUSED = "NAK";
    static final String DONE = "DONE";

    private KilledShop() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Clock clock = Clock.systemUTC();
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(arguments[0]);
        // Held as long as the server has anything to do for this process.
        pool.setConnectionInitSql("SELECT pg_advisory_lock_shared(" + Long.parseLong(arguments[1]) + ")");
        pool.setMaximumPoolSize(4);
        pool.setMinimumIdle(1);
        String run = arguments[3];
        long seed = Long.parseLong(arguments[4]);
        int clients = Integer.parseInt(arguments[7]);
        int actions = Integer.parseInt(arguments[8]);
        Steps steps = stopping(out, arguments[5], Integer.parseInt(arguments[6]));
        try (HikariDataSource dataSource = new HikariDataSource(pool);
                Shop shop = new Shop(
                        dataSource,
                        FileSystemBlobStore.at(Path.of(arguments[2])),
                        clock,
                        steps,
                        new Repeats(() -> false),
                        Boolean.parseBoolean(arguments[9]),
                        arguments[10].equals("-") ? null : FileSystemBlobStore.at(Path.of(arguments[10])))) {
            List<Thread> threads = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                ShopClient shopClient = new ShopClient(shop, "c" + client, run, seed + client, new PrintedJournal(out));
                shopClient.look();
                boolean sweeps = client == 0;
                threads.add(new Thread(() -> {
                    for (int i = 0; i < actions; i++) {
                        shopClient.act();
                        if (shop.keepsAndReviews() && i % 3 == 2) {
                            shop.files().maintenance().review();
                        }
                        if (sweeps && i % 5 == 4) {
                            shop.files().maintenance().sweep();
                        }
                    }
                }));
            }
            println(out, READY);
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        println(out, DONE);
    }

    /** The thread that comes to the step says so and stays there; the others go on, until the kill. */
    private static Steps stopping(PrintStream out, String wanted, int time) {
        AtomicInteger times = new AtomicInteger();
        return new Steps(step -> {
            if (step.equals(wanted) && times.incrementAndGet() == time) {
                println(out, AT_STEP);
                new CountDownLatch(1).await();
            }
        });
    }

    private static void println(PrintStream out, String line) {
        // One write, so that lines of threads do not mix; the newline tells that it is whole.
        synchronized (out) {
            out.print(line + "\n");
            out.flush();
        }
    }

    private record PrintedJournal(PrintStream out) implements ShopClient.Journal {

        @Override
        public void trying(String id, String state) {
            println(out, TRYING + " " + id + " " + state);
        }

        @Override
        public void answered(String id, String state) {
            println(out, ANSWERED + " " + id + " " + state);
        }

        @Override
        public void refused(String id, String message) {
            println(out, REFUSED + " " + id + " " + message.replace('\n', ' '));
        }
    }
}
