package io.graphqlfiles.internal.mime;

import java.util.ArrayList;
import java.util.List;

/** Evidence of a type in a file's first bytes. Immutable. */
sealed interface Clause permits Mark, Clause.AtLeast {

    boolean holds(Content content);

    /** Marks, at least one of which is there when the clause holds: of the choices that it leaves, the rarest. */
    List<Mark> necessary();

    /** So many of the clauses hold: one, all, or a number between. */
    record AtLeast(int least, List<Clause> clauses) implements Clause {

        @Override
        public boolean holds(Content content) {
            int missing = least;
            int left = clauses.size();
            for (Clause clause : clauses) {
                if (clause.holds(content) && --missing == 0) {
                    return true;
                }
                if (--left < missing) {
                    return false;
                }
            }
            return false;
        }

        @Override
        public List<Mark> necessary() {
            List<Mark> rarest = clauses.get(0).necessary();
            List<Mark> any = new ArrayList<>();
            for (Clause clause : clauses) {
                List<Mark> necessary = clause.necessary();
                any.addAll(necessary);
                if (frequency(necessary) < frequency(rarest)) {
                    rarest = necessary;
                }
            }
            return least == clauses.size() ? rarest : any;
        }

        private static int frequency(List<Mark> marks) {
            int frequency = 0;
            for (Mark mark : marks) {
                frequency += mark.frequency();
            }
            return frequency;
        }
    }
}
