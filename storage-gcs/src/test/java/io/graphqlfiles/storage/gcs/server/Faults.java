package io.graphqlfiles.storage.gcs.server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What is to go wrong. Each fault happens once for each time it was asked for, in that order. Thread-safe. */
public final class Faults {

    private final List<Planned> planned = new ArrayList<>();

    /**
     * What a test can know a request by.
     *
     * @param contentRange the header; empty if there is none
     */
    public record Call(String method, String path, String query, String contentRange) {}

    /**
     * What happens.
     *
     * @param status to answer with instead of doing anything; 0 to do it
     * @param reason of that answer
     * @param bodyBytes how many bytes of the answer's body are sent before the connection is closed; -1 for no answer
     *     at all, or {@link Long#MAX_VALUE} for all
     * @param body of success, to answer with instead of doing anything; null to do it
     */
    record Fault(int status, String reason, long bodyBytes, String body) {}

    private record Planned(Predicate<Call> when, Fault fault) {}

    /** Answers with an error, and does nothing. */
    public void refuse(int times, int status, String reason, Predicate<Call> when) {
        plan(times, when, new Fault(status, reason, Long.MAX_VALUE, null));
    }

    /** Answers with this, as a success, and does nothing. */
    public void answer(int times, String body, Predicate<Call> when) {
        plan(times, when, new Fault(0, "", Long.MAX_VALUE, body));
    }

    /** Does what it is asked to, and closes the connection without an answer. */
    public void loseAnswer(int times, Predicate<Call> when) {
        plan(times, when, new Fault(0, "", -1, null));
    }

    /** Closes the connection after so many bytes of the body of the answer. */
    public void cutAnswer(int times, long bodyBytes, Predicate<Call> when) {
        plan(times, when, new Fault(0, "", bodyBytes, null));
    }

    /** Forgets the faults that have not happened yet, and returns how many they were. */
    public synchronized int clear() {
        int left = planned.size();
        planned.clear();
        return left;
    }

    synchronized Fault next(Call call) {
        for (Planned next : planned) {
            if (next.when.test(call)) {
                planned.remove(next);
                return next.fault;
            }
        }
        return new Fault(0, "", Long.MAX_VALUE, null);
    }

    private synchronized void plan(int times, Predicate<Call> when, Fault fault) {
        for (int i = 0; i < times; i++) {
            planned.add(new Planned(when, fault));
        }
    }
}
