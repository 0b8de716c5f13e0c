package io.graphqlfiles.internal.buffer;

import org.jspecify.annotations.Nullable;

/** What a store would throw. */
final class UploadFailure extends RuntimeException {

    static final UploadFailures FAILURES = new UploadFailures() {
        @Override
        public RuntimeException notAsPromised(String expected, String found) {
            return new UploadFailure(false, "expected " + expected + ", found " + found, null);
        }

        @Override
        public RuntimeException other(boolean retryable, String detail, @Nullable Throwable cause) {
            return new UploadFailure(retryable, detail, cause);
        }
    };

    private static final long serialVersionUID = 1;

    private final boolean retryable;

    private UploadFailure(boolean retryable, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.retryable = retryable;
    }

    boolean isRetryable() {
        return retryable;
    }
}
