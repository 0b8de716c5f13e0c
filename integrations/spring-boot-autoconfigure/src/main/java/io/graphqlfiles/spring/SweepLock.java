package io.graphqlfiles.spring;

/** What keeps the nodes of an application from sweeping at the same time. It saves work; nothing depends on it. */
interface SweepLock {

    /** Every node sweeps: their leases keep them from doing the same twice. */
    SweepLock NONE = Runnable::run;

    /** Runs the work, or does nothing because another node is at it or was lately. */
    void run(Runnable sweep);
}
