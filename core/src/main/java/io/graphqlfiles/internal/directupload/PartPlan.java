package io.graphqlfiles.internal.directupload;

import io.graphqlfiles.spi.PartUploads;
import org.jspecify.annotations.Nullable;

/**
 * How a file is cut into parts.
 *
 * @param byteSize length of the whole, 1 or more
 * @param partByteSize length of every part but the last, which has the rest
 */
public record PartPlan(long byteSize, long partByteSize) {

    private static final long MIB = 1024 * 1024;
    /** Small enough to be sent again without tears, large enough that the requests do not count. */
    private static final long USUAL = 8 * MIB;

    /** A plan within the limits of a store; null if there is none, as for an empty file. */
    static @Nullable PartPlan of(long byteSize, PartUploads.Limits limits) {
        if (byteSize < 1 || byteSize > limits.maxByteSize()) {
            return null;
        }
        long needed = (byteSize - 1) / limits.maxParts() + 1;
        // In whole MiB, so that parts end where disks and people like it.
        long rounded = ((needed - 1) / MIB + 1) * MIB;
        long size = Math.max(Math.max(USUAL, rounded), limits.minPartByteSize());
        PartPlan plan = new PartPlan(byteSize, Math.min(size, limits.maxPartByteSize()));
        return plan.count() <= limits.maxParts() ? plan : null;
    }

    public int count() {
        return Math.toIntExact((byteSize - 1) / partByteSize + 1);
    }

    boolean has(int number) {
        return number >= 1 && number <= count();
    }

    long offset(int number) {
        return (number - 1) * partByteSize;
    }

    long byteSize(int number) {
        return Math.min(partByteSize, byteSize - offset(number));
    }
}
