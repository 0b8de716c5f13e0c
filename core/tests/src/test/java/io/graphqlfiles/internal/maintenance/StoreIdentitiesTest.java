package io.graphqlfiles.internal.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.blob.Tenancy;
import io.graphqlfiles.maintenance.ForeignStoreException;
import io.graphqlfiles.spi.BlobHead;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import io.graphqlfiles.testkit.InMemoryAttachmentStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import io.graphqlfiles.testkit.StoreIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A start does not wait for a store that hangs. */
@Timeout(60)
class StoreIdentitiesTest {

    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final InMemoryAttachmentStore database = new InMemoryAttachmentStore();
    private final InMemoryBlobStore healthy = new InMemoryBlobStore();
    private final HangingStore hanging = new HangingStore(new InMemoryBlobStore());
    private final StoreIdentities identities = new StoreIdentities(
            database,
            new BlobStores(Map.of("healthy", telling(), "hanging", hanging), null),
            new FileKeys(),
            new Tenancy(null));

    @AfterEach
    void close() {
        identities.close();
    }

    /** The healthy one, at whose first blob the other comes back. */
    private BlobStore telling() {
        return new ForwardingBlobStore(healthy) {
            @Override
            public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
                BlobInfo stored = super.put(blob, content);
                hanging.answers.countDown();
                return stored;
            }
        };
    }

    /** Takes requests, and answers them on demand. */
    private static final class HangingStore extends ForwardingBlobStore {

        private final CountDownLatch answers = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);

        HangingStore(BlobStore delegate) {
            super(delegate);
        }

        @Override
        public BlobHead head(String key, int maxLength) throws IOException {
            try {
                answers.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw new InterruptedIOException("interrupted");
            }
            return super.head(key, maxLength);
        }
    }

    @Test
    void storeThatHangs_isNotWaitedFor_andIsNotKnown() {
        identities.check(List.of("hanging"), Duration.ZERO);

        assertThat(database.storeIdentity("hanging", null)).isNull();
    }

    @Test
    void storeBehindOneThatHangs_isLookedAtMeanwhile() {
        // The first answers when the second has been given its identity.
        identities.check(List.of("hanging", "healthy"), FOR_EVER);

        assertThat(database.storeIdentity("healthy", null)).isNotNull();
        assertThat(healthy.keys()).containsExactly(StoreIdentity.KEY);
    }

    @Test
    void storeThatAnswersLater_isKnownThen() {
        identities.check(List.of("hanging"), Duration.ZERO);
        hanging.answers.countDown();

        identities.check(List.of("hanging"), FOR_EVER);

        assertThat(database.storeIdentity("hanging", null)).isNotNull();
    }

    @Test
    void anotherStore_isRefused() {
        database.storeIdentity("healthy", "another");

        assertThatThrownBy(() -> identities.check(List.of("healthy"), FOR_EVER))
                .isInstanceOf(ForeignStoreException.class);
    }

    @Test
    void close_endsTheWaiting() throws InterruptedException {
        identities.check(List.of("hanging"), Duration.ZERO);

        identities.close();

        hanging.interrupted.await();
        assertThat(database.storeIdentity("hanging", null)).isNull();
    }
}
