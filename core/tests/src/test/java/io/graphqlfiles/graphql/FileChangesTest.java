package io.graphqlfiles.graphql;

import static java.util.Collections.singletonMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import graphql.ExecutionResult;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileChanges;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.testkit.FaultyBlobStore;
import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import io.graphqlfiles.testkit.InMemoryAttachmentStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a change marks as no longer needed are deleted when it has succeeded, and only then. */
class FileChangesTest {

    private static final String SDL = """
            type Query { read(file: StoredFileInput): Boolean  plain: Boolean  file: StoredFile @file }
            type Mutation { change: Boolean  replace(file: StoredFileInput): Boolean  products: ProductMutations
              create(file: StoredFileInput): Product  createAll(file: StoredFileInput): [Product] }
            type Product { name: String }
            type ProductMutations { delete: Boolean }
            """;

    private final Catalogue catalogue = new Catalogue().sdl(SDL);
    private final FaultyBlobStore faulty = new FaultyBlobStore(catalogue.store);
    private final UnitOfWork work = new InMemoryAttachmentStore().unitOfWork();
    private StoredFile old;

    @BeforeEach
    void storeAnOldFile() throws IOException {
        catalogue.store(faulty);
        catalogue.settings(builder -> builder.registry(FileFieldRegistry.newRegistry()
                        .changes("ProductMutations", "delete")
                        .build())
                .unitOfWork(work));
        catalogue.files().apply(catalogue.unapplied());
        old = store("old");
    }

