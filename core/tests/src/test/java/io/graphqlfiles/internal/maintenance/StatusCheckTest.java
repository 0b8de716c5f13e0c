package io.graphqlfiles.internal.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.maintenance.FileStatus;
import io.graphqlfiles.maintenance.SweepResult;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import io.graphqlfiles.testkit.ForwardingAttachmentStore;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import io.graphqlfiles.testkit.InMemoryAttachmentStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusCheckTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @Test
    void status_ofStoresThatAnswer_isReachable_andTellsWhatWaits() {
        InMemoryAttachmentStore rows = new InMemoryAttachmentStore();
        Instant announced = Instant.parse("2026-01-02T03:04:05Z");
        rows.announce(List.of(new BlobReference("default", "private/attached/a")), announced);
        try (StatusCheck check = new StatusCheck(stores(Map.of("default", new InMemoryBlobStore())), rows)) {
            FileStatus status = check.ask(LONG);

            assertThat(status.isReachable()).isTrue();
            assertThat(status.stores()).containsExactly("default");
            assertThat(status.backlog().announced()).isEqualTo(1);
            assertThat(status.backlog().oldestAnnounced()).isEqualTo(announced);
        }
    }

    @Test
    void status_ofAStoreThatFails_namesIt() {
        try (StatusCheck check =
                new StatusCheck(stores(Map.of("good", new InMemoryBlobStore(), "bad", new Failing())), null)) {
            FileStatus status = check.ask(LONG);

            assertThat(status.isReachable()).isFalse();
            assertThat(status.failures()).containsOnlyKeys("bad");
            assertThat(status.failures().get("bad")).isInstanceOf(BlobStoreException.class);
            assertThat(status.backlog()).isNull();
        }
    }

    @Test
    void status_ofADatabaseThatFails_namesIt() {
        AttachmentStore rows = new ForwardingAttachmentStore(new InMemoryAttachmentStore()) {
            @Override
            public AttachmentStatistics.Backlog backlog() {
                throw new AttachmentStoreException("away", null);
            }
        };
        try (StatusCheck check = new StatusCheck(stores(Map.of("default", new InMemoryBlobStore())), rows)) {
            assertThat(check.ask(LONG).failures()).containsOnlyKeys(SweepResult.ATTACHMENT_STORE);
        }
    }

    @Test
    void status_ofAStoreThatHangs_isAskedOnce_andReachableWhenItAnswers() throws InterruptedException {
        Hanging store = new Hanging();
        try (StatusCheck check = new StatusCheck(stores(Map.of("slow", store)), null)) {
            for (int i = 0; i < 5; i++) {
                assertThat(check.ask(Duration.ofMillis(5)).failures()).containsOnlyKeys("slow");
            }
            store.isAsked.await();
            assertThat(store.asked).hasValue(1);
            store.answers.countDown();

            assertThat(check.ask(LONG).isReachable()).isTrue();
        }
    }

    private static BlobStores stores(Map<String, BlobStore> stores) {
        return new BlobStores(stores, null);
    }

    private static final class Failing extends ForwardingBlobStore {

        Failing() {
            super(new InMemoryBlobStore());
        }

        @Override
        public @Nullable BlobInfo stat(String key) {
            throw new BlobStoreException("test", "stat", key, true, "no route", null);
        }
    }

    private static final class Hanging extends ForwardingBlobStore {

        private final CountDownLatch isAsked = new CountDownLatch(1);
        private final CountDownLatch answers = new CountDownLatch(1);
        private final AtomicInteger asked = new AtomicInteger();

        Hanging() {
            super(new InMemoryBlobStore());
        }

        @Override
        public @Nullable BlobInfo stat(String key) {
            asked.incrementAndGet();
            isAsked.countDown();
            try {
                answers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.stat(key);
        }
    }
}
