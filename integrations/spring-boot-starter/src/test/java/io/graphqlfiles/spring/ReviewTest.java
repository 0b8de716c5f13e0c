package io.graphqlfiles.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.FileException;
import io.graphqlfiles.FileReviewer;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.StoredFile.Status;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration;
import org.springframework.boot.graphql.autoconfigure.servlet.GraphQlWebMvcAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Files that wait are given to the application's reviewer, without anybody's asking for it. */
class ReviewTest {

    private final InMemoryBlobStore store = new InMemoryBlobStore();

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    GraphQlAutoConfiguration.class,
                    GraphQlWebMvcAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    GraphQLFilesAutoConfiguration.class))
            .withPropertyValues(
                    "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more",
                    "graphql.files.review.interval=50ms",
                    "spring.graphql.schema.locations=classpath:starter-review/",
                    "spring.datasource.generate-unique-name=true")
            .withBean(BlobStore.class, () -> store);

    @Test
    void reviewerBean_decides() {
        runner.withBean(FileReviewer.class, () -> file -> {
                    if (file.byteSize() == 4) {
                        throw FileException.invalid("harmful");
                    }
                })
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    GraphQLFiles files = context.getBean(GraphQLFiles.class);
                    attach(files, "1", "fine!");
                    attach(files, "2", "harm");

                    awaitStatus(files, "1", Status.READY);
                    awaitStatus(files, "2", Status.REJECTED);
                });
    }

    @Test
    void withoutAReviewer_filesWaitForAPerson_andNothingRuns() {
        runner.run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(ReviewRunner.class);
            GraphQLFiles files = context.getBean(GraphQLFiles.class);
            StoredFile file = attach(files, "1", "fine!");

            assertThat(files.attachments().release(file.id())).isTrue();

            awaitStatus(files, "1", Status.READY);
        });
    }

    @Test
    void switchedOff_nothingRuns() {
        runner.withBean(FileReviewer.class, () -> file -> {})
                .withPropertyValues("graphql.files.review.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ReviewRunner.class));
    }

    @Test
    void command_reviewsNothingBesideIt() {
        runner.withBean(FileReviewer.class, () -> file -> {})
                .withPropertyValues("graphql.files.reconcile=report")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ReviewRunner.class));
    }

    private static StoredFile attach(GraphQLFiles files, String id, String content) throws IOException {
        StoredFile file = files.store("Thing.picture", FileSource.of(content.getBytes(StandardCharsets.US_ASCII)));
        assertThat(file.status()).isEqualTo(Status.PENDING);
        files.attachments().replace("Thing.picture", id, List.of(file));
        return file;
    }

    private static void awaitStatus(GraphQLFiles files, String id, Status status) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (files.attachments().list("Thing.picture", id).get(0).status() != status) {
            assertThat(System.nanoTime()).as(id + " is " + status).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
