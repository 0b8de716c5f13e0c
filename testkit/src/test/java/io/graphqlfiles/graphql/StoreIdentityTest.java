package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.ForeignStoreException;
import io.graphqlfiles.maintenance.ReconcileOptions;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.graphqlfiles.testkit.FaultyBlobStore;
import io.graphqlfiles.testkit.InMemoryAttachmentStore;
import io.graphqlfiles.testkit.StoreIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Stores of one name on one database: whoever deletes in the wrong one forgets bytes in the right one. */
class StoreIdentityTest {

    private final InMemoryAttachmentStore database = new InMemoryAttachmentStore();

    /** With a store of its own, and this database. */
    private static Shop shop(InMemoryAttachmentStore database) {
        Shop shop = new Shop(builder -> builder.attachments(database).unitOfWork(database.unitOfWork()));
        shop.graphQl();
        return shop;
    }

    private static GraphQLFiles start(Shop shop) {
        shop.files().maintenance().checkStores();
        return shop.files();
    }

    /** Over the store of another one: the same application on another node, or after it was started again. */
    private static Shop sameStore(Shop shop, InMemoryAttachmentStore database) {
        Shop other = new Shop(builder -> builder.attachments(database).unitOfWork(database.unitOfWork()));
        other.catalogue.store(shop.blobs);
        other.graphQl();
        return other;
    }

    @Test
    void firstStart_givesAnIdentity_nextStartsFindIt() {
        Shop shop = shop(database);

        start(shop);
        start(sameStore(shop, database));

        assertThat(new String(
                        shop.catalogue.store.bytes(StoreIdentity.KEY), java.nio.charset.StandardCharsets.US_ASCII))
                .matches("[a-z2-7]{32}")
                .isEqualTo(database.storeIdentity("default", null));
    }

    @Test
    void anotherStoreOfTheName_isRefusedAtTheStart() {
        start(shop(database));
        Shop other = shop(database);

        assertThatThrownBy(() -> start(other))
                .isInstanceOf(ForeignStoreException.class)
                .hasMessageContaining("Store \"default\"")
                .hasMessageContaining("found none")
                .hasMessageContaining("a name of its own")
                .hasMessageContaining("graphql_files_store");
        assertThat(other.catalogue.store.keys()).isEmpty();
    }

    @Test
    void anotherStoreWithAnIdentity_isRefusedAtTheStart() {
        start(shop(database));
        Shop other = shop(new InMemoryAttachmentStore());
        start(other);

        assertThatThrownBy(() -> start(sameStore(other, database)))
                .isInstanceOf(ForeignStoreException.class)
                .hasMessageContaining("found another");
    }

    @Test
    void anotherStoreOfTheName_isNotSwept_andRowsAreKept() {
        Shop shop = shop(database);
        start(shop);
        shop.create("one");
        Shop other = shop(database);
        database.discardAll("Product", "p1", shop.catalogue.clock.instant());
        other.catalogue.clock.set(shop.catalogue.clock.instant().plus(Duration.ofHours(25)));

        assertThat(other.files().maintenance().sweep().failures().get("default"))
                .isInstanceOf(ForeignStoreException.class);

        assertThat(database.backlog().discarded()).isEqualTo(1);
        shop.catalogue.clock.set(shop.catalogue.clock.instant().plus(Duration.ofHours(50)));
        assertThat(shop.files().maintenance().sweep().failures()).isEmpty();
        assertThat(database.statistics()).isEqualTo(new AttachmentStatistics(0, AttachmentStatistics.Backlog.NONE));
        assertThat(shop.keys()).isEmpty();
    }

    @Test
    void anotherStoreOfTheName_isNotReconciled() {
        start(shop(database));
        Shop other = shop(database);

        assertThatThrownBy(() -> other.files()
                        .maintenance()
                        .reconcile(
                                ReconcileOptions.newReconcileOptions()
                                        .deletesOrphans(true)
                                        .build(),
                                finding -> {}))
                .isInstanceOf(ForeignStoreException.class);
    }

    @Test
    void storeIsEmptied_isRefused_untilTheDatabaseForgetsIt() {
        Shop shop = shop(database);
        start(shop);
        shop.catalogue.store.delete(List.of(StoreIdentity.KEY));

        assertThatThrownBy(() -> start(sameStore(shop, database))).isInstanceOf(ForeignStoreException.class);
    }

    /** Also a database that was restored from before, and a start that ended between its two steps. */
    @Test
    void databaseIsNew_takesTheIdentityOfTheStore() {
        Shop shop = shop(database);
        start(shop);
        InMemoryAttachmentStore fresh = new InMemoryAttachmentStore();

        start(sameStore(shop, fresh));

        assertThat(fresh.storeIdentity("default", null)).isEqualTo(database.storeIdentity("default", null));
    }

    @Test
    void startsAtOnce_oneIdentity() throws Exception {
        Shop shop = shop(database);
        List<Callable<GraphQLFiles>> nodes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Shop node = sameStore(shop, database);
            nodes.add(() -> start(node));
        }

        ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
        try {
            for (Future<GraphQLFiles> started : threads.invokeAll(nodes)) {
                assertThat(started.get()).isNotNull();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void storeIsDown_theApplicationStarts_andTheNextSweepLooksAgain() {
        Shop shop = shop(database);
        shop.blobs.fail(FaultyBlobStore.Operation.STAT).before();

        start(shop);

        assertThat(database.storeIdentity("default", null)).isNull();
        shop.blobs.heal();
        start(shop);
        assertThat(database.storeIdentity("default", null)).isNotNull();
    }

    @Test
    void storeTakesNothing_theApplicationStarts() {
        Shop shop = shop(database);
        shop.blobs.fail(FaultyBlobStore.Operation.PUT).before();

        start(shop);

        assertThat(database.storeIdentity("default", null)).isNull();
    }

    @Test
    void identity_isNoOrphan() {
        Shop shop = shop(database);
        start(shop);
        shop.catalogue.clock.set(
                shop.catalogue.store.stat(StoreIdentity.KEY).createdAt().plus(Duration.ofDays(2)));

        assertThat(shop.files()
                        .maintenance()
                        .reconcile(
                                ReconcileOptions.newReconcileOptions()
                                        .deletesOrphans(true)
                                        .build(),
                                finding -> {
                                    throw new AssertionError(finding);
                                })
                        .blobs())
                .isZero();
        assertThat(shop.catalogue.store.keys()).containsExactly(StoreIdentity.KEY);
    }

    @Test
    void lookedAtOnce() {
        Shop shop = shop(database);
        start(shop);
        int before = shop.blobs.calls(FaultyBlobStore.Operation.STAT);

        start(shop);

        assertThat(shop.blobs.calls(FaultyBlobStore.Operation.STAT)).isEqualTo(before);
    }
}
