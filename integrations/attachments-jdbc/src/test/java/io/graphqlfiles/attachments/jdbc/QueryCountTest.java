package io.graphqlfiles.attachments.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a query costs the database. */
class QueryCountTest {

    private static final int PRODUCTS = 1000;
    private static final String SDL = """
            type Query { products: [Product!]! }
            type Product { id: ID! gallery: [StoredFile!]! @file }
            """;

    static List<Arguments> databases() {
        return List.of(
                Arguments.of("H2", (Supplier<TestDatabase>) TestDatabase::h2),
                Arguments.of("PostgreSQL", (Supplier<TestDatabase>) TestDatabase::postgreSql));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void aThousandRecords_oneStatementForTheField(String name, Supplier<TestDatabase> databases) throws Exception {
        try (TestDatabase database = databases.get()) {
            MeteredDataSource metered = new MeteredDataSource(database.dataSource());
            JdbcAttachmentStore store = JdbcAttachmentStore.newJdbcAttachmentStore(metered.dataSource())
                    .build();
            store.createTables();
            GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                    .store(new InMemoryBlobStore())
                    .secret("a secret of the tests, long enough to be one")
                    .attachments(store)
                    .build();
            GraphQL graphQl = GraphQL.newGraphQL(schema(files))
                    .instrumentation(files.instrumentation())
                    .build();
            for (int id = 0; id < PRODUCTS; id++) {
                byte[] content = ("picture of " + id).getBytes(StandardCharsets.UTF_8);
                files.attachments()
                        .replace(
                                "Product.gallery", id, List.of(files.store("Product.gallery", FileSource.of(content))));
            }
            metered.forget();

            ExecutionResult result = graphQl.execute("{ products { gallery { byteSize url } } }");

            assertThat(result.getErrors()).isEmpty();
            Map<String, List<Map<String, List<?>>>> data = result.getData();
            assertThat(data.get("products"))
                    .hasSize(PRODUCTS)
                    .allSatisfy(product -> assertThat(product.get("gallery")).hasSize(1));
            assertThat(metered.statements()).hasSize(1);
        }
    }

    /** The same as ever where files are neither kept nor reviewed; and no more where they are. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void replacingAFile_asManyStatements(String name, Supplier<TestDatabase> databases) throws Exception {
        List<String> plain = statementsOfAReplacement(databases, SDL, Duration.ZERO);
        List<String> reviewed =
                statementsOfAReplacement(databases, SDL.replace("@file", "@file(review: true)"), Duration.ZERO);
        List<String> kept = statementsOfAReplacement(databases, SDL, Duration.ofDays(1));

        assertThat(plain).hasSize(7);
        assertThat(reviewed).isEqualTo(plain);
        assertThat(kept).hasSize(4);
    }

    private static List<String> statementsOfAReplacement(
            Supplier<TestDatabase> databases, String sdl, Duration retention) throws Exception {
        try (TestDatabase database = databases.get()) {
            MeteredDataSource metered = new MeteredDataSource(database.dataSource());
            JdbcAttachmentStore store = JdbcAttachmentStore.newJdbcAttachmentStore(metered.dataSource())
                    .build();
            store.createTables();
            GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                    .store(new InMemoryBlobStore())
                    .secret("a secret of the tests, long enough to be one")
                    .attachments(store)
                    .attachmentRetention(retention)
                    .build();
            schema(files, sdl);
            Callable<StoredFile> next = () -> files.store("Product.gallery", FileSource.of(new byte[3]));
            files.attachments().replace("Product.gallery", 1, List.of(next.call()));
            StoredFile second = next.call();
            metered.forget();

            files.attachments().replace("Product.gallery", 1, List.of(second));

            return metered.statements().stream()
                    .filter(sql -> !sql.startsWith("SET TRANSACTION"))
                    .toList();
        }
    }

    private static GraphQLSchema schema(GraphQLFiles files) {
        return schema(files, SDL);
    }

    private static GraphQLSchema schema(GraphQLFiles files, String sdl) {
        List<Map<String, Integer>> products =
                IntStream.range(0, PRODUCTS).mapToObj(id -> Map.of("id", id)).toList();
        RuntimeWiring wiring = files.addScalars(RuntimeWiring.newRuntimeWiring())
                .type("Query", type -> type.dataFetcher("products", environment -> products))
                .build();
        return files.apply(new SchemaGenerator()
                .makeExecutableSchema(files.addTypeDefinitions(new SchemaParser().parse(sdl)), wiring));
    }
}
