package io.graphqlfiles.compatibility.spring;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.blockhound.BlockHound;
import reactor.core.scheduler.Schedulers;

/** Records calls that block a thread that must not be blocked, such as an event loop. For the whole JVM. */
final class BlockingCalls {

    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

    private BlockingCalls() {}

    /** Records from now on. Repeating is harmless. */
    static void record() {
        // What it records it must not throw: an exception can be swallowed.
        BlockHound.install(blockHound -> blockHound
                // The engine reads its messages from its jar when it first needs them.
                .allowBlockingCallsInside("graphql.i18n.I18n", "i18n")
                // Hands a buffer to the reader by a bounded queue, whose lock either holds for a few instructions.
                .allowBlockingCallsInside("org.springframework.core.io.buffer.SubscriberInputStream", "onNext")
                // Hands a task to a pool by an unbounded queue and, at most, a new thread: locks of the same kind. The
                // pools of these applications refuse a task rather than run it in the caller.
                .allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "execute")
                .blockingMethodCallback(method -> found(method.toString())));
    }

    /** Records the call that is about to be made, if the thread must not be blocked. */
    static void mayBlock(String call) {
        if (Schedulers.isInNonBlockingThread()) {
            found(call);
        }
    }

    private static void found(String call) {
        FOUND.add(call + " on " + Thread.currentThread().getName() + " in " + String.join(" < ", callers()));
    }

    private static List<String> callers() {
        return Arrays.stream(Thread.currentThread().getStackTrace())
                .map(StackTraceElement::toString)
                .filter(frame -> !frame.contains("blockhound"))
                .limit(40)
                .toList();
    }

    /** What was found since the last call. */
    static List<String> drain() {
        List<String> found = List.copyOf(FOUND);
        found.forEach(FOUND::remove);
        return found;
    }
}
