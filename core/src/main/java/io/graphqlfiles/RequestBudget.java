package io.graphqlfiles;

import graphql.GraphQLContext;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one request may still bring in, over all its fields and all ways: without it, aliases would multiply one upload.
 * Lives in the GraphQL context; thread-safe.
 */
final class RequestBudget {

    private final FileLimits limits;
    private final AtomicInteger files = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    RequestBudget(FileLimits limits) {
        this.limits = limits;
    }

    /** For what the application stores by itself. */
    static RequestBudget unlimited() {
        return new RequestBudget(FileLimits.newFileLimits()
                .filesPerRequest(Integer.MAX_VALUE)
                .bytesPerRequest(ByteSize.bytes(Long.MAX_VALUE))
                .build());
    }

    static RequestBudget of(GraphQLContext context, FileLimits limits) {
        return context.computeIfAbsent(RequestBudget.class, key -> new RequestBudget(limits));
    }

    /** @throws FileException if this is one file more than the request may have */
    void takeFile() {
        if (files.incrementAndGet() > limits.filesPerRequest()) {
            throw new FileException(
                    FileErrorCode.FILE_COUNT_EXCEEDED,
                    "The request has more than " + limits.filesPerRequest()
                            + " files, the most that one request may have.");
        }
    }

    /** @throws FileException if these are more bytes than the request may have */
    void takeBytes(long count) {
        if (bytes.addAndGet(count) > limits.bytesPerRequest().bytes()) {
            throw new FileException(
                    FileErrorCode.FILE_TOO_LARGE,
                    "The files of the request are together larger than " + limits.bytesPerRequest()
                            + ", the most that one request may have.");
        }
    }
}
