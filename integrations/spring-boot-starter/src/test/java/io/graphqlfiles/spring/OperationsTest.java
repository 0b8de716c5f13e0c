package io.graphqlfiles.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import io.graphqlfiles.testkit.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration;
import org.springframework.boot.graphql.autoconfigure.servlet.GraphQlWebMvcAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;

/** What an operator has of it: sweeps, the actuator's endpoint and health. */
class OperationsTest {

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private final InMemoryBlobStore store = new InMemoryBlobStore(MovableClock.at(LONG_AGO));

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    GraphQlAutoConfiguration.class,
                    GraphQlWebMvcAutoConfiguration.class,
                    TaskSchedulingAutoConfiguration.class,
                    GraphQLFilesAutoConfiguration.class))
            .withPropertyValues(
                    "spring.graphql.schema.locations=classpath:starter-other/own-scalars/",
                    "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more")
            .withBean("broken", BlobStore.class, () -> store);

    private void abandon(String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        store.put(
                new PutRequest("staged/20200101/" + name, bytes.length, "text/plain", "attachment", Visibility.PRIVATE),
                new ByteArrayInputStream(bytes));
    }

    @Test
    void sweeper_runsInTheApplicationsScheduler() throws IOException {
        abandon("a");
        List<String> threads = new CopyOnWriteArrayList<>();
        runner.withUserConfiguration(Scheduling.class)
                .withBean(
                        GraphQLFilesBuilderCustomizer.class,
                        () -> builder -> builder.listener(new SweepThreads(threads)))
                .withPropertyValues(
                        "graphql.files.sweep.interval=1ms", "spring.task.scheduling.thread-name-prefix=app-")
                .run(context -> {
                    await().untilAsserted(() -> assertThat(store.keys()).isEmpty());
                    await().untilAsserted(() -> assertThat(threads)
                            .isNotEmpty()
                            .allSatisfy(name -> assertThat(name).startsWith("app-")));
                });
    }

    @Test
    void sweeper_withoutAScheduler_hasAThreadOfItsOwn() {
        List<String> threads = new CopyOnWriteArrayList<>();
        runner.withBean(
                        GraphQLFilesBuilderCustomizer.class,
                        () -> builder -> builder.listener(new SweepThreads(threads)))
                .withPropertyValues("graphql.files.sweep.interval=1ms")
                .run(context -> await().untilAsserted(() -> assertThat(threads)
                        .isNotEmpty()
                        .allSatisfy(name -> assertThat(name).startsWith("graphql-files-sweep-"))));
    }

    /** Two nodes with one database for their locks, and an interval that is not over before the test is. */
    @Test
    void sweeper_withALockProvider_oneNodeOfTwoSweeps() {
        DataSource database = lockDatabase();
        List<String> first = new CopyOnWriteArrayList<>();
        List<String> second = new CopyOnWriteArrayList<>();
        runner.withBean(LockProvider.class, () -> new JdbcTemplateLockProvider(database))
                .withPropertyValues("graphql.files.sweep.interval=1d")
                .run(context -> {
                    SweepLock lock = context.getBean(SweepLock.class);
                    SweepLock other = new SweepLockConfiguration()
                            .graphQLFilesSweepLock(
                                    new JdbcTemplateLockProvider(database),
                                    context.getBean(GraphQLFilesProperties.class));

                    lock.run(() -> {
                        first.add("swept");
                        other.run(() -> second.add("at the same time"));
                    });
                    other.run(() -> second.add("right after"));

                    assertThat(first).hasSize(1);
                    assertThat(second).isEmpty();
                    new JdbcTemplate(database)
                            .update("update shedlock set lock_until = timestamp '2020-01-01 00:00:00'");
                    other.run(() -> second.add("in the next interval"));
                    assertThat(second).containsExactly("in the next interval");
                });
    }

    @Test
    void sweeper_withALockProvider_usesIt() throws IOException {
        abandon("a");
        DataSource database = lockDatabase();
        runner.withBean(LockProvider.class, () -> new JdbcTemplateLockProvider(database))
                .withPropertyValues("graphql.files.sweep.interval=500ms")
                .run(context -> {
                    await().untilAsserted(() -> assertThat(store.keys()).isEmpty());
                    assertThat(new JdbcTemplate(database).queryForList("select name from shedlock", String.class))
                            .containsExactly("graphql-files-sweep");
                });
    }

    @Test
    void lockProvider_notOnTheClassPath_nothingIsMissed() {
        runner.withClassLoader(new FilteredClassLoader("net.javacrumbs"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SweepLock.class));
    }

    private static DataSource lockDatabase() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + java.util.UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        new JdbcTemplate(database)
                .execute(
                        "create table shedlock(name varchar(64) primary key, lock_until timestamp, locked_at timestamp, locked_by varchar(255))");
        return database;
    }

    @Test
    void sweepOnce_deletesAndEnds() throws IOException {
        abandon("a");
        abandon("b");
        runner.withPropertyValues("graphql.files.sweep.enabled=false").run(context -> {
            assertThat(sweepOnce(context, true))
                    .containsExactly("would delete 2 abandoned uploads and 0 unfinished writes", "exit 0");
            assertThat(store.keys()).hasSize(2);
            assertThat(sweepOnce(context, false))
                    .containsExactly("deleted 2 abandoned uploads and 0 unfinished writes", "exit 0");
            assertThat(store.keys()).isEmpty();
        });
    }

    private static List<String> sweepOnce(ApplicationContext context, boolean isDryRun) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Integer> status = new ArrayList<>();
        new SweepRunner(
                        context.getBean(GraphQLFiles.class),
                        SweepOptions.newSweepOptions().dryRun(isDryRun).build(),
                        new Command(new PrintStream(out, false, StandardCharsets.UTF_8), false, System::nanoTime),
                        status::add)
                .run(new DefaultApplicationArguments());
        List<String> lines =
                new ArrayList<>(out.toString(StandardCharsets.UTF_8).lines().toList());
        status.forEach(code -> lines.add("exit " + code));
        return lines;
    }

    @Test
    void sweepOnce_doesNotSweepAgain() {
        for (String value : List.of("", "run", "dry-run")) {
            runner.withPropertyValues("graphql.files.sweep.once=" + value)
                    .run(context ->
                            assertThat(context).hasSingleBean(SweepRunner.class).doesNotHaveBean(FileSweeper.class));
        }
    }

    /** A comparison that only looks would find less and less. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "reconcile=report",
                "sweep.once",
                "migrate.once",
                "make-variants=true",
                "relocate=true",
                "doctor=true"
            })
    void command_hasItsProcessForItself(String command) {
        runner.withPropertyValues("graphql.files." + command)
                .run(context ->
                        assertThat(context).hasSingleBean(CommandRunner.class).doesNotHaveBean(FileSweeper.class));
    }

    @Test
    void health_tellsOfEachStore() {
        runner.run(context -> {
            Health health = context.getBean("graphqlFilesHealthIndicator", HealthIndicator.class)
                    .health();

            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).hasToString("{stores={default=reachable}}");
        });
    }

    @Test
    void health_ofAStoreThatIsAway_isDown() {
        BlobStore away = new io.graphqlfiles.testkit.ForwardingBlobStore(store) {
            @Override
            public io.graphqlfiles.spi.BlobInfo stat(String key) {
                throw new IllegalStateException("no route");
            }
        };
        runner.withBean("other", BlobStore.class, () -> away, definition -> definition.setPrimary(true))
                .run(context -> {
                    Health health = context.getBean("graphqlFilesHealthIndicator", HealthIndicator.class)
                            .health();

                    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(health.getDetails()).hasToString("{stores={broken=reachable, default=no route}}");
                });
    }

    @Test
    void health_switchedOff_isNotThere() {
        runner.withPropertyValues("management.health.graphql-files.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("graphqlFilesHealthIndicator"));
    }

    @Test
    void endpoint_exposed_tellsOfFieldsAndStores_andSweeps() throws IOException {
        abandon("a");
        runner.withPropertyValues(
                        "management.endpoints.web.exposure.include=graphqlfiles", "graphql.files.sweep.enabled=false")
                .run(context -> {
                    FilesEndpoint endpoint = context.getBean(FilesEndpoint.class);

                    assertThat(endpoint.files().toString())
                            .contains("field=Thing.picture", "store=default", "stores={default=reachable}");
                    assertThat(endpoint.sweep())
                            .hasToString("{deletedUploads=1, removedUnfinishedWrites=0, failures={}}");
                    assertThat(store.keys()).isEmpty();
                });
    }

    @Test
    void endpoint_notExposed_isNotThere() {
        runner.run(context -> assertThat(context).doesNotHaveBean(FilesEndpoint.class));
    }

    @Test
    void actuator_notOnTheClassPath_nothingIsMissed() {
        runner.withClassLoader(
                        new FilteredClassLoader("org.springframework.boot.actuate", "org.springframework.boot.health"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(GraphQLFiles.class)
                        .doesNotHaveBean("graphqlFilesHealthIndicator"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    static class Scheduling {}

    private record SweepThreads(List<String> threads) implements io.graphqlfiles.FileListener {

        @Override
        public void swept(Swept swept) {
            assertThat(swept.duration()).isGreaterThanOrEqualTo(Duration.ZERO);
            threads.add(Thread.currentThread().getName());
        }
    }
}
