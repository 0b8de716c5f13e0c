package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.Attachments;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileReviewer;
import io.graphqlfiles.FileSchemaException;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.StoredFile.Status;
import io.graphqlfiles.VariantOptions;
import io.graphqlfiles.maintenance.FileMaintenance.Reviewed;
import io.graphqlfiles.maintenance.ReconcileOptions;
import io.graphqlfiles.maintenance.ReconcileResult;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import io.graphqlfiles.testkit.FaultyAttachmentStore.Operation;
import io.graphqlfiles.testkit.FaultyBlobStore;
import io.graphqlfiles.testkit.MovableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Files that wait until somebody has decided about them. */
class ReviewTest {

    private static final FileReviewer CLEAN = file -> {};
    private static final FileReviewer HARMFUL = file -> {
        throw FileException.invalid("harmful");
    };
    private static final FileReviewer AWAY = file -> {
        throw new IOException("away");
    };

    private final ReviewShop shop = new ReviewShop(null);

    private static Attachments attachments(ReviewShop shop) {
        return shop.shop.files().attachments();
    }

    private String fileOf(String product) {
        return shop.file(product).id();
    }

    @Test
    void byAPerson_releasedOrRejected_forGood() {
        String released = shop.create("one");
        String rejected = shop.create("two");
        shop.assertPending(released);

        assertThat(attachments(shop).release(fileOf(released))).isTrue();
        assertThat(attachments(shop).reject(fileOf(rejected))).isTrue();

        shop.assertReady(released);
        shop.assertRejected(rejected);
        assertThat(attachments(shop).release(fileOf(released))).isTrue();
        assertThat(attachments(shop).reject(fileOf(rejected))).isTrue();
        assertThat(attachments(shop).release(fileOf(rejected))).isFalse();
        assertThat(attachments(shop).reject(fileOf(released))).as("taken down").isTrue();
        shop.assertRejected(released);
    }

    @Test
    void variants_areMadeOfWhatWasReleasedOnly() {
        FakePictures pictures = new FakePictures();
        ReviewShop shop = new ReviewShop(
                null,
                builder -> builder.analyzer(pictures)
                        .variantMaker(pictures)
                        .variantOptions(
                                VariantOptions.newVariantOptions().eager(true).build()));
        shop.shop.catalogue.sdl(ReviewShop.SDL.replace(
                "@file(review: true)\n", "@file(review: true) @variant(name: \"x\", width: 9)\n"));
        String waits = shop.create(FakePictures.text("40x30"));
        String rejected = shop.create(FakePictures.text("400x30"));
        String released = shop.create(FakePictures.text("4000x30"));
        attachments(shop).reject(shop.file(rejected).id());
        attachments(shop).release(shop.file(released).id());

        assertThat(shop.shop
                        .files()
                        .maintenance()
                        .makeVariants(SweepOptions.newSweepOptions().build()))
                .isEqualTo(1);
        assertThat(shop.shop.files().makeVariants("Product.image", shop.file(waits)))
                .isZero();
        assertThat(shop.shop.files().makeVariants("Product.image", shop.file(released)))
                .isEqualTo(1);
        assertThat(pictures.made).hasSize(1);
        assertThat(shop.shop.catalogue.store.keys())
                .filteredOn(key -> key.contains("/variants/"))
                .singleElement()
                .asString()
                .contains(shop.file(released).key().substring("private/".length()));
        shop.shop.files().close();
    }

    @Test
    void byAPerson_byKey() {
        String product = shop.create("one");
        StoredFile file = shop.file(product);

        assertThat(attachments(shop).release(StoredFile.idOf(file.store(), file.key())))
                .isTrue();

        shop.assertReady(product);
    }

