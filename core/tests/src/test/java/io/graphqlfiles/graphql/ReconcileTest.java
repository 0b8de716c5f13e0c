package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.maintenance.ReconcileOptions;
import io.graphqlfiles.maintenance.ReconcileResult;
import io.graphqlfiles.maintenance.ReconcileResult.Finding.Kind;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentEdit;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import io.graphqlfiles.testkit.ForwardingAttachmentStore;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Rows and bytes that do not agree, made by hand behind the library's back. */
class ReconcileTest {

    private final Shop shop = new Shop();
    private final List<ReconcileResult.Finding> findings = new ArrayList<>();

    private ReconcileResult reconcile(ReconcileOptions.Builder options) {
        findings.clear();
        return shop.files().maintenance().reconcile(options.build(), findings::add);
    }

    private ReconcileResult reconcile() {
        return reconcile(ReconcileOptions.newReconcileOptions());
    }

    private ReconcileOptions.Builder fixing() {
        return ReconcileOptions.newReconcileOptions().deletesOrphans(true).existingOwners((type, ids) -> {
            Set<String> existing = new HashSet<>(ids);
            existing.retainAll(shop.products.keySet());
            return type.equals("Product") ? existing : ids;
        });
    }

    @Test
    void everythingAgrees_nothingIsFound() {
        shop.create("1");

        assertThat(reconcile(fixing())).isEqualTo(new ReconcileResult(1, 1, 0, 0, 0, 0, 0, true));
        assertThat(findings).isEmpty();
    }

    /** As after a field was renamed: nothing is deleted, whatever was asked for. */
    @Test
    void fieldThatTheSchemaDoesNotHave_isNamedOnce_andItsFilesStay() {
        shop.create("1");
        for (String name : List.of("a", "b")) {
            BlobReference blob = new BlobReference("default", "private/attached/" + name);
            shop.memory.announce(List.of(blob), shop.catalogue.clock.instant());
            shop.memory.change(
                    List.of(new AttachmentEdit(
                            new AttachmentSlot("Product", name, "picture"),
                            present -> List.of(new AttachedFile(blob, "{}")))),
                    shop.catalogue.clock.instant());
        }

        ReconcileResult result =
                reconcile(ReconcileOptions.newReconcileOptions().deletesOrphans(true));

        assertThat(result.unknown()).isEqualTo(2);
        assertThat(findings)
                .filteredOn(finding -> finding.kind() == Kind.UNKNOWN_FIELD)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.slot().field()).isEqualTo("picture");
                    assertThat(finding.isDeleted()).isFalse();
                });
        assertThat(shop.memory.statistics().attached()).isEqualTo(3);
    }

    @Test
    void orphan_isFound_andDeletedWhenAsked() throws Exception {
        String key = "private/attached/orphan";
        shop.catalogue.store.put(
                new PutRequest(key, 1, "text/plain", "inline", Visibility.PRIVATE),
                new ByteArrayInputStream(new byte[1]));
        shop.catalogue.clock.set(shop.catalogue.store.stat(key).createdAt().plus(Duration.ofDays(2)));

        assertThat(reconcile().orphans()).isEqualTo(1);
        assertThat(reconcile(fixing()).deletedOrphans()).isEqualTo(1);

        assertThat(findings)
                .containsExactly(
                        new ReconcileResult.Finding(Kind.ORPHAN, new BlobReference("default", key), null, true));
        shop.assertTidy(0);
    }

    @Test
    void fileIsReplacedMeanwhile_isNoOrphan() {
        List<Shop> replacing = new ArrayList<>();
        AtomicReference<Runnable> beforeRows = new AtomicReference<>(() -> {});
        replacing.add(new Shop(builder -> builder.attachments(new ForwardingAttachmentStore(replacing.get(0).memory) {
            @Override
            public List<AttachmentRow> rows(Collection<BlobReference> blobs) {
                beforeRows.getAndSet(() -> {}).run();
                return super.rows(blobs);
            }
        })));
        Shop other = replacing.get(0);
        String id = other.create("1");
        String old = other.catalogue.store.keys().get(0);
        other.catalogue.clock.set(other.catalogue.store.stat(old).createdAt().plus(Duration.ofDays(2)));
        // The old blob has been listed by then.
        beforeRows.set(() -> other.update(id, Map.of("image", Catalogue.text("2"))));

        ReconcileResult result = other.files()
                .maintenance()
                .reconcile(ReconcileOptions.newReconcileOptions().build(), findings::add);

        assertThat(other.contents("image", id)).containsExactly("2");
        assertThat(result.orphans()).isZero();
        assertThat(findings).isEmpty();
    }

    @Test
    void blobIsGone_isFound() {
        String id = shop.create("1");
        String key = shop.catalogue.store.keys().iterator().next();
        shop.catalogue.store.delete(List.of(key));

        assertThat(reconcile().missing()).isEqualTo(1);

        assertThat(findings)
                .containsExactly(new ReconcileResult.Finding(
                        Kind.MISSING,
                        new BlobReference("default", key),
                        new AttachmentSlot("Product", id, "image"),
                        false));
    }

    @Test
    void storeIsNoLongerConfigured_isFound_andTheRestIsLookedAt() {
        BlobReference elsewhere = new BlobReference("archive", "private/attached/a");
        shop.memory.announce(List.of(elsewhere), shop.catalogue.clock.instant());
        shop.memory.change(
                List.of(new AttachmentEdit(
                        new AttachmentSlot("Product", "0", "image"),
                        present -> List.of(new AttachedFile(elsewhere, "{}")))),
                shop.catalogue.clock.instant());
        shop.create("1");

        assertThat(reconcile()).isEqualTo(new ReconcileResult(1, 2, 0, 0, 1, 0, 0, true));
        assertThat(findings).extracting(ReconcileResult.Finding::blob).containsExactly(elsewhere);
    }

    /** A cascade in the database, or a file attached while the record was being deleted. */
    @Test
    void recordIsGone_isFound_andItsFilesAreSweptWhenAsked() {
        String gone = shop.create("1");
        shop.create("2");
        shop.products.remove(gone);

        assertThat(reconcile().ownerless()).isZero();
        assertThat(reconcile(fixing().deletesOrphans(false)).ownerless()).isEqualTo(1);
        assertThat(shop.contents("image", gone)).containsExactly("1");
        assertThat(reconcile(fixing()).ownerless()).isEqualTo(1);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.OWNERLESS);
            assertThat(finding.slot()).isEqualTo(new AttachmentSlot("Product", gone, "image"));
            assertThat(finding.isDeleted()).isTrue();
        });
        shop.sweep();
        shop.assertTidy(1);
    }
}
