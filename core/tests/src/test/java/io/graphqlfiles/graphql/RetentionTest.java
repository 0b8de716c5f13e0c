package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.Attachments;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.maintenance.ReconcileOptions;
import io.graphqlfiles.maintenance.ReconcileResult;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import io.graphqlfiles.testkit.FaultyAttachmentStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Files that have left their records and can be restored. */
class RetentionTest {

    private static final Duration KEPT = Duration.ofDays(30);

    private final Shop shop = new Shop(builder -> builder.attachmentRetention(KEPT));

    private Attachments attachments() {
        return shop.files().attachments();
    }

    private List<String> restorable(String field, String id) {
        return attachments().restorable("Product." + field, id).stream()
                .map(kept -> kept.file().id())
                .toList();
    }

    private void sweepAfter(Duration time) {
        shop.catalogue.clock.advance(time);
        assertThat(shop.files().maintenance().sweep().failures()).isEmpty();
    }

    private static Map<String, Object> image(Object image) {
        Map<String, Object> product = new HashMap<>();
        product.put("image", image);
        return product;
    }

    @Test
    void replaced_isKept_andRestored_inPlaceOfTheNewOne() {
        String id = shop.create("one");
        StoredFile one = attachments().list("Product.image", id).get(0);
        Instant until = shop.catalogue.clock.instant().plus(KEPT);
        shop.update(id, image(Catalogue.text("two")));
        String two = shop.fileIds("image", id).get(0);

        assertThat(attachments().restorable("Product.image", id))
                .containsExactly(new Attachments.Restorable(one, until));
        assertThat(attachments().restorable("Product.gallery", id)).isEmpty();
        assertThat(attachments().restore("Product.image", id, one.id())).isTrue();

        assertThat(shop.contents("image", id)).containsExactly("one");
        assertThat(restorable("image", id)).containsExactly(two);
        assertThat(attachments().restore("Product.image", id, one.id())).isTrue();
        assertThat(shop.keys()).hasSize(2);
    }

    @Test
    void cleared_staysUntilItsTimeIsOver_andIsDeletedByTheNextSweep() {
        String id = shop.create("one");
        shop.update(id, image(null));
        String kept = restorable("image", id).get(0);

        sweepAfter(KEPT.minusMillis(1));
        assertThat(restorable("image", id)).containsExactly(kept);
        assertThat(shop.keys()).hasSize(1);

        sweepAfter(Duration.ofMillis(1));
        assertThat(attachments().restore("Product.image", id, kept)).isFalse();
        shop.assertTidy(0);
    }

    @Test
    void timeIsOver_butNotSweptYet_isRestored() {
        String id = shop.create("one");
        shop.update(id, image(null));
        shop.catalogue.clock.advance(KEPT.plusDays(1));

        assertThat(attachments()
                        .restore("Product.image", id, restorable("image", id).get(0)))
                .isTrue();
        sweepAfter(Duration.ZERO);

        assertThat(shop.contents("image", id)).containsExactly("one");
        shop.assertTidy(1);
    }

    @Test
    void deletedWithItsRecord_isRestored_whenTheRecordIsBack() {
        String id = shop.created(
                Map.of("image", Catalogue.text("one"), "gallery", List.of(Catalogue.text("a"), Catalogue.text("b"))));
        Shop.Product product = shop.products.get(id);
        assertThat(shop.execute("mutation { deleteProduct(id: \"" + id + "\") }")
                        .getErrors())
                .isEmpty();
        assertThat(shop.keys()).hasSize(3);

        shop.products.put(id, product);
        attachments()
                .restorable("Product.gallery", id)
                .forEach(kept ->
                        attachments().restore("Product.gallery", id, kept.file().id()));

        assertThat(shop.contents("gallery", id)).containsExactlyInAnyOrder("a", "b");
        assertThat(shop.contents("image", id)).isEmpty();
        assertThat(restorable("image", id)).hasSize(1);
    }

    @Test
    void list_restoredAtTheEnd_upToItsCount() {
        String id = shop.created(Map.of("gallery", List.of(Catalogue.text("a"), Catalogue.text("b"))));
        shop.editGallery(
                id, Map.of("remove", List.of(shop.fileIds("gallery", id).get(0))));

        attachments().restore("Product.gallery", id, restorable("gallery", id).get(0));
        assertThat(shop.contents("gallery", id)).containsExactly("b", "a");

        shop.editGallery(
                id, Map.of("remove", List.of(shop.fileIds("gallery", id).get(0))));
        String removed = restorable("gallery", id).get(0);
        shop.editGallery(id, Map.of("append", List.of(Catalogue.text("c"), Catalogue.text("d"), Catalogue.text("e"))));
        assertThatThrownBy(() -> attachments().restore("Product.gallery", id, removed))
                .isInstanceOfSatisfying(
                        FileException.class,
                        failure -> assertThat(failure.code()).isEqualTo(FileErrorCode.FILE_COUNT_EXCEEDED));
        assertThat(shop.contents("gallery", id)).containsExactly("a", "c", "d", "e");
        assertThat(restorable("gallery", id)).containsExactly(removed);
    }

