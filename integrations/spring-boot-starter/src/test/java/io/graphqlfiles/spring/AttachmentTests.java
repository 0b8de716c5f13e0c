package io.graphqlfiles.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.spring.shop.ShopApplication;
import io.graphqlfiles.spring.shop.ShopApplication.Products;
import io.graphqlfiles.testkit.FaultyAttachmentStore;
import io.graphqlfiles.testkit.FaultyAttachmentStore.Operation;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import io.graphqlfiles.testkit.MovableClock;
import io.graphqlfiles.testkit.StoreIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Files that belong to records, in the transactions of Spring. */
@SpringBootTest(
        classes = ShopApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.graphql.schema.locations=classpath:starter-attachments/",
            "spring.datasource.generate-unique-name=true",
            "graphql.files.attachments.enabled=true",
            "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more"
        })
abstract class AttachmentTests {

    private static final AttachmentStatistics NOTHING = new AttachmentStatistics(0, AttachmentStatistics.Backlog.NONE);

    @LocalServerPort
    private int port;

    @Autowired
    private GraphQLFiles files;

    @Autowired
    private AttachmentStore rows;

    @Autowired
    private InMemoryBlobStore blobs;

    @Autowired
    private Products products;

    @Autowired
    private MovableClock clock;

    @Autowired
    private PlatformTransactionManager manager;

    @AfterEach
    void everyRowHasItsBytes_andThereAreNoOthers() {
        sweepLater();
        assertThat(attachedKeys())
                .hasSize((int) files.attachments().statistics().attached());
        products.findAll().forEach(product -> {
            products.delete(product.id());
            files.attachments().discardAll("Product", product.id());
        });
        assertThat(files.attachments().statistics()).isEqualTo(NOTHING);
        assertThat(attachedKeys()).isEmpty();
    }

    /** In addition to them a store has what distinguishes it from others. */
    private List<String> attachedKeys() {
        return blobs.keys().stream().filter(key -> !StoreIdentity.isAt(key)).toList();
    }

    private HttpGraphQl http() {
        return new HttpGraphQl(URI.create("http://127.0.0.1:" + port));
    }

    private JsonNode create(String name, String content) {
        return http().run(
                        "mutation($name: String!, $image: StoredFileInput) {"
                                + " createProduct(name: $name, image: $image) { id image { byteSize fileName } } }",
                        Map.of("name", name, "image", input(content)));
    }

    private static Map<String, String> input(String content) {
        return Map.of("base64", Samples.base64(content.getBytes(UTF_8)), "fileName", content + ".txt");
    }

    private long created(String content) {
        return create("Cup", content).at("/data/createProduct/id").asLong();
    }

    private List<String> images(long id) {
        return files.attachments().list("Product.image", id).stream()
                .map(StoredFile::fileName)
                .toList();
    }

    private void sweepLater() {
        for (int i = 0; i < 2; i++) {
            clock.advance(Duration.ofDays(2));
            assertThat(files.maintenance().sweep().failures()).isEmpty();
        }
    }

    private TransactionTemplate transaction() {
        return new TransactionTemplate(manager);
    }

