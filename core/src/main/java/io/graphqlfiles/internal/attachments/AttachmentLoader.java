package io.graphqlfiles.internal.attachments;

import graphql.ExecutionInput;
import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.blob.AttachmentLifecycle;
import io.graphqlfiles.internal.blob.Tenancy;
import io.graphqlfiles.internal.owner.AttachedField;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import org.dataloader.registries.DispatchPredicate;
import org.dataloader.registries.ScheduledDataLoaderRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds attached files for all records of a level at once, through the request's own DataLoaders. */
public final class AttachmentLoader {

    private static final Logger LOG = LoggerFactory.getLogger(AttachmentLoader.class);
    private static final String NAME_PREFIX = "io.graphqlfiles.attachments.";
    /** The engine dispatches nothing in requests that were given no registry: all of them have this one. */
    private static final DataLoaderRegistry NONE =
            ExecutionInput.newExecutionInput("{ __typename }").build().getDataLoaderRegistry();

    private final AttachmentStore store;
    private final @Nullable Executor executor;
    private final Tenancy tenancy;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** @param executor where the store is asked; null for the thread that dispatches */
    AttachmentLoader(AttachmentStore store, @Nullable Executor executor, Tenancy tenancy) {
        this.store = store;
        this.executor = executor;
        this.tenancy = tenancy;
    }

    /** Whether a request has no DataLoaders. */
    public static boolean hasNone(DataLoaderRegistry registry) {
        return registry == NONE;
    }

    CompletionStage<List<StoredFile>> load(AttachedField field, String ownerId, DataFetchingEnvironment environment) {
        DataLoaderRegistry registry = environment.getDataLoaderRegistry();
        GraphQLContext context = environment.getGraphQlContext();
        if (hasNone(registry)) {
            if (warned.compareAndSet(false, true)) {
                LOG.warn("Attached files are read one record at a time, because requests have no DataLoaderRegistry. "
                        + "Give GraphQL the instrumentation of GraphQLFiles, or each ExecutionInput a registry");
            }
            return find(field, Set.of(ownerId), tenancy.of(context))
                    .thenApply(found -> found.getOrDefault(ownerId, List.of()));
        }
        String tenant = tenancy.of(context);
        // Some applications use a registry for several requests, and so for several tenants.
        String name = NAME_PREFIX + field + (tenant == null ? "" : " of " + tenant);
        register(name, field, registry, tenant);
        DataLoader<String, List<StoredFile>> loader = environment.getDataLoader(name);
        if (loader == null) {
            throw new IllegalStateException(name + ": the request's DataLoaderRegistry keeps no DataLoader");
        }
        CompletableFuture<List<StoredFile>> files = loader.load(ownerId);
        // Not to be remembered: a mutation later in the same request may change them.
        loader.clear(ownerId);
        return files;
    }

    private void register(String name, AttachedField field, DataLoaderRegistry registry, @Nullable String tenant) {
        if (!(registry instanceof ScheduledDataLoaderRegistry scheduled)) {
            registry.computeIfAbsent(name, key -> newLoader(field, tenant));
            return;
        }
        // The registry of DGS dispatches nothing that has no predicate of its own; the request would wait for ever.
        synchronized (scheduled) {
            if (scheduled.getDataLoader(name) == null) {
                scheduled.register(name, newLoader(field, tenant), DispatchPredicate.DISPATCH_ALWAYS);
            }
        }
    }

    private DataLoader<String, List<StoredFile>> newLoader(AttachedField field, @Nullable String tenant) {
        return DataLoaderFactory.newMappedDataLoader(ids -> find(field, ids, tenant)
                .thenApply(found -> {
                    Map<String, List<StoredFile>> all = new LinkedHashMap<>();
                    ids.forEach(id -> all.put(id, found.getOrDefault(id, List.of())));
                    return all;
                }));
    }

    private CompletionStage<Map<String, List<StoredFile>>> find(
            AttachedField field, Set<String> ownerIds, @Nullable String tenant) {
        return start(field, ownerIds, tenant).whenComplete((files, failure) -> {
            if (failure != null) {
                // Here and not where the files are given: once for all records that want some.
                LOG.error("The files of {} could not be looked up", field, failure);
            }
        });
    }

    private CompletionStage<Map<String, List<StoredFile>>> start(
            AttachedField field, Set<String> ownerIds, @Nullable String tenant) {
        try {
            return executor == null
                    ? CompletableFuture.completedFuture(findNow(field, ownerIds, tenant))
                    : CompletableFuture.supplyAsync(() -> findNow(field, ownerIds, tenant), executor);
        } catch (RuntimeException e) { // from the store, or from an executor that has no room
            return CompletableFuture.failedFuture(e);
        }
    }

    private Map<String, List<StoredFile>> findNow(AttachedField field, Set<String> ownerIds, @Nullable String tenant) {
        Map<String, List<StoredFile>> found = new LinkedHashMap<>();
        // Whoever dispatches may be a thread that knows nothing of the request.
        Map<String, List<AttachedFile>> rows =
                tenancy.call(tenant, () -> store.find(field.ownerType(), field.name(), ownerIds));
        rows.forEach((id, files) ->
                found.put(id, files.stream().map(AttachmentLifecycle::stored).toList()));
        return found;
    }
}
