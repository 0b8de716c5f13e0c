package io.graphqlfiles.benchmarks;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.PutBlob;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A file as base64 through a whole mutation, beside decoding the text at once and putting the bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class Base64Benchmark {

    private static final String SDL = """
            type Query {
              ok: Boolean
            }
            type Product {
              manual: StoredFile @file
            }
            type Mutation {
              upload(file: StoredFileInput! @file(field: "Product.manual")): StoredFile
            }
            """;

    @Param({"1024", "1048576"})
    int size;

    private final InMemoryBlobStore store = new InMemoryBlobStore();
    private final GraphQL graphQl;
    private String text = "";
    private long next;

    public Base64Benchmark() {
        GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                .store(store)
                .secret("of the benchmark, where nobody reads a file by its URL")
                .build();
        RuntimeWiring wiring = files.addScalars(RuntimeWiring.newRuntimeWiring())
                .type("Mutation", type -> type.dataFetcher("upload", environment -> environment.getArgument("file")))
                .build();
        graphQl = GraphQL.newGraphQL(files.apply(new SchemaGenerator()
                        .makeExecutableSchema(files.addTypeDefinitions(new SchemaParser().parse(SDL)), wiring)))
                .build();
    }

    @Setup
    public void encode() {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        text = Base64.getEncoder().encodeToString(bytes);
    }

    @TearDown(Level.Invocation)
    public void forget() {
        store.clear();
    }

    @Benchmark
    public ExecutionResult mutation() {
        ExecutionResult result = graphQl.execute(ExecutionInput.newExecutionInput(
                        "mutation ($text: String!) { upload(file: { base64: $text }) { byteSize } }")
                .variables(Map.of("text", text)));
        if (!result.getErrors().isEmpty()) {
            throw new IllegalStateException(result.getErrors().toString());
        }
        return result;
    }

    @Benchmark
    public BlobInfo decodeAndPut() throws IOException {
        return store.put(
                new PutBlob("private/k" + next++, size, "application/octet-stream", "attachment", Visibility.PRIVATE),
                new ByteArrayInputStream(Base64.getDecoder().decode(text)));
    }
}
