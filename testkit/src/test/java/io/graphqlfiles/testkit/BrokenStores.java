package io.graphqlfiles.testkit;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobHead;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobKeys;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyBlob;
import io.graphqlfiles.spi.PutBlob;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stores with one mistake each, of the kind that people make. */
final class BrokenStores {

    private BrokenStores() {}

    /** A right store, to be spoilt. */
    private static class Spoilt extends ForwardingBlobStore {

        final InMemoryBlobStore right;

        Spoilt() {
            this(new InMemoryBlobStore());
        }

        private Spoilt(InMemoryBlobStore right) {
            super(right);
            this.right = right;
        }
    }

    static final class ForgetsTheContentType extends Spoilt {
        @Override
        public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
            return super.put(
                    new PutBlob(
                            blob.key(),
                            blob.byteSize(),
                            "application/octet-stream",
                            blob.contentDisposition(),
                            blob.visibility()),
                    content);
        }
    }

    static final class ChangesTheContentDisposition extends Spoilt {
        @Override
        public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
            String shortened = blob.contentDisposition().replaceFirst("(.{200}).*", "$1");
            return super.put(
                    new PutBlob(blob.key(), blob.byteSize(), blob.contentType(), shortened, blob.visibility()),
                    content);
        }
    }

    static final class LeavesHalfABlob extends Spoilt {
        @Override
        public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            try {
                content.transferTo(read);
            } finally {
                super.put(
                        new PutBlob(
                                blob.key(),
                                PutBlob.UNKNOWN_SIZE,
                                blob.contentType(),
                                blob.contentDisposition(),
                                blob.visibility()),
                        new ByteArrayInputStream(read.toByteArray()));
            }
            return requireNonNull(stat(blob.key()));
        }
    }

    static final class AcceptsAnyKey extends Spoilt {

        private static String made(String key) {
            return BlobKeys.isValid(key) ? key : "odd/" + Integer.toHexString(key.hashCode());
        }

        @Override
        public @Nullable BlobInfo stat(String key) {
            return super.stat(made(key));
        }

        @Override
        public InputStream open(String key, ByteRange range) {
            return super.open(made(key), range);
        }
    }

    static final class ChecksKeysTooLate extends Spoilt {
        @Override
        public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
            byte[] bytes = content.readAllBytes();
            return super.put(blob, new ByteArrayInputStream(bytes));
        }
    }

    static final class ReplacesABlob extends Spoilt {
        @Override
        public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
            right.delete(List.of(blob.key()));
            return super.put(blob, content);
        }
    }

    static final class ClosesTheStream extends Spoilt {
        @Override
        public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
            try (content) {
                return super.put(blob, content);
            }
        }
    }

    static final class IgnoresTheVersion extends Spoilt {
        @Override
        public BlobInfo copy(CopyBlob copy) {
            BlobInfo source = right.stat(copy.sourceKey());
            return super.copy(new CopyBlob(
                    source == null ? copy.source() : source,
                    copy.targetKey(),
                    copy.contentType(),
                    copy.contentDisposition(),
                    copy.visibility()));
        }
    }

    static final class ShowsTheWholeBlobAsItsHead extends Spoilt {
        @Override
        public @Nullable BlobHead head(String key, int length) throws IOException {
            return super.head(key, Integer.MAX_VALUE);
        }
    }

    static final class HasAHeadForAMissingKey extends Spoilt {
        @Override
        public @Nullable BlobHead head(String key, int length) throws IOException {
            BlobHead head = super.head(key, length);
            return head != null
                    ? head
                    : new BlobHead(BlobInfo.newBlobInfo(key, 0, Instant.EPOCH).build(), new byte[0]);
        }
    }

    static final class ListsUnfinishedWrites extends Spoilt {

        private final Set<String> unfinished = ConcurrentHashMap.newKeySet();

        @Override
        public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
            unfinished.add(blob.key());
            try {
                return super.put(blob, content);
            } finally {
                unfinished.remove(blob.key());
            }
        }

        @Override
        public BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
            BlobStore.Page page = super.list(prefix, cursor, limit);
            List<BlobInfo> blobs = new ArrayList<>(page.blobs());
            unfinished.forEach(
                    key -> blobs.add(BlobInfo.newBlobInfo(key, 0, Instant.EPOCH).build()));
            return new BlobStore.Page(blobs, page.nextCursor());
        }
    }

    static final class ShowsUnfinishedWrites extends Spoilt {
        @Override
        public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
            // Reserves the name first, as a file system does that writes in place.
            PutBlob empty =
                    new PutBlob(blob.key(), 0, blob.contentType(), blob.contentDisposition(), blob.visibility());
            super.put(empty, InputStream.nullInputStream());
            try {
                byte[] bytes = content.readAllBytes();
                right.delete(List.of(blob.key()));
                return super.put(blob, new ByteArrayInputStream(bytes));
            } catch (IOException | RuntimeException e) {
                right.delete(List.of(blob.key()));
                throw e;
            }
        }
    }

    static final class TakesTheRangeEndAsInclusive extends Spoilt {
        @Override
        public InputStream open(String key, ByteRange range) {
            long longer = range.length() == Long.MAX_VALUE ? range.length() : range.length() + 1;
            return super.open(key, new ByteRange(range.offset(), longer));
        }
    }

    static final class RefusesRangesPastTheEnd extends Spoilt {
        @Override
        public InputStream open(String key, ByteRange range) {
            BlobInfo info = right.stat(key);
            if (info != null && range.offset() > 0 && range.offset() >= info.byteSize()) {
                throw new IllegalArgumentException("416");
            }
            return super.open(key, range);
        }
    }

    static final class WrapsTheStreamsFailure extends Spoilt {
        @Override
        public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
            try {
                return super.put(blob, content);
            } catch (IOException e) {
                throw new IOException("put failed", e);
            }
        }
    }

    static final class WrapsTheStreamsUncheckedFailure extends Spoilt {
        @Override
        public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
            try {
                return super.put(blob, content);
            } catch (IllegalStateException e) {
                throw new IOException("put failed", e);
            }
        }
    }

    /** Looks whether the key is free, and then writes whatever has happened since. */
    static final class LosesRacingWrites extends Spoilt {

        private final CountDownLatch twoHaveLooked = new CountDownLatch(2);

        @Override
        public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
            if (right.stat(blob.key()) != null) {
                throw new BlobAlreadyExistsException("broken", "put", blob.key(), "taken", null);
            }
            waitForAnother(blob);
            byte[] bytes = content.readAllBytes();
            synchronized (this) {
                right.delete(List.of(blob.key()));
                return super.put(blob, new ByteArrayInputStream(bytes));
            }
        }

        /**
         * Makes sure that two find the key free, where the contract lets writers race: its test for that writes this
         * length.
         */
        private void waitForAnother(PutBlob blob) {
            if (blob.byteSize() == 200_000) {
                twoHaveLooked.countDown();
                try {
                    boolean unused = twoHaveLooked.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    static final class ThrowsOnRepeatedDelete extends Spoilt {
        @Override
        public void delete(Collection<String> keys) {
            for (String key : keys) {
                if (right.stat(key) == null) {
                    throw new BlobNotFoundException("broken", "delete", key, "missing", null);
                }
            }
            super.delete(keys);
        }
    }

    static final class StopsDeletingAtAMissingKey extends Spoilt {
        @Override
        public void delete(Collection<String> keys) {
            for (String key : keys) {
                if (right.stat(key) == null) {
                    return;
                }
                super.delete(List.of(key));
            }
        }
    }

    static final class DeletesBeforeItChecksAllKeys extends Spoilt {
        @Override
        public void delete(Collection<String> keys) {
            keys.forEach(key -> right.delete(List.of(key)));
        }
    }

    static final class DeletesAtMostAThousand extends Spoilt {
        @Override
        public void delete(Collection<String> keys) {
            super.delete(keys.stream().limit(1000).toList());
        }
    }

    static final class LosesABlobAtPageBorders extends Spoilt {
        @Override
        public BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
            BlobStore.Page page = super.list(prefix, cursor, limit);
            List<BlobInfo> blobs = page.blobs();
            return cursor == null || blobs.isEmpty()
                    ? page
                    : new BlobStore.Page(blobs.subList(1, blobs.size()), page.nextCursor());
        }
    }

    static final class RepeatsABlobAtPageBorders extends Spoilt {
        @Override
        public BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
            BlobStore.Page page = super.list(prefix, cursor, limit);
            BlobInfo last = cursor == null || page.blobs().size() == limit ? null : right.stat(cursor);
            if (last == null) {
                return page;
            }
            List<BlobInfo> blobs = new ArrayList<>(page.blobs());
            blobs.add(0, last);
            return new BlobStore.Page(blobs, page.nextCursor());
        }
    }

    static final class ListsItsLastPageForEver extends Spoilt {
        @Override
        public BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
            BlobStore.Page page = super.list(prefix, cursor, limit);
            String next = page.nextCursor();
            return next != null || page.blobs().isEmpty() || cursor == null
                    ? page
                    : new BlobStore.Page(page.blobs(), cursor);
        }
    }

    static final class PagesByPosition extends Spoilt {
        @Override
        public BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
            super.list(prefix, null, limit);
            List<BlobInfo> all = super.list(prefix, null, 1000).blobs();
            int from = Math.min(cursor == null ? 0 : Integer.parseInt(cursor), all.size());
            int to = Math.min(from + limit, all.size());
            return new BlobStore.Page(all.subList(from, to), to == all.size() ? null : Integer.toString(to));
        }
    }

    static final class TakesAPrefixForText extends Spoilt {
        @Override
        public BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
            BlobKeys.requireValidPrefix(prefix);
            String text = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
            BlobStore.Page all = super.list("", null, 1000);
            return new BlobStore.Page(
                    all.blobs().stream()
                            .filter(blob -> blob.key().startsWith(text))
                            .limit(limit)
                            .toList(),
                    null);
        }
    }

    static final class CopiesByReference extends Spoilt {

        private final Map<String, String> references = new ConcurrentHashMap<>();

        @Override
        public BlobInfo copy(CopyBlob copy) {
            BlobInfo info = super.copy(copy);
            references.put(copy.targetKey(), copy.sourceKey());
            return info;
        }

        @Override
        public InputStream open(String key, ByteRange range) {
            return super.open(references.getOrDefault(key, key), range);
        }
    }

    static final class CopiesTheSourcesAttributes extends Spoilt {
        @Override
        public BlobInfo copy(CopyBlob copy) {
            BlobInfo source = right.stat(copy.sourceKey());
            return super.copy(new CopyBlob(
                    copy.source(),
                    copy.targetKey(),
                    source == null ? copy.contentType() : source.contentType(),
                    source == null ? copy.contentDisposition() : source.contentDisposition(),
                    copy.visibility()));
        }
    }

    static final class CopiesOverATarget extends Spoilt {
        @Override
        public BlobInfo copy(CopyBlob copy) {
            if (!copy.sourceKey().equals(copy.targetKey())) {
                right.delete(List.of(copy.targetKey()));
            }
            return super.copy(copy);
        }
    }

    static final class CutsWhatIsTooLong extends Spoilt {
        @Override
        public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
            long promised = blob.byteSize();
            return promised == PutBlob.UNKNOWN_SIZE
                    ? super.put(blob, content)
                    : super.put(blob, new ByteArrayInputStream(content.readNBytes((int) promised)));
        }
    }

    static final class AcceptsWhatIsTooShort extends Spoilt {
        @Override
        public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
            byte[] bytes = content.readAllBytes();
            long size = bytes.length < blob.byteSize() ? bytes.length : blob.byteSize();
            return super.put(
                    new PutBlob(blob.key(), size, blob.contentType(), blob.contentDisposition(), blob.visibility()),
                    new ByteArrayInputStream(bytes));
        }
    }

    static final class ReadsTheStreamOnce extends Spoilt {
        @Override
        public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
            byte[] buffer = new byte[8192];
            int read = content.read(buffer);
            InputStream first = new ByteArrayInputStream(buffer, 0, Math.max(read, 0));
            // Takes a buffer that was not filled for the end.
            return super.put(blob, read < buffer.length ? first : new SequenceInputStream(first, content));
        }
    }

    static final class SwallowsTheInterrupt extends Spoilt {
        @Override
        public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
            boolean unused = Thread.interrupted();
            return super.put(blob, content);
        }
    }

    static final class GivesAnEmptyStreamForAMissingKey extends Spoilt {
        @Override
        public InputStream open(String key, ByteRange range) {
            return right.stat(key) == null ? InputStream.nullInputStream() : super.open(key, range);
        }
    }

    static final class EndsEarlyWhenDeleted extends Spoilt {
        @Override
        public InputStream open(String key, ByteRange range) {
            return new FilterInputStream(super.open(key, range)) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    return right.stat(key) == null ? -1 : super.read(buffer, offset, length);
                }
            };
        }
    }

    static final class SharesOnePosition extends Spoilt {

        private final Map<String, InputStream> streams = new ConcurrentHashMap<>();

        @Override
        public InputStream open(String key, ByteRange range) {
            return range.equals(ByteRange.whole())
                    ? streams.computeIfAbsent(key, k -> super.open(k, range))
                    : super.open(key, range);
        }
    }

    static final class KeepsOneVersionForEver extends Spoilt {
        @Override
        public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
            BlobInfo info = super.put(blob, content);
            return BlobInfo.newBlobInfo(info.key(), info.byteSize(), info.createdAt())
                    .contentType(info.contentType())
                    .contentDisposition(info.contentDisposition())
                    .checksum(info.checksum())
                    .version("1")
                    .build();
        }
    }

    static final class RemovesBlobsAsUnfinished extends Spoilt {
        @Override
        public int removeUnfinishedWrites(Instant before) {
            List<String> keys = right.keys();
            right.delete(keys);
            return 0;
        }
    }
}
