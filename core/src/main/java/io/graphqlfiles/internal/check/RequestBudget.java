package io.graphqlfiles.internal.check;

import graphql.GraphQLContext;
import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.FileSourceType;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one request may still bring in and ask for, over all its fields and sources: without it, aliases would multiply
 * one upload or one look-up. Whoever takes from it does so before the work. Lives in the GraphQL context; thread-safe.
 */
public final class RequestBudget {

    /** As many as any upload has, on any store. */
    private static final int MAX_PARTS = 10_000;

    private static final String DIRECT_UPLOADS = "direct uploads";

    private final FileLimits limits;
    private final AtomicInteger files = new AtomicInteger();
    private final AtomicInteger directUploads = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger edits = new AtomicInteger();
    private final AtomicInteger parts = new AtomicInteger();
    private final Set<String> usedUploads = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();

    RequestBudget(FileLimits limits) {
        this.limits = limits;
    }

    /** For what the application stores on its own. */
    public static RequestBudget unlimited() {
        return new RequestBudget(FileLimits.newFileLimits()
                .filesPerRequest(Integer.MAX_VALUE)
                .directUploadsPerRequest(Integer.MAX_VALUE)
                .bytesPerRequest(ByteSize.bytes(Long.MAX_VALUE))
                .build());
    }

    public static RequestBudget of(GraphQLContext context, FileLimits limits) {
        return context.computeIfAbsent(RequestBudget.class, key -> new RequestBudget(limits));
    }

    /**
     * Takes one file.
     *
     * @throws FileException if this is one file more from such a source than the request may have
     */
    public void takeFile(FileSourceType source) {
        if (source == FileSourceType.DIRECT_UPLOAD) {
            take(directUploads, 1, limits.directUploadsPerRequest(), DIRECT_UPLOADS);
        } else {
            take(files, 1, limits.filesPerRequest(), "files");
        }
    }

    /**
     * Takes one use of a direct upload. The first was taken as a file from that source; each further one in the request
     * is a copy that no upload has paid for, and counts as a file whose bytes the server moves.
     *
     * @param key where its content is staged; not the token, which can be renewed
     * @throws FileException if this is one file more than the request may have
     */
    public void takeUse(String key) {
        if (!usedUploads.add(key)) {
            take(files, 1, limits.filesPerRequest(), "files");
        }
    }

    /**
     * Takes one call of a field of the library.
     *
     * @throws FileException if this is one call of a field of the library more than the request may have
     */
    public void takeCall() {
        take(calls, 1, limits.callsPerRequest(), "calls of the fields for files");
    }

    /**
     * Takes changes of attached files.
     *
     * @throws FileException if these are more changes of attached files than the request may have
     */
    public void takeEdits(int count) {
        take(edits, count, limits.editsPerRequest(), "changes of attached files");
    }

    /**
     * Takes parts of direct uploads.
     *
     * @throws FileException if these are more parts of direct uploads than the request may ask for
     */
    public void takeParts(int count) {
        take(parts, count, MAX_PARTS, "parts of uploads");
    }

    private static void take(AtomicInteger taken, int count, int most, String what) {
        // What does not fit is not counted, so that the sum cannot overflow.
        int sum = taken.getAndUpdate(before -> count > most - before ? before : before + count);
        if (count > most - sum) {
            throw tooMany(most, what);
        }
    }

    private static FileException tooMany(int most, String what) {
        return new FileException(
                        FileErrorCode.FILE_COUNT_EXCEEDED,
                        "The request has more than " + most + " " + what + ", the most that one request may have.")
                .with("maxCount", most);
    }

    public static FileException tooManyFiles(FileLimits limits) {
        return tooMany(limits.filesPerRequest(), "files");
    }

    public static FileException tooManyDirectUploads(FileLimits limits) {
        return tooMany(limits.directUploadsPerRequest(), DIRECT_UPLOADS);
    }

    /** How many files from one source a request may bring. */
    public static int filesFrom(FileSourceType source, FileLimits limits) {
        return source == FileSourceType.DIRECT_UPLOAD ? limits.directUploadsPerRequest() : limits.filesPerRequest();
    }

    public static FileException tooManyEdits(FileLimits limits) {
        return tooMany(limits.editsPerRequest(), "changes of attached files");
    }

    /** @throws FileException if these are more bytes than the request may have */
    void takeBytes(long count) {
        if (bytes.addAndGet(count) > limits.bytesPerRequest().bytes()) {
            throw new FileException(
                            FileErrorCode.FILE_TOO_LARGE,
                            "The files of the request are together larger than " + limits.bytesPerRequest()
                                    + ", the most that one request may have.")
                    .with("maxByteSize", limits.bytesPerRequest().bytes());
        }
    }
}
