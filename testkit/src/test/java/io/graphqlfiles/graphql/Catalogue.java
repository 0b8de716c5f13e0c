package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import io.graphqlfiles.testkit.MovableClock;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A schema with file fields, executed by a real engine upon a store in memory. */
final class Catalogue {

    static final String SECRET = "a secret of the tests, long enough to be one";
    static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");
    static final String PNG_BASE64 = Base64.getEncoder().encodeToString(PNG);

    final InMemoryBlobStore store = new InMemoryBlobStore();
    final MovableClock clock = MovableClock.at("2026-11-21T10:20:30Z");
    final Map<String, DataFetcher<?>> mutations = new LinkedHashMap<>();
    final Map<String, DataFetcher<?>> queries = new LinkedHashMap<>();
    final Map<String, DataFetcher<?>> subscriptions = new LinkedHashMap<>();
    private String sdl = "";
    private BlobStore usedStore = store;
    private Consumer<GraphQLFiles.Builder> settings = builder -> {};
    private Consumer<RuntimeWiring.Builder> wiring = builder -> {};
    private GraphQLFiles files;
    private GraphQL graphQl;

    Catalogue sdl(String sdl) {
        this.sdl = sdl;
        return this;
    }

    Catalogue store(BlobStore store) {
        this.usedStore = store;
        return this;
    }

    Catalogue settings(Consumer<GraphQLFiles.Builder> settings) {
        this.settings = settings;
        return this;
    }

    Catalogue wiring(Consumer<RuntimeWiring.Builder> wiring) {
        this.wiring = wiring;
        return this;
    }

    Catalogue mutation(String field, DataFetcher<?> fetcher) {
        mutations.put(field, fetcher);
        return this;
    }

    Catalogue subscription(String field, DataFetcher<?> fetcher) {
        subscriptions.put(field, fetcher);
        return this;
    }

    Catalogue query(String field, DataFetcher<?> fetcher) {
        queries.put(field, fetcher);
        return this;
    }

    GraphQLFiles files() {
        if (files == null) {
            GraphQLFiles.Builder builder = GraphQLFiles.newGraphQLFiles()
                    .store(usedStore)
                    .secret(SECRET)
                    .clock(clock);
            settings.accept(builder);
            files = builder.build();
        }
        return files;
    }

    GraphQLSchema unapplied() {
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();
        this.wiring.accept(wiring);
        files().addScalars(wiring);
        mutations.forEach((field, fetcher) -> wiring.type("Mutation", type -> type.dataFetcher(field, fetcher)));
        subscriptions.forEach(
                (field, fetcher) -> wiring.type("Subscription", type -> type.dataFetcher(field, fetcher)));
        queries.forEach((field, fetcher) -> wiring.type("Query", type -> type.dataFetcher(field, fetcher)));
        return new SchemaGenerator()
                .makeExecutableSchema(files().addTypeDefinitions(new SchemaParser().parse(sdl)), wiring.build());
    }

    GraphQLSchema schema() {
        return files().apply(unapplied());
    }

    GraphQL graphQl() {
        if (graphQl == null) {
            graphQl = GraphQL.newGraphQL(schema()).build();
        }
        return graphQl;
    }

    ExecutionResult execute(String document, Map<String, Object> variables) {
        return execute(document, variables, Map.of());
    }

    ExecutionResult execute(String document, Map<String, Object> variables, Map<Object, Object> context) {
        return graphQl()
                .execute(ExecutionInput.newExecutionInput(document)
                        .variables(variables)
                        .graphQLContext(new LinkedHashMap<>(context))
                        .build());
    }

    ExecutionResult execute(String document) {
        return execute(document, Map.of());
    }

    /** The result of one field, of a result without errors. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the test knows its own schema
    static <T> T dataOf(ExecutionResult result, String field) {
        assertThat(result.getErrors()).isEmpty();
        Map<String, T> data = result.getData();
        return data.get(field);
    }

    /** A StoredFileInput with text. */
    static Map<String, Object> text(String text) {
        return Map.of("base64", base64(text));
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