    private StoredFile stored(String content) {
        try {
            return files.store(
                    "Product.image", FileSource.of(content.getBytes(UTF_8)).withFileName(content + ".txt"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void mutation_attachesToTheRecordThatItReturns() {
        JsonNode answer = create("Cup", "one");

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/data/createProduct/image").toString())
                .isEqualTo("{\"byteSize\":3,\"fileName\":\"one.txt\"}");
        assertThat(http().run("{ products { image { fileName } } }", Map.of())
                        .at("/data/products/0/image/fileName")
                        .asString())
                .isEqualTo("one.txt");
    }

    @Test
    void mutation_replacesClearsAndDeletes() {
        long id = created("one");
        String set =
                "mutation($id: ID!, $image: StoredFileInput) { setImage(id: $id, image: $image) { image { fileName } } }";

        http().run(set, Map.of("id", id, "image", input("two")));
        assertThat(images(id)).containsExactly("two.txt");
        assertThat(attachedKeys()).hasSize(1);

        Map<String, Object> cleared = new HashMap<>(Map.of("id", id));
        cleared.put("image", null);
        http().run(set, cleared);
        assertThat(images(id)).isEmpty();
        assertThat(attachedKeys()).isEmpty();

        http().run(set, Map.of("id", id, "image", input("three")));
        http().run("mutation($id: ID!) { deleteProduct(id: $id) }", Map.of("id", id));
        assertThat(attachedKeys()).isEmpty();
        assertThat(files.attachments().statistics()).isEqualTo(NOTHING);
    }

    @Test
    void transactionalServiceFails_recordAndFilesAreGone_andTheHandlerAnswers() {
        JsonNode answer = create("fails", "one");

        assertThat(answer.at("/errors/0/message").asString()).isEqualTo("no product is called fails");
        assertThat(answer.at("/errors/0/extensions/classification").asString()).isEqualTo("BAD_REQUEST");
        assertThat(products.findAll()).isEmpty();
        assertThat(files.attachments().statistics()).isEqualTo(NOTHING);
        assertThat(attachedKeys()).isEmpty();
    }

    @Test
    void controllerWithoutTransactionFails_recordIsAsWithoutFiles_filesAreGone() {
        JsonNode without = http().run("mutation { createProduct(name: \"half\") { id } }", Map.of());
        JsonNode answer = create("half", "one");

        assertThat(without.at("/errors/0/message").asString()).isEqualTo("no product is called half");
        assertThat(answer.at("/errors/0/message").asString()).isEqualTo("no product is called half");
        assertThat(products.findAll()).hasSize(2);
        assertThat(attachedKeys()).isEmpty();
    }

    @Test
    void filesCannotBeAttached_recordIsGone() {
        ((FaultyAttachmentStore) rows).fail(Operation.CHANGE).before();
        try {
            JsonNode answer = create("Cup", "one");

            assertThat(answer.at("/errors/0/extensions/code").asString()).isEqualTo("FILE_STORE_UNAVAILABLE");
            assertThat(products.findAll()).isEmpty();
        } finally {
            ((FaultyAttachmentStore) rows).heal();
        }
    }

    @Test
    void ownTransactionRolledBack_nothingIsAttached_andTheSweepLeavesNoBlob() {
        long id = created("one");

        transaction().executeWithoutResult(status -> {
            files.attachments().replace("Product.image", id, List.of(stored("two")));
            assertThat(images(id)).containsExactly("two.txt");
            status.setRollbackOnly();
        });

        assertThat(images(id)).containsExactly("one.txt");
        assertThat(attachedKeys()).hasSize(2);
        sweepLater();
        assertThat(attachedKeys()).hasSize(1);
        assertThat(images(id)).containsExactly("one.txt");
    }

    @Test
    void ownTransactionThrows_nothingIsDiscarded() {
        long id = created("one");

        assertThatThrownBy(() -> transaction().executeWithoutResult(status -> {
                    files.attachments().discardAll("Product", id);
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(images(id)).containsExactly("one.txt");
    }

    @Test
    void oldFile_isDeletedAfterTheCommit_andNotBefore() {
        long id = created("one");
        String old = attachedKeys().get(0);

        transaction().executeWithoutResult(status -> {
            files.attachments().replace("Product.image", id, List.of());
            assertThat(attachedKeys()).containsExactly(old);
        });

        assertThat(attachedKeys()).isEmpty();
    }

    @Test
    void reconcile_printsWhatDoesNotAgree_andFixesTheSafeHalf() throws IOException {
        long id = created("one");
        String missing = attachedKeys().get(0);
        blobs.delete(List.of(missing));
        String orphan = "private/attached/" + "a".repeat(32);
        blobs.put(
                new PutRequest(orphan, 0, "text/plain", "attachment", Visibility.PRIVATE),
                InputStream.nullInputStream());
        clock.advance(Duration.ofDays(2));
        String missingLine = "MISSING default " + missing + " of Product.image of " + id;

        assertThat(reconcile(false))
                .containsExactlyInAnyOrder(
                        "ORPHAN default " + orphan,
                        missingLine,
                        "1 blobs, 1 attached files: 1 orphans, 0 of them deleted, 1 missing",
                        "exit 1");
        assertThat(reconcile(true))
                .containsExactlyInAnyOrder(
                        "ORPHAN default " + orphan + " (deleted)",
                        missingLine,
                        "1 blobs, 1 attached files: 1 orphans, 1 of them deleted, 1 missing",
                        "exit 1");
        assertThat(attachedKeys()).isEmpty();
        files.attachments().discardAll("Product", id);
        assertThat(reconcile(false))
                .containsExactly("0 blobs, 0 attached files: 0 orphans, 0 of them deleted, 0 missing", "exit 0");
    }

    private List<String> reconcile(boolean fixes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, true, UTF_8);
        new ReconcileRunner(
                        files,
                        fixes,
                        new Command(printed, false, System::nanoTime),
                        status -> printed.println("exit " + status))
                .run(new DefaultApplicationArguments());
        return out.toString(UTF_8).lines().toList();
    }

    @Test
    void manyRecords_oneFind() {
        IntStream.range(0, 20).forEach(i -> created("one"));
        int before = ((FaultyAttachmentStore) rows).calls(Operation.FIND);

        JsonNode read = http().run("{ products { image { fileName } } }", Map.of());

        assertThat(read.at("/data/products")).hasSize(20);
        assertThat(((FaultyAttachmentStore) rows).calls(Operation.FIND) - before)
                .isEqualTo(1);
    }
}
