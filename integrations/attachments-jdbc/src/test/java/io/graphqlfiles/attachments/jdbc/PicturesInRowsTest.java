package io.graphqlfiles.attachments.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.spi.media.FileAnalyzer;
import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.spi.media.StoredContent;
import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.spi.media.VariantRecipe.Format;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is known of a picture is in its row: a list shows it with one statement, and variants go with the record. */
class PicturesInRowsTest {

    private static final int PRODUCTS = 20;
    private static final String SDL = """
            type Query { products: [Product!]! }
            type Product { id: ID! gallery: [StoredFile!]! @file @variant(name: "thumb", width: 100) }
            """;
    private static final FileFacts FACTS = FileFacts.none()
            .withSize(400, 300)
            .withDuration(Duration.ofMillis(1500))
            .withPages(3)
            .withPlaceholder("data:image/png;base64,iVBORw0KGgo=");

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.graphqlfiles.attachments.jdbc.QueryCountTest#databases")
    void factsAndVariants_ofAList_areOneStatement_andGoWithTheRecord(String name, Supplier<TestDatabase> databases)
            throws Exception {
        InMemoryBlobStore blobs = new InMemoryBlobStore();
        try (TestDatabase database = databases.get()) {
            MeteredDataSource metered = new MeteredDataSource(database.dataSource());
            JdbcAttachmentStore rows = JdbcAttachmentStore.newJdbcAttachmentStore(metered.dataSource())
                    .build();
            rows.createTables();
            try (GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                    .store(blobs)
                    .secret("a secret of the tests, long enough to be one")
                    .analyzer(new Pictures())
                    .variantMaker(new Pictures())
                    .attachments(rows)
                    .build()) {
                GraphQL graphQl = graphQl(files);
                for (int id = 0; id < PRODUCTS; id++) {
                    byte[] content = ("picture of " + id).getBytes(StandardCharsets.UTF_8);
                    files.attachments()
                            .replace(
                                    "Product.gallery",
                                    id,
                                    List.of(files.store("Product.gallery", FileSource.of(content))));
                }
                metered.forget();

                ExecutionResult result =
                        graphQl.execute("{ products { gallery { width height duration pages placeholder"
                                + " variant(name: \"thumb\") { url width height } } } }");

                assertThat(result.getErrors()).isEmpty();
                assertThat(metered.statements()).hasSize(1);
                Map<String, List<Map<String, List<Map<String, Object>>>>> data = result.getData();
                assertThat(data.get("products")).hasSize(PRODUCTS).allSatisfy(product -> {
                    Map<String, Object> picture = product.get("gallery").get(0);
                    assertThat(picture)
                            .containsEntry("width", 400)
                            .containsEntry("height", 300)
                            .containsEntry("duration", 1.5)
                            .containsEntry("pages", 3)
                            .containsEntry("placeholder", FACTS.placeholder());
                    assertThat(picture.get("variant")).asString().contains("width=100, height=75");
                });

                assertThat(files.maintenance()
                                .makeVariants(SweepOptions.newSweepOptions().build()))
                        .isEqualTo(PRODUCTS);
                assertThat(blobs.keys()).hasSize(2 * PRODUCTS);
                for (int id = 0; id < PRODUCTS; id++) {
                    files.attachments().discardAll("Product", id);
                }
                assertThat(blobs.keys()).isEmpty();
            }
        }
    }

    private static GraphQL graphQl(GraphQLFiles files) {
        List<Map<String, Integer>> products =
                IntStream.range(0, PRODUCTS).mapToObj(id -> Map.of("id", id)).toList();
        RuntimeWiring wiring = files.addScalars(RuntimeWiring.newRuntimeWiring())
                .type("Query", type -> type.dataFetcher("products", environment -> products))
                .build();
        return GraphQL.newGraphQL(files.apply(new SchemaGenerator()
                        .makeExecutableSchema(files.addTypeDefinitions(new SchemaParser().parse(SDL)), wiring)))
                .instrumentation(files.instrumentation())
                .build();
    }

    /** Knows everything of every file. */
    private static final class Pictures implements FileAnalyzer, VariantMaker {

        @Override
        public boolean analyzes(String mimeType) {
            return true;
        }

        @Override
        public Analysis analyzeHead(String mimeType, byte[] head) {
            return new Analysis(FACTS, true);
        }

        @Override
        public FileFacts analyze(StoredContent content, FileFacts found) {
            return found;
        }

        @Override
        public boolean makes(String mimeType, VariantRecipe recipe, Format format) {
            return true;
        }

        @Override
        public InputStream make(StoredContent original, VariantRecipe recipe, Format format, Duration limit) {
            return new ByteArrayInputStream(new byte[] {1, 2, 3});
        }
    }
}
