package io.graphqlfiles.attachments.jdbc.shop;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.FileCandidate;
import io.graphqlfiles.FileException;
import io.graphqlfiles.attachments.jdbc.JdbcAttachmentStore;
import io.graphqlfiles.attachments.jdbc.JdbcUnitOfWork;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * An application: products in a table of its own, with attached files, through plain graphql-java. A product is changed
 * in the same transaction as its files.
 */
final class Shop implements AutoCloseable {

    static final String FAILS = "fails";

    private static final String SDL = """
            type Query { products: [Product!]!  product(id: ID!): Product }
            type Product {
              id: ID!
              name: String!
              image: StoredFile @file
              gallery: [StoredFile!]! @file(maxCount: 100)
            }
            input ProductInput {
              name: String!
              image: StoredFileInput @file(field: "Product.image")
              gallery: StoredFileListInput @file(field: "Product.gallery")
            }
            type Mutation {
              createProduct(id: ID!, product: ProductInput!): Product!
              updateProduct(id: ID!, product: ProductInput!): Product
              deleteProduct(id: ID!): Boolean! @deletesFiles(of: "Product")
              "Leaves the records alone, so that nothing but their files is locked."
              discardFiles(ids: [ID!]!): [ID!]! @deletesFiles(of: "Product", id: "ids")
              "Leaves the record alone, so that nothing but its files is locked."
              changeFiles(
                id: ID!
                image: StoredFileInput @file(field: "Product.image")
                gallery: StoredFileListInput @file(field: "Product.gallery")
              ): Product
            }
            """;

    private static final String REVIEWED = SDL.replace(
                    "image: StoredFile @file\n", "image: StoredFile @file(review: true)\n")
            .replace("@file(maxCount: 100)", "@file(maxCount: 100, review: true)");

    /** So short that sweeps and restorations meet. */
    private static final Duration RETENTION = Duration.ofMillis(200);

    /** A record of the application, which knows nothing of files. */
    record Product(String id, String name) {}

    private final JdbcUnitOfWork work;
    private final Steps steps;
    private final boolean keepsAndReviews;
    private final BlobStore mirror;
    private final AttachmentStore attachments;
    private final BlobStore blobs;
    private final GraphQLFiles files;
    private final GraphQL graphQl;

    Shop(DataSource dataSource, BlobStore blobs, Clock clock, Steps steps) {
        this(dataSource, blobs, clock, steps, new Repeats(() -> false));
    }

    Shop(DataSource dataSource, BlobStore blobs, Clock clock, Steps steps, Repeats repeats) {
        this(dataSource, blobs, clock, steps, repeats, false, null);
    }

    /**
     * A shop.
     *
     * @param keepsAndReviews whether files are kept for a moment when they are deleted, and reviewed when they come
     * @param mirror a second store; null for none
     */
    Shop(
            DataSource dataSource,
            BlobStore blobs,
            Clock clock,
            Steps steps,
            Repeats repeats,
            boolean keepsAndReviews,
            BlobStore mirror) {
        this.mirror = mirror;
        this.steps = steps;
        this.keepsAndReviews = keepsAndReviews;
        this.blobs = blobs;
        DataSource stepping = steps.around(dataSource);
        this.work = JdbcUnitOfWork.of(stepping);
        this.attachments = JdbcAttachmentStore.newJdbcAttachmentStore(stepping)
                .currentTransaction(work)
                .build();
        GraphQLFiles.Builder builder = GraphQLFiles.newGraphQLFiles()
                .store(steps.around(repeats.around(blobs)))
                .secret("a secret of the tests, long enough to be one")
                .attachments(steps.around(repeats.around(attachments)))
                .unitOfWork(steps.around(work))
                .clock(clock)
                .attachmentRetention(keepsAndReviews ? RETENTION : Duration.ZERO)
                .reviewer(keepsAndReviews ? this::review : null);
        if (mirror != null) {
            builder.mirror(mirror);
        }
        this.files = builder.build();
        RuntimeWiring wiring = files.addScalars(RuntimeWiring.newRuntimeWiring())
                .type(
                        "Query",
                        type -> type.dataFetcher("products", this::products)
                                .dataFetcher("product", environment -> product(environment.getArgument("id"))))
                .type(
                        "Mutation",
                        type -> type.dataFetcher("createProduct", this::create)
                                .dataFetcher("updateProduct", this::update)
                                .dataFetcher("deleteProduct", this::delete)
                                .dataFetcher("discardFiles", environment -> environment.getArgument("ids"))
                                .dataFetcher("changeFiles", environment -> product(environment.getArgument("id"))))
                .build();
        GraphQLSchema schema = new SchemaGenerator()
                .makeExecutableSchema(
                        files.addTypeDefinitions(new SchemaParser().parse(keepsAndReviews ? REVIEWED : SDL)), wiring);
        this.graphQl = GraphQL.newGraphQL(files.apply(schema))
                .instrumentation(files.instrumentation())
                .build();
    }

