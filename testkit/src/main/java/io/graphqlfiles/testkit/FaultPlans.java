package io.graphqlfiles.testkit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Faults that are planned for calls of some operations, and how often each was called. Thread-safe.
 *
 * @param <O> the operations
 * @param <F> what is known of a fault
 */
final class FaultPlans<O extends Enum<O>, F> {

    /** @param call 0 for every call */
    private record Plan<O, F>(O operation, int call, F fault) {}

    private final Map<O, Integer> calls;
    private final List<Plan<O, F>> plans = new ArrayList<>();

    FaultPlans(Class<O> operations) {
        this.calls = new EnumMap<>(operations);
    }

    /** @param call its number, as {@link #callFromNow} has it; 0 for every call */
    synchronized void add(O operation, int call, F fault) {
        plans.add(new Plan<>(operation, call, fault));
    }

    /** Calls stay counted. */
    synchronized void clear() {
        plans.clear();
    }

    synchronized int calls(O operation) {
        return calls.getOrDefault(operation, 0);
    }

    /**
     * The number of a call to come.
     *
     * @param n 1 for the next call
     * @throws IllegalArgumentException if it is less
     */
    synchronized int callFromNow(O operation, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("n: expected 1 or more, found " + n);
        }
        return calls(operation) + n;
    }

    /** Counts a call, and finds what is planned for it: of several faults the one planned last; null if none is. */
    synchronized @Nullable F count(O operation) {
        int call = calls.merge(operation, 1, Integer::sum);
        for (int i = plans.size() - 1; i >= 0; i--) {
            Plan<O, F> plan = plans.get(i);
            if (plan.operation() == operation && (plan.call() == 0 || plan.call() == call)) {
                return plan.fault();
            }
        }
        return null;
    }
}
