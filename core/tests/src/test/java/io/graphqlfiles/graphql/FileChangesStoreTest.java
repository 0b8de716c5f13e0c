package io.graphqlfiles.graphql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import graphql.ExecutionResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileChanges;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.testkit.InMemoryAttachmentStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a data fetcher stores on its own share its fate. */
class FileChangesStoreTest {

    private static final FileSource CSV =
            FileSource.of("a,b\n1,2".getBytes(UTF_8)).withFileName("report.csv");

    private final Catalogue catalogue = new Catalogue().sdl("""
            type Query { report: Report }
            type Mutation { change: Boolean  create: Report }
            type Report { document: StoredFile @file(accept: ["text/csv"], maxSize: "1KB") }
            """);
    private final UnitOfWork work = new InMemoryAttachmentStore().unitOfWork();

    record Report(StoredFile document) {}

    @Test
    void success_kept() {
        ExecutionResult result = catalogue
                .mutation("create", environment -> new Report(store(environment, CSV)))
                .execute("mutation { create { document { fileName mimeType byteSize } } }");

        assertThat(result.getErrors()).isEmpty();
        assertThat(result.<Object>getData().toString())
                .isEqualTo("{create={document={fileName=report.csv, mimeType=text/csv, byteSize=7}}}");
        assertThat(catalogue.store.keys()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("io.graphqlfiles.graphql.FileChangesTest#failures")
    void failure_deleted(DataFetcher<?> failure) {
        AtomicReference<List<String>> during = new AtomicReference<>();
        ExecutionResult result = catalogue
                .mutation("change", environment -> {
                    store(environment, CSV);
                    during.set(catalogue.store.keys());
                    return failure.get(environment);
                })
                .execute("mutation { change }");

        assertThat(result.getErrors()).hasSize(1);
        assertThat(during.get()).hasSize(1);
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void failure_afterAResultThatComesLater_deleted() {
        CompletableFuture<Boolean> later = new CompletableFuture<>();
        catalogue.mutation("change", environment -> {
            FileChanges changes = FileChanges.of(environment);
            return later.thenApply(value -> {
                storeUnchecked(changes);
                throw new IllegalStateException("after it was stored");
            });
        });
        CompletableFuture<ExecutionResult> result =
                catalogue.graphQl().executeAsync(builder -> builder.query("mutation { change }"));

        later.complete(true);

        assertThat(result.join().getErrors()).hasSize(1);
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void noRecord_deleted() {
        catalogue
                .mutation("create", environment -> {
                    store(environment, CSV);
                    return null;
                })
                .execute("mutation { create { document { id } } }");

        assertThat(catalogue.store.keys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void transactionAroundTheRequest_decides(boolean commits) {
        catalogue.settings(builder -> builder.unitOfWork(work)).mutation("change", environment -> {
            store(environment, CSV);
            return true;
        });
        IllegalStateException failure = new IllegalStateException("a later mutation failed");
        Throwable thrown = catchThrowable(() -> work.run(() -> {
            assertThat(catalogue.execute("mutation { change }").getErrors()).isEmpty();
            assertThat(catalogue.store.keys()).hasSize(1);
            if (!commits) {
                throw failure;
            }
            return null;
        }));

        assertThat(thrown).isEqualTo(commits ? null : failure);
        assertThat(catalogue.store.keys()).hasSize(commits ? 1 : 0);
    }

    @Test
    void rulesOfTheField_refuse_inTheWordsOfAnUpload() {
        ExecutionResult result = catalogue
                .mutation("change", environment -> {
                    store(environment, FileSource.of(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}));
                    return true;
                })
                .execute("mutation { change }");

        assertThat(Shop.codeOf(result)).isEqualTo("FILE_TYPE_NOT_ACCEPTED");
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void refusal_thatTheDataFetcherHandles_isNoFailure() {
        ExecutionResult result = catalogue
                .mutation("change", environment -> {
                    try {
                        store(environment, FileSource.of(new byte[2000]));
                        return true;
                    } catch (FileException e) {
                        return false;
                    }
                })
                .execute("mutation { change }");

        assertThat(result.<Object>getData().toString()).isEqualTo("{change=false}");
    }

    @Test
    void unknownField_namesThoseThatThereAre() {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        catalogue
                .mutation("change", environment -> {
                    thrown.set(catchThrowable(() -> FileChanges.of(environment).store("Report.picture", CSV)));
                    return true;
                })
                .execute("mutation { change }");

        assertThat(thrown.get())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("field: expected one of [Report.document], found \"Report.picture\"");
    }

    @Test
    void afterTheEnd_nothingIsStored() {
        AtomicReference<FileChanges> changes = new AtomicReference<>();
        catalogue
                .mutation("change", environment -> {
                    changes.set(FileChanges.of(environment));
                    return true;
                })
                .execute("mutation { change }");

        assertThatThrownBy(() -> changes.get().store("Report.document", CSV))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the data fetcher has finished: its outcome was decided without this file");
        assertThat(catalogue.store.keys()).isEmpty();
    }

    /** By a thread that the data fetcher has not waited for. */
    @Test
    void endWhileItIsStored_deleted() {
        AtomicReference<FileChanges> changes = new AtomicReference<>();
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        catalogue.mutation("change", environment -> {
            changes.set(FileChanges.of(environment));
            return result;
        });
        CompletableFuture<ExecutionResult> execution =
                catalogue.graphQl().executeAsync(builder -> builder.query("mutation { change }"));
        FileSource endsTheCall = FileSource.of(() -> {
            result.complete(true);
            return new ByteArrayInputStream("a,b\n1,2".getBytes(UTF_8));
        });

        assertThatThrownBy(() -> changes.get().store("Report.document", endsTheCall.withFileName("report.csv")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(execution.join().getErrors()).isEmpty();
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Nested
    class Attached {

        private final Shop shop = new Shop();

        @Test
        void success_belongsToTheRecord() {
            String id = shop.created(Map.of("name", "Cup"));
            shop.mutation("updateProduct", environment -> {
                attach(environment, id);
                return shop.products.get(id);
            });

            shop.execute("mutation { updateProduct(id: \"" + id + "\", product: {name: \"Mug\"}) { id } }");

            assertThat(shop.contents("image", id)).containsExactly("a,b\n1,2");
            shop.assertTidy(1);
        }

        @Test
        void failureBeforeItIsAttached_leavesNothing() {
            String id = shop.created(Map.of("name", "Cup"));
            shop.mutation("updateProduct", environment -> {
                FileChanges.of(environment).store("Product.image", CSV);
                throw new IllegalStateException("before it is attached");
            });

            shop.execute("mutation { updateProduct(id: \"" + id + "\", product: {name: \"Mug\"}) { id } }");

            shop.assertTidy(0);
        }

        /** The application's own, inside the data fetcher. */
        @Test
        void transactionThatIsRolledBack_leavesNothing() {
            String id = shop.created(Map.of("name", "Cup"));
            shop.mutation(
                    "updateProduct",
                    environment -> shop.memory.unitOfWork().run(() -> {
                        attach(environment, id);
                        throw new IllegalStateException("after it was attached");
                    }));

            shop.execute("mutation { updateProduct(id: \"" + id + "\", product: {name: \"Mug\"}) { id } }");

            assertThat(shop.contents("image", id)).isEmpty();
            shop.assertTidy(0);
        }

        private void attach(DataFetchingEnvironment environment, String id) throws IOException {
            StoredFile image = FileChanges.of(environment).store("Product.image", CSV);
            shop.files().attachments().replace("Product.image", id, List.of(image));
        }
    }

    private static StoredFile store(DataFetchingEnvironment environment, FileSource source) throws IOException {
        return FileChanges.of(environment).store("Report.document", source);
    }

    private static void storeUnchecked(FileChanges changes) {
        try {
            changes.store("Report.document", CSV);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
