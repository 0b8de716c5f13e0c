package io.graphqlfiles.pictures;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what attacks would have allocated. */
final class Allocations {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocations() {}

    @FunctionalInterface
    interface Work<E extends Exception> {
        void run() throws E;
    }

    /** Bytes that this thread has allocated for it. */
    static <E extends Exception> long allocated(Work<E> work) throws E {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