    static void createTables(DataSource dataSource) throws SQLException {
        JdbcAttachmentStore.newJdbcAttachmentStore(dataSource).build().createTables();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "CREATE TABLE IF NOT EXISTS product (id varchar(100) PRIMARY KEY, name varchar(100) NOT NULL)")) {
            statement.execute();
        }
    }

    private void review(FileCandidate file) throws IOException {
        try {
            steps.at("review.looking");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        if (ShopFiles.isHarmful(file.fileName())) {
            throw FileException.invalid("harmful");
        }
    }

    /** Null for none. */
    BlobStore mirror() {
        return mirror;
    }

    boolean keepsAndReviews() {
        return keepsAndReviews;
    }

    /** What is attached, without any steps. */
    AttachmentStore attachments() {
        return attachments;
    }

    /** What is stored, without any steps. */
    BlobStore blobs() {
        return blobs;
    }

    GraphQLFiles files() {
        return files;
    }

    ExecutionResult execute(String query, Map<String, Object> variables) {
        return graphQl.execute(
                ExecutionInput.newExecutionInput(query).variables(variables).build());
    }

    private Product create(DataFetchingEnvironment environment) throws Exception {
        String id = environment.getArgument("id");
        String name = name(environment);
        sql("INSERT INTO product (name, id) VALUES (?, ?)", name, id);
        return changed(new Product(id, name));
    }

    private Product update(DataFetchingEnvironment environment) throws Exception {
        String id = environment.getArgument("id");
        String name = name(environment);
        return sql("UPDATE product SET name = ? WHERE id = ?", name, id) == 0 ? null : changed(new Product(id, name));
    }

    private Product changed(Product product) throws Exception {
        steps.at("record.changed");
        if (product.name().startsWith(FAILS)) {
            throw new IllegalStateException("this product cannot be saved");
        }
        return product;
    }

    private boolean delete(DataFetchingEnvironment environment) throws Exception {
        boolean deleted = sql("DELETE FROM product WHERE id = ?", environment.<String>getArgument("id")) == 1;
        steps.at("record.deleted");
        return deleted;
    }

    private static String name(DataFetchingEnvironment environment) {
        Map<String, Object> product = environment.getArgument("product");
        return (String) product.get("name");
    }

    private List<Product> products(DataFetchingEnvironment environment) throws SQLException {
        return query("SELECT id, name FROM product ORDER BY id");
    }

    private Product product(String id) throws SQLException {
        List<Product> found = query("SELECT id, name FROM product WHERE id = ?", id);
        return found.isEmpty() ? null : found.get(0);
    }

    private int sql(String sql, String... parameters) throws SQLException {
        try (Connection connection = work.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            return statement.executeUpdate();
        }
    }

    private List<Product> query(String sql, String... parameters) throws SQLException {
        try (Connection connection = work.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            List<Product> products = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    products.add(new Product(rows.getString(1), rows.getString(2)));
                }
            }
            return products;
        }
    }

    private static void set(PreparedStatement statement, String... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setString(i + 1, parameters[i]);
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
