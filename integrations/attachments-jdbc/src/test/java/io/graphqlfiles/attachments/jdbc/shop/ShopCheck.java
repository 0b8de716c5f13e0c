package io.graphqlfiles.attachments.jdbc.shop;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import io.graphqlfiles.StoredFile;
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
        SweepResult swept = shop.files().maintenance().sweep();
        assertThat(swept.failures()).isEmpty();
        assertThat(swept.attachments()).isNotNull();
        assertThat(swept.attachments().backlog().announced()).isZero();
        assertThat(swept.attachments().backlog().discarded()).isZero();

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
        assertThat(stored(shop)).as("what is in the store").isEqualTo(attached);
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

    /** Returns the keys of what is attached, after looking into every file. */
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
        for (Map.Entry<String, List<String>> field : owners.entrySet()) {
            shop.attachments()
                    .find("Product", field.getKey(), field.getValue())
                    .values()
                    .forEach(files -> files.forEach(file -> {
                        StoredFile stored = StoredFile.fromJson(file.json());
                        assertThat(stored.key()).isEqualTo(file.blob().key());
                        assertThat(content(shop, stored.key()))
                                .as(stored.fileName())
                                .isEqualTo(ShopFiles.content(stored.fileName()));
                        assertThat(named.add(stored.fileName()))
                                .as("attached once")
                                .isTrue();
                    }));
        }
        assertThat(named).hasSameSizeAs(keys);
        return keys;
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

    private static byte[] content(Shop shop, String key) {
        try (InputStream in = shop.blobs().open(key, ByteRange.whole())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> stored(Shop shop) {
        Set<String> keys = new HashSet<>();
        String cursor = null;
        do {
            BlobStore.Page page = shop.blobs().list("", cursor, 1000);
            page.blobs().stream().map(BlobInfo::key).forEach(keys::add);
            cursor = page.nextCursor();
        } while (cursor != null);
        keys.remove(StoreIdentity.KEY);
        return keys;
    }
}
