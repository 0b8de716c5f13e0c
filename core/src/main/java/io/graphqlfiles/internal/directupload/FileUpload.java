package io.graphqlfiles.internal.directupload;

import io.graphqlfiles.internal.execution.OperationRunner;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.DirectPartAccess;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.SignPartRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A direct upload as a client sees it: the source object of the type {@code FileUpload}. The store is asked what has
 * received when somebody wants to know, once; requests are signed one by one as they are selected.
 */
public final class FileUpload implements OperationRunner.Source {

    private final UploadTokens.Claims claims;
    private final String token;
    private final Instant signedAt;
    private final Instant expiresAt;
    private final DirectAccess access;
    private final @Nullable TusUrls tus;
    private final Supplier<UploadProgress> look;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable UploadProgress received;

    /**
     * Describes an upload.
     *
     * @param signedAt when its requests become valid
     * @param expiresAt when token and requests end
     * @param tus null if the endpoint does not speak tus
     * @param look asks the store what has been received
     */
    FileUpload(
            UploadTokens.Claims claims,
            String token,
            Instant signedAt,
            Instant expiresAt,
            DirectAccess access,
            @Nullable TusUrls tus,
            Supplier<UploadProgress> look) {
        this.claims = claims;
        this.token = token;
        this.signedAt = signedAt;
        this.expiresAt = expiresAt;
        this.access = access;
        this.tus = tus;
        this.look = look;
    }

    @Override
    public boolean mayBlock() {
        return received == null || access.isSlowToSign();
    }

    public String token() {
        return token;
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    /** Where a client that speaks tus sends it, relative to the server; null if it cannot. */
    public @Nullable String tusUrl() {
        return tus == null ? null : tus.of(claims);
    }

    /** What was agreed. */
    public UploadTokens.Claims claims() {
        return claims;
    }

    /** How it is cut into parts; null if it is not. */
    public @Nullable PartPlan plan() {
        return claims.plan();
    }

    public boolean isComplete() {
        PartPlan plan = plan();
        return plan == null ? progress().isEverything() : progress().isEverything(plan);
    }

    public long uploadedByteSize() {
        PartPlan plan = plan();
        if (plan != null) {
            return progress().byteSize(plan);
        }
        return progress().isEverything() ? claims.byteSize() : 0;
    }

    /** The request for the whole content; null if it goes up in parts, or has been received. */
    public @Nullable SignedRequest request() {
        if (plan() != null || progress().isEverything()) {
            return null;
        }
        return access.signPut(
                new SignPutRequest(claims.key(), claims.byteSize(), claims.mimeType(), signedAt, expiresAt));
    }

    /**
     * Some of the parts, in the order of their numbers; none if there are no parts.
     *
     * @param after the number of the last part that is not wanted; 0 for none
     * @param uploaded only those that have been received, or that have not; null for both
     */
    public List<Part> parts(int first, int after, @Nullable Boolean uploaded) {
        PartPlan plan = plan();
        if (plan == null || after >= plan.count()) {
            return List.of();
        }
        return IntStream.rangeClosed(after + 1, plan.count())
                .filter(number -> uploaded == null || uploaded == progress().has(number))
                .limit(first)
                .mapToObj(number -> new Part(this, plan, number))
                .toList();
    }

    /** How many {@link #parts} will look at and give at most. */
    public int countParts(int first, int after) {
        PartPlan plan = plan();
        return plan == null ? 0 : Math.max(0, Math.min(first, plan.count() - after));
    }

    /** Not under a monitor: while the store answers, a virtual thread would keep its carrier. */
    private UploadProgress progress() {
        looking.lock();
        try {
            UploadProgress known = received;
            if (known == null) {
                known = look.get();
                received = known;
            }
            return known;
        } finally {
            looking.unlock();
        }
    }

    @Override
    public String toString() {
        return "FileUpload[until " + expiresAt + "]";
    }

    /** One part: the source object of the type {@code FileUploadPart}. */
    public record Part(FileUpload upload, PartPlan plan, int number) implements OperationRunner.Source {

        @Override
        public boolean mayBlock() {
            return upload.mayBlock();
        }

        public long byteOffset() {
            return plan.offset(number);
        }

        public long byteSize() {
            return plan.byteSize(number);
        }

        public boolean isUploaded() {
            return upload.progress().has(number);
        }

        /** The request for the part; null if it has been received. */
        public @Nullable SignedRequest request() {
            PartUpload parts = upload.claims.partUpload();
            if (parts == null || isUploaded()) {
                return null;
            }
            if (!(upload.access instanceof DirectPartAccess access)) {
                throw new IllegalStateException(
                        "the store signed parts when the upload was started, and does so no more");
            }
            return access.signPart(new SignPartRequest(parts, number, byteSize(), upload.signedAt, upload.expiresAt));
        }
    }
}
