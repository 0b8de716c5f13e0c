package io.graphqlfiles.internal.directupload;

import io.graphqlfiles.spi.UploadedPart;
import java.util.BitSet;
import java.util.SortedMap;

/** What of a direct upload the store has. Immutable. */
final class Arrived {

    private static final Arrived EVERYTHING = new Arrived(true, new BitSet());
    private static final Arrived NOTHING = new Arrived(false, new BitSet());

    private final boolean everything;
    private final BitSet numbers;

    private Arrived(boolean everything, BitSet numbers) {
        this.everything = everything;
        this.numbers = numbers;
    }

    static Arrived everything() {
        return EVERYTHING;
    }

    static Arrived nothing() {
        return NOTHING;
    }

    static Arrived of(SortedMap<Integer, UploadedPart> parts) {
        BitSet numbers = new BitSet();
        parts.keySet().forEach(numbers::set);
        return new Arrived(false, numbers);
    }

    boolean has(int number) {
        return everything || numbers.get(number);
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
