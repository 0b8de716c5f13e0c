package io.graphqlfiles.attachments.jdbc.shop;

import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/**
 * Names the moments of a change of attached files: before and after each call of a store, in the middle of a write,
 * before and after each commit. Something is told of each, and may stop the process or throw.
 */
final class Steps {

    /** Queries change nothing, and are no steps. */
    private static final Set<String> QUERIES =
            Set.of("find", "kept", "rows", "list", "statistics", "toString", "hashCode");

    /** Is told where the thread is. */
    interface Listener {
        void at(String step) throws Exception;
    }

    private final Listener listener;

    Steps(Listener listener) {
        this.listener = listener;
    }

    static Steps none() {
        return new Steps(step -> {});
    }

    void at(String step) throws Exception {
        listener.at(step);
    }

    DataSource around(DataSource source) {
        return proxy(DataSource.class, source, "dataSource", method -> false, result -> {
            return result instanceof Connection connection
                    ? proxy(Connection.class, connection, "connection", "commit"::equals, any -> any)
                    : result;
        });
    }

    AttachmentStore around(AttachmentStore store) {
        return proxy(AttachmentStore.class, store, "rows", method -> !QUERIES.contains(method), result -> result);
    }

    UnitOfWork around(UnitOfWork work) {
        return new UnitOfWork() {
            @Override
            public <T> T run(Callable<T> task) throws Exception {
                T result = work.run(() -> {
                    at("work.begun");
                    T returned = task.call();
                    at("work.done");
                    return returned;
                });
                at("work.over");
                return result;
            }

            @Override
            public void afterCommit(Runnable action) {
                work.afterCommit(action);
            }

            @Override
            public void afterRollback(Runnable action) {
                work.afterRollback(action);
            }
        };
    }

    BlobStore around(BlobStore store) {
        BlobStore stepping =
                proxy(BlobStore.class, store, "blobs", Set.of("put", "copy", "delete")::contains, result -> result);
        return new ForwardingBlobStore(stepping) {
            @Override
            public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
                return super.put(blob, new FilterInputStream(content) {
                    private boolean begun;

                    @Override
                    public int read() throws IOException {
                        throw new UnsupportedOperationException("stores read by the buffer");
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        int read = super.read(buffer, offset, Math.min(length, 1024));
                        if (!begun) {
                            begun = true;
                            unchecked("blobs.put.halfWay");
                        }
                        return read;
                    }
                });
            }
        };
    }

    private void unchecked(String step) {
        try {
            at(step);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Named {
        boolean isStep(String method);
    }

    private interface Wrapping {
        Object wrap(Object result);
    }

    private <T> T proxy(Class<T> type, T target, String name, Named steps, Wrapping wrapping) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    boolean isStep = steps.isStep(method.getName());
                    String step = name + "." + method.getName();
                    if (isStep) {
                        at(step + ".before");
                    }
                    Object result;
                    try {
                        result = wrapping.wrap(method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (isStep) {
                        at(step + ".after");
                    }
                    return result;
                }));
    }
}
