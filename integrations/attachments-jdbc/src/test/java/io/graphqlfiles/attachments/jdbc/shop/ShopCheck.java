package io.graphqlfiles.attachments.jdbc.shop;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.maintenance.MigrateOptions;
import io.graphqlfiles.maintenance.MigrateResult;
import io.graphqlfiles.maintenance.SweepResult;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentRow.State;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.testkit.StoreIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What clients were told of a shop's products, and whether it is so. A shop that nobody uses is swept once, and then
 * every product has one of the states that it may have, every file of it is there and whole, and nothing else is
 * anywhere.
 */
final class ShopCheck {

    private final Map<String, Set<String>> expected = new TreeMap<>();

    void trying(String id, String state) {
        possible(id).add(state);
    }

    void answered(String id, String state) {
        Set<String> possible = possible(id);
        assertThat(possible).as("what was asked for " + id).contains(state);
        possible.clear();
        possible.add(state);
    }

    private Set<String> possible(String id) {
        return expected.computeIfAbsent(id, unknown -> new HashSet<>(Set.of("")));
    }

    /** Sweeps and checks. The shop's clock is to be days ahead of all that used it. */
    void check(Shop shop) throws IOException {
        if (shop.keepsAndReviews()) {
            assertThat(shop.files().maintenance().review().waiting()).isZero();
        }
        SweepResult swept = shop.files().maintenance().sweep();
        assertThat(swept.failures()).isEmpty();
        assertThat(swept.attachments()).isNotNull();
        assertThat(swept.attachments().backlog().announced()).isZero();
        assertThat(swept.attachments().backlog().discarded()).isZero();
        assertThat(swept.attachments().backlog().kept()).isZero();

        Map<String, String> found = new TreeMap<>();
        Set<AttachmentSlot> slots = new HashSet<>();
        for (Map<String, Object> product : products(shop)) {
            String id = (String) product.get("id");
            found.put(id, ProductState.of(product).toLine());
            slots.add(new AttachmentSlot("Product", id, "image"));
            slots.add(new AttachmentSlot("Product", id, "gallery"));
        }
        checkStates(found);
        Set<String> attached = checkFiles(shop, slots);
        assertThat(keys(shop.blobs())).as("what is in the store").isEqualTo(attached);
        if (shop.mirror() != null) {
            checkMirror(shop, attached);
        }
    }

    /** What the process did not get to copy is copied with the rest. What it did not get to delete there may stay. */
    private static void checkMirror(Shop shop, Set<String> attached) {
        MigrateResult copied = shop.files()
                .maintenance()
                .migrate(MigrateOptions.newMigrateOptions().build());
        assertThat(copied.failures()).isEmpty();
        assertThat(copied.left()).isZero();
        assertThat(keys(shop.mirror())).containsAll(attached);
        attached.forEach(key -> assertThat(content(shop.mirror(), key)).as(key).isEqualTo(content(shop.blobs(), key)));
    }

    private void checkStates(Map<String, String> found) {
        Set<String> ids = new HashSet<>(expected.keySet());
        ids.addAll(found.keySet());
        for (String id : ids) {
            String state = found.getOrDefault(id, "");
            assertThat(expected.getOrDefault(id, Set.of())).as(id).contains(state);
            expected.put(id, new HashSet<>(Set.of(state)));
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> products(Shop shop) {
        ExecutionResult result = shop.execute("{ products { " + ProductState.FIELDS + " } }", Map.of());
        assertThat(result.getErrors()).isEmpty();
        return ((Map<String, List<Map<String, Object>>>) result.getData()).get("products");
    }

    /** Returns the keys of what is attached and not rejected, after looking into every file. */
    private static Set<String> checkFiles(Shop shop, Set<AttachmentSlot> slots) throws IOException {
        Set<String> keys = new HashSet<>();
        Map<String, List<String>> owners = new HashMap<>();
        for (AttachmentRow row : attachedRows(shop)) {
            assertThat(slots).as("slots of records that exist").contains(row.slot());
            owners.computeIfAbsent(row.slot().field(), field -> new ArrayList<>())
                    .add(row.slot().ownerId());
            assertThat(keys.add(row.blob().key())).isTrue();
        }
        Set<String> named = new HashSet<>();
        Set<String> rejected = new HashSet<>();
        for (Map.Entry<String, List<String>> field : owners.entrySet()) {
            shop.attachments()
                    .find("Product", field.getKey(), field.getValue())
                    .values()
                    .forEach(files -> files.forEach(file -> {
                        StoredFile stored = StoredFile.fromJson(file.json());
                        assertThat(stored.key()).isEqualTo(file.blob().key());
                        assertThat(file.dueAt()).as("nothing is to be done").isNull();
                        assertThat(stored.status()).as(stored.fileName()).isEqualTo(status(shop, stored.fileName()));
                        if (stored.status() == StoredFile.Status.REJECTED) {
                            assertThat(keys.remove(stored.key())).isTrue();
                            assertThat(named.add(stored.fileName())).isTrue();
                            rejected.add(stored.key());
                            return;
                        }
                        assertThat(content(shop.blobs(), stored.key()))
                                .as(stored.fileName())
                                .isEqualTo(ShopFiles.content(stored.fileName()));
                        assertThat(named.add(stored.fileName()))
                                .as("attached once")
                                .isTrue();
                    }));
        }
        assertThat(named).hasSize(keys.size() + rejected.size());
        return keys;
    }

    private static StoredFile.Status status(Shop shop, String fileName) {
        return shop.keepsAndReviews() && ShopFiles.isHarmful(fileName)
                ? StoredFile.Status.REJECTED
                : StoredFile.Status.READY;
    }

    private static List<AttachmentRow> attachedRows(Shop shop) {
        List<AttachmentRow> rows = new ArrayList<>();
        String cursor = null;
        do {
            AttachmentStore.Page page = shop.attachments().list(State.ATTACHED, cursor, 1000);
            rows.addAll(page.rows());
            cursor = page.nextCursor();
        } while (cursor != null);
        return rows;
    }

    private static byte[] content(BlobStore store, String key) {
        try (InputStream in = store.open(key, ByteRange.whole())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> keys(BlobStore store) {
        Set<String> keys = new HashSet<>();
        String cursor = null;
        do {
            BlobStore.Page page = store.list("", cursor, 1000);
            page.blobs().stream().map(BlobInfo::key).forEach(keys::add);
            cursor = page.nextCursor();
        } while (cursor != null);
        keys.remove(StoreIdentity.KEY);
        return keys;
    }
}