    @Test
    void restore_anotherRecordsOrFieldsFile_isNotThere() {
        String id = shop.create("one");
        String other = shop.create("other");
        String file = shop.fileIds("image", id).get(0);
        shop.update(id, image(null));

        assertThat(attachments().restore("Product.image", other, file)).isFalse();
        assertThat(attachments().restore("Product.gallery", id, file)).isFalse();
        assertThatThrownBy(() -> attachments()
                        .replace(
                                "Product.image",
                                other,
                                List.of(attachments()
                                        .restorable("Product.image", id)
                                        .get(0)
                                        .file())))
                .isInstanceOf(AttachmentConflictException.class);

        assertThat(shop.contents("image", other)).containsExactly("other");
        assertThat(restorable("image", id)).containsExactly(file);
    }

    @Test
    void restore_rolledBack_isUndone() {
        String id = shop.create("one");
        shop.update(id, image(null));
        String kept = restorable("image", id).get(0);

        assertThatThrownBy(() -> shop.memory.unitOfWork().run(() -> {
                    assertThat(attachments().restore("Product.image", id, kept)).isTrue();
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(shop.contents("image", id)).isEmpty();
        assertThat(restorable("image", id)).containsExactly(kept);
    }

    @Test
    void refusedFiles_areNotKept() {
        shop.mutation("createProduct", environment -> null);

        assertThat(shop.execute(
                                "mutation($p: ProductInput!) { createProduct(product: $p) { id } }",
                                Map.of("p", image(Catalogue.text("one"))))
                        .getErrors())
                .hasSize(1);

        shop.assertTidy(0);
    }

    @Test
    void keptFiles_areNoFindings_areCountedApart_andDoNotAlarm() {
        String id = shop.create("one");
        shop.update(id, image(null));
        shop.catalogue.clock.advance(Duration.ofDays(2));
        List<ReconcileResult.Finding> findings = new ArrayList<>();

        shop.files()
                .maintenance()
                .reconcile(
                        ReconcileOptions.newReconcileOptions()
                                .existingOwners((type, ids) -> Set.of())
                                .build(),
                        findings::add);

        assertThat(findings).isEmpty();
        assertThat(shop.memory.backlog().kept()).isEqualTo(1);
        assertThat(shop.memory.backlog().discarded()).isZero();
        assertThat(shop.memory.backlog().oldestDiscarded()).isAfter(shop.catalogue.clock.instant());
    }

    @Test
    void ownerlessFiles_areKeptToo_inCaseSomebodyWasWrong() {
        String id = shop.create("one");
        shop.catalogue.clock.advance(Duration.ofDays(2));

        shop.files()
                .maintenance()
                .reconcile(
                        ReconcileOptions.newReconcileOptions()
                                .deletesOrphans(true)
                                .existingOwners((type, ids) -> Set.of())
                                .build(),
                        finding -> {});

        assertThat(attachments()
                        .restore("Product.image", id, restorable("image", id).get(0)))
                .isTrue();
        assertThat(shop.contents("image", id)).containsExactly("one");
    }

    @Test
    void dryRun_countsWhatIsDue() {
        String id = shop.create("one");
        shop.update(id, image(null));
        SweepOptions dryRun = SweepOptions.newSweepOptions().dryRun(true).build();

        assertThat(shop.files().maintenance().sweep(dryRun).attachments().deleted())
                .isZero();
        shop.catalogue.clock.advance(KEPT);
        assertThat(shop.files().maintenance().sweep(dryRun).attachments().deleted())
                .isOne();
    }

    @Test
    void withoutRetention_nothingIsKept_andNothingMoreIsAsked() {
        Shop plain = new Shop();
        String id = plain.create("one");
        plain.update(id, image(Catalogue.text("two")));

        assertThat(plain.files().attachments().restorable("Product.image", id)).isEmpty();
        plain.assertTidy(1);
        assertThat(plain.rows.calls(FaultyAttachmentStore.Operation.KEPT)).isOne();
        assertThat(plain.rows.calls(FaultyAttachmentStore.Operation.CHANGE)).isEqualTo(2);
    }

    @Test
    void withRetention_aReplacementAsksLess() {
        String id = shop.create("one");
        int before = shop.rows.calls(FaultyAttachmentStore.Operation.DISCARD);

        shop.update(id, image(Catalogue.text("two")));

        assertThat(shop.rows.calls(FaultyAttachmentStore.Operation.DISCARD)).isEqualTo(before);
    }

    /** An end of time that cannot be stored would fail the mutation that replaces a file. */
    @Test
    void negativeOrEndless_refused() {
        for (Duration refused : List.of(Duration.ofDays(-1), ChronoUnit.FOREVER.getDuration())) {
            assertThatThrownBy(() -> new Shop(builder -> builder.attachmentRetention(refused)).files())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("attachmentRetention: expected zero to 36,500 days, found " + refused);
        }
    }
}
