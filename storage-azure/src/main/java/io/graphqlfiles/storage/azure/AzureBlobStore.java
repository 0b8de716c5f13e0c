package io.graphqlfiles.storage.azure;

import static java.util.Objects.requireNonNull;

import com.azure.storage.blob.BlobServiceAsyncClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.common.StorageSharedKeyCredential;
import io.graphqlfiles.internal.buffer.BufferMemory;
import io.graphqlfiles.spi.BlobHead;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobKeys;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.BucketSetup;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.DirectPartAccess;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPartRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.UploadedPart;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps blobs in a container of Azure Blob Storage, one block blob each, and signs requests that clients send straight
 * to the service. Give the store a container or a key prefix of its own: what is there counts as its own where the keys
 * have this library's form.
 *
 * <p>Takes the vendor's client ready-made: retries, credentials and the endpoint are its business; it has no limit of
 * time of its own, so this store has one ({@link Builder#callTimeout}), and a quarter of it for what is asked after a
 * failure. The client stays the caller's.
 *
 * <p><b>Public blobs.</b> The service lets everyone read whole containers only. So blobs of fields that are public,
 * whose keys begin with {@code public/}, go to a container of their own ({@link Builder#publicContainer}).
 *
 * <p><b>Memory and requests.</b> A blob of up to one chunk (8 MiB, see {@link Builder#chunkByteSize}) is written with
 * one request, a longer one block by block. A writer holds as much as it has read of a chunk. All of them together hold
 * no more memory than {@link Builder#bufferByteSize}, and 64 KiB each in addition; one that needs more waits for it,
 * and fails with a retryable {@link BlobStoreException} when for half a minute nothing of it comes free. A write that
 * fails throws its blocks away; should even that fail, the service drops them after a week, and nobody ever sees them.
 *
 * <p><b>Signing</b> is done with the account key of the client, or with another one ({@link Builder#sharedKey}), or,
 * for clients with a token credential, with user delegation keys ({@link Builder#userDelegation}), which are fetched
 * ahead and renewed each day. These are shared access signatures: they bind a URL to one blob, one kind of access and
 * an expiry, but neither to headers nor to the length of a body, so that a client may send another content type or
 * length than it was given a request for. That is found when the upload is claimed. The service's own limits hold: an
 * upload of one whole blob creates only.
 *
 * <p>Thread-safe. All methods block on the network, but for those of {@link DirectAccess}, which do no I/O. An
 * interrupt does not end a call, and is left set.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/create-service-sas">Create a service SAS</a>
 */
public final class AzureBlobStore implements BlobStore, DirectPartAccess, PartUploads, BucketSetup, AutoCloseable {

    private final ContainerBlobs blobs;
    private final BufferMemory memory;
    private final BlockWriter blocks;
    private final SignedAccess access;
    private final BlobReads reads;
    private final BlobListing listing;
    private final BlockUploads parts;
    private final BucketSetup setup;
    private final Clock clock;
    private final @Nullable DelegationKeys renewed;

    private AzureBlobStore(Builder builder, Supplier<SigningKey> keys, @Nullable DelegationKeys renewed) {
        BlobServiceClient client = builder.client;
        Containers containers = new Containers(client, builder.container, builder.publicContainer, builder.keyPrefix);
        this.blobs = new ContainerBlobs(containers, new Calls(builder.callTimeout), new Failures(builder.container));
        this.memory = new BufferMemory(builder.bufferByteSize(), builder.bufferPatience);
        this.blocks = new BlockWriter(blobs, builder.chunkByteSize);
        this.clock = builder.clock;
        boolean httpsOnly = client.getAccountUrl().startsWith("https:");
        String publicBase = builder.publicBaseUrl == null ? containers.publics().url() : builder.publicBaseUrl + "/";
        this.access = new SignedAccess(
                new UrlSigner(keys, client.getAccountName(), httpsOnly),
                containers,
                publicBase,
                renewed == null ? null : DelegationKeys.MAX_VALIDITY);
        this.renewed = renewed;
        this.reads = new BlobReads(blobs);
        this.listing = new BlobListing(blobs);
        this.parts = new BlockUploads(blobs, blocks, memory, clock);
        this.setup = new AzureBucketSetup(blobs, client.getAccountName(), SignedAccess.UPLOAD_HEADERS);
    }

    /**
     * A store with the defaults of {@link Builder}.
     *
     * @param client the vendor's client, with an account key
     * @param container name of an existing container
     * @throws IllegalArgumentException as {@link Builder#build} says
     */
    public static AzureBlobStore at(BlobServiceClient client, String container) {
        return newAzureBlobStore(client, container).build();
    }

    /**
     * Starts a store with settings of its own.
     *
     * @param client the vendor's client; stays the caller's
     * @param container name of an existing container
     */
    public static Builder newAzureBlobStore(BlobServiceClient client, String container) {
        return new Builder(client, container);
    }

    @Override
    public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
        requireNonNull(content, "content");
        return new BlobUpload(blobs, blocks, memory, blob, clock.instant()).send(content);
    }

    @Override
    public InputStream open(String key, ByteRange range) {
        return reads.open(BlobKeys.requireValid(key), range);
    }

    @Override
    public @Nullable BlobInfo stat(String key) {
        BlobProperties blob = blobs.find("stat", BlobKeys.requireValid(key));
        return blob == null ? null : blobs.described("stat", key, blob);
    }

    @Override
    public @Nullable BlobHead head(String key, int length) throws IOException {
        return reads.head(BlobKeys.requireValid(key), length);
    }

    /** Copies a blob, as {@link BlobStore#copy} says; 100 MiB with each request, one after the other. */
    @Override
    public BlobInfo copy(CopyRequest copy) {
        return new BlobCopy(blobs, access, copy, clock.instant()).send();
    }

    @Override
    public void delete(Collection<String> keys) {
        keys.forEach(BlobKeys::requireValid);
        new BlobDeletion(blobs).delete(keys);
    }

    @Override
    public BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
        BlobKeys.requireValidPrefix(prefix);
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit: expected 1 to 1000, found " + limit);
        }
        return listing.list(prefix, cursor, limit);
    }

    /**
     * Removes unfinished writes, as {@link BlobStore#removeUnfinishedWrites} says.
     *
     * <p>Asks for the blocks of each empty blob. The service drops uncommitted blocks on its own after a week.
     */
    @Override
    public int removeUnfinishedWrites(Instant before) {
        return new UnfinishedUploads(blobs, listing, parts).remove(before);
    }

    /** Signs the upload of one whole blob, which must not exist. Length and content type are not bound. */
    @Override
    public SignedRequest signPut(SignPutRequest put) {
        return access.signPut(put);
    }

    /**
     * Signs the download of one blob, or gives its permanent URL when it is public. A permanent URL takes no content
     * disposition of its own: that of the blob is served.
     */
    @Override
    public SignedUrl signGet(SignGetRequest get) {
        return access.signGet(get);
    }

    /** Signs the upload of one part. Neither its number nor its length is bound, but the blob is. */
    @Override
    public SignedRequest signPart(SignPartRequest part) {
        return access.signPart(part);
    }

    /** Five and a half days with user delegation keys, which live for seven; null, no limit, with an account key. */
    @Override
    public @Nullable Duration maxValidity() {
        return access.maxValidity();
    }

    @Override
    public PartUploads.Limits partLimits() {
        return parts.partLimits();
    }

    @Override
    public PartUpload beginParts(PartUploadRequest begin) {
        return parts.beginParts(begin);
    }

    @Override
    public UploadedPart putPart(PutPartRequest part, InputStream content) throws IOException {
        return parts.putPart(part, content);
    }

    @Override
    public List<UploadedPart> listParts(PartUpload upload) {
        return parts.listParts(upload);
    }

    @Override
    public void completeParts(PartUpload upload, List<UploadedPart> uploaded) {
        parts.completeParts(upload, uploaded);
    }

    @Override
    public void abortParts(PartUpload upload) {
        parts.abortParts(upload);
    }

    @Override
    public List<BucketSetup.Text> setupTexts(BucketSetup.Use use) {
        return setup.setupTexts(use);
    }

    @Override
    public List<BucketSetup.LifecycleRule> lifecycleRules() {
        return setup.lifecycleRules();
    }

    /** Ends the renewal of user delegation keys; there is nothing else to close. The client stays open. */
    @Override
    public void close() {
        if (renewed != null) {
            renewed.close();
        }
    }

    @Override
    public String toString() {
        return "AzureBlobStore[" + blobs + "]";
    }

    /** Builds an {@link AzureBlobStore}. Not thread-safe. */
    public static final class Builder {

        private static final int MIN_CHUNK = 64 * 1024;
        private static final int MAX_CHUNK = 1024 * 1024 * 1024;

        private final BlobServiceClient client;
        private final String container;
        private @Nullable String publicContainer;
        private String keyPrefix = "";
        private int chunkByteSize = 8 * 1024 * 1024;
        private long bufferByteSize;
        private Duration bufferPatience = Duration.ofSeconds(30);
        private Duration callTimeout = Duration.ofMinutes(1);
        private @Nullable String publicBaseUrl;
        private @Nullable StorageSharedKeyCredential sharedKey;
        private boolean userDelegation;
        private Clock clock = Clock.systemUTC();

        private Builder(BlobServiceClient client, String container) {
            this.client = requireNonNull(client, "client");
            this.container = Endpoints.requireContainerName("container", container);
        }

        /**
         * Where blobs whose key begins with {@code public/} are kept: a container that everyone may read. Default: the
         * same container as all others, which everyone may read then, or which a CDN reads for them
         * ({@link #publicBaseUrl}).
         *
         * @param container name of an existing container
         * @throws IllegalArgumentException if it cannot be the name of one
         */
        public Builder publicContainer(String container) {
            this.publicContainer = Endpoints.requireContainerName("publicContainer", container);
            return this;
        }

        /**
         * What the names of all blobs begin with, so that several applications can share a container. Default: nothing.
         *
         * @param keyPrefix empty, or one to four segments as of a key that each end in {@code /}: {@code app/}
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder keyPrefix(String keyPrefix) {
            this.keyPrefix = BlobKeys.requireValidPrefix(keyPrefix);
            return this;
        }

        /**
         * Where everyone reads public blobs, for example a CDN in front of the container. The URL of a blob is this, a
         * slash if it has none at its end, and the blob's key, <em>without</em> the key prefix: name that here if the
         * CDN does not add it. Default: the service itself.
         *
         * @param url absolute, http or https, without query and fragment
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder publicBaseUrl(URI url) {
            this.publicBaseUrl = Endpoints.requireBaseUrl(url);
            return this;
        }

        /**
         * How many bytes are sent with one request, which is also the most that is read of one upload before it is
         * sent. Larger chunks are faster over long distances. Default: 8 MiB.
         *
         * @param bytes 64 KiB to 1 GiB
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder chunkByteSize(int bytes) {
            if (bytes < MIN_CHUNK || bytes > MAX_CHUNK) {
                throw new IllegalArgumentException(
                        "chunkByteSize: expected " + MIN_CHUNK + " to " + MAX_CHUNK + ", found " + bytes);
            }
            this.chunkByteSize = bytes;
            return this;
        }

        /**
         * How much memory all uploads of this store hold together, in bytes: what their clients have sent of the chunk
         * that is being read, and the chunks that are being sent. Default: a quarter of the heap's largest size, and at
         * least two chunks.
         *
         * @param bytes at least one chunk
         * @throws IllegalArgumentException if it is less than 64 KiB; {@link #build} checks it against the chunk
         */
        public Builder bufferByteSize(long bytes) {
            if (bytes < MIN_CHUNK) {
                throw new IllegalArgumentException(
                        "bufferByteSize: expected at least " + MIN_CHUNK + ", found " + bytes);
            }
            this.bufferByteSize = bytes;
            return this;
        }

        /** How long an upload waits for memory of which nothing comes free. */
        Builder bufferPatience(Duration bufferPatience) {
            this.bufferPatience = bufferPatience;
            return this;
        }

        private long bufferByteSize() {
            return bufferByteSize > 0
                    ? bufferByteSize
                    : Math.max(2L * chunkByteSize, Runtime.getRuntime().maxMemory() / 4);
        }

        /**
         * How long one request to the service may take, with all its repetitions by the client, which has no such limit
         * of its own: to send a chunk, to copy 100 MiB within the service. While a blob is read, how long the service
         * may be silent. Default: one minute.
         *
         * @throws IllegalArgumentException if it is less than 100 milliseconds
         */
        public Builder callTimeout(Duration callTimeout) {
            if (callTimeout.toMillis() < 100) {
                throw new IllegalArgumentException("callTimeout: expected at least PT0.1S, found " + callTimeout);
            }
            this.callTimeout = callTimeout;
            return this;
        }

        /**
         * Signs URLs with this key of the account. Default: that of the client.
         *
         * @param key of the client's account
         * @throws IllegalArgumentException if it is another account's
         */
        public Builder sharedKey(StorageSharedKeyCredential key) {
            if (!key.getAccountName().equals(client.getAccountName())) {
                throw new IllegalArgumentException("sharedKey: expected a key of the account " + client.getAccountName()
                        + ", found one of " + key.getAccountName());
            }
            this.sharedKey = key;
            return this;
        }

        /**
         * Signs URLs with user delegation keys, for clients with a token credential: a managed identity needs no
         * secret. {@link #build} fetches the first one and fails without it; afterwards one is fetched each day until
         * the store is closed. URLs change then, and differ between nodes, because each has a key of its own.
         *
         * @see <a href="https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas">Create a user
         *     delegation SAS</a>
         */
        public Builder userDelegation() {
            this.userDelegation = true;
            return this;
        }

        Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Builds the store; no I/O but with {@link #userDelegation}.
         *
         * @throws IllegalArgumentException if there is no key to sign with, or a chunk does not fit into the memory
         * @throws BlobStoreException if the service gives no user delegation key
         */
        public AzureBlobStore build() {
            if (chunkByteSize > bufferByteSize()) {
                throw new IllegalArgumentException("bufferByteSize: expected at least a chunk (" + chunkByteSize
                        + " bytes), found " + bufferByteSize);
            }
            if (userDelegation) {
                DelegationKeys keys = delegationKeys();
                return new AzureBlobStore(this, keys, keys);
            }
            SigningKey key = SigningKey.of(sharedKey == null ? ownKey() : sharedKey);
            return new AzureBlobStore(this, () -> key, null);
        }

        private StorageSharedKeyCredential ownKey() {
            StorageSharedKeyCredential key =
                    StorageSharedKeyCredential.getSharedKeyCredentialFromPipeline(client.getHttpPipeline());
            if (key == null) {
                throw new IllegalArgumentException("expected a key to sign URLs with, found none: the client has no"
                        + " account key; give userDelegation() or sharedKey(...)");
            }
            return key;
        }

        private DelegationKeys delegationKeys() {
            BlobServiceAsyncClient asking = new BlobServiceClientBuilder()
                    .endpoint(client.getAccountUrl())
                    .serviceVersion(client.getServiceVersion())
                    .pipeline(client.getHttpPipeline())
                    .buildAsyncClient();
            DelegationKeys keys = new DelegationKeys(client.getAccountName(), asking::getUserDelegationKey, clock);
            try {
                keys.start(new Calls(callTimeout), Schedulers.parallel());
            } catch (RuntimeException e) {
                throw new Failures(container).of("userDelegation", null, e);
            }
            return keys;
        }
    }
}
