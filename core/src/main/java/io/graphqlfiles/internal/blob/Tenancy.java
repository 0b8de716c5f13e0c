package io.graphqlfiles.internal.blob;

import graphql.GraphQLContext;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileTenants;
import io.graphqlfiles.spi.BlobReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * For which tenant something is done. Without tenants there is one, null, and everything is done at once where it is.
 */
public final class Tenancy {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    /** What else stands in keys where tenants do. */
    private static final List<String> TAKEN = List.of("attached", "variants", "doctor", "identity", "migrating");

    private final @Nullable FileTenants tenants;

    /** @param tenants null if the application has none */
    public Tenancy(@Nullable FileTenants tenants) {
        this.tenants = tenants;
    }

    public boolean hasTenants() {
        return tenants != null;
    }

    /**
     * The tenant of a request; null if there are none.
     *
     * @throws IllegalStateException if the application names none, or one with a name that keys cannot have
     */
    public @Nullable String of(GraphQLContext context) {
        return tenants == null ? null : valid("ofRequest", tenants.ofRequest(context));
    }

    /**
     * The tenant of this thread; null if there are none.
     *
     * @throws IllegalStateException if the thread works for none, or for one with a name that keys cannot have
     */
    public @Nullable String ofThread() {
        return tenants == null ? null : valid("ofThread", tenants.ofThread());
    }

    /** The field with the tenant's store. */
    public FileField field(FileField field, @Nullable String tenant) {
        return tenants == null || tenant == null ? field : field.withStore(tenants.store(field, tenant));
    }

    /** Whether a file of this key, or what is staged there, is another tenant's. */
    public boolean isForeign(String key, @Nullable String tenant) {
        if (tenants == null) {
            return false;
        }
        String owner = FileKeys.tenantOf(key);
        // Files that are older than the tenants have none.
        return owner != null && !owner.equals(tenant);
    }

    /** Does something for a tenant, in this thread. */
    public void run(@Nullable String tenant, Runnable work) {
        FileTenants known = tenants;
        if (known == null || tenant == null || tenant.equals(known.ofThread())) {
            work.run();
        } else {
            known.run(tenant, work);
        }
    }

    /** The same, with a result. */
    public <T> T call(@Nullable String tenant, Supplier<T> work) {
        AtomicReference<@Nullable T> result = new AtomicReference<>();
        run(tenant, () -> result.set(work.get()));
        T done = result.get();
        if (done == null) {
            throw new IllegalStateException("FileTenants.run: expected the work to be done before it returns");
        }
        return done;
    }

    /**
     * Does something for each tenant, one after the other, until the thread is interrupted; once, and for null, without
     * tenants.
     */
    public void forEach(Consumer<@Nullable String> work) {
        forEach(work, (tenant, failure) -> {
            throw failure;
        });
    }

    /**
     * The same.
     *
     * @param failed is given what could not be done for a tenant; not what fails without tenants
     */
    public void forEach(Consumer<@Nullable String> work, BiConsumer<String, RuntimeException> failed) {
        FileTenants known = tenants;
        if (known == null) {
            work.accept(null);
            return;
        }
        for (String tenant : known.all()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            try {
                run(valid("all", tenant), () -> work.accept(tenant));
            } catch (RuntimeException e) {
                failed.accept(tenant, e);
            }
        }
    }

    /**
     * Does something with blobs, those of each tenant where that tenant's database is found.
     *
     * @throws IllegalStateException if this thread works for another tenant: what it is connected to is that one's, and
     *     there a blob without a row means one that may be deleted
     */
    void forEach(Collection<BlobReference> blobs, Consumer<Collection<BlobReference>> work) {
        if (tenants == null) {
            work.accept(blobs);
            return;
        }
        blobs.forEach(blob -> requireOwn(blob.key()));
        Map<String, List<BlobReference>> byTenant = new LinkedHashMap<>();
        List<BlobReference> others = new ArrayList<>();
        for (BlobReference blob : blobs) {
            String tenant = FileKeys.tenantOf(blob.key());
            (tenant == null ? others : byTenant.computeIfAbsent(tenant, each -> new ArrayList<>())).add(blob);
        }
        if (!others.isEmpty()) {
            work.accept(others);
        }
        byTenant.forEach((tenant, some) -> run(tenant, () -> work.accept(some)));
    }

    /**
     * Refuses what is another tenant's than the one that this thread works for, if it works for one.
     *
     * @throws IllegalStateException if it is
     */
    public void requireOwn(String key) {
        String here = tenants == null ? null : tenants.ofThread();
        if (here != null && isForeign(key, here)) {
            throw new IllegalStateException(
                    "expected a file of " + here + ", for which this thread works; found " + key);
        }
    }

    private static String valid(String method, @Nullable String tenant) {
        if (tenant == null || !NAME.matcher(tenant).matches() || TAKEN.contains(tenant)) {
            throw new IllegalStateException("FileTenants." + method
                    + ": expected a tenant of 1 to 63 of [a-z0-9_-], a letter or digit first, and none of " + TAKEN
                    + "; found " + (tenant == null ? "none" : '"' + tenant + '"'));
        }
        return tenant;
    }
}
