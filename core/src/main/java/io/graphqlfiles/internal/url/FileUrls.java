package io.graphqlfiles.internal.url;

import graphql.GraphQLContext;
import graphql.execution.ExecutionId;
import graphql.language.OperationDefinition.Operation;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.blob.Tenancy;
import io.graphqlfiles.server.ServerSupport;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * URLs to read files by. The time of signing is rounded down to a window, so that the same file has the same URL for
 * everyone in that window and caches can keep what it gives. Signing does no I/O; what was signed is kept for the
 * window.
 */
public final class FileUrls {

    private final BlobStores stores;
    private final Clock clock;
    private final long validitySeconds;
    private final long windowSeconds;
    private final @Nullable URI baseUrl;
    private final @Nullable Executor executor;
    private final UrlCache cache;
    private final Tenancy tenancy;
    private final ConcurrentHashMap<Pending, CompletableFuture<SignedUrl>> pending = new ConcurrentHashMap<>();

    /**
     * Signs for the stores.
     *
     * @param executor where stores that are slow to sign do so; null for the thread that asks
     */
    public FileUrls(
            BlobStores stores,
            Clock clock,
            Duration validity,
            Duration window,
            @Nullable URI baseUrl,
            @Nullable Executor executor,
            UrlCache cache,
            Tenancy tenancy) {
        this.stores = stores;
        this.clock = clock;
        // Signatures know whole seconds only: rounded so that no URL ends earlier than promised.
        this.validitySeconds = validity.plusSeconds(1).minusNanos(1).toSeconds();
        this.windowSeconds = Math.max(1, window.toSeconds());
        this.baseUrl = baseUrl;
        this.executor = executor;
        this.cache = cache;
        this.tenancy = tenancy;
    }

    /**
     * What a URL is wanted for.
     *
     * @param disposition the {@code Content-Disposition} wanted; null for the stored one
     * @param signer what signs it in place of the store; null for the store
     */
    public record Wanted(
            String store,
            String key,
            Visibility visibility,
            @Nullable String disposition,
            @Nullable DirectAccess signer) {

        public Wanted(String store, String key, Visibility visibility, @Nullable String disposition) {
            this(store, key, visibility, disposition, null);
        }

        public static Wanted of(StoredFile file, @Nullable String disposition) {
            return new Wanted(file.store(), file.key(), file.visibility(), disposition);
        }
    }

    private record Pending(long window, UrlCache.Key key) {}

    /** The URL, outside of GraphQL. */
    public SignedUrl url(Wanted wanted) {
        SigningTime time = signingTime(null, null, null);
        return knownOrSigned(access(wanted), wanted, key(wanted, time), time);
    }

    /**
     * Something of the URL, for a client; all of one answer are signed at the same time.
     *
     * @return the property of the URL; a {@link CompletableFuture} of it while an executor signs
     * @throws IllegalStateException if the file is another tenant's
     */
    @SuppressWarnings("FutureReturnValueIgnored") // returned, as the engine takes both
    public @Nullable Object of(
            Wanted wanted, DataFetchingEnvironment environment, Function<SignedUrl, @Nullable Object> property) {
        SigningTime time = signingTime(environment);
        if (tenancy.isForeign(wanted.key(), time.tenant)) {
            throw new IllegalStateException("the data fetcher of "
                    + environment.getExecutionStepInfo().getParent().getPath()
                    + " gave a file of another tenant: expected a key of " + time.tenant + ", found "
                    + wanted.key());
        }
        UrlCache.Key key = key(wanted, time);
        SignedUrl known = cache.get(time.window, key, time.now);
        if (known != null) {
            return property.apply(known);
        }
        DirectAccess access = access(wanted);
        Executor signers = executor;
        if (signers == null || !access.isSlowToSign()) {
            return property.apply(signed(access, wanted, key, time));
        }
        return onExecutor(signers, access, wanted, key, time).thenApply(property);
    }

    /** Base URL of the server as the client of this request sees it; null if the server adapter has not said. */
    public static @Nullable URI requestBaseUrl(DataFetchingEnvironment environment) {
        return environment.getGraphQlContext().get(ServerSupport.BASE_URL_KEY);
    }

    /** From the beginning of a window to the end of its URLs, which is as long as any is signed for. */
    public Duration signedFor() {
        return Duration.ofSeconds(windowSeconds + validitySeconds);
    }

