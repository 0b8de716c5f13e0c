package io.graphqlfiles.attachments.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.attachments.jdbc.JdbcFileQuota.Amount;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JdbcFileQuotaTest {

    private static final String SDL = """
            type Query { product: Product }
            type Product { id: ID! image: StoredFile @file manual: StoredFile @file(attached: false) }
            type Mutation {
              saveProduct(id: ID!, image: StoredFileInput @file(field: "Product.image")): Product
            }
            """;

    static List<Arguments> databases() {
        return List.of(
                Arguments.of("H2", (Supplier<TestDatabase>) TestDatabase::h2),
                Arguments.of("PostgreSQL", (Supplier<TestDatabase>) TestDatabase::postgreSql));
    }

    /** An application whose users are threads: each belongs to the team that this says. */
    private static final class Application implements AutoCloseable {

        private final TestDatabase database;
        private final InMemoryBlobStore blobs = new InMemoryBlobStore();
        private final ThreadLocal<String> team = ThreadLocal.withInitial(() -> "red");
        private final JdbcAttachmentStore rows;
        private final JdbcFileQuota quota;
        private final GraphQLFiles files;
        private final GraphQL graphQl;

        Application(Supplier<TestDatabase> databases, long bytes, long count) {
            database = databases.get();
            rows = database.store(database.dataSource(), () -> null);
            rows.createTables();
            quota = JdbcFileQuota.of(rows, team::get, any -> new Amount(bytes, count));
            quota.createTables();
            quota.createTables();
            files = GraphQLFiles.newGraphQLFiles()
                    .store(blobs)
                    .secret("a secret of the tests, long enough to be one")
                    .attachments(rows)
                    .validator(quota)
                    .build();
            RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring()
                    .type(
                            "Mutation",
                            type -> type.dataFetcher("saveProduct", environment -> {
                                String id = environment.getArgument("id");
                                return id.equals("bad") ? null : Map.of("id", id);
                            }))
                    .type("Product", type -> type.dataFetcher("manual", environment -> null));
            graphQl = GraphQL.newGraphQL(files.apply(new SchemaGenerator()
                            .makeExecutableSchema(
                                    files.addTypeDefinitions(new SchemaParser().parse(SDL)),
                                    files.addScalars(wiring).build())))
                    .instrumentation(files.instrumentation())
                    .build();
        }

        List<?> save(String id, int size) {
            ExecutionResult result = graphQl.execute(ExecutionInput.newExecutionInput(
                            "mutation ($id: ID!, $image: StoredFileInput) { saveProduct(id: $id, image: $image) { id } }")
                    .variables(Map.of(
                            "id",
                            id,
                            "image",
                            Map.of("base64", Base64.getEncoder().encodeToString(new byte[size])))));
            return result.getErrors().stream()
                    .map(error -> error.getExtensions().get("code"))
                    .toList();
        }

        @Override
        public void close() {
            files.close();
            database.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void sixteenUploadsAtOnce_noMoreThanFit_toTheByte(String name, Supplier<TestDatabase> databases) throws Exception {
        try (Application application = new Application(databases, 10_000, 100)) {
            ExecutorService threads = Executors.newFixedThreadPool(16);
            try {
                CyclicBarrier together = new CyclicBarrier(16);
                List<Future<List<?>>> answers = new ArrayList<>();
                for (int i = 0; i < 16; i++) {
                    String id = "p" + i;
                    Callable<List<?>> upload = () -> {
                        together.await();
                        return application.save(id, 1000);
                    };
                    answers.add(threads.submit(upload));
                }
                int accepted = 0;
                for (Future<List<?>> answer : answers) {
                    if (answer.get().isEmpty()) {
                        accepted++;
                    } else {
                        assertThat(answer.get()).hasToString("[FILE_QUOTA_EXCEEDED]");
                    }
                }
                assertThat(accepted).isEqualTo(10);
            } finally {
                threads.shutdownNow();
            }
            assertThat(application.quota.used("red")).isEqualTo(new Amount(10_000, 10));
            assertThat(application.blobs.keys()).hasSize(10);
            assertThat(application
                            .rows
                            .list(AttachmentRow.State.ATTACHED, null, 100)
                            .rows())
                    .hasSize(10);
            assertThat(application.save("one-more", 1)).hasToString("[FILE_QUOTA_EXCEEDED]");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void deletedFiles_andThoseOfFailedMutations_areReleased(String name, Supplier<TestDatabase> databases) {
        try (Application application = new Application(databases, 1000, 1)) {
            assertThat(application.save("bad", 1000)).hasToString("[FILE_RECORD_NOT_FOUND]");
            assertThat(application.quota.used("red")).isEqualTo(new Amount(0, 0));
            assertThat(application.save("a", 1000)).isEmpty();
            assertThat(application.save("b", 1)).hasToString("[FILE_QUOTA_EXCEEDED]");

            application.files.attachments().discardAll("Product", "a");

            assertThat(application.quota.used("red")).isEqualTo(new Amount(0, 0));
            assertThat(application.save("b", 1000)).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void subjects_haveTheirOwn_andNobodyIsNotCounted(String name, Supplier<TestDatabase> databases) {
        try (Application application = new Application(databases, 5, 10)) {
            assertThat(application.save("a", 5)).isEmpty();
            application.team.set("blue");
            assertThat(application.save("b", 5)).isEmpty();
            assertThat(application.save("c", 1)).hasToString("[FILE_QUOTA_EXCEEDED]");
            application.team.set(null);
            assertThat(application.save("d", 500)).isEmpty();

            assertThat(application.quota.used("red")).isEqualTo(new Amount(5, 1));
            assertThat(application.quota.used("blue")).isEqualTo(new Amount(5, 1));
        }
    }

    /** What the client can say in its own words. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void refusal_saysWhatThereIs(String name, Supplier<TestDatabase> databases) throws IOException {
        try (Application application = new Application(databases, 10, 3)) {
            StoredFile stored = application.files.store("Product.image", FileSource.of(new byte[8]));
            assertThat(stored.byteSize()).isEqualTo(8);
            try {
                application.files.store("Product.image", FileSource.of(new byte[7]));
                assertThat(false).as("refused").isTrue();
            } catch (FileException e) {
                assertThat(e.details())
                        .containsExactly(
                                Map.entry("maxByteSize", 10L),
                                Map.entry("maxCount", 3L),
                                Map.entry("byteSize", 15L),
                                Map.entry("count", 2L));
            }
            assertThat(application.quota.used("red")).isEqualTo(new Amount(8, 1));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void fieldThatIsNotAttached_isAnError(String name, Supplier<TestDatabase> databases) {
        try (Application application = new Application(databases, 10, 3)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> application.quota.requireAttached(application.files.fields()))
                    .withMessageContaining("quota: expected attached fields, found [Product.manual]");
        }
    }
}
