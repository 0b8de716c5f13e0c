package io.graphqlfiles.benchmarks;

import graphql.GraphQL;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.attachments.jdbc.JdbcAttachmentStore;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcConnectionPool;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A query of 1,000 records with a file each: the records and the files with one statement each, beside one statement
 * for both, with the files in a column. The database is H2 in memory, so that what the library does is most of it; a
 * real one adds a round trip.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class AttachmentsBenchmark {

    private static final int RECORDS = 1000;
    private static final String SDL = """
            type Query {
              products: [Product!]!
            }
            type Product {
              id: ID!
              attached: StoredFile @file
              column: StoredFile @file(attached: false)
            }
            """;

    private final JdbcConnectionPool database =
            JdbcConnectionPool.create("jdbc:h2:mem:benchmark;DB_CLOSE_DELAY=-1", "", "");
    private final JdbcAttachmentStore attachments =
            JdbcAttachmentStore.newJdbcAttachmentStore(database).build();
    private final GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
            .store(new InMemoryBlobStore())
            .secret("of the benchmark, where nobody reads a file by its URL")
            .attachments(attachments)
            .build();
    private final GraphQL graphQl;

    public AttachmentsBenchmark() {
        RuntimeWiring wiring = files.addScalars(RuntimeWiring.newRuntimeWiring())
                .type("Query", type -> type.dataFetcher("products", environment -> products()))
                .build();
        GraphQLSchema schema = new SchemaGenerator()
                .makeExecutableSchema(files.addTypeDefinitions(new SchemaParser().parse(SDL)), wiring);
        graphQl = GraphQL.newGraphQL(files.apply(schema))
                .instrumentation(files.instrumentation())
                .build();
    }

    @Setup
    public void insert() throws IOException, SQLException {
        attachments.createTables();
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute("create table product (id int primary key, file varchar(4000))");
            try (PreparedStatement insert = connection.prepareStatement("insert into product values (?, ?)")) {
                for (int id = 0; id < RECORDS; id++) {
                    insert.setInt(1, id);
                    insert.setString(
                            2,
                            files.store("Product.column", FileSource.of(new byte[] {1}))
                                    .toJson());
                    insert.executeUpdate();
                    StoredFile attached = files.store("Product.attached", FileSource.of(new byte[] {1}));
                    files.attachments().replace("Product.attached", id, List.of(attached));
                }
            }
        }
    }

    @TearDown
    public void close() {
        database.dispose();
    }

    private List<Map<String, Object>> products() throws SQLException {
        List<Map<String, Object>> products = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select id, file from product");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                products.add(Map.of("id", rows.getInt(1), "column", StoredFile.fromJson(rows.getString(2))));
            }
        }
        return products;
    }

    @Benchmark
    public Object attached() {
        return graphQl.execute("{ products { attached { id byteSize } } }");
    }

    @Benchmark
    public Object column() {
        return graphQl.execute("{ products { column { id byteSize } } }");
    }
}