    @Test
    void success_deleted() {
        run(environment -> {
            FileChanges.of(environment).deleteOnSuccess(old);
            assertThat(catalogue.store.keys()).as("not before the end").contains(old.key());
            return true;
        });

        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void success_later_deletedThen() {
        CompletableFuture<Boolean> commit = new CompletableFuture<>();
        catalogue.mutation("change", environment -> {
            FileChanges.of(environment).deleteOnSuccess(old);
            return commit;
        });
        CompletableFuture<ExecutionResult> result =
                catalogue.graphQl().executeAsync(builder -> builder.query("mutation { change }"));
        assertThat(catalogue.store.keys()).contains(old.key());

        commit.complete(true);

        assertThat(result.join().getErrors()).isEmpty();
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void success_saidLaterThanTheFetcherReturned() {
        CompletableFuture<Boolean> work = new CompletableFuture<>();
        AtomicReference<FileChanges> changes = new AtomicReference<>();
        catalogue.mutation("change", environment -> {
            changes.set(FileChanges.of(environment));
            return work.thenApply(value -> {
                changes.get().deleteOnSuccess(old);
                return value;
            });
        });
        CompletableFuture<ExecutionResult> result =
                catalogue.graphQl().executeAsync(builder -> builder.query("mutation { change }"));
        work.complete(true);

        assertThat(result.join().getErrors()).isEmpty();
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void success_withAReplacement_theNewFileStays() {
        catalogue.mutation("replace", environment -> {
            FileChanges.of(environment).deleteOnSuccess(old);
            return true;
        });
        catalogue.execute("mutation { replace(file: {base64: \"QQ==\"}) }");

        assertThat(catalogue.store.keys()).hasSize(1).doesNotContain(old.key());
    }

    /** One transaction around all mutations of a request, as some applications have. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void transactionAroundTheRequest_deletedAfterItsCommitOnly(boolean commits) throws Exception {
        catalogue.mutation("change", environment -> {
            FileChanges.of(environment).deleteOnSuccess(old);
            return true;
        });
        IllegalStateException failure = new IllegalStateException("a later mutation failed");
        Throwable thrown = catchThrowable(() -> work.run(() -> {
            assertThat(catalogue.execute("mutation { change }").getErrors()).isEmpty();
            assertThat(catalogue.store.keys()).contains(old.key());
            if (!commits) {
                throw failure;
            }
            return null;
        }));

        assertThat(thrown).isEqualTo(commits ? null : failure);
        assertThat(catalogue.store.keys().contains(old.key())).isEqualTo(!commits);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void transactionAroundTheRequest_rolledBack_theNewFileIsDeleted(boolean commits) throws Exception {
        catalogue.mutation("replace", environment -> true);
        IllegalStateException failure = new IllegalStateException("a later mutation failed");
        Throwable thrown = catchThrowable(() -> work.run(() -> {
            assertThat(catalogue
                            .execute("mutation { replace(file: {base64: \"QQ==\"}) }")
                            .getErrors())
                    .isEmpty();
            assertThat(catalogue.store.keys()).hasSize(2);
            if (!commits) {
                throw failure;
            }
            return null;
        }));

        assertThat(thrown).isEqualTo(commits ? null : failure);
        assertThat(catalogue.store.keys()).hasSize(commits ? 2 : 1).contains(old.key());
    }

    static Stream<DataFetcher<?>> noRecords() {
        return Stream.of(
                environment -> null,
                environment -> Optional.empty(),
                environment -> CompletableFuture.completedFuture(null),
                environment -> CompletableFuture.supplyAsync(() -> null),
                environment -> DataFetcherResult.newResult().build());
    }

    /** Not found, or not yours: nobody has kept the file. */
    @ParameterizedTest
    @MethodSource("noRecords")
    void noRecord_theNewFileIsDeleted(DataFetcher<?> fetcher) {
        catalogue.mutation("create", fetcher);
        catalogue.mutation("createAll", fetcher);

        assertThat(catalogue
                        .execute("mutation { create(file: {base64: \"QQ==\"}) { name } }")
                        .<Object>getData())
                .isEqualTo(singletonMap("create", null));
        assertThat(catalogue
                        .execute("mutation { createAll(file: {base64: \"QQ==\"}) { name } }")
                        .getErrors())
                .isEmpty();

        assertThat(catalogue.store.keys()).containsExactly(old.key());
    }

    @Test
    void noRecord_butSomethingBecameUnneeded_theNewFileStays() {
        catalogue.mutation("create", environment -> {
            FileChanges.of(environment).deleteOnSuccess(old);
            return null;
        });
        catalogue.execute("mutation { create(file: {base64: \"QQ==\"}) { name } }");

        assertThat(catalogue.store.keys()).hasSize(1).doesNotContain(old.key());
    }

    /** A scalar says nothing about records. */
    @Test
    void nullInPlaceOfAScalar_theNewFileStays() {
        catalogue.mutation("replace", environment -> null);
        catalogue.execute("mutation { replace(file: {base64: \"QQ==\"}) }");

        assertThat(catalogue.store.keys()).hasSize(2);
    }

    static Stream<DataFetcher<?>> failures() {
        return Stream.of(
                environment -> {
                    throw new IllegalStateException("unchecked");
                },
                environment -> {
                    throw new IOException("checked");
                },
                environment -> {
                    throw FileException.invalid("refused");
                },
                environment -> CompletableFuture.failedFuture(new IllegalStateException("later")),
                environment -> CompletableFuture.failedStage(new IllegalStateException("stage")),
                environment -> {
                    CompletableFuture<Object> cancelled = new CompletableFuture<>();
                    cancelled.cancel(true);
                    return cancelled;
                },
                environment -> DataFetcherResult.newResult()
                        .error(GraphqlErrorBuilder.newError().message("no data").build())
                        .build(),
                environment -> CompletableFuture.completedFuture(DataFetcherResult.newResult()
                        .error(GraphqlErrorBuilder.newError().message("no data").build())
                        .build()));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failure_kept(DataFetcher<?> failure) {
        ExecutionResult result = catalogue
                .mutation("change", environment -> {
                    FileChanges.of(environment).deleteOnSuccess(old);
                    return failure.get(environment);
                })
                .execute("mutation { change }");

        assertThat(result.getErrors()).hasSize(1);
        assertThat(catalogue.store.keys()).containsExactly(old.key());
    }

    @Test
    void errorsBesideData_isASuccess() {
        catalogue
                .mutation("change", environment -> {
                    FileChanges.of(environment).deleteOnSuccess(old);
                    return DataFetcherResult.newResult()
                            .data(true)
                            .error(GraphqlErrorBuilder.newError()
                                    .message("a warning")
                                    .build())
                            .build();
                })
                .execute("mutation { change }");

        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void deletion_failing_isNoFailureOfTheField() {
        faulty.fail(Operation.DELETE).before();

        ExecutionResult result = run(environment -> {
            FileChanges.of(environment).deleteOnSuccess(old);
            return true;
        });

        assertThat(result.getErrors()).isEmpty();
        assertThat(catalogue.store.keys()).containsExactly(old.key());
    }

    @Test
    void nullsAndCollections() throws IOException {
        StoredFile second = store("second");
        run(environment -> {
            FileChanges changes = FileChanges.of(environment);
            changes.deleteOnSuccess((StoredFile) null);
            changes.deleteOnSuccess(Arrays.asList(old, null, second, old));
            return true;
        });

        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void aliases_keepApart() throws IOException {
        StoredFile second = store("second");
        catalogue.mutation("change", environment -> {
            boolean first = "a".equals(environment.getField().getAlias());
            FileChanges.of(environment).deleteOnSuccess(first ? old : second);
            if (first) {
                throw new IllegalStateException("no");
            }
            return true;
        });
        catalogue.execute("mutation { a: change b: change }");

        assertThat(catalogue.store.keys()).containsExactly(old.key());
    }

    @Test
    void nestedMutations_declaredInTheRegistry() {
        catalogue
                .mutation("products", environment -> Map.of())
                .wiring(wiring -> wiring.type(
                        "ProductMutations",
                        type -> type.dataFetcher("delete", environment -> {
                            FileChanges.of(environment).deleteOnSuccess(old);
                            return true;
                        })));

        assertThat(catalogue.execute("mutation { products { delete } }").getErrors())
                .isEmpty();
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void queriesThatTakeFiles_areWatched() {
        catalogue.query("read", environment -> {
            FileChanges.of(environment).deleteOnSuccess(environment.<StoredFile>getArgument("file"));
            return true;
        });

        assertThat(catalogue.execute("{ read(file: {base64: \"QQ==\"}) }").getErrors())
                .isEmpty();
        assertThat(catalogue.store.keys()).containsExactly(old.key());
    }

    @Test
    void notWatched() {
        AtomicReference<DataFetchingEnvironment> environment = new AtomicReference<>();
        catalogue.query("plain", given -> {
            environment.set(given);
            assertThatThrownBy(() -> FileChanges.of(given))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "/plain: the outcome of this data fetcher is not watched, or it has finished. Fields of the"
                                    + " mutation type and fields that take files are; declare others with FileFieldRegistry's"
                                    + " changes(...)");
            return true;
        });

        assertThat(catalogue.execute("{ plain }").getErrors()).isEmpty();
        assertThat(environment.get()).isNotNull();
    }

    @Test
    void afterTheEnd() {
        AtomicReference<FileChanges> changes = new AtomicReference<>();
        AtomicReference<DataFetchingEnvironment> environment = new AtomicReference<>();
        run(given -> {
            environment.set(given);
            changes.set(FileChanges.of(given));
            return true;
        });

        assertThatThrownBy(() -> changes.get().deleteOnSuccess(old))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the data fetcher has finished: its outcome was decided without this file");
        assertThatThrownBy(() -> FileChanges.of(environment.get())).isInstanceOf(IllegalStateException.class);
        assertThat(catalogue.store.keys()).containsExactly(old.key());
    }

    @Test
    void afterAFailure() {
        AtomicReference<FileChanges> changes = new AtomicReference<>();
        run(environment -> {
            changes.set(FileChanges.of(environment));
            throw new IllegalStateException("no");
        });

        assertThatThrownBy(() -> changes.get().deleteOnSuccess(List.of(old))).isInstanceOf(IllegalStateException.class);
        assertThat(catalogue.store.keys()).containsExactly(old.key());
    }

    private ExecutionResult run(DataFetcher<?> fetcher) {
        return catalogue.mutation("change", fetcher).execute("mutation { change }");
    }

    private StoredFile store(String text) throws IOException {
        return catalogue.files().store("Query.file", FileSource.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
