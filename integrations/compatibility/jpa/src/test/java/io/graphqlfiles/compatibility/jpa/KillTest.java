package io.graphqlfiles.compatibility.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.ReconcileOptions;
import io.graphqlfiles.maintenance.ReconcileResult;
import io.graphqlfiles.spring.GraphQLFilesBuilderCustomizer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The application, in a process of its own, is killed while clients create, replace and delete. What it leaves is swept
 * three days later by another one, on the same PostgreSQL and the same directory, and must be whole.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class KillTest {

    private static final int CLIENTS = 6;
    private static final int KILLS = Integer.getInteger("jpa.kills", 2);
    /** When enough has been done for all kinds of work to be in progress. */
    private static final int ANSWERS = 40;

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");
    private static final String SECRET = "a-secret-for-tests-of-32-characters-or-more";
    private static final String VICTIM = "victim";

    @TempDir
    private static Path root;

    private static EmbeddedPostgres database;

    @TestConfiguration
    static class DaysLater {

        @Bean
        GraphQLFilesBuilderCustomizer clock() {
            return builder -> builder.clock(Clock.offset(Clock.systemUTC(), Duration.ofDays(3)));
        }
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) throws IOException {
        database = EmbeddedPostgres.builder().start();
        settings("test").forEach(setting -> {
            String[] parts = setting.split("=", 2);
            properties.add(parts[0], () -> parts[1]);
        });
        properties.add("graphql.files.sweep.enabled", () -> "false");
    }

    private static List<String> settings(String application) {
        return List.of(
                "spring.datasource.url=" + database.getJdbcUrl("postgres", "postgres") + "&ApplicationName="
                        + application,
                "spring.jpa.hibernate.ddl-auto=update",
                "graphql.files.fs.root=" + root.resolve("files"),
                "graphql.files.secret=" + SECRET);
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    @Autowired
    private GraphQLFiles files;

    @Autowired
    private Products products;

    @Autowired
    private DataSource dataSource;

    /** Records as their clients know them. */
    private final Set<String> created = ConcurrentHashMap.newKeySet();

    private final Set<String> deletionTried = ConcurrentHashMap.newKeySet();
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void killedWhileClientsCreateReplaceAndDelete_nothingIsLost_andNothingIsLeft() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            runAndKill(kill);
            awaitEndOfConnections();
            check();
        }
        assertThat(created).hasSizeGreaterThan(5);
        assertThat(deleted).isNotEmpty();
    }

    private void runAndKill(int seed) throws Exception {
        Process process = start();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        CountDownLatch answers = new CountDownLatch(ANSWERS);
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int port = port(output);
            List<Future<?>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Random random = new Random(seed * 100L + client);
                clients.add(threads.submit(() -> client(new GraphQlClient(port), random, answers)));
            }
            assertThat(answers.await(3, TimeUnit.MINUTES)).isTrue();
            process.toHandle().destroyForcibly();
            assertThat(process.waitFor()).isEqualTo(137);
            for (Future<?> client : clients) {
                client.get();
            }
        } finally {
            process.destroyForcibly();
            threads.shutdownNow();
        }
    }

    private static Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                JpaApplication.class.getName(),
                "--server.port=0",
                "--server.address=127.0.0.1"));
        settings(VICTIM).forEach(setting -> command.add("--" + setting));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static int port(BufferedReader output) throws IOException {
        StringBuilder read = new StringBuilder();
        String line;
        while ((line = output.readLine()) != null) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return Integer.parseInt(started.group(1));
            }
            read.append(line).append('\n');
        }
        throw new AssertionError("not started: " + read);
    }

    /** Goes on until nobody answers any more. */
    private void client(GraphQlClient client, Random random, CountDownLatch answers) {
        List<String> own = new ArrayList<>();
        try {
            while (true) {
                int choice = own.isEmpty() ? 0 : random.nextInt(4);
                if (choice <= 1) {
                    String id = client.data("mutation { createProduct(name: \"cup\", image: " + JpaTests.file("new")
                                    + ") { id } }")
                            .path("id")
                            .asString();
                    created.add(id);
                    own.add(id);
                } else if (choice == 2) {
                    String id = own.get(random.nextInt(own.size()));
                    client.data(
                            "mutation { replaceImage(id: " + id + ", image: " + JpaTests.file("other") + ") { id } }");
                } else {
                    String id = own.remove(random.nextInt(own.size()));
                    deletionTried.add(id);
                    String mutation = random.nextBoolean() ? "deleteProduct" : "deleteInCode";
                    client.data("mutation { " + mutation + "(id: \"" + id + "\") }");
                    deleted.add(id);
                }
                answers.countDown();
            }
        } catch (IOException e) {
            // The process was killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the database has ended all that it did for the process, committed or not. */
    private void awaitEndOfConnections() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            while (true) {
                try (ResultSet count = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = '" + VICTIM + "'")) {
                    count.next();
                    if (count.getInt(1) == 0) {
                        return;
                    }
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }

    private void check() {
        assertThat(files.maintenance().sweep().failures()).isEmpty();
        assertThat(files.attachments().statistics().backlog().announced()).isZero();
        assertThat(files.attachments().statistics().backlog().discarded()).isZero();
        List<String> findings = new ArrayList<>();
        ReconcileResult result = files.maintenance()
                .reconcile(
                        ReconcileOptions.newReconcileOptions()
                                .orphanGrace(Duration.ZERO)
                                .existingOwners((type, ids) -> existing(ids))
                                .build(),
                        finding -> findings.add(finding.toString()));
        assertThat(findings).isEmpty();
        assertThat(result.blobs()).isEqualTo(result.attached());

        List<String> present = products.findAll().stream()
                .map(product -> product.getId().toString())
                .toList();
        assertThat(files.attachments().list("Product.image", present).keySet())
                .as("every product was created with an image")
                .containsExactlyInAnyOrderElementsOf(present);
        assertThat(present).doesNotContainAnyElementsOf(deleted);
        Set<String> kept =
                created.stream().filter(id -> !deletionTried.contains(id)).collect(Collectors.toSet());
        assertThat(present).containsAll(kept);
    }

    private Set<String> existing(Set<String> ids) {
        List<Long> numbers = ids.stream().map(Long::valueOf).toList();
        return StreamSupport.stream(products.findAllById(numbers).spliterator(), false)
                .map(product -> product.getId().toString())
                .collect(Collectors.toSet());
    }
}
