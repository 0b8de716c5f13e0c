package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.ReconcileOptions;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.maintenance.SweepResult;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import io.graphqlfiles.testkit.ForwardingAttachmentStore;
import io.graphqlfiles.testkit.InMemoryAttachmentStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store of rows whose listings never come to an end stops neither a sweep nor a comparison. */
@Timeout(60)
class RowListingsTest {

    private static final BlobReference BLOB = new BlobReference("default", "private/attached/a");

    private final AtomicInteger calls = new AtomicInteger();

    /** Cursors as the store gives them out. */
    private interface Cursors {
        String after(String cursor);
    }

    private static GraphQLFiles files(AttachmentStore rows) {
        Shop shop = new Shop(builder -> builder.attachments(rows));
        shop.graphQl();
        return shop.files();
    }

    private GraphQLFiles listing(List<AttachmentRow> page, Cursors cursors) {
        return files(new ForwardingAttachmentStore(new InMemoryAttachmentStore()) {
            @Override
            public AttachmentStore.Page list(AttachmentRow.State state, String cursor, int limit) {
                calls.incrementAndGet();
                return new AttachmentStore.Page(page, cursors.after(cursor));
            }
        });
    }

    private void assertRefused(GraphQLFiles files) {
        SweepOptions dry = SweepOptions.newSweepOptions().dryRun(true).build();
        assertThat(files.maintenance().sweep(dry).failures())
                .hasEntrySatisfying(
                        SweepResult.ATTACHMENT_STORE,
                        failure -> assertThat(failure)
                                .isInstanceOf(AttachmentStoreException.class)
                                .hasMessageContaining("expected the rows that are ANNOUNCED to go on or to end"));
        assertThatThrownBy(() -> files.maintenance()
                        .reconcile(ReconcileOptions.newReconcileOptions().build(), finding -> {}))
                .isInstanceOf(AttachmentStoreException.class)
                .hasMessageContaining("ATTACHED");
        assertThat(calls).hasValueLessThan(3000);
    }

    @Test
    void sameCursorAgain() {
        assertRefused(listing(List.of(), cursor -> "same"));
    }

    @Test
    void cursorsInACircle() {
        assertRefused(listing(List.of(), cursor -> cursor == null || cursor.equals("b") ? "a" : "b"));
    }

    @Test
    void samePageUnderNewCursors() {
        AttachmentRow row = new AttachmentRow(BLOB, AttachmentRow.State.ANNOUNCED, Instant.EPOCH, null);
        assertRefused(listing(List.of(row), cursor -> "c" + calls));
    }

    @Test
    void emptyPagesUnderNewCursors() {
        assertRefused(listing(List.of(), cursor -> "c" + calls));
    }

    @Test
    void sameBlobLeasedAgainAndAgain() {
        GraphQLFiles files = files(new ForwardingAttachmentStore(new InMemoryAttachmentStore()) {
            @Override
            public List<BlobReference> leaseDiscarded(Instant now, Instant leaseEnd, int limit) {
                return List.of(BLOB);
            }
        });

        assertThat(files.maintenance().sweep().failures())
                .hasEntrySatisfying(
                        SweepResult.ATTACHMENT_STORE,
                        failure -> assertThat(failure).hasMessageContaining("expected each blob once"));
    }
}
