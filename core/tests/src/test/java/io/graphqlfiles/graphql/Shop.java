package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.testkit.FaultyAttachmentStore;
import io.graphqlfiles.testkit.FaultyBlobStore;
import io.graphqlfiles.testkit.InMemoryAttachmentStore;
import io.graphqlfiles.testkit.StoreIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.dataloader.DataLoaderRegistry;

/** Products whose pictures are attached, executed by a real engine. */
final class Shop {

    static final String SDL = """
            type Query { products: [Product!]! product(id: ID!): Product }
            type Mutation {
              createProduct(product: ProductInput!): Product
              createProducts(products: [ProductInput!]!): [Product]
              updateProduct(id: ID!, product: ProductInput!): Product
              saveProduct(input: SaveInput!): SavePayload
              editGallery(id: ID!, gallery: StoredFileListInput @file(field: "Product.gallery")): Product
              deleteProduct(id: ID!): Boolean @deletesFiles(of: "Product")
              deleteProducts(input: DeleteInput!): [ID!] @deletesFiles(of: "Product", id: "input.ids")
            }
            type Product {
              id: ID!
              name: String
              image: StoredFile @file
              gallery: [StoredFile!]! @file(maxCount: 4)
              manual: StoredFile @file(attached: false)
            }
            input ProductInput {
              name: String
              image: StoredFileInput @file(field: "Product.image")
              gallery: [StoredFileInput!] @file(field: "Product.gallery")
              manual: StoredFileInput @file(field: "Product.manual")
            }
            input SaveInput { id: ID product: ProductInput }
            type SavePayload { product: Product error: String }
            input DeleteInput { ids: [ID!]! }
            """;

    record Product(String id, String name, StoredFile manual) {}

    record SavePayload(Product product, String error) {}

    final Map<String, Product> products = new ConcurrentSkipListMap<>();
    final InMemoryAttachmentStore memory = new InMemoryAttachmentStore();
    final FaultyAttachmentStore rows = new FaultyAttachmentStore(memory);
    final Catalogue catalogue = new Catalogue().sdl(SDL);
    final FaultyBlobStore blobs = new FaultyBlobStore(catalogue.store);
    private final AtomicInteger ids = new AtomicInteger();
    private GraphQL graphQl;

    Shop() {
        this(builder -> {});
    }

    Shop(Consumer<GraphQLFiles.Builder> settings) {
        catalogue
                .store(blobs)
                .settings(builder -> {
                    builder.attachments(rows).unitOfWork(memory.unitOfWork());
                    settings.accept(builder);
                })
                .query("products", environment -> List.copyOf(products.values()))
                .query("product", environment -> products.get(environment.<String>getArgument("id")))
                .mutation(
                        "createProduct", environment -> create(environment.<Map<String, Object>>getArgument("product")))
                .mutation(
                        "createProducts",
                        environment -> environment.<List<Map<String, Object>>>getArgument("products").stream()
                                .map(this::create)
                                .toList())
                .mutation("updateProduct", this::update)
                .mutation("saveProduct", environment -> {
                    Map<String, Object> input = environment.getArgument("input");
                    Product product = products.get(String.valueOf(input.get("id")));
                    return new SavePayload(product, product == null ? "no such product" : null);
                })
                .mutation("editGallery", this::update)
                .mutation(
                        "deleteProduct", environment -> products.remove(environment.<String>getArgument("id")) != null)
                .mutation("deleteProducts", environment -> {
                    List<String> deleted = environment
                            .<Map<String, List<String>>>getArgument("input")
                            .get("ids");
                    products.keySet().removeAll(deleted);
                    return deleted;
                });
    }

    Shop mutation(String field, DataFetcher<?> fetcher) {
        catalogue.mutation(field, fetcher);
        graphQl = null;
        return this;
    }

    Shop query(String field, DataFetcher<?> fetcher) {
        catalogue.query(field, fetcher);
        graphQl = null;
        return this;
    }

    Product create(Map<String, Object> input) {
        String id = "p" + ids.incrementAndGet();
        Product product = new Product(id, (String) input.get("name"), (StoredFile) input.get("manual"));
        products.put(id, product);
        return product;
    }

    private Product update(DataFetchingEnvironment environment) {
        return products.get(environment.<String>getArgument("id"));
    }

    GraphQLFiles files() {
        return catalogue.files();
    }

    synchronized GraphQL graphQl() {
        if (graphQl == null) {
            graphQl = GraphQL.newGraphQL(catalogue.schema()).build();
        }
        return graphQl;
    }

    ExecutionResult execute(String document, Map<String, Object> variables) {
        return graphQl()
                .execute(ExecutionInput.newExecutionInput(document)
                        .variables(variables)
                        .dataLoaderRegistry(new DataLoaderRegistry())
                        .build());
    }

    ExecutionResult execute(String document) {
        return execute(document, Map.of());
    }

    /** Creates a product whose image has this content. */
    String create(String image) {
        return created(Map.of("name", "Cup", "image", Catalogue.text(image)));
    }

    String created(Map<String, Object> product) {
        Map<String, String> created = Catalogue.dataOf(
                execute("mutation($p: ProductInput!) { createProduct(product: $p) { id } }", Map.of("p", product)),
                "createProduct");
        return created.get("id");
    }

    ExecutionResult update(String id, Map<String, Object> product) {
        return execute(
                "mutation($id: ID!, $p: ProductInput!) { updateProduct(id: $id, product: $p) { id image { id } gallery { id } } }",
                Map.of("id", id, "p", product));
    }

    ExecutionResult editGallery(String id, Map<String, Object> gallery) {
        return execute(
                "mutation($id: ID!, $g: StoredFileListInput) { editGallery(id: $id, gallery: $g) { gallery { id } } }",
                Map.of("id", id, "g", gallery));
    }

    /** The contents of a field's files, as the attachment store has them. */
    List<String> contents(String field, String id) {
        return files().attachments().list("Product." + field, id).stream()
                .map(file -> new String(catalogue.store.bytes(file.key()), StandardCharsets.UTF_8))
                .toList();
    }

    List<String> fileIds(String field, String id) {
        return files().attachments().list("Product." + field, id).stream()
                .map(StoredFile::id)
                .toList();
    }

    static String codeOf(ExecutionResult result) {
        assertThat(result.getErrors()).hasSize(1);
        return String.valueOf(result.getErrors().get(0).getExtensions().get("code"));
    }

    /** Every blob has a row that keeps it, and every row its blob, and nothing waits to be done. */
    void assertTidy(int attached) {
        assertThat(memory.statistics())
                .isEqualTo(new AttachmentStatistics(attached, AttachmentStatistics.Backlog.NONE));
        assertThat(keys()).hasSize(attached);
    }

    /** What there is in the store, except what distinguishes it from others. */
    List<String> keys() {
        return catalogue.store.keys().stream()
                .filter(key -> !StoreIdentity.isAt(key))
                .toList();
    }

    /** Lets a day go by and sweeps, with everything healed. */
    void sweep() {
        rows.heal();
        blobs.heal();
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            catalogue.clock.advance(Duration.ofHours(25));
            failures.addAll(files().maintenance().sweep().failures().values());
        }
        assertThat(failures).isEmpty();
    }

    AttachmentStore attachmentStore() {
        return rows;
    }

    BlobStore blobStore() {
        return blobs;
    }
}
