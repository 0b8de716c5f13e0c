package io.graphqlfiles.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.servlet.GraphQLUploadFilter;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * This library without a framework: its filter before a plain servlet that executes graphql-java, and its store on the
 * file system. What it is faster than {@link StarterServer} by is Spring's.
 */
final class FilterServer extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final String SCHEMA = """
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

    private final transient GraphQL graphQl;
    private final transient ObjectMapper json = new ObjectMapper();

    private FilterServer(GraphQL graphQl) {
        this.graphQl = graphQl;
    }

    public static void main(String[] args) throws Exception {
        ByteSize enough = ByteSize.gigabytes(100);
        GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                .store(FileSystemBlobStore.at(Path.of(args[0])))
                .secret("of the benchmark where nobody reads a file by its URL")
                .limits(FileLimits.newFileLimits()
                        .file(enough)
                        .bytesPerRequest(enough)
                        .build())
                .build();
        RuntimeWiring wiring = files.addScalars(RuntimeWiring.newRuntimeWiring())
                .type("Mutation", type -> type.dataFetcher("upload", environment -> environment.getArgument("file")))
                .build();
        GraphQLSchema schema = files.apply(new SchemaGenerator()
                .makeExecutableSchema(files.addTypeDefinitions(new SchemaParser().parse(SCHEMA)), wiring));
        BareTomcat.serve(
                "/graphql", new FilterServer(GraphQL.newGraphQL(schema).build()), new GraphQLUploadFilter(files));
    }

    @Override
    @SuppressWarnings("unchecked")
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, Object> body = json.readValue(request.getInputStream(), Map.class);
        Map<String, Object> result = graphQl.execute(ExecutionInput.newExecutionInput()
                        .query((String) body.get("query"))
                        .variables((Map<String, Object>) body.get("variables"))
                        .build())
                .toSpecification();
        response.setContentType("application/json");
        json.writeValue(response.getOutputStream(), result);
    }
}
