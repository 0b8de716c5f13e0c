package io.graphqlfiles.benchmarks;

import graphql.GraphQL;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 10,000 fields that have nothing to do with files, in a schema that has file fields: before it was applied, and after.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class UntouchedFieldsBenchmark {

    private static final String SDL = """
            type Query {
              products: [Product!]!
            }
            type Product {
              a: String, b: String, c: String, d: String, e: String, f: String, g: String, h: String, i: String, j: String
              image: StoredFile @file
            }
            type Mutation {
              save(image: StoredFileInput @file(field: "Product.image")): Product
            }
            """;
    private static final String QUERY = "{ products { a b c d e f g h i j } }";

    private final GraphQL plain;
    private final GraphQL applied;

    public UntouchedFieldsBenchmark() {
        GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                .store(new InMemoryBlobStore())
                .secret("of the benchmark, where nobody reads a file by its URL")
                .build();
        Map<String, String> row = Map.of(
                "a", "1", "b", "2", "c", "3", "d", "4", "e", "5", "f", "6", "g", "7", "h", "8", "i", "9", "j", "10");
        List<Map<String, String>> rows =
                IntStream.range(0, 1000).mapToObj(i -> row).toList();
        RuntimeWiring wiring = files.addScalars(RuntimeWiring.newRuntimeWiring())
                .type("Query", type -> type.dataFetcher("products", environment -> rows))
                .build();
        GraphQLSchema schema = new SchemaGenerator()
                .makeExecutableSchema(files.addTypeDefinitions(new SchemaParser().parse(SDL)), wiring);
        plain = GraphQL.newGraphQL(schema).build();
        applied = GraphQL.newGraphQL(files.apply(schema)).build();
    }

    @Benchmark
    public Object plain() {
        return plain.execute(QUERY);
    }

    @Benchmark
    public Object applied() {
        return applied.execute(QUERY);
    }
}
