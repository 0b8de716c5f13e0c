package io.graphqlfiles.attachments.jdbc.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import graphql.ExecutionResult;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentChange;
import io.graphqlfiles.spi.attachment.AttachmentEdit;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import io.graphqlfiles.testkit.ForwardingAttachmentStore;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import io.graphqlfiles.testkit.StoreIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients of one product, and many sweepers of one shop. */
class ConcurrencyTest {

    private static final int CLIENTS = 16;
    private static final int ACTIONS = 20;
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofDays(3));

    @TempDir
    private Path directory;

    private final Collection<String> deleted = new ConcurrentLinkedQueue<>();
    private final Collection<AttachmentChange> changes = new ConcurrentLinkedQueue<>();
    private final Collection<String> codes = new ConcurrentLinkedQueue<>();
    private HikariDataSource pool;
    private BlobStore blobs;
    private Shop shop;

    @BeforeEach
    void open() throws Exception {
        pool = ShopPool.open(2 * CLIENTS);
        blobs = new ForwardingBlobStore(FileSystemBlobStore.at(directory)) {
            @Override
            public void delete(Collection<String> keys) {
                deleted.addAll(keys);
                super.delete(keys);
            }
        };
        shop = new Shop(pool, blobs, Clock.systemUTC(), Steps.none(), recording());
        for (String id : List.of("p", "q")) {
            assertThat(create(id).getErrors()).isEmpty();
        }
    }

    private ExecutionResult create(String id) {
        return shop.execute(
                "mutation($id: ID!) { createProduct(id: $id, product: {name: \"n\"}) { id } }", Map.of("id", id));
    }

    @AfterEach
    void close() {
        shop.close();
        pool.close();
    }

    /** Notes every change while its slot is still locked: in the order in which they happen. */
    private Repeats recording() {
        return new Repeats(() -> false) {
            @Override
            AttachmentStore around(AttachmentStore store) {
                return new ForwardingAttachmentStore(store) {
                    @Override
                    public List<AttachmentChange> change(List<AttachmentEdit> edits, Instant dueAt) {
                        List<AttachmentChange> done = super.change(edits, dueAt);
                        changes.addAll(done);
                        return done;
                    }
                };
            }
        };
    }

    @Test
    void sixteenClients_replaceOneFileAndEditOneList_asIfOneAfterTheOther() throws Exception {
        List<Callable<Void>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            String name = "c" + client;
            clients.add(() -> {
                Random random = new Random(name.hashCode());
                for (int i = 0; i < ACTIONS; i++) {
                    act(random, name + "-" + i);
                }
                return null;
            });
        }
        runTogether(clients);

        assertThat(codes).isNotEmpty().containsOnly("FILE_CONFLICT");
        for (String field : List.of("image", "gallery")) {
            AttachmentSlot slot = new AttachmentSlot("Product", "p", field);
            List<BlobReference> state = List.of();
            for (AttachmentChange change : (Iterable<AttachmentChange>)
                    changes.stream().filter(each -> each.slot().equals(slot))::iterator) {
                assertThat(blobsOf(change.before()))
                        .as("what %s began with", change)
                        .isEqualTo(state);
                state = blobsOf(change.after());
            }
            assertThat(blobsOf(shop.attachments()
                            .find("Product", field, List.of("p"))
                            .getOrDefault("p", List.of())))
                    .isEqualTo(state);
        }
        assertNothingElseIsStored();
        assertThat(deleted).doesNotHaveDuplicates();
    }

    private void act(Random random, String name) {
        List<Object> ids = galleryIds();
        Map<String, Object> gallery = switch (random.nextInt(3)) {
            case 0 -> Map.of("append", List.of(ShopFiles.input("g-" + name)));
            case 1 ->
                ids.isEmpty()
                        ? Map.of("set", List.of(ShopFiles.input("s-" + name)))
                        : Map.of("remove", List.of(ids.get(random.nextInt(ids.size()))));
            default -> {
                List<Object> order = new ArrayList<>(ids);
                Collections.shuffle(order, random);
                yield Map.of("order", order);
            }
        };
        boolean withImage = random.nextBoolean();
        ExecutionResult result = shop.execute(
                withImage
                        ? "mutation($gallery: StoredFileListInput, $image: StoredFileInput) {"
                                + " changeFiles(id: \"p\", gallery: $gallery, image: $image) { id } }"
                        : "mutation($gallery: StoredFileListInput) {"
                                + " changeFiles(id: \"p\", gallery: $gallery) { id } }",
                Map.of("gallery", gallery, "image", ShopFiles.input("i-" + name)));
        result.getErrors()
                .forEach(error -> codes.add(String.valueOf(error.getExtensions().get("code"))));
    }

    @SuppressWarnings("unchecked")
    private List<Object> galleryIds() {
        ExecutionResult result = shop.execute("{ product(id: \"p\") { gallery { id } } }", Map.of());
        Map<String, List<Map<String, Object>>> product =
                ((Map<String, Map<String, List<Map<String, Object>>>>) result.getData()).get("product");
        return product.get("gallery").stream().map(file -> file.get("id")).toList();
    }

    @Test
    void sweepersTogether_withClients_deleteNothingTwice_andNothingAlive() throws Exception {
        for (int i = 0; i < 40; i++) {
            shop.execute(
                    "mutation($image: StoredFileInput) { changeFiles(id: \"q\", image: $image) { id } }",
                    Map.of("image", ShopFiles.input("q-" + i)));
        }
        deleted.clear();
        // What dead processes have left: written and never attached, and discarded by nobody who would delete it.
        List<BlobReference> abandoned = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            BlobReference blob = new BlobReference("default", "private/attached/" + String.format("%032d", i));
            abandoned.add(blob);
        }
        shop.attachments().announce(abandoned, Instant.now());
        shop.attachments().discard(abandoned.subList(0, 150), Instant.now());
        List<Callable<Void>> work = new ArrayList<>();
        List<Shop> sweepers = new ArrayList<>();
        for (int sweeper = 0; sweeper < 3; sweeper++) {
            Shop other = new Shop(pool, blobs, LATER, Steps.none());
            sweepers.add(other);
            work.add(() -> {
                assertThat(other.files()
                                .maintenance()
                                .sweep(SweepOptions.newSweepOptions()
                                        .batchSize(7)
                                        .build())
                                .failures())
                        .isEmpty();
                return null;
            });
        }
        Shop client = new Shop(pool, blobs, LATER, Steps.none());
        sweepers.add(client);
        work.add(() -> {
            for (int i = 0; i < 40; i++) {
                assertThat(client.execute(
                                        "mutation($image: StoredFileInput) { changeFiles(id: \"p\", image: $image) { id } }",
                                        Map.of("image", ShopFiles.input("late-" + i)))
                                .getErrors())
                        .isEmpty();
            }
            return null;
        });
        runTogether(work);

        assertThat(deleted).doesNotHaveDuplicates();
        assertThat(deleted)
                .containsAll(abandoned.stream().map(BlobReference::key).toList());
        assertNothingElseIsStored();
        assertThat(shop.attachments().statistics().attached()).isEqualTo(2);
        sweepers.forEach(Shop::close);
    }

    /** Every attached file is there, and nothing else is, once the shop has been swept. */
    private void assertNothingElseIsStored() {
        try (Shop later = new Shop(pool, blobs, LATER, Steps.none())) {
            assertThat(later.files().maintenance().sweep().failures()).isEmpty();
        }
        List<String> attached = Stream.of("image", "gallery")
                .flatMap(field -> shop.attachments().find("Product", field, List.of("p", "q")).values().stream())
                .flatMap(files -> blobsOf(files).stream())
                .map(BlobReference::key)
                .toList();
        assertThat(blobs.list("", null, 1000).blobs())
                .extracting(blob -> blob.key())
                .filteredOn(key -> !StoreIdentity.isAt(key))
                .containsExactlyInAnyOrderElementsOf(attached);
    }

    private static List<BlobReference> blobsOf(List<AttachedFile> files) {
        return files.stream().map(AttachedFile::blob).toList();
    }

    private static void runTogether(List<Callable<Void>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Callable<Void> each : work) {
                running.add(threads.submit(() -> {
                    start.await();
                    return each.call();
                }));
            }
            start.countDown();
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
