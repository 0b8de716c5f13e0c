package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.Attachments;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import io.graphqlfiles.testkit.FaultyAttachmentStore;
import io.graphqlfiles.testkit.FaultyBlobStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files that leave their records for a column of the application. */
class DetachTest {

    private final Shop shop = new Shop();

    private Attachments attachments() {
        return shop.files().attachments();
    }

    private StoredFile detach(String field, String id, int index) throws Exception {
        return attachments()
                .detach("Product." + field, id, shop.fileIds(field, id).get(index), "Product.manual");
    }

    private String content(StoredFile file) {
        return new String(shop.catalogue.store.bytes(file.key()), StandardCharsets.UTF_8);
    }

    @Test
    void detach_isTheApplications_andLeavesTheOthers() throws Exception {
        String id = shop.created(Map.of("gallery", List.of(Catalogue.text("a"), Catalogue.text("b"))));

        StoredFile file = detach("gallery", id, 0);

        assertThat(content(file)).isEqualTo("a");
        assertThat(file.key()).startsWith("private/").doesNotContain("attached");
        assertThat(shop.contents("gallery", id)).containsExactly("b");
        assertThat(shop.keys()).hasSize(2);
        assertThat(shop.memory.statistics()).isEqualTo(new AttachmentStatistics(1, AttachmentStatistics.Backlog.NONE));
        shop.files().delete(file);
        assertThat(shop.keys()).hasSize(1);
    }

    @Test
    void detach_rolledBack_nothingHasChanged() {
        String id = shop.create("one");

        assertThatThrownBy(() -> shop.memory.unitOfWork().run(() -> {
                    detach("image", id, 0);
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(shop.contents("image", id)).containsExactly("one");
        shop.assertTidy(1);
    }

    @Test
    void detach_databaseFails_noCopyIsLeft() {
        String id = shop.create("one");
        shop.rows.fail(FaultyAttachmentStore.Operation.CHANGE).before();

        assertThatThrownBy(() -> detach("image", id, 0)).isInstanceOf(AttachmentStoreException.class);

        assertThat(shop.contents("image", id)).containsExactly("one");
        shop.assertTidy(1);
    }

    @Test
    void detach_copyFails_nothingHasChanged() {
        String id = shop.create("one");
        shop.blobs.fail(FaultyBlobStore.Operation.COPY).after();

        assertThatThrownBy(() -> detach("image", id, 0)).isNotNull();

        assertThat(shop.contents("image", id)).containsExactly("one");
        shop.assertTidy(1);
    }

    @Test
    void detach_whatIsNotThere_orIsNoColumn_refused() {
        String id = shop.create("one");
        String other = shop.create("two");
        String file = shop.fileIds("image", other).get(0);

        assertThatThrownBy(() -> attachments().detach("Product.image", id, file, "Product.manual"))
                .isInstanceOf(AttachmentConflictException.class);
        assertThatThrownBy(() -> attachments().detach("Product.image", other, file, "Product.gallery"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column: expected a file field with attached: false, found \"Product.gallery\","
                        + " which is attached");
        assertThatThrownBy(() -> attachments().detach("Product.image", other, file, "Product.none"))
                .isInstanceOf(IllegalArgumentException.class);
        shop.assertTidy(2);
    }

    @Test
    void detach_withRetention_theOriginalIsKept() throws Exception {
        Shop keeping = new Shop(builder -> builder.attachmentRetention(Duration.ofDays(1)));
        String id = keeping.create("one");
        String original = keeping.fileIds("image", id).get(0);

        keeping.files().attachments().detach("Product.image", id, original, "Product.manual");

        assertThat(keeping.files().attachments().restore("Product.image", id, original))
                .isTrue();
        assertThat(keeping.keys()).hasSize(2);
    }
}
