package io.graphqlfiles.testkit;

import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.UploadedPart;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map.Entry;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One upload in parts of an {@link InMemoryBlobStore}. Thread-safe. */
final class InMemoryParts {

    private final PartUploadRequest begin;
    private final Instant begunAt;
    private final TreeMap<Integer, Part> parts = new TreeMap<>();

    InMemoryParts(PartUploadRequest begin, Instant begunAt) {
        this.begin = begin;
        this.begunAt = begunAt;
    }

    PartUploadRequest begin() {
        return begin;
    }

    boolean beganBefore(Instant moment) {
        return begunAt.isBefore(moment);
    }

    /** @throws IllegalArgumentException if the upload has no part of this number, or it has another length */
    void requirePart(PutPartRequest part) {
        long offset = Math.multiplyExact(part.number() - 1L, begin.partByteSize());
        long expected = Math.min(begin.partByteSize(), begin.byteSize() - offset);
        if (part.byteSize() != expected) {
            throw new IllegalArgumentException("part " + part.number() + ": expected " + Math.max(expected, 0)
                    + " bytes, found " + part.byteSize());
        }
    }

    synchronized void put(UploadedPart part, byte[] bytes) {
        parts.put(part.number(), new Part(part, bytes));
    }

    synchronized List<UploadedPart> list() {
        return parts.values().stream().map(Part::uploaded).toList();
    }

    /** The bytes of exactly these parts; null if they are not the ones that are here, or not all. */
    synchronized byte @Nullable [] assemble(List<UploadedPart> expected) {
        if (!list().equals(expected)) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Entry<Integer, Part> part : parts.entrySet()) {
            bytes.writeBytes(part.getValue().bytes);
        }
        return bytes.size() == begin.byteSize() ? bytes.toByteArray() : null;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
    private record Part(UploadedPart uploaded, byte[] bytes) {}
}
