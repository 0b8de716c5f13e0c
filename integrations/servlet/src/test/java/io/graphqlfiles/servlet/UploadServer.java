package io.graphqlfiles.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.GraphQL;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.Upload;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import jakarta.servlet.Filter;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;

/**
 * A Tomcat with the filter and a plain GraphQL servlet: {@code /graphql} answers in the request's thread,
 * {@code /async} does not. The container would parse multipart bodies if anybody let it.
 */
final class UploadServer implements AutoCloseable {

    private static final String SDL = """
            type Query { hello: String }
            type Mutation {
              describe(file: Upload): String
              describeLater(file: Upload!): String
              describeBackwards(files: [Upload!]!): [String]
              describeTwoAtOnce(files: [Upload!]!): [String]
              ignore(file: Upload): String
              store(file: StoredFileInput): StoredFile
              storeAll(files: [StoredFileInput!]!): [StoredFile!]
            }
            """;

    final InMemoryBlobStore store = new InMemoryBlobStore();
    final GraphQLFiles files;
    private final Path directory;
    private final Tomcat tomcat = new Tomcat();
    private final Context context;
    private final Connector connector = new Connector();
    private final ExecutorService fetchers = Executors.newCachedThreadPool();

    UploadServer(Path directory, FileLimits limits) throws IOException {
        this.directory = directory;
        files = GraphQLFiles.newGraphQLFiles()
                .store(store)
                .secret("a secret of the tests, long enough to be one")
                .limits(limits)
                .temporaryDirectory(Files.createDirectories(directory.resolve("spool")))
                .build();
        connector.setPort(0);
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        connector.setProperty("connectionTimeout", "5000");
        tomcat.setBaseDir(Files.createDirectories(directory.resolve("tomcat")).toString());
        tomcat.setConnector(connector);
        context = tomcat.addContext(
                "", Files.createDirectories(directory.resolve("web")).toString());
        filter("uploads", new GraphQLUploadFilter(files));
        GraphQL graphql = GraphQL.newGraphQL(schema()).build();
        servlet("/graphql", new GraphQLServlet(graphql, false));
        servlet("/async", new GraphQLServlet(graphql, true));
    }

    /** Behind the filters that were added before. */
    UploadServer filter(String name, Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName(name);
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName(name);
        map.addURLPattern("/*");
        map.setDispatcher("REQUEST");
        map.setDispatcher("ASYNC");
        map.setDispatcher("ERROR");
        context.addFilterMap(map);
        return this;
    }

    UploadServer servlet(String path, Servlet servlet) {
        Wrapper wrapper = Tomcat.addServlet(context, path, servlet);
        wrapper.setAsyncSupported(true);
        wrapper.setMultipartConfigElement(
                new MultipartConfigElement(directory.resolve("tomcat").toString()));
        context.addServletMappingDecoded(path, path);
        return this;
    }

    UploadServer errorPage(int status, String path) {
        ErrorPage page = new ErrorPage();
        page.setErrorCode(status);
        page.setLocation(path);
        context.addErrorPage(page);
        return this;
    }

    UploadServer start() throws LifecycleException {
        tomcat.start();
        return this;
    }

    HttpSocket connect() throws IOException {
        return new HttpSocket(connector.getLocalPort());
    }

    private GraphQLSchema schema() {
        TypeDefinitionRegistry types = files.addTypeDefinitions(new SchemaParser().parse(SDL));
        RuntimeWiring wiring = files.addScalars(RuntimeWiring.newRuntimeWiring())
                .type("Query", type -> type.dataFetcher("hello", env -> "world"))
                .type(
                        "Mutation",
                        type -> type.dataFetcher(
                                        "describe", env -> env.getArgument("file") == null ? null : describe(file(env)))
                                .dataFetcher("describeLater", env -> {
                                    Upload upload = file(env);
                                    return CompletableFuture.supplyAsync(() -> describe(upload), fetchers);
                                })
                                .dataFetcher("describeBackwards", env -> {
                                    List<String> descriptions = new ArrayList<>();
                                    List<Upload> uploads = new ArrayList<>(files(env));
                                    Collections.reverse(uploads);
                                    uploads.forEach(upload -> descriptions.add(0, describe(upload)));
                                    return descriptions;
                                })
                                .dataFetcher("describeTwoAtOnce", env -> {
                                    List<CompletableFuture<String>> descriptions = files(env).stream()
                                            .map(upload ->
                                                    CompletableFuture.supplyAsync(() -> describe(upload), fetchers))
                                            .toList();
                                    return CompletableFuture.allOf(descriptions.toArray(CompletableFuture[]::new))
                                            .thenApply(all -> descriptions.stream()
                                                    .map(CompletableFuture::join)
                                                    .toList());
                                })
                                .dataFetcher("ignore", env -> "ignored")
                                .dataFetcher("store", env -> env.getArgument("file"))
                                .dataFetcher("storeAll", env -> env.getArgument("files")))
                .build();
        return files.apply(new SchemaGenerator().makeExecutableSchema(types, wiring));
    }

    private static Upload file(DataFetchingEnvironment environment) {
        return environment.getArgument("file");
    }

    private static List<Upload> files(DataFetchingEnvironment environment) {
        return environment.getArgument("files");
    }

    /** Name, type, length and CRC-32. */
    private static String describe(Upload upload) {
        CRC32 checksum = new CRC32();
        long length = 0;
        try (InputStream in = upload.openStream()) {
            byte[] buffer = new byte[64 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                checksum.update(buffer, 0, n);
                length += n;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return upload.fileName() + " " + upload.contentType() + " " + description(length, checksum);
    }

    static String description(byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        return description(content.length, checksum);
    }

    private static String description(long length, CRC32 checksum) {
        return length + " " + Long.toHexString(checksum.getValue());
    }

    /** Waits until no request is being worked on, then: no handle, no temporary file, no busy thread. */
    void assertNothingLeft() throws IOException {
        ThreadPoolExecutor workers =
                (ThreadPoolExecutor) connector.getProtocolHandler().getExecutor();
        long start = System.nanoTime();
        while (workers.getActiveCount() > 0 || files.server().liveUploads() > 0) {
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as(
                            "%d busy threads, %d uploads left",
                            workers.getActiveCount(), files.server().liveUploads())
                    .isLessThan(Duration.ofSeconds(10));
            Thread.onSpinWait();
        }
        for (String place : List.of("spool", "tomcat")) {
            try (Stream<Path> left = Files.walk(directory.resolve(place))) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        fetchers.shutdown();
        files.close();
    }
}
