package io.graphqlfiles.attachments.jdbc.shop;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PutBlob;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.testkit.ForwardingAttachmentStore;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Does some calls twice, and gives the second answer, as a client, a driver or a proxy does that repeats a request
 * whose answer was lost.
 */
class Repeats {

    private final BooleanSupplier dice;

    Repeats(BooleanSupplier dice) {
        this.dice = dice;
    }

    BlobStore around(BlobStore store) {
        return new ForwardingBlobStore(store) {
            @Override
            public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
                if (!dice.getAsBoolean()) {
                    return super.put(blob, content);
                }
                byte[] bytes = content.readAllBytes();
                super.put(blob, new ByteArrayInputStream(bytes));
                return super.put(blob, new ByteArrayInputStream(bytes));
            }

            @Override
            public void delete(Collection<String> keys) {
                super.delete(keys);
                if (dice.getAsBoolean()) {
                    super.delete(keys);
                }
            }
        };
    }

    /** All but changes: what is in a transaction is repeated with it, by nobody but its owner. */
    AttachmentStore around(AttachmentStore store) {
        return new ForwardingAttachmentStore(store) {
            @Override
            public void announce(Collection<BlobReference> blobs, Instant now) {
                super.announce(blobs, now);
                if (dice.getAsBoolean()) {
                    super.announce(blobs, now);
                }
            }

            @Override
            public Set<BlobReference> discard(Collection<BlobReference> blobs, Instant dueAt) {
                Set<BlobReference> first = super.discard(blobs, dueAt);
                return dice.getAsBoolean() ? super.discard(blobs, dueAt) : first;
            }

            @Override
            public List<BlobReference> leaseDiscarded(Instant now, Instant leaseEnd, int limit) {
                List<BlobReference> first = super.leaseDiscarded(now, leaseEnd, limit);
                return dice.getAsBoolean() ? super.leaseDiscarded(now, leaseEnd, limit) : first;
            }

            @Override
            public void forget(Collection<BlobReference> blobs) {
                super.forget(blobs);
                if (dice.getAsBoolean()) {
                    super.forget(blobs);
                }
            }
        };
    }
}
