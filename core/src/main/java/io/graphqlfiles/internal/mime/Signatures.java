package io.graphqlfiles.internal.mime;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Signatures of types, the weightiest first. Each is filed under a byte that a file has to have at some place, or under
 * a mark with a range, so that only those are compared that can be there. Immutable.
 */
final class Signatures {

    record Signature(String type, Clause clause) {}

    private final List<Signature> signatures;
    private final RangedSearch search;
    private final int[] places;
    /** For each of the places, and for each byte there, the signatures that want it. */
    private final int[][][] byPlace;

    private final int[][] byRanged;

    /**
     * @param signatures in the order in which they count
     * @param ranged all marks with a range that are in them, by their number
     */
    Signatures(List<Signature> signatures, List<Mark> ranged) {
        this.signatures = List.copyOf(signatures);
        this.search = new RangedSearch(ranged);
        Map<Integer, int[][]> filed = new TreeMap<>();
        this.byRanged = new int[ranged.size()][0];
        for (int rank = 0; rank < signatures.size(); rank++) {
            for (Mark mark : signatures.get(rank).clause().necessary()) {
                if (mark.isRanged()) {
                    byRanged[mark.number()] = with(byRanged[mark.number()], rank);
                } else {
                    int place = mark.rarestPlace();
                    int[][] ranks = filed.computeIfAbsent(mark.from() + place, at -> new int[Mark.BYTES][0]);
                    for (int value : mark.valuesAt(place)) {
                        ranks[value] = with(ranks[value], rank);
                    }
                }
            }
        }
        this.places = new int[filed.size()];
        this.byPlace = new int[filed.size()][][];
        int index = 0;
        for (Map.Entry<Integer, int[][]> place : filed.entrySet()) {
            places[index] = place.getKey();
            byPlace[index++] = place.getValue();
        }
    }

    private static int[] with(int[] ranks, int rank) {
        int[] longer = Arrays.copyOf(ranks, ranks.length + 1);
        longer[ranks.length] = rank;
        return longer;
    }

    Content look(byte[] bytes, int length) {
        return new Content(bytes, length, search);
    }

    /** The type of the first signature that is there; null if none is. */
    @Nullable
    String first(Content content) {
        long[] candidates = candidates(content);
        for (int word = 0; word < candidates.length; word++) {
            for (long bits = candidates[word]; bits != 0; bits &= bits - 1) {
                Signature signature = signatures.get(word * Long.SIZE + Long.numberOfTrailingZeros(bits));
                if (signature.clause().holds(content)) {
                    return signature.type();
                }
            }
        }
        return null;
    }

    private long[] candidates(Content content) {
        long[] candidates = new long[signatures.size() / Long.SIZE + 1];
        for (int i = 0; i < places.length; i++) {
            add(candidates, byPlace[i][content.at(places[i]) & 0xff]);
        }
        long[] ranged = content.ranged();
        for (int word = 0; word < ranged.length; word++) {
            for (long bits = ranged[word]; bits != 0; bits &= bits - 1) {
                add(candidates, byRanged[word * Long.SIZE + Long.numberOfTrailingZeros(bits)]);
            }
        }
        return candidates;
    }

    private static void add(long[] candidates, int[] ranks) {
        for (int rank : ranks) {
            candidates[rank / Long.SIZE] |= 1L << rank;
        }
    }

    /** Returns whether one of the type's own signatures is there. */
    boolean has(String type, Content content) {
        for (Signature signature : signatures) {
            if (signature.type().equals(type) && signature.clause().holds(content)) {
                return true;
            }
        }
        return false;
    }
}