    @Test
    void decision_rolledBack_isUndone() {
        String product = shop.create("one");

        assertThatThrownBy(() -> shop.shop.memory.unitOfWork().run(() -> {
                    assertThat(attachments(shop).reject(fileOf(product))).isTrue();
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        shop.assertPending(product);
    }

    @Test
    void decision_aboutWhatIsNotThere_isFalse() {
        String product = shop.create("one");
        String file = fileOf(product);
        shop.shop.update(product, Map.of("image", Catalogue.text("two")));

        assertThat(attachments(shop).release(file)).isFalse();
        assertThat(attachments(shop).reject("nonsense")).isFalse();
        assertThat(attachments(shop).reject(StoredFile.idOf("default", "private/attached/none")))
                .isFalse();
        shop.assertPending(product);
        assertThat(shop.urlOf(file)).isNull();
    }

    @Test
    void replacedWhileItWaits_theNewOneWaits_andTheOldOneIsGone() {
        ReviewShop reviewed = new ReviewShop(CLEAN);
        String product = reviewed.create("one");
        reviewed.shop.update(product, Map.of("image", Catalogue.text("two")));
        reviewed.assertPending(product);

        assertThat(reviewed.review()).isEqualTo(new Reviewed(1, 0, 0));

        reviewed.assertReady(product);
        reviewed.shop.assertTidy(1);
    }

    @Test
    void replacedWhileItIsLookedAt_nothingIsSaidOfTheNewOne() {
        ReviewShop[] reviewed = {null};
        String[] product = {null};
        AtomicInteger looks = new AtomicInteger();
        reviewed[0] = new ReviewShop(file -> {
            if (looks.incrementAndGet() == 1) {
                reviewed[0].shop.update(product[0], Map.of("image", Catalogue.text("two")));
                throw FileException.invalid("harmful");
            }
        });
        product[0] = reviewed[0].create("one");

        assertThat(reviewed[0].review()).isEqualTo(new Reviewed(1, 0, 0));

        assertThat(looks).hasValue(2);
        reviewed[0].assertReady(product[0]);
        reviewed[0].shop.assertTidy(1);
    }

    @Test
    void rejected_staysUntilItIsReplaced() {
        ReviewShop reviewed = new ReviewShop(HARMFUL);
        String product = reviewed.create("one");
        reviewed.review();
        reviewed.assertRejected(product);
        reviewed.shop.sweep();
        reviewed.assertRejected(product);

        reviewed.shop.update(product, Map.of("image", Catalogue.text("two")));

        reviewed.assertPending(product);
        reviewed.shop.assertTidy(1);
    }

    @Test
    void list_eachFileForItself_andOrderIsNoDecision() {
        ReviewShop reviewed = new ReviewShop(file -> {
            if (file.byteSize() == 3) {
                throw FileException.invalid("harmful");
            }
        });
        String product = reviewed.shop.created(
                Map.of("gallery", List.of(Catalogue.text("a"), Catalogue.text("abc"), Catalogue.text("b"))));
        reviewed.review();
        List<String> ids = new ArrayList<>(reviewed.shop.fileIds("gallery", product));
        Collections.reverse(ids);

        reviewed.shop.editGallery(product, Map.of("order", ids, "append", List.of(Catalogue.text("c"))));

        assertThat(attachments(reviewed).list("Product.gallery", product))
                .extracting(StoredFile::status)
                .containsExactly(Status.READY, Status.REJECTED, Status.READY, Status.PENDING);
    }

    @Test
    void statusThatTheApplicationClaims_countsForNothing() throws IOException {
        String product = shop.create("one");

        attachments(shop)
                .edit(
                        "Product.image",
                        product,
                        present -> List.of(present.get(0).withStatus(Status.READY)));
        shop.assertPending(product);
        StoredFile stored = shop.shop
                .files()
                .store("Product.image", FileSource.of("two".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        assertThat(stored.status()).isEqualTo(Status.PENDING);
        attachments(shop).replace("Product.image", product, List.of(stored.withStatus(Status.READY)));
        shop.assertPending(product);
    }

    @Test
    void copies_wait_too() throws IOException {
        String product = shop.create("one");
        attachments(shop).release(fileOf(product));

        StoredFile copy = attachments(shop).copyOf("Product.gallery", shop.file(product));
        attachments(shop).replace("Product.gallery", product, List.of(copy));

        assertThat(attachments(shop).list("Product.gallery", product).get(0).status())
                .isEqualTo(Status.PENDING);
    }

    @Test
    void detach_onlyWhatIsReady() {
        String product = shop.create("one");

        assertThatThrownBy(() -> attachments(shop).detach("Product.image", product, fileOf(product), "Product.manual"))
                .isInstanceOf(IllegalStateException.class);
        shop.shop.assertTidy(1);
    }

    @Test
    void dataFetcherThatGivesTheFileOutItself_givesOutOneThatWaits() {
        shop.shop.mutation("createProduct", environment -> {
            Map<String, Object> input = environment.getArgument("product");
            return Map.of("id", "p", "image", input.get("image"));
        });

        Map<String, Map<String, Object>> created = Catalogue.dataOf(
                shop.shop.execute(
                        "mutation($p: ProductInput!) { createProduct(product: $p) { image { status url } } }",
                        Map.of("p", Map.of("image", Catalogue.text("one")))),
                "createProduct");

        assertThat(created.get("image")).containsEntry("status", "PENDING").containsEntry("url", null);
    }

    @Test
    void reviewerIsAway_triedLaterAndLater() {
        AtomicInteger looks = new AtomicInteger();
        ReviewShop reviewed = new ReviewShop(file -> {
            looks.incrementAndGet();
            AWAY.review(file);
        });
        String product = reviewed.create("one");

        // The store has the system's clock, and says how old the file is.
        MovableClock clock = reviewed.shop.catalogue.clock;
        clock.advance(Duration.between(clock.instant(), Instant.now()));

        for (int minute = 0; minute < 60; minute++) {
            reviewed.review();
            clock.advance(Duration.ofMinutes(1));
        }

        reviewed.assertPending(product);
        assertThat(looks.get()).isBetween(5, 12);
    }

    @Test
    void reviewerIsAway_aRunEndsSoon() {
        AtomicInteger looks = new AtomicInteger();
        ReviewShop reviewed = new ReviewShop(file -> {
            looks.incrementAndGet();
            AWAY.review(file);
        });
        for (int i = 0; i < 5; i++) {
            reviewed.create("one");
        }

        assertThat(reviewed.review()).isEqualTo(new Reviewed(0, 0, 3));

        assertThat(looks).hasValue(3);
    }

    @Test
    void reviewerSaysLater_isNoRejection() {
        ReviewShop reviewed = new ReviewShop(file -> {
            throw new FileException(FileErrorCode.FILE_CHECK_FAILED, "still at it");
        });
        String product = reviewed.create("one");

        assertThat(reviewed.review()).isEqualTo(new Reviewed(0, 0, 1));

        reviewed.assertPending(product);
    }

    @Test
    void manyNodes_eachFileIsLookedAtOnce() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        ReviewShop reviewed = new ReviewShop(file -> looks.incrementAndGet());
        for (int i = 0; i < 20; i++) {
            reviewed.create("one");
        }

        ExecutorService nodes = Executors.newFixedThreadPool(8);
        try {
            long released = 0;
            for (Future<Reviewed> node :
                    nodes.invokeAll(Collections.<Callable<Reviewed>>nCopies(8, reviewed::review))) {
                released += node.get().released();
            }
            assertThat(released).isEqualTo(20);
        } finally {
            nodes.shutdownNow();
        }
        assertThat(looks).hasValue(20);
    }

    @Test
    void killedWhileItLooks_lookedAtAgainWhenTheLeaseEnds() {
        ReviewShop[] reviewed = {null};
        AtomicInteger looks = new AtomicInteger();
        reviewed[0] = new ReviewShop(file -> {
            if (looks.incrementAndGet() == 1) {
                throw new Killed();
            }
        });
        String product = reviewed[0].create("one");
        assertThatThrownBy(reviewed[0]::review).isInstanceOf(Killed.class);
        assertThat(reviewed[0].review()).isEqualTo(new Reviewed(0, 0, 0));
        reviewed[0].assertPending(product);

        reviewed[0].shop.catalogue.clock.advance(Duration.ofMinutes(10));

        assertThat(reviewed[0].review()).isEqualTo(new Reviewed(1, 0, 0));
        reviewed[0].assertReady(product);
    }

    private static final class Killed extends Error {

        private static final long serialVersionUID = 1;
    }

    @Test
    void rejected_butItsContentNotDeleted_isDeletedByTheNextSweep_withoutAReviewerToo() {
        String product = shop.create("one");
        shop.shop.blobs.fail(FaultyBlobStore.Operation.DELETE).before();
        assertThat(attachments(shop).reject(fileOf(product))).isTrue();
        assertThat(shop.shop.keys()).hasSize(1);
        assertThat(shop.image(product)).containsEntry("status", "REJECTED").containsEntry("url", null);
        assertThat(shop.urlOf(fileOf(product))).isNull();

        shop.shop.sweep();

        assertThat(shop.shop.keys()).isEmpty();
        shop.assertRejected(product);
    }

    @Test
    void waitingFiles_waitOnWithoutAReviewer_howeverOftenIsSwept() {
        String product = shop.create("one");
        shop.shop.sweep();
        shop.shop.sweep();

        shop.assertPending(product);
        assertThat(attachments(shop).release(fileOf(product))).isTrue();
        shop.assertReady(product);
    }

    @Test
    void reconcile_missesNothingOfRejectedFiles() {
        ReviewShop reviewed = new ReviewShop(HARMFUL);
        reviewed.create("one");
        reviewed.review();
        reviewed.shop.catalogue.clock.advance(Duration.ofDays(2));
        List<ReconcileResult.Finding> findings = new ArrayList<>();

        reviewed.shop
                .files()
                .maintenance()
                .reconcile(ReconcileOptions.newReconcileOptions().build(), findings::add);

        assertThat(findings).isEmpty();
    }

    @Test
    void restored_isWhatItWas() {
        ReviewShop reviewed = new ReviewShop(null, builder -> builder.attachmentRetention(Duration.ofDays(1)));
        String product = reviewed.create("one");
        String ready = reviewed.file(product).id();
        attachments(reviewed).release(ready);
        reviewed.shop.update(product, Map.of("image", Catalogue.text("two")));
        String pending = reviewed.file(product).id();
        assertThat(reviewed.urlOf(ready)).as("no record has it").isNull();

        assertThat(attachments(reviewed).restore("Product.image", product, ready))
                .isTrue();
        reviewed.assertReady(product);
        assertThat(attachments(reviewed).restore("Product.image", product, pending))
                .isTrue();
        reviewed.assertPending(product);
        attachments(reviewed).reject(pending);
        reviewed.shop.update(product, Map.of("image", Catalogue.text("three")));
        assertThat(attachments(reviewed).restore("Product.image", product, pending))
                .as("its content is gone")
                .isFalse();
    }

    @Test
    void decisionAgainstAnotherChange_waitsForIt_orIsTriedAgain() {
        String product = shop.create("one");
        shop.shop.rows.fail(Operation.CHANGE).before();

        assertThatThrownBy(() -> attachments(shop).release(fileOf(product)))
                .isNotInstanceOf(AttachmentConflictException.class);
        shop.shop.rows.heal();
        shop.assertPending(product);
    }

    @Test
    void withoutReview_nothingMoreIsAsked_andTheSchemaIsAsEver() {
        Shop plain = new Shop(builder -> builder.authorizer(access -> true));
        String product = plain.create("one");
        String file = plain.fileIds("image", product).get(0);
        int rows = plain.rows.calls(Operation.ROWS);

        assertThat(plain.execute("{ urlForFile(id: \"" + file + "\") { url } }").getErrors())
                .isEmpty();
        plain.sweep();

        assertThat(plain.rows.calls(Operation.ROWS)).isEqualTo(rows);
        assertThat(plain.rows.calls(Operation.LEASE_ATTACHED)).isZero();
        assertThat(plain.catalogue
                        .schema()
                        .getObjectType("StoredFile")
                        .getFieldDefinition("url")
                        .getType())
                .hasToString("URL!");
        assertThat(plain.catalogue.schema().getType("StoredFileStatus")).isNull();
        assertThat(attachments(plain.files(), file)).isFalse();
    }

    /** Whether a file about which nobody has to decide can be rejected. */
    private static boolean attachments(io.graphqlfiles.engine.GraphQLFiles files, String file) {
        return files.attachments().reject(file);
    }

    @Test
    void columns_publicFiles_andUrlsThatMustBe_areMistakes() {
        Shop wrong = new Shop();
        wrong.catalogue.sdl(Shop.SDL
                        .replace(
                                "manual: StoredFile @file(attached: false)",
                                "manual: StoredFile @file(attached: false," + " review: true)")
                        .replace(
                                "image: StoredFile @file\n",
                                "image: StoredFile @file(review: true, visibility: PUBLIC)\n")
                + "type StoredFile { id: ID! url: URL! }");

        assertThatThrownBy(wrong::graphQl)
                .isInstanceOfSatisfying(
                        FileSchemaException.class,
                        mistakes -> assertThat(mistakes.problems())
                                .anyMatch(each ->
                                        each.startsWith("Product.manual: review: expected on attached fields only"))
                                .anyMatch(each -> each.startsWith(
                                        "Product.image: review: expected visibility PRIVATE, found" + " PUBLIC"))
                                .anyMatch(each -> each.startsWith(
                                        "Product.image: review: expected StoredFile.url to be URL," + " found URL!")));
    }
}
