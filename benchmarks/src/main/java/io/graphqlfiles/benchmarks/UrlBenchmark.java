package io.graphqlfiles.benchmarks;

import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.spi.media.StoredContent;
import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.testkit.MovableClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * URLs of private files: one, and a list of 1,000 rows with one each, or with that of a variant too, beside the same
 * lists with constants; warm, as long as the window lasts, and cold, as the first query of a window.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
// Pages of a growing heap that are touched for the first time cost more than the URLs.
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms768m", "-Xmx768m", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class UrlBenchmark {

    private static final int ROWS = 1000;
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final String EXECUTOR = "+executor";
    private static final String SDL = """
            type Query {
              products: [Product!]!
            }
            type Product {
              image: StoredFile @file @variant(name: "thumb", width: 200)
              constant: Constant
            }
            type Constant {
              url: String
              width: Int
              height: Int
              variant(name: String!): Constant
            }
            """;

    private static final Map<String, Object> CONSTANT = Map.of(
            "url",
            "https://example.com/a/constant/url",
            "width",
            4000,
            "height",
            3000,
            "variant",
            Map.of("url", "https://example.com/a/constant/url/of/a/variant"));

    /** As {@link SigningStores#named} knows them; {@code +executor} gives slow signers two threads. */
    @Param({"file-endpoint", "s3", "azure", "gcs-hmac", "gcs-rsa", "gcs-rsa+executor"})
    private String store = "";

    @Param({"warm", "cold"})
    private String urls = "";

    private final MovableClock clock = MovableClock.at("2030-01-31T10:00:00Z");
    private final List<StoredFile> stored = new ArrayList<>();
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private @Nullable ExecutorService executor;
    // Set before each run.
    @SuppressWarnings("NullAway.Init")
    private GraphQLFiles files;

    @SuppressWarnings("NullAway.Init")
    private GraphQL graphQl;

    private int next;

    @Setup
    public void store() throws IOException {
        boolean shared = store.endsWith(EXECUTOR);
        executor = shared ? Executors.newFixedThreadPool(2) : null;
        files = GraphQLFiles.newGraphQLFiles()
                .store(SigningStores.named(shared ? store.substring(0, store.length() - EXECUTOR.length()) : store))
                .secret("of the benchmark, where nobody reads a file by its URL")
                .urlWindow(WINDOW)
                .clock(clock)
                .executor(executor)
                .variantMaker(new NeverAsked())
                .build();
        graphQl = GraphQL.newGraphQL(schema()).build();
        for (int i = 0; i < ROWS; i++) {
            StoredFile file = files.store("Product.image", FileSource.of(new byte[100]))
                    .withFacts(FileFacts.none().withSize(4000, 3000));
            stored.add(file);
            rows.add(Map.of("image", file, "constant", CONSTANT));
        }
    }

    @TearDown
    public void stop() {
        files.close();
        if (executor != null) {
            executor.shutdownNow();
        }
    }

    @Benchmark
    public URI oneUrl() {
        next = (next + 1) % ROWS;
        moveOn();
        return files.url(stored.get(next));
    }

    @Benchmark
    public Object listOfUrls() {
        moveOn();
        return execute("{ products { image { url } } }");
    }

    @Benchmark
    public Object listOfConstants() {
        return execute("{ products { constant { url } } }");
    }

    @Benchmark
    public Object listOfVariants() {
        moveOn();
        return execute("{ products { image { url width height variant(name: \"thumb\") { url } } } }");
    }

    /** What graphql-java itself takes for as many fields. */
    @Benchmark
    public Object listOfConstantVariants() {
        return execute("{ products { constant { url width height variant(name: \"thumb\") { url } } } }");
    }

    private void moveOn() {
        if (urls.equals("cold")) {
            clock.advance(WINDOW);
        }
    }

    private Object execute(String query) {
        ExecutionResult result = graphQl.execute(query);
        if (!result.getErrors().isEmpty()) {
            throw new IllegalStateException(result.getErrors().toString());
        }
        return result.getData();
    }

    private GraphQLSchema schema() {
        RuntimeWiring wiring = files.addScalars(RuntimeWiring.newRuntimeWiring())
                .type("Query", type -> type.dataFetcher("products", environment -> rows))
                .build();
        return files.apply(new SchemaGenerator()
                .makeExecutableSchema(files.addTypeDefinitions(new SchemaParser().parse(SDL)), wiring));
    }

    /** To sign the URL of a variant makes none. */
    private static final class NeverAsked implements VariantMaker {

        @Override
        public boolean makes(String mimeType, VariantRecipe recipe, VariantRecipe.Format format) {
            return true;
        }

        @Override
        public InputStream make(
                StoredContent original, VariantRecipe recipe, VariantRecipe.Format format, Duration limit) {
            throw new UnsupportedOperationException("a list makes no variants");
        }
    }
}
