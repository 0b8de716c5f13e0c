package io.graphqlfiles.internal.execution;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileListener;
import io.graphqlfiles.FileSourceType;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.maintenance.SweepResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All listeners of one instance. What one of them throws is kept from the others and from the work. */
public final class FileListeners {

    public static final FileListeners NONE = new FileListeners(List.of());

    private static final Logger LOG = LoggerFactory.getLogger(FileListeners.class);

    private final List<FileListener> listeners;

    public FileListeners(List<FileListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    public boolean isEmpty() {
        return listeners.isEmpty();
    }

    /**
     * How long ago that was.
     *
     * @param start by {@link System#nanoTime}
     */
    public static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** What stores a file. */
    public interface Work<X extends Exception> {
        StoredFile store() throws X;
    }

    /**
     * Stores a file, and notifies the listeners before and after.
     *
     * @param environment null if the application stores the file on its own
     */
    public <X extends Exception> StoredFile storing(
            FileField field,
            @Nullable FileSourceType source,
            @Nullable DataFetchingEnvironment environment,
            Work<X> work)
            throws X {
        if (listeners.isEmpty()) {
            return work.store();
        }
        long start = System.nanoTime();
        Deque<FileListener.Ending> endings =
                begin(new FileListener.Storing(field.coordinate(), source, field.store()), environment);
        StoredFile file;
        try {
            file = work.store();
        } catch (FileException e) {
            end(endings, false, e.code());
            throw e;
        } catch (Throwable e) {
            end(endings, false, null);
            throw e;
        }
        end(endings, true, null);
        FileListener.Stored stored =
                new FileListener.Stored(field.coordinate(), source, file.store(), file.byteSize(), since(start));
        each(listener -> listener.stored(stored));
        return file;
    }

    /** @return with the last on top: what the listeners have opened is closed in the reverse order */
    private Deque<FileListener.Ending> begin(
            FileListener.Storing storing, @Nullable DataFetchingEnvironment environment) {
        Deque<FileListener.Ending> endings = new ArrayDeque<>();
        each(listener -> endings.push(listener.storing(storing, environment)));
        return endings;
    }

    private static void end(Deque<FileListener.Ending> endings, boolean isStored, @Nullable FileErrorCode code) {
        endings.forEach(ending -> guard(ending, () -> ending.ended(isStored, code)));
    }

    void refused(FileListener.Refused refused) {
        each(listener -> listener.refused(refused));
    }

    public void served(FileListener.Served served) {
        each(listener -> listener.served(served));
    }

    /** Sweeps, and notifies the listeners before and after. */
    public SweepResult sweeping(Supplier<SweepResult> work) {
        long start = System.nanoTime();
        Deque<Consumer<@Nullable SweepResult>> endings = new ArrayDeque<>();
        each(listener -> endings.push(listener.sweeping()));
        SweepResult result = null;
        try {
            result = work.get();
        } finally {
            SweepResult done = result;
            endings.forEach(ending -> guard(ending, () -> ending.accept(done)));
        }
        FileListener.Swept swept = new FileListener.Swept(result, since(start));
        each(listener -> listener.swept(swept));
        return result;
    }

    private void each(Consumer<FileListener> event) {
        listeners.forEach(listener -> guard(listener, () -> event.accept(listener)));
    }

    private static void guard(Object listener, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.warn("A file listener failed: {}", listener.getClass().getName(), e);
        }
    }
}
