package io.graphqlfiles.internal.pair;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Uploads in parts that were begun before files began to move. */
class MigratingOldUploadsTest {

    private static final int PART = 5 * 1024 * 1024;
    private static final String KEY = "staged/20261130/abcdefghijklmnopqrstuvwxyz";

    /** Names its uploads as a store of another kind would. */
    private final InMemoryBlobStore old = new InMemoryBlobStore();

    private final InMemoryBlobStore young = new InMemoryBlobStore();
    private final MigratingBlobStore store = MigratingBlobStore.of(young, old);

    @Test
    void uploadOfTheOldStore_goesOnAndIsCompletedThere() throws IOException {
        PartUpload upload = begin();
        put(old, upload, 1);
        put((PartUploads) store, upload, 2);

        assertThat(((PartUploads) store).listParts(upload)).hasSize(2);
        ((PartUploads) store).completeParts(upload, ((PartUploads) store).listParts(upload));
        assertThat(store.isOldUpload(upload.uploadId())).isTrue();

        try (var content = store.open(KEY, ByteRange.whole())) {
            assertThat(content.readAllBytes()).hasSize(PART + 3);
        }
        assertThat(young.unfinishedUploads()).isZero();
    }

    @Test
    void uploadOfTheOldStore_completedTwice() throws IOException {
        PartUpload upload = begin();
        put(old, upload, 1);
        put(old, upload, 2);
        var parts = old.listParts(upload);

        ((PartUploads) store).completeParts(upload, parts);
        ((PartUploads) store).completeParts(upload, parts);

        assertThat(store.stat(KEY)).isNotNull();
    }

    @Test
    void uploadOfTheOldStore_isAborted() {
        PartUpload upload = begin();

        ((PartUploads) store).abortParts(upload);

        assertThat(old.unfinishedUploads()).isZero();
    }

    private PartUpload begin() {
        // So that the two stores have given out different ids.
        for (int i = 0; i < 3; i++) {
            old.beginParts(new PartUploadRequest("staged/20261130/" + UUID.randomUUID(), 1, PART, "text/plain"));
        }
        old.removeUnfinishedWrites(java.time.Instant.parse("9000-01-01T00:00:00Z"));
        return old.beginParts(new PartUploadRequest(KEY, PART + 3, PART, "text/plain"));
    }

    private static void put(PartUploads uploads, PartUpload upload, int number) throws IOException {
        int size = number == 1 ? PART : 3;
        uploads.putPart(new PutPartRequest(upload, number, size), new ByteArrayInputStream(new byte[size]));
    }
}
