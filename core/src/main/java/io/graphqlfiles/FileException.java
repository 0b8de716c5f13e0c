package io.graphqlfiles;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client's file was refused. Inside a data fetcher that takes files it becomes a GraphQL error with {@link #code()},
 * the message and {@link #details()}, so all of them are for the client and hold no internals. It carries no stack
 * trace: a client's mistake must cost little, and says nothing about the server's code.
 */
public final class FileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final FileErrorCode code;
    /** Holds only what can be serialised, so that an exception that went through a stream says the same. */
    private final LinkedHashMap<String, Object> details = new LinkedHashMap<>();

    /** Says why, in words for the client. */
    public FileException(FileErrorCode code, String message) {
        this(code, message, null);
    }

    /** Says why, in words for the client; the cause is for logs only. */
    public FileException(FileErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause, true, false);
        this.code = requireNonNull(code, "code");
    }

    /** A rule of the application was broken: {@link FileErrorCode#FILE_INVALID} with these words for the client. */
    public static FileException invalid(String message) {
        return new FileException(FileErrorCode.FILE_INVALID, message);
    }

    /**
     * Adds a fact that lets a client say the error in its own language, for example {@code maxByteSize}.
     *
     * @param name the key in {@code extensions}; anything but {@code code}, {@code inputPath} and
     *     {@code classification}, which are taken
     * @param value a string, number, boolean, or list of these
     * @return this exception
     * @throws IllegalArgumentException if the name is taken, or the value is of another kind
     */
    public FileException with(String name, Object value) {
        if (name.equals("code") || name.equals("inputPath") || name.equals("classification")) {
            throw new IllegalArgumentException("name: \"" + name + "\" has a meaning of its own");
        }
        if (!isFact(requireNonNull(value, "value"))) {
            throw new IllegalArgumentException("value: expected a string, number, boolean or list of these, found a "
                    + value.getClass().getName());
        }
        details.put(name, value instanceof List<?> list ? new ArrayList<>(list) : value);
        return this;
    }

    private static boolean isFact(Object value) {
        return value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || (value instanceof List<?> list && list.stream().allMatch(FileException::isFact));
    }

    /** What the client finds in {@code extensions.code}. */
    public FileErrorCode code() {
        return code;
    }

    /** What the client finds in {@code extensions} in addition to the code, in the order in which it was added. */
    public Map<String, Object> details() {
        return Collections.unmodifiableMap(details);
    }

    /** The words for the client. */
    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }
}
