package io.graphqlfiles.quarkus;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The files of the input objects that the thread is just making. SmallRye makes the application's objects out of maps
 * by way of JSON: there a file is a number among these, and nothing that could be read elsewhere, or that a client
 * could have written.
 */
final class FilesInHand {

    private static final ThreadLocal<@Nullable FilesInHand> CURRENT = new ThreadLocal<>();

    private final List<Object> files = new ArrayList<>();

    FilesInHand() {}

    /** What stands for the file in JSON. */
    String add(Object file) {
        files.add(file);
        return Integer.toString(files.size() - 1);
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** Lets JSON-B find these in a call. */
    <T extends @Nullable Object> T during(Callable<T> call) throws Exception {
        FilesInHand outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return call.call();
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    /**
     * The file that JSON stands for.
     *
     * @throws IllegalArgumentException if there is none: files are not read from what clients write
     */
    static <T> T get(String number, Class<T> type) {
        FilesInHand current = CURRENT.get();
        if (current != null) {
            for (int i = 0; i < current.files.size(); i++) {
                if (number.equals(Integer.toString(i)) && type.isInstance(current.files.get(i))) {
                    return type.cast(current.files.get(i));
                }
            }
        }
        throw new IllegalArgumentException(
                type.getSimpleName() + ": expected a file of the GraphQL request that is being executed, found JSON");
    }
}
