package io.graphqlfiles.benchmarks.latency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Runs mutations with files upon a store that answers after a while, and tells how many of its answers each waits for,
 * one after the other. Arguments: the milliseconds of an answer, and rounds; default 30 and 20.
 */
public final class RoundTripLoad {

    private static final String SDL = """
            type Query { none: Boolean }
            type Product { gallery: [StoredFile!] @file }
            type Mutation {
              add(files: [StoredFileInput!] @file(field: "Product.gallery")): Boolean
            }
            """;
    private static final String START = """
            mutation {
              startFileUpload(input: {field: "Product.gallery", fileName: "a.txt", byteSize: 1000}) { token request { url } }
            }""";

    private final Duration latency;
    private final int rounds;

    private RoundTripLoad(Duration latency, int rounds) {
        this.latency = latency;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) {
        long millis = arguments.length > 0 ? Long.parseLong(arguments[0]) : 30;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        new RoundTripLoad(Duration.ofMillis(millis), rounds).run();
    }

    private void run() {
        System.out.printf(Locale.ROOT, "a store that answers after %d ms, medians of %d%n", latency.toMillis(), rounds);
        for (int filesAtOnce : new int[] {8, 1}) {
            System.out.printf("%nfilesAtOnce %d%n", filesAtOnce);
            InMemoryBlobStore memory = new InMemoryBlobStore();
            try (GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                    .store(new DistantStore(memory, latency))
                    .secret("of the benchmark, where nobody reads a file by its URL")
                    .authorizer(access -> true)
                    .filesAtOnce(filesAtOnce)
                    .build()) {
                GraphQL graphQl = graphQl(files);
                measure(graphQl, "one small file, base64", 1, RoundTripLoad::base64);
                measure(graphQl, "ten small files, base64", 10, RoundTripLoad::base64);
                measure(graphQl, "one direct upload claimed", 1, i -> token(graphQl));
                measure(graphQl, "five direct uploads claimed", 5, i -> token(graphQl));
                measure(graphQl, "ten direct uploads claimed", 10, i -> token(graphQl));
            }
        }
    }

    private void measure(GraphQL graphQl, String title, int count, IntFunction<Map<String, Object>> file) {
        double[] answers = new double[rounds];
        for (int round = -30; round < rounds; round++) {
            List<Map<String, Object>> files = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                files.add(file.apply(i));
            }
            long start = System.nanoTime();
            execute(graphQl, "mutation($f: [StoredFileInput!]) { add(files: $f) }", Map.of("f", files));
            if (round >= 0) {
                answers[round] = (System.nanoTime() - start) / (double) latency.toNanos();
            }
        }
        Arrays.sort(answers);
        double median = answers[rounds / 2];
        System.out.printf(
                Locale.ROOT, "%-30s %6.2f answers, %7.1f ms%n", title, median, median * latency.toNanos() / 1e6);
    }

    private static Map<String, Object> base64(int number) {
        return Map.of(
                "base64",
                Base64.getEncoder().encodeToString("a".repeat(1000 + number).getBytes(UTF_8)));
    }

    private static Map<String, Object> token(GraphQL graphQl) {
        Map<String, Map<String, Object>> data =
                execute(graphQl, START, Map.of()).getData();
        return Map.of(
                "directUploadToken",
                requireNonNull(requireNonNull(data.get("startFileUpload")).get("token")));
    }

    private static ExecutionResult execute(GraphQL graphQl, String document, Map<String, Object> variables) {
        ExecutionResult result = graphQl.execute(
                ExecutionInput.newExecutionInput(document).variables(variables).build());
        if (!result.getErrors().isEmpty()) {
            throw new IllegalStateException(result.getErrors().toString());
        }
        return result;
    }

    private static GraphQL graphQl(GraphQLFiles files) {
        RuntimeWiring wiring = files.addScalars(RuntimeWiring.newRuntimeWiring())
                .type("Mutation", type -> type.dataFetcher("add", environment -> true))
                .build();
        return GraphQL.newGraphQL(files.apply(new SchemaGenerator()
                        .makeExecutableSchema(files.addTypeDefinitions(new SchemaParser().parse(SDL)), wiring)))
                .build();
    }
}