    /** The configured base URL wins: what is configured does not depend on what a client says of the server's name. */
    public String absolute(String signed, @Nullable URI requestBaseUrl) {
        URI base = baseUrl != null ? baseUrl : requestBaseUrl;
        return base != null && signed.startsWith("/") ? base + signed : signed;
    }

    /** Two fields of one page may want the same URL: it is signed once. */
    private CompletableFuture<SignedUrl> onExecutor(
            Executor signers, DirectAccess access, Wanted wanted, UrlCache.Key key, SigningTime time) {
        Pending which = new Pending(time.window, key);
        CompletableFuture<SignedUrl> started = new CompletableFuture<>();
        CompletableFuture<SignedUrl> other = pending.putIfAbsent(which, started);
        if (other != null) {
            return other;
        }
        Runnable work = () -> {
            // Taken out before anybody is notified, who might ask again.
            try {
                SignedUrl url = knownOrSigned(access, wanted, key, time);
                pending.remove(which);
                started.complete(url);
            } catch (Throwable e) {
                pending.remove(which);
                started.completeExceptionally(e);
            }
        };
        try {
            signers.execute(work);
        } catch (RejectedExecutionException e) {
            work.run(); // too much to do, or closing: as without an executor
        }
        return started;
    }

    private DirectAccess access(Wanted wanted) {
        return wanted.signer() == null ? stores.access(wanted.store()) : wanted.signer();
    }

    private SignedUrl knownOrSigned(DirectAccess access, Wanted wanted, UrlCache.Key key, SigningTime time) {
        SignedUrl known = cache.get(time.window, key, time.now);
        return known != null ? known : signed(access, wanted, key, time);
    }

    private SignedUrl signed(DirectAccess access, Wanted wanted, UrlCache.Key key, SigningTime time) {
        SignedUrl signed = access.signGet(new SignGetRequest(
                wanted.key(), wanted.visibility(), wanted.disposition(), time.signedAt, time.expiresAt));
        SignedUrl result = new SignedUrl(absolute(signed.text(), key.base()), signed.expiresAt());
        cache.put(time.window, key, result, keptUntil(result, time.expiresAt, time.now));
        return result;
    }

    /** One that ends with the signer's credentials makes room for a longer one when half of its time is over. */
    private static long keptUntil(SignedUrl url, Instant wanted, long now) {
        Instant end = url.expiresAt();
        return end == null || !end.isBefore(wanted) ? Long.MAX_VALUE : now + (end.getEpochSecond() - now) / 2;
    }

    private static UrlCache.Key key(Wanted wanted, SigningTime time) {
        return new UrlCache.Key(wanted.store(), wanted.key(), wanted.disposition(), time.base, wanted.signer());
    }

    /**
     * When the URLs of an answer are signed, and what they are made absolute with: found once for all of them.
     *
     * @param now seconds since the epoch
     * @param window the beginning of the window
     * @param signedAt the same
     * @param expiresAt of those that the signer's credentials outlive
     * @param base of the request; null if there is none, or one is configured
     * @param tenant of the request; null without tenants
     */
    private record SigningTime(
            @Nullable ExecutionId execution,
            long now,
            long window,
            Instant signedAt,
            Instant expiresAt,
            @Nullable URI base,
            @Nullable String tenant) {}

    private SigningTime signingTime(
            @Nullable ExecutionId execution, @Nullable URI requestBaseUrl, @Nullable String tenant) {
        long now = clock.instant().getEpochSecond();
        long window = now - Math.floorMod(now, windowSeconds);
        // A URL given out at the end of its window still lives as long as was promised.
        Instant expiresAt = Instant.ofEpochSecond(window + windowSeconds + validitySeconds);
        URI base = baseUrl == null ? requestBaseUrl : null;
        return new SigningTime(execution, now, window, Instant.ofEpochSecond(window), expiresAt, base, tenant);
    }

    /**
     * The time of an answer's first URL. A URL and its end may be asked for on both sides of a border of the window;
     * they must agree. A subscription goes on for hours, and has none.
     */
    private SigningTime signingTime(DataFetchingEnvironment environment) {
        GraphQLContext context = environment.getGraphQlContext();
        SigningTime first = context.get(SigningTime.class);
        ExecutionId execution = environment.getExecutionId();
        if (first != null && execution.equals(first.execution)) {
            return first;
        }
        SigningTime time = signingTime(execution, requestBaseUrl(environment), tenancy.of(context));
        if (environment.getOperationDefinition().getOperation() != Operation.SUBSCRIPTION) {
            context.put(SigningTime.class, time);
        }
        return time;
    }
}
