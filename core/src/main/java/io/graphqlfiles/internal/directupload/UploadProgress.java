package io.graphqlfiles.internal.directupload;

import io.graphqlfiles.spi.UploadedPart;
import java.util.BitSet;
import java.util.SortedMap;

/** What of a direct upload the store has. Immutable. */
final class UploadProgress {

    private static final UploadProgress EVERYTHING = new UploadProgress(true, new BitSet());
    private static final UploadProgress NOTHING = new UploadProgress(false, new BitSet());

    private final boolean everything;
    private final BitSet numbers;

    private UploadProgress(boolean everything, BitSet numbers) {
        this.everything = everything;
        this.numbers = numbers;
    }

    static UploadProgress everything() {
        return EVERYTHING;
    }

    static UploadProgress nothing() {
        return NOTHING;
    }

    static UploadProgress of(SortedMap<Integer, UploadedPart> parts) {
        BitSet numbers = new BitSet();
        parts.keySet().forEach(numbers::set);
        return new UploadProgress(false, numbers);
    }

    boolean has(int number) {
        return everything || numbers.get(number);
    }

    /** The first part that has not been received; of no use if {@link #isEverything}. */
    int firstMissing() {
        return numbers.nextClearBit(1);
    }

    /** Of a file in one piece. */
    boolean isEverything() {
        return everything;
    }

    boolean isEverything(PartPlan plan) {
        return everything || numbers.cardinality() == plan.count();
    }

    long byteSize(PartPlan plan) {
        return everything
                ? plan.byteSize()
                : numbers.stream().mapToLong(plan::byteSize).sum();
    }
}
