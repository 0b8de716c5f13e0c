package io.graphqlfiles.internal.maintenance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.maintenance.MaintenanceProgress;
import io.graphqlfiles.maintenance.MigrateOptions;
import io.graphqlfiles.maintenance.MigrateResult;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.testkit.FaultyBlobStore;
import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MigrationTest {

    private final InMemoryBlobStore old = new InMemoryBlobStore();
    private final InMemoryBlobStore young = new InMemoryBlobStore();

    private static GraphQLFiles files(BlobStore to, BlobStore from) {
        return GraphQLFiles.newGraphQLFiles()
                .store(to)
                .migrateFrom(from)
                .secret("a secret of the tests, long enough to be one")
                .build();
    }

    private static MigrateResult migrate(BlobStore to, BlobStore from, Consumer<MigrateOptions.Builder> settings) {
        MigrateOptions.Builder options = MigrateOptions.newMigrateOptions();
        settings.accept(options);
        try (GraphQLFiles files = files(to, from)) {
            return files.maintenance().migrate(options.build());
        }
    }

    private MigrateResult migrate() {
        return migrate(young, old, options -> {});
    }

    private static void put(BlobStore store, String key, String content) throws IOException {
        byte[] bytes = content.getBytes(UTF_8);
        store.put(
                new PutRequest(
                        key,
                        bytes.length,
                        "text/plain; charset=utf-8",
                        "inline; filename=\"" + content.length() + ".txt\"",
                        FileKeys.visibilityOf(key)),
                new ByteArrayInputStream(bytes));
    }

    private void fill(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            put(old, (i % 3 == 0 ? "public/" : "private/") + String.format("k%05d", i), "content " + i);
        }
    }

    @Test
    void migrate_copiesEverythingThatIsKept() throws IOException {
        put(old, "private/abc", "a");
        put(old, "public/attached/def", "bb");
        put(old, "private/variants/abc/digest", "ccc");
        put(old, FileKeys.IDENTITY, "0123456789abcdefghij");
        put(old, "staged/20261130/ghi", "not claimed");
        put(old, "private/doctor/jkl", "a probe");

        MigrateResult result = migrate();

        assertThat(result.isDone()).isTrue();
        assertThat(result).isEqualTo(new MigrateResult(0, 4, 26, 0, java.util.Map.of(), true));
        assertThat(young.keys())
                .containsExactlyInAnyOrder(
                        FileKeys.IDENTITY, "private/abc", "private/variants/abc/digest", "public/attached/def");
        BlobInfo before = old.stat("public/attached/def");
        BlobInfo after = young.stat("public/attached/def");
        assertThat(after.contentType()).isEqualTo(before.contentType());
        assertThat(after.contentDisposition()).isEqualTo(before.contentDisposition());
        assertThat(after.checksum()).isEqualTo(before.checksum());
        assertThat(old.keys()).hasSize(6);
    }

    @Test
    void migrate_again_asksForNothingThatIsThere() throws IOException {
        fill(2500);
        migrate();
        FaultyBlobStore from = new FaultyBlobStore(old);
        FaultyBlobStore to = new FaultyBlobStore(young);

        MigrateResult result = migrate(to, from, options -> {});

        assertThat(result).isEqualTo(new MigrateResult(2500, 0, 0, 0, java.util.Map.of(), true));
        assertThat(from.calls(Operation.OPEN) + to.calls(Operation.PUT) + to.calls(Operation.STAT))
                .isZero();
    }

    @Test
    void migrate_dryRun_counts() throws IOException {
        fill(250);
        put(young, "public/k00000", "content 0");

        MigrateResult result = migrate(young, old, options -> options.dryRun(true));

        assertThat(result.there()).isEqualTo(1);
        assertThat(result.copied()).isEqualTo(249);
        assertThat(result.left()).isEqualTo(249);
        assertThat(result.isDone()).isFalse();
        assertThat(young.keys()).hasSize(1);
    }

    @Test
    void migrate_storeThatListsInAnotherOrder_askForEach() throws IOException {
        fill(300);
        migrate();
        BlobStore shuffled = new ForwardingBlobStore(old) {
            @Override
            public BlobStore.Page list(String prefix, String cursor, int limit) {
                List<BlobInfo> blobs =
                        new ArrayList<>(super.list(prefix, cursor, limit).blobs());
                Collections.reverse(blobs);
                return new BlobStore.Page(blobs, null);
            }
        };

        MigrateResult result = migrate(young, shuffled, options -> {});

        assertThat(result).isEqualTo(new MigrateResult(300, 0, 0, 0, java.util.Map.of(), true));
    }

    @Test
    void migrate_someFail_goesOnWithTheRest_andTheNextRunFinishes() throws IOException {
        fill(300);
        FaultyBlobStore to = new FaultyBlobStore(young);
        to.fail(Operation.PUT).atCall(5).before();
        FaultyBlobStore from = new FaultyBlobStore(old);
        from.fail(Operation.OPEN).atCall(20).afterBytes(3);

        MigrateResult result = migrate(to, from, options -> {});

        assertThat(result.isComplete()).isTrue();
        assertThat(result.left()).isEqualTo(2);
        assertThat(result.copied()).isEqualTo(298);
        assertThat(result.failures()).containsOnlyKeys("default");
        assertThat(migrate().isDone()).isTrue();
        assertThat(young.keys()).isEqualTo(old.keys());
    }

    @Test
    void migrate_storeIsAway_endsSoon() throws IOException {
        fill(1000);
        FaultyBlobStore to = new FaultyBlobStore(young);
        to.fail(Operation.PUT).before();

        MigrateResult result = migrate(to, old, options -> {});

        assertThat(result.isComplete()).isFalse();
        assertThat(result.left()).isEqualTo(1000);
        assertThat(to.calls(Operation.PUT)).isLessThan(200);
    }

    @Test
    void migrate_copyIsNotWhatWasRead_isFoundAndDeleted() throws IOException {
        fill(3);
        BlobStore spoiling = new ForwardingBlobStore(young) {
            @Override
            public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
                byte[] bytes = content.readAllBytes();
                if (blob.key().endsWith("k00001")) {
                    bytes[0] ^= 1;
                }
                BlobInfo stored = super.put(blob, new ByteArrayInputStream(bytes));
                return BlobInfo.newBlobInfo(stored.key(), stored.byteSize(), stored.createdAt())
                        .build(); // keeps no checksum
            }
        };

        MigrateResult result = migrate(spoiling, old, options -> {});

        assertThat(result.left()).isEqualTo(1);
        assertThat(result.failures().get("default")).hasMessageContaining("expected the bytes that");
        assertThat(young.stat("private/k00001")).isNull();
        assertThat(young.stat("private/k00002")).isNotNull();
    }

    @Test
    void migrate_anotherBlobOfTheName_isReportedAndLeft() throws IOException {
        put(old, "private/abc", "one");
        put(young, "private/abc", "another");

        MigrateResult result = migrate();

        assertThat(result.isDone()).isFalse();
        assertThat(result.left()).isEqualTo(1);
        assertThat(result.failures().get("default")).hasMessageContaining("another length");
        assertThat(young.bytes("private/abc")).asString(UTF_8).isEqualTo("another");
    }

    @Test
    void migrate_variantThatBothHave_isThere() throws IOException {
        put(old, "private/variants/abc/digest", "one encoder's");
        put(young, "private/variants/abc/digest", "another's");

        assertThat(migrate()).isEqualTo(new MigrateResult(1, 0, 0, 0, java.util.Map.of(), true));
    }

    @Test
    void delete_whileItIsCopied_isNotUndone() throws IOException {
        put(old, "private/abc", "to be deleted");
        put(old, "private/def", "to be kept");
        BlobStore deletingMeanwhile = new ForwardingBlobStore(young) {
            @Override
            public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
                if (blob.key().equals("private/abc")) {
                    try (GraphQLFiles files = files(young, old)) {
                        files.delete(new io.graphqlfiles.StoredFile(
                                "default",
                                blob.key(),
                                "a.txt",
                                "text/plain",
                                13,
                                java.time.Instant.EPOCH,
                                blob.visibility(),
                                null));
                    }
                }
                return super.put(blob, content);
            }
        };

        MigrateResult result = migrate(deletingMeanwhile, old, options -> {});

        assertThat(result.isDone()).isTrue();
        assertThat(young.keys()).containsExactly("private/def");
    }

    @Test
    void delete_whileItIsCopied_andTheProcessIsKilled_isNotUndone() throws IOException {
        put(old, "private/abc", "to be deleted");
        put(old, "private/def", "to be kept");
        FaultyBlobStore to = new FaultyBlobStore(new ForwardingBlobStore(young) {
            @Override
            public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
                BlobInfo stored = super.put(blob, content);
                if (blob.key().equals("private/abc")) {
                    old.delete(List.of("private/abc"));
                }
                return stored;
            }
        });
        // As if it had died before it could look.
        to.fail(Operation.DELETE).before();
        migrate(to, old, options -> {});
        assertThat(young.keys()).contains("private/abc");

        MigrateResult result = migrate();

        assertThat(result.isDone()).isTrue();
        assertThat(young.keys()).containsExactly("private/def");
    }

    @Test
    void notes_ofAnotherOldStore_deleteNothing() throws IOException {
        fill(10);
        FaultyBlobStore to = new FaultyBlobStore(young);
        to.fail(Operation.DELETE).before();
        migrate(to, old, options -> {});
        List<String> moved = young.keys().stream().filter(FileKeys::isKept).toList();

        migrate(young, new InMemoryBlobStore(), options -> {});

        assertThat(young.keys()).isEqualTo(moved).isNotEmpty();
    }

    @Test
    void migrate_interrupted_endsEarly_andGoesOn() throws IOException {
        fill(500);
        FaultyBlobStore from = new FaultyBlobStore(old);
        Thread caller = Thread.currentThread();
        BlobStore to = new ForwardingBlobStore(young) {
            @Override
            public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
                if (blob.key().endsWith("k00250")) {
                    caller.interrupt();
                }
                return super.put(blob, content);
            }
        };

        MigrateResult result = migrate(to, from, options -> {});

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.isComplete()).isFalse();
        assertThat(result.left()).isPositive();
        assertThat(from.openStreams()).isZero();
        assertThat(migrate().isDone()).isTrue();
        assertThat(young.keys()).isEqualTo(old.keys());
    }

    @Test
    void migrate_reportsProgress() throws IOException {
        fill(150);
        List<MaintenanceProgress> told = Collections.synchronizedList(new ArrayList<>());

        migrate(young, old, options -> options.progress(told::add));

        MaintenanceProgress last = told.get(told.size() - 1);
        assertThat(last.task()).isEqualTo("migrate default");
        assertThat(last.done()).isEqualTo(150);
        assertThat(last.total()).isEqualTo(150);
        assertThat(last.bytes()).isEqualTo(last.totalBytes()).isPositive();
    }

    @Test
    void migrate_withoutPairs_isRefused() {
        try (GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                .store(young)
                .secret("a secret of the tests, long enough to be one")
                .build()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> files.maintenance()
                            .migrate(MigrateOptions.newMigrateOptions().build()))
                    .withMessageContaining("migrateFrom");
        }
    }

    @Test
    void migrate_mirror_bringsItUp() throws IOException {
        fill(20);
        try (GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                .store(old)
                .mirror(young)
                .secret("a secret of the tests, long enough to be one")
                .build()) {
            assertThat(files.maintenance()
                            .migrate(MigrateOptions.newMigrateOptions()
                                    .bytesPerSecond(10_000_000)
                                    .build())
                            .copied())
                    .isEqualTo(20);
        }
        assertThat(young.keys()).isEqualTo(old.keys());
        try (InputStream content = young.open("public/k00000", ByteRange.whole())) {
            assertThat(new String(content.readAllBytes(), UTF_8)).isEqualTo("content 0");
        }
    }
}
