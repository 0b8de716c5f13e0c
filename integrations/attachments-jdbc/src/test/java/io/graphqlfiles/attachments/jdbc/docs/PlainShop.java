package io.graphqlfiles.attachments.jdbc.docs;

import graphql.GraphQL;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.attachments.jdbc.JdbcAttachmentStore;
import io.graphqlfiles.attachments.jdbc.JdbcUnitOfWork;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.BlobStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Map;
import javax.sql.DataSource;

/** Attached files without any framework, as docs/attachments.md shows them. */
final class PlainShop {

    static final String SDL = """
            type Query { none: String }
            type Mutation {
              saveProduct(id: ID!, image: StoredFileInput @file(field: "Product.image")): Product!
            }
            type Product { id: ID! image: StoredFile @file }
            """;

    final GraphQLFiles files;
    final GraphQL graphQl;

    PlainShop(DataSource dataSource, BlobStore blobStore, String secret) {
        // tag::setup
        JdbcUnitOfWork work = JdbcUnitOfWork.of(dataSource);
        JdbcAttachmentStore attachments = JdbcAttachmentStore.newJdbcAttachmentStore(dataSource)
                .currentTransaction(work)
                .build();
        attachments.createTables();
        GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                .store(blobStore)
                .secret(secret)
                .attachments(attachments)
                .unitOfWork(work)
                .build();
        // end::setup
        // tag::fetcher
        DataFetcher<Object> saveProduct = environment -> {
            try (Connection connection = work.dataSource().getConnection();
                    PreparedStatement insert = connection.prepareStatement("insert into product values (?)")) {
                insert.setString(1, environment.getArgument("id"));
                insert.executeUpdate();
            }
            return Map.of("id", environment.getArgument("id"));
        };
        // end::fetcher
        RuntimeWiring wiring = files.addScalars(RuntimeWiring.newRuntimeWiring())
                .type("Mutation", type -> type.dataFetcher("saveProduct", saveProduct))
                .build();
        GraphQLSchema schema = files.apply(new SchemaGenerator()
                .makeExecutableSchema(files.addTypeDefinitions(new SchemaParser().parse(SDL)), wiring));
        // tag::engine
        GraphQL graphQl = GraphQL.newGraphQL(schema)
                .instrumentation(files.instrumentation())
                .build();
        // end::engine
        this.files = files;
        this.graphQl = graphQl;
    }
}
