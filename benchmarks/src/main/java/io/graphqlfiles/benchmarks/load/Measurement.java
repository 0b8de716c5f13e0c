package io.graphqlfiles.benchmarks.load;

/**
 * One contender in one round.
 *
 * @param bytes of files, without what is around them
 * @param nanos from the first byte sent to the last answer
 * @param cpuNanos of the server's process
 * @param allocated bytes on the server's heap
 * @param peakHeap in bytes, garbage included
 * @param temporaryBytes the most that was in temporary files at one moment
 */
record Measurement(
        long requests, long bytes, long nanos, long cpuNanos, long allocated, long peakHeap, long temporaryBytes) {

    double megabytesPerSecond() {
        return bytes / 1048576.0 / (nanos / 1e9);
    }

    double requestsPerSecond() {
        return requests / (nanos / 1e9);
    }

    double cpuSecondsPerGigabyte() {
        return cpuNanos / 1e9 / (bytes / 1073741824.0);
    }

    double cpuMicrosPerRequest() {
        return cpuNanos / 1e3 / requests;
    }

    double allocatedKilobytesPerRequest() {
        return allocated / 1024.0 / requests;
    }
}
