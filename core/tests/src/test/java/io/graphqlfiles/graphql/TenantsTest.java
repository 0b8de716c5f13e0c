package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLContext;
import io.graphqlfiles.FileChanges;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.FileTenants;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.ForeignStoreException;
import io.graphqlfiles.maintenance.ReconcileOptions;
import io.graphqlfiles.maintenance.ReconcileResult;
import io.graphqlfiles.maintenance.SweepResult;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.testkit.InMemoryAttachmentStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dataloader.DataLoaderRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two tenants with a database each, behind something that finds it by the thread, as a routing DataSource does. */
class TenantsTest {

    private static final String CREATE = "mutation($p: ProductInput!) { createProduct(product: $p) { id } }";
    private static final String START = """
            mutation($f: String!) {
              startFileUpload(input: {field: $f, fileName: "a.txt", byteSize: 4}) { token request { url } }
            }
            """;

    private final Tenants tenants = new Tenants();
    private final Map<String, InMemoryAttachmentStore> databases = new TreeMap<>();
    private final InMemoryBlobStore archive = new InMemoryBlobStore();
    private final Shop shop = new Shop(builder -> builder.attachments(routed())
            .store("archive", archive)
            .authorizer(access -> true)
            .tus(true)
            .tenants(tenants));
    private final List<ReconcileResult.Finding> findings = new ArrayList<>();
    private GraphQL graphQl;

    @BeforeEach
    void start() {
        List.of("acme", "bolt").forEach(tenant -> databases.put(tenant, new InMemoryAttachmentStore()));
        graphQl = shop.graphQl();
    }

    /** The tenant in the context of the request and, as a filter would do it, in the thread. */
    private static final class Tenants implements FileTenants {

        final ThreadLocal<String> current = new ThreadLocal<>();
        final List<String> names = new ArrayList<>(List.of("acme", "bolt"));
        final Map<String, String> stores = new LinkedHashMap<>();

        @Override
        public String ofRequest(GraphQLContext context) {
            return context.get("tenant");
        }

        @Override
        public String ofThread() {
            return current.get();
        }

        @Override
        public Collection<String> all() {
            return names;
        }

        @Override
        public void run(String tenant, Runnable work) {
            String before = current.get();
            current.set(tenant);
            try {
                work.run();
            } finally {
                current.set(before);
            }
        }

        @Override
        public String store(FileField field, String tenant) {
            return stores.getOrDefault(tenant, field.store());
        }

        <T> T get(String tenant, Supplier<T> work) {
            List<T> result = new ArrayList<>();
            run(tenant, () -> result.add(work.get()));
            return result.get(0);
        }
    }

