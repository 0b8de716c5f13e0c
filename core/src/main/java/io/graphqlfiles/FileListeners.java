package io.graphqlfiles;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All listeners of one instance. What one of them throws is kept from the others and from the work. */
final class FileListeners {

    static final FileListeners NONE = new FileListeners(List.of());

    private static final Logger LOG = LoggerFactory.getLogger(FileListeners.class);

    private final List<FileListener> listeners;

    FileListeners(List<FileListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    /** @param start by {@link System#nanoTime} */
    static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    void stored(StoredFile file, FileField field, @Nullable FileSourceType source, long start) {
        FileListener.Stored stored =
                new FileListener.Stored(field.coordinate(), source, file.store(), file.byteSize(), since(start));
        tell(listener -> listener.stored(stored));
    }

    void refused(FileListener.Refused refused) {
        tell(listener -> listener.refused(refused));
    }

    void served(FileListener.Served served) {
        tell(listener -> listener.served(served));
    }

    void swept(FileListener.Swept swept) {
        tell(listener -> listener.swept(swept));
    }

    private void tell(Consumer<FileListener> event) {
        for (FileListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("A file listener failed: {}", listener.getClass().getName(), e);
            }
        }
    }
}
