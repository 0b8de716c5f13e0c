package io.graphqlfiles.storage.gcs;

import static java.util.Objects.requireNonNull;

import com.google.api.client.http.HttpRequestFactory;
import com.google.auth.ServiceAccountSigner;
import com.google.cloud.ReadChannel;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageException;
import io.graphqlfiles.internal.buffer.BufferMemory;
import io.graphqlfiles.spi.BlobHead;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobKeys;
import io.graphqlfiles.spi.BlobNotFoundException;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps blobs in a bucket of Google Cloud Storage, one object each, and signs requests that clients send straight to
 * the bucket. Give the store a bucket or a key prefix of its own: what is there counts as its own where the keys have
 * this library's form.
 *
 * <p>Takes the vendor's client ready-made: retries, timeouts, credentials and the endpoint are its business; what is
 * asked after a failure has a quarter of the time that the client has for a call. It stays the caller's; this store
 * closes nothing. The client must speak HTTP ({@code StorageOptions.http()}, the default).
 *
 * <p><b>Memory and requests.</b> A blob of up to one chunk (8 MiB, see {@link Builder#chunkByteSize}) is written with
 * one request, a longer one chunk by chunk. A writer holds as much as it has read of a chunk. All of them together hold
 * no more memory than {@link Builder#bufferByteSize}, plus 64 KiB each; one that needs more waits for it, and fails
 * with a retryable {@link BlobStoreException} when for half a minute nothing of it comes free. A write that fails
 * cancels its upload; should even that fail, the service drops what it has after a week, and nobody ever sees it.
 *
 * <p><b>Signing</b> is done with the private key of the client's own credentials if they are a service account's, with
 * another signer ({@link Builder#signer}), or with the HMAC key of a service account ({@link Builder#hmacKey}), which
 * takes a microsecond instead of nearly a millisecond. URLs are V4 signed ones with the bucket in the path, valid for
 * seven days at most. Neither kind of key has an end of its own; deleting the key ends all its URLs.
 *
 * <p>Thread-safe. All methods block on the network, but for those of {@link DirectAccess}, which do no I/O. An
 * interrupt is left set.
 *
 * @see <a href="https://cloud.google.com/storage/docs/access-control/signed-urls">Signed URLs</a>
 */
public final class GcsBlobStore implements BlobStore, DirectPartAccess, PartUploads, BucketSetup {

    private final BucketObjects objects;
    private final UploadRequests uploads;
    private final BufferMemory memory;
    private final int chunkByteSize;
    private final SignedAccess access;
    private final ObjectHeads heads;
    private final MultipartUploads parts;
    private final BucketSetup setup;

    private GcsBlobStore(Builder builder, HttpStorageOptions options, SigningKey key) {
        URI endpoint = Endpoints.of(options);
        String path = "/" + builder.bucket + "/" + builder.keyPrefix;
        String publicBase = builder.publicBaseUrl == null ? endpoint + path : builder.publicBaseUrl + "/";
        HttpStorageOptions inAHurry = Endpoints.inAHurry(options);
        this.objects = new BucketObjects(
                builder.storage, inAHurry.getService(), builder.bucket, builder.keyPrefix, builder.objectAcls);
        this.chunkByteSize = builder.chunkByteSize;
        this.memory = new BufferMemory(builder.bufferByteSize(), builder.bufferPatience);
        this.access = new SignedAccess(new UrlSigner(endpoint, key), path, publicBase, builder.cloudCdn);
        HttpRequestFactory requests = Endpoints.requests(options);
        this.uploads = UploadRequests.of(endpoint + "/upload/storage/v1/b/" + builder.bucket + "/o", options, inAHurry);
        this.heads = new ObjectHeads(requests, new Retries(options), endpoint + path);
        this.parts = new MultipartUploads(objects, options, requests, endpoint + path);
        this.setup = new GcsBucketSetup(objects, SignedAccess.UPLOAD_HEADERS);
    }

    /**
     * A store with the defaults of {@link Builder}.
     *
     * @param storage the vendor's client, over HTTP, with the credentials of a service account's key file
     * @param bucket name of an existing bucket
     * @throws IllegalArgumentException as {@link Builder#build} says
     */
    public static GcsBlobStore at(Storage storage, String bucket) {
        return newGcsBlobStore(storage, bucket).build();
    }

    /**
     * Starts a store with settings of its own.
     *
     * @param storage the vendor's client, over HTTP; stays the caller's
     * @param bucket name of an existing bucket
     */
    public static Builder newGcsBlobStore(Storage storage, String bucket) {
        return new Builder(storage, bucket);
    }

    @Override
    public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
        requireNonNull(content, "content");
        return new ObjectUpload(objects, uploads, memory, chunkByteSize, blob).send(content);
    }

    @Override
    public InputStream open(String key, ByteRange range) {
        BlobKeys.requireValid(key);
        ReadChannel channel = objects.storage().reader(objects.id(key));
        try {
            channel.setChunkSize(0); // no buffer of its own
            channel.seek(range.offset());
            long end = range.offset() + range.length();
            channel.limit(end < 0 ? Long.MAX_VALUE : end);
            return BlobInputStream.open(channel);
        } catch (IOException | StorageException e) {
            throw objects.failures().of("open", key, e);
        }
    }

    @Override
    public @Nullable BlobInfo stat(String key) {
        com.google.cloud.storage.BlobInfo object = objects.find("stat", BlobKeys.requireValid(key));
        return object == null ? null : objects.described("stat", key, object);
    }

    @Override
    public @Nullable BlobHead head(String key, int length) throws IOException {
        BlobKeys.requireValid(key);
        try {
            BlobHead head = heads.read(key, length);
            // Of an empty object there is no range, and not every server says all in the headers.
            return head == null ? BlobStore.super.head(key, length) : head;
        } catch (StorageException e) {
            BlobStoreException failure = objects.failures().of("head", key, e);
            if (failure instanceof BlobNotFoundException) {
                return null;
            }
            throw failure;
        }
    }

    @Override
    public BlobInfo copy(CopyRequest copy) {
        return new ObjectCopy(objects, copy).send();
    }

    @Override
    public void delete(Collection<String> keys) {
        keys.forEach(BlobKeys::requireValid);
        new ObjectDeletion(objects).delete(keys);
    }

    @Override
    public BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
        BlobKeys.requireValidPrefix(prefix);
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit: expected 1 to 1000, found " + limit);
        }
        List<BlobListOption> options = new ArrayList<>(List.of(
                BlobListOption.prefix(objects.name(prefix)),
                BlobListOption.pageSize(limit),
                BlobListOption.fields(BlobField.NAME, BlobField.SIZE, BlobField.TIME_CREATED)));
        if (cursor != null) {
            options.add(BlobListOption.pageToken(cursor));
        }
        try {
            com.google.api.gax.paging.Page<com.google.cloud.storage.Blob> page =
                    objects.storage().list(objects.bucket(), options.toArray(new BlobListOption[0]));
            List<BlobInfo> blobs = new ArrayList<>();
            for (com.google.cloud.storage.Blob object : page.getValues()) {
                // The Cloud Console makes objects for folders, and others may share the bucket.
                String key = objects.key(object.getName());
                if (key != null) {
                    blobs.add(objects.described("list", key, object));
                }
            }
            String next = page.getNextPageToken();
            if (next != null && next.equals(cursor)) {
                throw objects.failures().endless("list", null);
            }
            return new BlobStore.Page(blobs, next == null || next.isEmpty() ? null : next);
        } catch (StorageException e) {
            throw objects.failures().of("list", null, e);
        }
    }

    /**
     * Removes unfinished writes, as {@link BlobStore#removeUnfinishedWrites} says.
     *
     * <p>Aborts the multipart uploads of all keys that have this library's form below the key prefix, whoever began
     * them.
     */
    @Override
    public int removeUnfinishedWrites(Instant before) {
        return parts.abortBegunBefore(before);
    }

    /**
     * Signs the upload of one whole blob.
     *
     * @throws IllegalArgumentException if it is to end more than seven days after it begins
     */
    @Override
    public SignedRequest signPut(SignPutRequest put) {
        return access.signPut(put);
    }

    /**
     * Signs the download of one blob, or gives its permanent URL when it is public. A permanent URL takes no content
     * disposition of its own: that of the blob is served.
     *
     * @throws IllegalArgumentException if it is to end more than seven days after it begins
     */
    @Override
    public SignedUrl signGet(SignGetRequest get) {
        return access.signGet(get);
    }

    /**
     * Signs the upload of one part.
     *
     * @throws IllegalArgumentException if it is to end more than seven days after it begins
     */
    @Override
    public SignedRequest signPart(SignPartRequest part) {
        return access.signPart(part);
    }

    /** Seven days. */
    @Override
    public Duration maxValidity() {
        return access.maxValidity();
    }

    /** True with a private key, false with an HMAC key. */
    @Override
    public boolean isSlowToSign() {
        return access.isSlowToSign();
    }

    @Override
    public PartUploads.Limits partLimits() {
        return parts.partLimits();
    }

    /** False: the service takes no preconditions with uploads in parts. */
    @Override
    public boolean isCreateOnly() {
        return parts.isCreateOnly();
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

    @Override
    public String toString() {
        return "GcsBlobStore[" + objects + "]";
    }

    /** Builds a {@link GcsBlobStore}. Not thread-safe. */
    public static final class Builder {

        private static final int CHUNK_UNIT = 256 * 1024;

        private final Storage storage;
        private final String bucket;
        private String keyPrefix = "";
        private int chunkByteSize = 8 * 1024 * 1024;
        private long bufferByteSize;
        private Duration bufferPatience = Duration.ofSeconds(30);
        private boolean objectAcls;
        private @Nullable String publicBaseUrl;
        private @Nullable SigningKey signingKey;
        private @Nullable CloudCdnSigner cloudCdn;

        private Builder(Storage storage, String bucket) {
            this.storage = requireNonNull(storage, "storage");
            this.bucket = Endpoints.requireBucketName(bucket);
        }

        /**
         * What the names of all objects begin with, so that several applications can share a bucket. Default: nothing.
         *
         * @param keyPrefix empty, or one to four segments as of a key that each end in {@code /}: {@code app/}
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder keyPrefix(String keyPrefix) {
            this.keyPrefix = BlobKeys.requireValidPrefix(keyPrefix);
            return this;
        }

        /**
         * Where everyone reads public blobs, for example a CDN in front of the bucket. The URL of a blob is this, a
         * slash if it has none at its end, and the blob's key, <em>without</em> the key prefix: name that here if the
         * CDN does not add it. Default: the service itself, {@code https://storage.googleapis.com/<bucket>/<prefix>}.
         *
         * @param url absolute, http or https, without query and fragment
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder publicBaseUrl(URI url) {
            this.publicBaseUrl = Endpoints.requireBaseUrl("publicBaseUrl", url);
            return this;
        }

        /**
         * Lets private blobs be read through Cloud CDN in front of the bucket, by URLs that its key signs. Uploads
         * still go to the bucket. Default: URLs of the service.
         *
         * @param baseUrl of the load balancer; the URL of a blob is this, a slash if it has none at its end, and the
         *     blob's key, <em>without</em> the key prefix: name that here if the load balancer does not add it
         * @param keyName the name of the key that was added to the backend bucket
         * @param key 16 bytes in the base64 of URLs, as they were added; never shown in messages
         * @throws IllegalArgumentException if it is not an {@code http} or {@code https} URL without query and
         *     fragment, or name or key are malformed
         */
        public Builder cloudCdn(URI baseUrl, String keyName, String key) {
            this.cloudCdn = new CloudCdnSigner(baseUrl, keyName, key);
            return this;
        }

        /**
         * Whether each public blob gets an access list of its own ({@code publicRead}). The bucket must not have
         * uniform bucket-level access then. Default: false; the bucket's IAM policy lets everyone read what is public.
         */
        public Builder objectAcls(boolean objectAcls) {
            this.objectAcls = objectAcls;
            return this;
        }

        /**
         * How many bytes are sent with one request, which is also the most that is read of one upload before it is
         * sent. Larger chunks are faster over long distances. Default: 8 MiB.
         *
         * @param bytes a positive multiple of 256 KiB
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder chunkByteSize(int bytes) {
            if (bytes < CHUNK_UNIT || bytes % CHUNK_UNIT != 0) {
                throw new IllegalArgumentException(
                        "chunkByteSize: expected a positive multiple of " + CHUNK_UNIT + ", found " + bytes);
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
         * @throws IllegalArgumentException if it is less than 256 KiB; {@link #build} checks it against the chunk
         */
        public Builder bufferByteSize(long bytes) {
            if (bytes < CHUNK_UNIT) {
                throw new IllegalArgumentException(
                        "bufferByteSize: expected at least " + CHUNK_UNIT + ", found " + bytes);
            }
            this.bufferByteSize = bytes;
            return this;
        }

        /** How long an upload waits for memory if none becomes free. */
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
         * Signs URLs with the private key of this service account. Default: that of the client's credentials.
         *
         * @param signer must have its key with it: signing is promised to do no I/O
         * @throws IllegalArgumentException if it is known to ask a service to sign: those of Compute Engine,
         *     impersonated ones, external accounts
         */
        public Builder signer(ServiceAccountSigner signer) {
            this.signingKey = RsaSigningKey.of(requireNonNull(signer, "signer"));
            return this;
        }

        /**
         * Signs URLs with an HMAC key of a service account, a thousand times as fast as with a private key, and also
         * where credentials have no key with them.
         *
         * @param accessId of the key
         * @param secret of the key; never shown in messages
         * @see <a href="https://cloud.google.com/storage/docs/authentication/hmackeys">HMAC keys</a>
         */
        public Builder hmacKey(String accessId, String secret) {
            this.signingKey = new HmacSigningKey(accessId, secret);
            return this;
        }

        /**
         * Builds the store; no I/O.
         *
         * @throws IllegalArgumentException if the client does not speak HTTP, there is no key to sign with, or a chunk
         *     does not fit into the memory
         */
        public GcsBlobStore build() {
            if (!(storage.getOptions() instanceof HttpStorageOptions options)) {
                throw new IllegalArgumentException(
                        "storage: expected a client over HTTP, StorageOptions.http(), found another");
            }
            if (chunkByteSize > bufferByteSize()) {
                throw new IllegalArgumentException("bufferByteSize: expected at least a chunk (" + chunkByteSize
                        + " bytes), found " + bufferByteSize);
            }
            return new GcsBlobStore(this, options, signingKey == null ? ownKey(options) : signingKey);
        }

        private static SigningKey ownKey(HttpStorageOptions options) {
            if (options.getCredentials() instanceof ServiceAccountSigner signer && RsaSigningKey.isLocal(signer)) {
                return RsaSigningKey.of(signer);
            }
            throw new IllegalArgumentException("expected a key to sign URLs with, found none: the client's credentials"
                    + " have no private key with them; give hmacKey(...) or signer(...)");
        }
    }
}