    private AttachmentStore routed() {
        return (AttachmentStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AttachmentStore.class}, (proxy, method, arguments) -> {
                    String tenant = tenants.current.get();
                    InMemoryAttachmentStore database = tenant == null ? null : databases.get(tenant);
                    if (database == null) {
                        throw new IllegalStateException("no database for " + tenant);
                    }
                    try {
                        return method.invoke(database, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private ExecutionResult execute(String tenant, String document, Map<String, Object> variables) {
        return tenants.get(tenant, () -> executeAnywhere(tenant, document, variables));
    }

    /** In a thread that works for nobody, as one of a reactive server. */
    private ExecutionResult executeAnywhere(String tenant, String document, Map<String, Object> variables) {
        return executeWith(new DataLoaderRegistry(), tenant, document, variables);
    }

    private ExecutionResult executeWith(
            DataLoaderRegistry registry, String tenant, String document, Map<String, Object> variables) {
        return graphQl.execute(ExecutionInput.newExecutionInput(document)
                .variables(variables)
                .graphQLContext(Map.of("tenant", tenant))
                .dataLoaderRegistry(registry)
                .build());
    }

    private String create(String tenant, String text) {
        Map<String, String> created = Catalogue.dataOf(
                execute(tenant, CREATE, Map.of("p", Map.of("image", Catalogue.text(text)))), "createProduct");
        return created.get("id");
    }

    private List<StoredFile> files(String tenant, String id) {
        return tenants.get(tenant, () -> shop.files().attachments().list("Product.image", id));
    }

    private String onlyError(ExecutionResult result) {
        assertThat(result.getErrors()).hasSize(1);
        return result.getErrors().get(0).getMessage();
    }

    @Test
    void files_areInTheTenantsPlace_andDatabase() {
        String id = create("acme", "one");

        assertThat(files("acme", id))
                .singleElement()
                .satisfies(file -> assertThat(file.key()).matches("private/attached/acme/[a-z2-7]{32}"));
        assertThat(files("bolt", id)).isEmpty();
    }

    @Test
    void filesInColumns_areInTheTenantsPlace() {
        execute("bolt", CREATE, Map.of("p", Map.of("manual", Catalogue.text("one"))));

        assertThat(shop.products.values())
                .singleElement()
                .satisfies(product -> assertThat(product.manual().key()).matches("private/bolt/[a-z2-7]{32}"));
    }

    @Test
    void tenantMayHaveAStoreOfItsOwn() {
        tenants.stores.put("bolt", "archive");

        String mine = create("acme", "one");
        String theirs = create("bolt", "two");

        assertThat(files("acme", mine)).extracting(StoredFile::store).containsExactly("default");
        assertThat(files("bolt", theirs)).extracting(StoredFile::store).containsExactly("archive");
        StoredFile file = files("bolt", theirs).get(0);
        assertThat(archive.bytes(file.key())).asString(StandardCharsets.UTF_8).isEqualTo("two");
    }

    /** A thread that dispatches for another request, or for none, must not read from that one's database. */
    @Test
    void attachedFiles_areReadFromTheRequestsDatabase_whoeverDispatches() {
        String id = create("acme", "one");
        String query = "query($id: ID!) { product(id: $id) { image { url fileName } } }";

        for (String thread : List.of("acme", "bolt")) {
            ExecutionResult result = tenants.get(thread, () -> executeAnywhere("acme", query, Map.of("id", id)));
            Map<String, Map<String, String>> product = Catalogue.dataOf(result, "product");
            assertThat(product.get("image").get("url")).contains("/acme/");
        }
    }

    /** As some applications do, whatever is said of registries. */
    @Test
    void dataLoaders_thatAreUsedForSeveralRequests_readEachFromItsDatabase() {
        DataLoaderRegistry registry = new DataLoaderRegistry();

        for (String tenant : List.of("acme", "bolt")) {
            String id = create(tenant, "of " + tenant);
            ExecutionResult result = tenants.get(
                    tenant,
                    () -> executeWith(
                            registry,
                            tenant,
                            "query($id: ID!) { product(id: $id) { image { url } } }",
                            Map.of("id", id)));
            Map<String, Map<String, String>> product = Catalogue.dataOf(result, "product");
            assertThat(product.get("image")).as(tenant).isNotNull();
            assertThat(product.get("image").get("url")).contains("/" + tenant + "/");
        }
    }

    @Test
    void fileOfAnotherTenant_thatADataFetcherGives_isNotSigned() {
        String id = create("acme", "one");
        StoredFile leaked = files("acme", id).get(0);
        shop.products.put("x", new Shop.Product("x", "Cup", leaked));

        ExecutionResult result = execute("bolt", "{ product(id: \"x\") { manual { url } } }", Map.of());

        assertThat(onlyError(result)).contains("gave a file of another tenant");
        assertThat(result.toString()).doesNotContain("sig=");
    }

    @Test
    void idOfAnotherTenantsFile_hasNoUrl() {
        String id = create("acme", "one");
        String query = "query($id: ID!) { urlForFile(id: $id) { url } }";
        Map<String, Object> file = Map.of("id", files("acme", id).get(0).id());

        assertThat(Catalogue.<Object>dataOf(execute("acme", query, file), "urlForFile"))
                .isNotNull();
        assertThat(Catalogue.<Object>dataOf(execute("bolt", query, file), "urlForFile"))
                .isNull();
    }

    /** The token of an upload whose content has arrived. */
    private String uploaded(String tenant) throws IOException {
        Map<String, Object> upload =
                Catalogue.dataOf(execute(tenant, START, Map.of("f", "Product.image")), "startFileUpload");
        Matcher key = Pattern.compile("staged/\\d{8}/acme/[a-z2-7]{32}")
                .matcher(upload.get("request").toString());
        assertThat(key.find()).isTrue();
        shop.catalogue.store.put(
                new PutRequest(key.group(), 4, "text/plain", "attachment", Visibility.PRIVATE),
                new ByteArrayInputStream("text".getBytes(StandardCharsets.UTF_8)));
        return (String) upload.get("token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query($t: String!) { fileUpload(token: $t) { complete } }",
                "mutation($t: String!) { completeFileUpload(token: $t) { complete } }",
                "mutation($t: String!) { abortFileUpload(token: $t) }",
                "mutation($t: String!) { createProduct(product: {image: {directUploadToken: $t}}) { id } }",
            })
    void uploadToken_isForRequestsOfItsTenant(String document) throws IOException {
        String token = uploaded("acme");

        ExecutionResult result = execute("bolt", document, Map.of("t", token));

        assertThat(result.getErrors())
                .singleElement()
                .satisfies(error -> assertThat(error.getExtensions()).containsEntry("code", "FILE_FORBIDDEN"));
    }

    @Test
    void uploadToken_givesAFileOfItsTenant() throws IOException {
        Map<String, Object> image = Map.of("image", Map.of("directUploadToken", uploaded("acme")));

        Map<String, String> created = Catalogue.dataOf(execute("acme", CREATE, Map.of("p", image)), "createProduct");

        assertThat(files("acme", created.get("id")))
                .singleElement()
                .satisfies(file -> assertThat(file.key()).startsWith("private/attached/acme/"));
    }

    /** The request that creates the upload knows no tenant; its URL does. */
    @Test
    void uploadCreatedByTus_isOfTheTenantThatAskedForTheUrl() throws IOException {
        tenants.stores.put("acme", "archive");
        Map<String, String> endpoint = Catalogue.dataOf(
                execute("acme", "{ tusEndpoint(field: \"Product.image\") { url } }", Map.of()), "tusEndpoint");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(Map.of(
                "Tus-Resumable", "1.0.0", "Upload-Length", "4", "Content-Type", "application/offset+octet-stream"));
        String path = endpoint.get("url").substring("/files".length());
        InputStream body = new ByteArrayInputStream("text".getBytes(StandardCharsets.UTF_8));
        String token;
        try (FileEndpointResponse created = shop.files()
                .server()
                .fileEndpoint()
                .handle(new FileEndpointRequest("POST", path, null, headers::get, body, 4))) {
            assertThat(created.status()).isEqualTo(201);
            token = created.headers().get("Graphql-Files-Token");
        }

        Map<String, Object> image = Map.of("p", Map.of("image", Map.of("directUploadToken", token)));
        assertThat(execute("bolt", CREATE, image).getErrors())
                .singleElement()
                .satisfies(error -> assertThat(error.getExtensions()).containsEntry("code", "FILE_FORBIDDEN"));
        assertThat(execute("acme", CREATE, image).getErrors()).isEmpty();
        assertThat(archive.keys())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key).contains("/acme/"));
    }

    @Test
    void ownCode_worksForTheTenantOfItsThread() throws IOException {
        GraphQLFiles files = shop.files();
        FileSource source = FileSource.of(() -> new ByteArrayInputStream("one".getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> files.store("Product.manual", source))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("FileTenants.ofThread: expected a tenant of 1 to 63 of [a-z0-9_-], a letter or digit first,"
                        + " and none of [attached, variants, doctor, identity, migrating]; found none");
        tenants.current.set("acme");
        assertThat(files.store("Product.manual", source).key()).startsWith("private/acme/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ACME", "a/b", "..", "-a", "attached", "variants", "doctor", "identity", "migrating"})
    void tenantThatNoKeyCanHave_isRefused(String tenant) {
        ExecutionResult result = executeAnywhere(tenant, CREATE, Map.of("p", Map.of("image", Catalogue.text("x"))));

        assertThat(onlyError(result)).contains("FileTenants.ofRequest: expected a tenant");
        assertThat(shop.catalogue.store.keys()).isEmpty();
    }

    @Test
    void sweep_goesThroughAllDatabases_andDeletesNothingOfAnybodyElse() {
        String kept = create("bolt", "kept");
        for (String tenant : List.of("acme", "bolt")) {
            String id = create(tenant, "gone");
            StoredFile file = files(tenant, id).get(0);
            databases.get(tenant).discardAll("Product", id, shop.catalogue.clock.instant());
            assertThat(shop.catalogue.store.keys()).contains(file.key());
        }

        SweepResult result = shop.files().maintenance().sweep();

        assertThat(result.failures()).isEmpty();
        assertThat(result.attachments().deleted()).isEqualTo(2);
        assertThat(contentKeys()).containsExactly(files("bolt", kept).get(0).key());
    }

    @Test
    void sweep_countsWhatIsKeptOfAll() {
        for (String tenant : List.of("acme", "bolt")) {
            String id = create(tenant, "kept");
            Instant later = shop.catalogue.clock.instant().plusSeconds(60);
            databases.get(tenant).discardAll("Product", id, later, true);
        }

        assertThat(shop.files().maintenance().sweep().attachments().backlog().kept())
                .isEqualTo(2);
    }

    private List<String> contentKeys() {
        return shop.catalogue.store.keys().stream()
                .filter(key -> !key.endsWith("/identity"))
                .toList();
    }

    @Test
    void tenantWithoutADatabase_keepsNoOtherFromBeingSwept() {
        tenants.names.add(0, "gone");
        String id = create("acme", "one");
        databases.get("acme").discardAll("Product", id, shop.catalogue.clock.instant());

        SweepResult result = shop.files().maintenance().sweep();

        assertThat(result.failures()).containsOnlyKeys("attachment store of gone");
        assertThat(result.attachments().deleted()).isEqualTo(1);
        assertThat(contentKeys()).isEmpty();
    }

    @Test
    void reconcile_takesNoTenantsFilesForOrphansOfAnother() {
        create("acme", "one");
        create("bolt", "two");
        String id = create("bolt", "three");
        StoredFile lost = files("bolt", id).get(0);
        databases.get("bolt").discardAll("Product", id, shop.catalogue.clock.instant());
        databases.get("bolt").forget(List.of(reference(lost)));
        shop.catalogue.clock.set(Instant.now().plus(Duration.ofDays(2)));

        ReconcileResult result = reconcile(shop.files());

        assertThat(result).isEqualTo(new ReconcileResult(3, 2, 1, 1, 0, 0, 0, true));
        assertThat(findings)
                .singleElement()
                .satisfies(finding -> assertThat(finding.blob()).isEqualTo(reference(lost)));
    }

    private static BlobReference reference(StoredFile file) {
        return new BlobReference(file.store(), file.key());
    }

    /** In the database of this thread there is no row, which there means that the blob may go. */
    @ParameterizedTest
    @ValueSource(strings = {"image", "manual"})
    void fileOfAnotherTenant_thatIsGivenUp_stays(String field) {
        String id = create("acme", "one");
        execute("acme", CREATE, Map.of("p", Map.of("manual", Catalogue.text("two"))));
        StoredFile file = field.equals("image")
                ? files("acme", id).get(0)
                : shop.products.values().stream()
                        .map(Shop.Product::manual)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow();
        shop.mutation("deleteProduct", environment -> {
            FileChanges.of(environment).deleteOnSuccess(file);
            return true;
        });
        graphQl = shop.graphQl();

        execute("bolt", "mutation { deleteProduct(id: \"none\") }", Map.of());

        assertThat(shop.catalogue.store.keys()).contains(file.key());
        assertThat(files("acme", id)).hasSize(1);
    }

    @Test
    void databaseOfAnotherTenant_isNotTakenForOnesOwn() {
        shop.files().maintenance().checkStores();
        databases.put("acme", databases.get("bolt"));
        databases.put("bolt", new InMemoryAttachmentStore());

        GraphQLFiles restarted = restarted();

        assertThatThrownBy(() -> restarted.maintenance().checkStores())
                .isInstanceOf(ForeignStoreException.class)
                .hasMessageContaining("private/attached/acme/identity");
    }

    /** Files that are older than the tenants are found, and deleted, by the rows that their database has of them. */
    @Test
    void filesFromBeforeThereWereTenants_areReadAndSwept() {
        InMemoryAttachmentStore database = databases.get("acme");
        Shop before = new Shop(builder -> builder.attachments(database).unitOfWork(database.unitOfWork()));
        before.catalogue.store(shop.blobs);
        String id = before.create("old");
        before.files().maintenance().checkStores();
        shop.products.putAll(before.products);
        String query = "query($id: ID!) { product(id: $id) { image { url } } }";

        GraphQLFiles files = restarted();
        files.maintenance().checkStores();
        Map<String, Map<String, String>> product =
                Catalogue.dataOf(execute("acme", query, Map.of("id", id)), "product");
        assertThat(product.get("image").get("url")).isNotNull();
        assertThat(reconcile(files).missing()).isZero();
        database.discardAll("Product", id, shop.catalogue.clock.instant());

        assertThat(files.maintenance().sweep().attachments().deleted()).isEqualTo(1);
        assertThat(contentKeys()).isEmpty();
    }

    /** The same stores and databases, as another process sees them. */
    private GraphQLFiles restarted() {
        Shop other = new Shop(builder -> builder.attachments(routed()).tenants(tenants));
        other.catalogue.store(shop.blobs);
        other.graphQl();
        return other.files();
    }

    private ReconcileResult reconcile(GraphQLFiles files) {
        return files.maintenance()
                .reconcile(
                        ReconcileOptions.newReconcileOptions()
                                .deletesOrphans(true)
                                .build(),
                        findings::add);
    }
}
