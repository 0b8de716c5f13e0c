package io.graphqlfiles.servlet.docs;

import static jakarta.servlet.DispatcherType.ASYNC;
import static jakarta.servlet.DispatcherType.ERROR;
import static jakarta.servlet.DispatcherType.REQUEST;

import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.servlet.FileServlet;
import io.graphqlfiles.servlet.GraphQLUploadFilter;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The server of the guide for plain graphql-java, whole. */
final class PlainServer {

    record Product(String name, StoredFile image) {}

    private final List<Product> products = new CopyOnWriteArrayList<>();
    private final GraphQLFiles files;
    private final GraphQL graphQl;

    PlainServer(String sdl, Path root, String secret) {
        // tag::fetcher
        DataFetcher<Product> createProduct = environment -> {
            Map<String, Object> product = environment.getArgument("product");
            return save(new Product((String) product.get("name"), (StoredFile) product.get("image")));
        };
        // end::fetcher
        // tag::schema
        GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                .store(FileSystemBlobStore.at(root))
                .secret(secret)
                .build();
        TypeDefinitionRegistry types = files.addTypeDefinitions(new SchemaParser().parse(sdl));
        RuntimeWiring wiring = files.addScalars(RuntimeWiring.newRuntimeWiring())
                .type("Mutation", type -> type.dataFetcher("createProduct", createProduct))
                .build();
        GraphQLSchema schema = files.apply(new SchemaGenerator().makeExecutableSchema(types, wiring));
        GraphQL graphQl = GraphQL.newGraphQL(schema)
                .instrumentation(files.instrumentation())
                .build();
        // end::schema
        this.files = files;
        this.graphQl = graphQl;
    }

    private Product save(Product product) {
        products.add(product);
        return product;
    }

    // tag::servlets
    void onStartup(ServletContext context) {
        FilterRegistration.Dynamic uploads = context.addFilter("graphql-uploads", new GraphQLUploadFilter(files));
        uploads.addMappingForUrlPatterns(EnumSet.of(REQUEST, ASYNC, ERROR), false, "/graphql");
        uploads.setAsyncSupported(true);
        ServletRegistration.Dynamic served = context.addServlet("files", new FileServlet(files));
        served.addMapping(files.server().basePath() + "/*");
    }
    // end::servlets

    /** As small as a GraphQL servlet can be; yours is there already. */
    HttpServlet graphQlServlet() {
        return new GraphQLServlet();
    }

    @SuppressWarnings("serial") // never serialised
    private final class GraphQLServlet extends HttpServlet {

        private final transient ObjectMapper json = new ObjectMapper();

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Request body = json.readValue(request.getInputStream(), Request.class);
            ExecutionInput input = ExecutionInput.newExecutionInput(body.query())
                    .variables(body.variables() == null ? Map.of() : body.variables())
                    .build();
            response.setContentType("application/json");
            json.writeValue(response.getOutputStream(), graphQl.execute(input).toSpecification());
        }
    }

    record Request(String query, Map<String, Object> variables, String operationName) {}
}
