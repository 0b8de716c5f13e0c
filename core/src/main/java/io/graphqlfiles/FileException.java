package io.graphqlfiles;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A client's file was refused. Inside a data fetcher that takes files it becomes a GraphQL error with {@link #code()}
 * and the message, so the message is for the client and holds no internals.
 */
public final class FileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final FileErrorCode code;

    /** Says why, in words for the client. */
    public FileException(FileErrorCode code, String message) {
        this(code, message, null);
    }

    /** Says why, in words for the client; the cause is for logs only. */
    public FileException(FileErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = requireNonNull(code, "code");
    }

    /** A rule of the application was broken: {@link FileErrorCode#FILE_INVALID} with these words for the client. */
    public static FileException invalid(String message) {
        return new FileException(FileErrorCode.FILE_INVALID, message);
    }

    /** What the client finds in {@code extensions.code}. */
    public FileErrorCode code() {
        return code;
    }

    /** The words for the client. */
    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }
}
