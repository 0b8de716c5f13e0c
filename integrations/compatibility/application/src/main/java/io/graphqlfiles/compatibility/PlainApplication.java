package io.graphqlfiles.compatibility;

import static java.nio.charset.StandardCharsets.UTF_8;

import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.graphqlfiles.CopyUrlOptions;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import io.graphqlfiles.testkit.GraphQLServerContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.dataloader.BatchLoader;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

/** The application on servers that have graphql-java as it is. */
public final class PlainApplication {

    /** Key of the name of the user in {@link GraphQLContext}; absent for guests. */
    public static final String USER_KEY = "user";

    /** Key of the header {@code X-Request-Id} in {@link GraphQLContext}. */
    public static final String REQUEST_ID_KEY = "requestId";

    private final Documents documents = new Documents();
    private final GraphQLFiles files;
    private final GraphQLSchema schema;

    /**
     * Makes it.
     *
     * @param batches whether the server executes JSON arrays
     */
    public PlainApplication(Directories directories, boolean batches) {
        this(directories, batches, builder -> {});
    }

    /**
     * Makes it for a server with threads of its own.
     *
     * @param batches whether the server executes JSON arrays
     * @param threads sets the executors
     */
    public PlainApplication(Directories directories, boolean batches, Consumer<GraphQLFiles.Builder> threads) {
        GraphQLFiles.Builder builder = GraphQLFiles.newGraphQLFiles()
                .store(FileSystemBlobStore.at(directories.files()))
                .secret("a secret for the tests of compatibility")
                .temporaryDirectory(directories.temporaryFiles())
                .authorizer(access -> true)
                .copyUrl(CopyUrlOptions.newCopyUrlOptions()
                        .allowedNetworks(List.of("127.0.0.0/8"))
                        .build())
                .batchedOperations(batches)
                .tus(true);
        threads.accept(builder);
        files = builder.build();
        TypeDefinitionRegistry types = files.addTypeDefinitions(new SchemaParser().parse(sdl()));
        schema = files.apply(new SchemaGenerator().makeExecutableSchema(types, wiring()));
    }

    /** The library. */
    public GraphQLFiles files() {
        return files;
    }

    /** With file fields. */
    public GraphQLSchema schema() {
        return schema;
    }

    /** For one operation. */
    public static DataLoaderRegistry dataLoaders() {
        BatchLoader<String, Shelf> shelves = names -> CompletableFuture.completedFuture(Shelf.load(names));
        return DataLoaderRegistry.newRegistry()
                .register("shelves", DataLoaderFactory.newDataLoader(shelves))
                .build();
    }

    private RuntimeWiring wiring() {
        return files.addScalars(RuntimeWiring.newRuntimeWiring())
                .type("Query", type -> type.dataFetcher("documents", environment -> documents.all()))
                .type(
                        "Mutation",
                        type -> type.dataFetcher("addDocument", this::addDocument)
                                .dataFetcher("failToAddDocument", environment -> documents.failToAdd())
                                .dataFetcher("measure", environment -> Measurement.of(argument(environment, "file")))
                                .dataFetcher(
                                        "measureAll", environment -> Measurement.ofAll(argument(environment, "files"))))
                .type(
                        "Document",
                        type -> type.dataFetcher(
                                "shelf",
                                environment -> shelves(environment)
                                        .load(environment.<Document>getSource().shelfName())))
                .build();
    }

    private CompletableFuture<Document> addDocument(DataFetchingEnvironment environment) {
        DocumentInput input = DocumentInput.of(argument(environment, "document"));
        GraphQLContext context = environment.getGraphQlContext();
        Document document = input.toDocument(
                context.get(USER_KEY), environment.getLocale().toLanguageTag(), context.get(REQUEST_ID_KEY));
        return shelves(environment).load(input.shelf()).thenApply(shelf -> documents.add(document));
    }

    private static DataLoader<String, Shelf> shelves(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.getDataLoader("shelves"));
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private static <T> T argument(DataFetchingEnvironment environment, String name) {
        @Nullable T argument = environment.getArgument(name);
        return Objects.requireNonNull(argument);
    }

    /** The schema of the contract. */
    public static String sdl() {
        try (InputStream in = GraphQLServerContract.class.getResourceAsStream("documents.graphqls")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
