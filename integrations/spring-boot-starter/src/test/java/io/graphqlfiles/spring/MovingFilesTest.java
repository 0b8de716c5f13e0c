package io.graphqlfiles.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.MaintenanceProgress;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration;
import org.springframework.boot.graphql.autoconfigure.servlet.GraphQlWebMvcAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;

/** Files that move, and mirrors, by properties; and the command. */
@Timeout(60)
class MovingFilesTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream print = new PrintStream(out, true, UTF_8);
    private final AtomicLong time = new AtomicLong();
    private final List<Integer> status = new ArrayList<>();

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    GraphQlAutoConfiguration.class,
                    GraphQlWebMvcAutoConfiguration.class,
                    GraphQLFilesAutoConfiguration.class))
            .withPropertyValues(
                    "spring.graphql.schema.locations=classpath:starter-other/own-scalars/",
                    "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more",
                    "graphql.files.stores.other.store=fs");

    private WebApplicationContextRunner onDirectories(String... settings) {
        return runner.withPropertyValues(
                        "graphql.files.fs.root=" + directory.resolve("first"),
                        "graphql.files.stores.other.fs.root=" + directory.resolve("other"))
                .withPropertyValues(settings);
    }

    private FileSystemBlobStore store(String name) {
        return FileSystemBlobStore.at(directory.resolve(name));
    }

    private static void put(FileSystemBlobStore store, String key) throws IOException {
        store.put(
                new PutRequest(key, 5, "text/plain", "inline", Visibility.PRIVATE),
                new ByteArrayInputStream("hello".getBytes(UTF_8)));
    }

    private void migrate(GraphQLFiles files, GraphQLFilesProperties properties, boolean isDryRun) {
        new MigrateRunner(
                        files,
                        properties.migrate().options(),
                        isDryRun,
                        new Command(print, false, time::get),
                        status::add)
                .run(new DefaultApplicationArguments());
    }

    @Test
    void migrateFrom_movesFilesOfTheDefaultStore() throws IOException {
        put(store("other"), "private/abc");
        onDirectories("graphql.files.migrate-from=other").run(context -> {
            GraphQLFiles files = context.getBean(GraphQLFiles.class);
            assertThat(files).hasToString("GraphQLFiles[stores [default]]");

            migrate(files, context.getBean(GraphQLFilesProperties.class), true);
            assertThat(store("first").stat("private/abc")).isNull();
            migrate(files, context.getBean(GraphQLFilesProperties.class), false);
        });

        assertThat(store("first").stat("private/abc")).isNotNull();
        assertThat(out.toString(UTF_8).lines())
                .contains(
                        "would copy 1 files of 5 bytes; 0 were there; 1 are left",
                        "copied 1 files of 5 bytes; 0 were there; 0 are left")
                .last()
                .asString()
                .startsWith("Nothing is left to be copied.");
        assertThat(status).containsExactly(0, 0);
    }

    @Test
    void mirrorTo_ofANamedStore() {
        runner.withPropertyValues(
                        "graphql.files.fs.root=" + directory.resolve("first"),
                        "graphql.files.stores.other.fs.root=" + directory.resolve("other"),
                        "graphql.files.stores.archive.store=fs",
                        "graphql.files.stores.archive.fs.root=" + directory.resolve("archive"),
                        "graphql.files.stores.archive.mirror-to=other")
                .run(context -> {
                    put(store("archive"), "private/abc");
                    assertThat(context.getBean(GraphQLFiles.class))
                            .hasToString("GraphQLFiles[stores [default, archive]]");
                    migrate(context.getBean(GraphQLFiles.class), context.getBean(GraphQLFilesProperties.class), false);
                });

        assertThat(store("other").stat("private/abc")).isNotNull();
    }

    /** Its name may be a placeholder without a value. */
    @Test
    void migrateFrom_blank_isNone() {
        onDirectories("graphql.files.migrate-from=")
                .run(context -> assertThat(context).hasNotFailed());
    }

    /** Perhaps its root was mistyped. */
    @Test
    void oldStoreWithoutFiles_isNotSaidToBeDoneWith() {
        onDirectories("graphql.files.migrate-from=other")
                .run(context -> migrate(
                        context.getBean(GraphQLFiles.class), context.getBean(GraphQLFilesProperties.class), false));

        assertThat(out.toString(UTF_8))
                .contains("There is not one file in the old store.")
                .doesNotContain("Nothing is left");
    }

    @Test
    void migrateFrom_unknownStore_saysWhatToSet() {
        for (String name : List.of("archive", "default")) {
            onDirectories("graphql.files.migrate-from=" + name)
                    .run(context -> assertThat(context.getStartupFailure())
                            .rootCause()
                            .hasMessage("graphql.files.migrate-from is " + name + ", and there is no such store."));
        }
    }

    @Test
    void migrateOnce_doesNotSweep() {
        for (String value : List.of("", "run", "dry-run")) {
            onDirectories("graphql.files.migrate-from=other", "graphql.files.migrate.once=" + value)
                    .run(context -> assertThat(context)
                            .hasSingleBean(MigrateRunner.class)
                            .doesNotHaveBean(FileSweeper.class));
        }
    }

    @Test
    void progress_onATerminal_isOneLine() {
        Command command = new Command(print, true, time::get);

        command.run(() -> {
            command.progress().accept(progress(1200));
            command.progress().accept(progress(3));
            return "";
        });
        command.print("done");

        assertThat(out.toString(UTF_8))
                .isEqualTo("\rsweep: 1200, 1200/s\rsweep: 3, 3/s      " + System.lineSeparator() + "done"
                        + System.lineSeparator());
    }

    @Test
    void progress_elsewhere_isALineNowAndThen() {
        Command command = new Command(print, false, time::get);

        for (int second = 0; second < 25; second++) {
            command.progress().accept(progress(second));
            time.addAndGet(Duration.ofSeconds(1).toNanos());
        }

        assertThat(out.toString(UTF_8).lines()).containsExactly("sweep: 10, 10/s", "sweep: 20, 20/s");
    }

    @Test
    void commands_areThereInPlaceOfTheSweeper() {
        for (String command : List.of("make-variants", "relocate")) {
            onDirectories("graphql.files." + command)
                    .run(context -> assertThat(context)
                            .hasSingleBean(CountingRunner.class)
                            .doesNotHaveBean(FileSweeper.class));
        }
    }

    @Test
    void command_countsAndEnds() {
        Command command = new Command(print, false, time::get);

        new CountingRunner(
                        "files were moved",
                        options -> {
                            requireNonNull(options.progress()).accept(progress(3));
                            return 7;
                        },
                        command,
                        status::add)
                .run(new DefaultApplicationArguments());

        assertThat(out.toString(UTF_8).lines()).containsExactly("7 files were moved");
        assertThat(status).containsExactly(0);
    }

    private static MaintenanceProgress progress(int done) {
        return new MaintenanceProgress("sweep", done, null, 0, null, Duration.ofSeconds(1));
    }

    /** As SIGTERM does it: the context is closed by another thread, while this one works. */
    @Test
    void contextIsClosed_whileFilesAreCopied_stopsWell_andGoesOnTheNextTime() throws Exception {
        FileSystemBlobStore old = store("other");
        for (int i = 0; i < 300; i++) {
            put(old, "private/k" + i);
        }
        CountDownLatch begun = new CountDownLatch(50);
        FileSystemBlobStore young = store("first");
        GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                .secret("a-secret-for-tests-of-32-characters-or-more")
                .store(new ForwardingBlobStore(young) {
                    @Override
                    public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
                        begun.countDown();
                        return super.put(blob, content);
                    }
                })
                .migrateFrom(old)
                .build();
        Command command = new Command(print, false, time::get);
        GraphQLFilesProperties.Migrate settings = new GraphQLFilesProperties.Migrate(
                null, 2, org.springframework.util.unit.DataSize.ofKilobytes(1), true);
        CompletableFuture<Void> work = CompletableFuture.runAsync(
                () -> new MigrateRunner(files, settings.options(), false, command, status::add)
                        .run(new DefaultApplicationArguments()));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        command.onApplicationEvent(new ContextClosedEvent(new GenericApplicationContext()));
        work.get(30, TimeUnit.SECONDS);

        assertThat(status).containsExactly(1);
        assertThat(out.toString(UTF_8)).contains("(ended early: run it again)", "Stopped; it goes on");
        new MigrateRunner(
                        files,
                        new GraphQLFilesProperties.Migrate(null, 8, null, true).options(),
                        false,
                        new Command(print, false, time::get),
                        status::add)
                .run(new DefaultApplicationArguments());
        assertThat(status).containsExactly(1, 0);
    }
}
