package io.graphqlfiles.storage.s3;

import static java.util.Objects.requireNonNull;

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
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * Keeps blobs in a bucket of Amazon S3, or of a server that speaks its protocol.
 *
 * <p>The client comes ready-made: its endpoint, region, credentials, retries, time-outs and checksums are as the
 * application has set them, and what this store signs agrees with them. For a server that refuses the checksums that
 * the SDK sends by default, see {@link #forCompatibleServers}. If one refuses to delete several objects with one
 * request, they are deleted one by one. The server must honour {@code If-None-Match: *} on PutObject and
 * CompleteMultipartUpload; Amazon's does since 2024.
 *
 * <p>A blob is the object of the same key below the key prefix; it carries its content type and content disposition,
 * the metadata {@code graphql-files-write}, a random name of the request that wrote it, and a {@code Cache-Control}
 * that lets caches keep a public one for good and browsers a private one for a day. Give the store a bucket or a key
 * prefix of its own: what is there counts as its own where the keys have this library's form.
 *
 * <p><b>Large blobs.</b> Content is read in the calling thread and never written to a disk. What fits into one part
 * ({@link Builder#partByteSize}) is one request, and takes no more memory than it has bytes; more is a multipart
 * upload, its parts sent by a few threads of this store while the caller's stream is read on. All uploads together hold
 * no more memory than {@link Builder#bufferByteSize}, plus 64 KiB each; one that needs more waits for it, and fails
 * with a retryable {@link BlobStoreException} when for half a minute nothing of it comes free. The threads are daemons,
 * start when needed and end after ten idle seconds; there is nothing to close. A call that fails waits until the parts
 * in progress have ended, aborts the upload and then throws.
 *
 * <p><b>Signing</b> does no I/O of its own, but it asks the client's credentials provider each time. Amazon's providers
 * answer from memory, except when session credentials are about to end and must be fetched anew. Signed requests and
 * URLs live 7 days at most, and end no later than the credentials that signed them. A permanent URL of a public blob
 * takes no {@code Content-Disposition} of its own: that of the blob is served.
 *
 * <p>Thread-safe. An interrupt ends a call early with nothing left.
 */
public final class S3BlobStore implements BlobStore, DirectPartAccess, PartUploads, BucketSetup {

    /** Of one object: 5 TiB, which Amazon and most others take; Amazon has taken more since the end of 2025. */
    static final long MAX_BYTE_SIZE = 5L * 1024 * 1024 * 1024 * 1024;

    private final Bucket bucket;
    private final BlobHeads heads;
    private final BlobWriter writer;
    private final BlobOpener opener;
    private final BlobCopier copier;
    private final BlobDeletion deletion;
    private final BlobListing listing;
    private final UnfinishedUploads unfinished;
    private final MultipartParts parts;
    private final UrlSigner signer;
    private final BucketSetup setup;

    private S3BlobStore(Builder builder) {
        Failures failures = new Failures(builder.bucket, () -> HttpClientName.of(builder.client));
        this.bucket = new Bucket(new UniformClient(builder.client), builder.bucket, builder.keyPrefix);
        this.heads = new BlobHeads(bucket, failures);
        Executor threads = UploadThreads.create(builder.uploadThreads);
        BufferMemory memory = new BufferMemory(builder.bufferByteSize(), builder.bufferPatience);
        ObjectSettings settings = new ObjectSettings(builder.objectAcls, builder.requestHeaders);
        this.writer = new BlobWriter(bucket, failures, heads, memory, threads, builder.partByteSize, settings);
        this.opener = new BlobOpener(bucket, failures, heads);
        this.copier = new BlobCopier(bucket, failures, heads, writer, threads, builder.copySizes, settings);
        this.deletion = new BlobDeletion(bucket, failures);
        this.listing = new BlobListing(bucket, failures);
        this.unfinished = new UnfinishedUploads(bucket, failures);
        this.parts = new MultipartParts(bucket, failures, heads, memory, builder.partByteSize, settings);
        this.signer = SignerFactory.create(
                builder.signingClient, bucket, builder.publicBaseUrl, failures, settings, builder.cloudFront);
        this.setup = new S3BucketSetup(bucket, failures, settings);
    }

    /**
     * A store with the defaults of {@link Builder}.
     *
     * @param client stays the application's, which closes it when the store is no longer used
     * @param bucket the name of a bucket that exists
     * @throws IllegalArgumentException as {@link Builder#build} does
     */
    public static S3BlobStore at(S3Client client, String bucket) {
        return newS3BlobStore(client, bucket).build();
    }

    /**
     * Starts a store with settings of its own.
     *
     * @param client stays the application's, which closes it when the store is no longer used
     * @param bucket the name of a bucket that exists
     */
    public static Builder newS3BlobStore(S3Client client, String bucket) {
        return new Builder(client, bucket);
    }

    /**
     * Sets up a client for servers that know less than Amazon's: no checksums and no chunks that the SDK sends of its
     * own accord, and {@code Content-MD5} with a request that deletes several objects.
     *
     * <pre>{@code
     * S3Client.builder().applyMutation(S3BlobStore::forCompatibleServers)
     * }</pre>
     *
     * @param client whose {@code serviceConfiguration} is replaced
     */
    public static void forCompatibleServers(S3ClientBuilder client) {
        client.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .addPlugin(LegacyMd5Plugin.create());
    }

    @Override
    public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
        return writer.put(blob, content);
    }

    @Override
    public InputStream open(String key, ByteRange range) {
        return opener.open(BlobKeys.requireValid(key), range);
    }

    @Override
    public @Nullable BlobInfo stat(String key) {
        return heads.find("stat", BlobKeys.requireValid(key));
    }

    @Override
    public @Nullable BlobHead head(String key, int length) throws IOException {
        return opener.head(BlobKeys.requireValid(key), length);
    }

    /**
     * Copies a blob, as {@link BlobStore#copy} says.
     *
     * <p>Up to 1 GiB it is one request, larger blobs are a multipart upload. The one request asks the server to create
     * only; Amazon does, but a server that does not know of this replaces a blob under the target key.
     */
    @Override
    public BlobInfo copy(CopyRequest copy) {
        return copier.copy(copy);
    }

    @Override
    public void delete(Collection<String> keys) {
        keys.forEach(BlobKeys::requireValid);
        deletion.delete(keys);
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
     * <p>Aborts the multipart uploads of all keys that have this library's form below the key prefix, whoever began
     * them.
     */
    @Override
    public int removeUnfinishedWrites(Instant before) {
        return unfinished.remove(requireNonNull(before, "before"));
    }

    /**
     * Signs the upload of a blob, as {@link DirectAccess#signPut} says.
     *
     * <p>The client must send {@code If-None-Match: *}, so that a blob is stored once; a browser on another origin may
     * do so if the bucket's CORS rules allow the headers {@code content-type} and {@code if-none-match}.
     *
     * @throws IllegalArgumentException if it is to live longer than 7 days, or type or size are malformed
     * @throws BlobStoreException if the provider has no credentials, or only such that have ended
     */
    @Override
    public SignedRequest signPut(SignPutRequest put) {
        return signer.signPut(put);
    }

    /**
     * Signs the download of a blob, as {@link DirectAccess#signGet} says.
     *
     * @throws IllegalArgumentException if it is to live longer than 7 days
     * @throws BlobStoreException if the provider has no credentials, or only such that have ended
     */
    @Override
    public SignedUrl signGet(SignGetRequest get) {
        return signer.signGet(get);
    }

    /**
     * Signs the upload of a part, as {@link DirectPartAccess#signPart} says.
     *
     * @throws IllegalArgumentException if it is to live longer than 7 days, or number or size are outside the limits
     * @throws BlobStoreException if the provider has no credentials, or only such that have ended
     */
    @Override
    public SignedRequest signPart(SignPartRequest part) {
        return signer.signPart(part);
    }

    /** Seven days. */
    @Override
    public Duration maxValidity() {
        return signer.maxValidity();
    }

    @Override
    public boolean isSlowToSign() {
        return signer.isSlowToSign();
    }

    @Override
    public PartUploads.Limits partLimits() {
        return parts.partLimits();
    }

    @Override
    public PartUpload beginParts(PartUploadRequest begin) {
        return parts.beginParts(begin);
    }

    /**
     * Stores a part, as {@link PartUploads#putPart} says.
     *
     * <p>A part that is longer than {@link Builder#partByteSize} is not held in memory, and so cannot be sent again by
     * the client's retries; over plain HTTP without chunked encoding the SDK would have to read it twice, and it fails.
     */
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
        return "S3BlobStore[" + bucket.name() + (bucket.keyPrefix().isEmpty() ? "" : "/" + bucket.keyPrefix()) + "]";
    }

    /** Builds an {@link S3BlobStore}. Not thread-safe. */
    public static final class Builder {

        private static final int MIB = 1024 * 1024;

        private final S3Client client;
        private final String bucket;
        private S3Client signingClient;
        private String keyPrefix = "";
        private @Nullable URI publicBaseUrl;
        private boolean objectAcls;
        private final SortedMap<String, String> requestHeaders = new TreeMap<>();
        private @Nullable CloudFrontSigner cloudFront;
        private int partByteSize = 8 * MIB;
        private int uploadThreads = 4;
        private long bufferByteSize;
        private Duration bufferPatience = Duration.ofSeconds(30);
        private CopySizes copySizes = CopySizes.DEFAULTS;

        private Builder(S3Client client, String bucket) {
            this.client = requireNonNull(client, "client");
            this.signingClient = client;
            this.bucket = requireNonNull(bucket, "bucket");
        }

        /**
         * What to put before every key in the bucket, so that several applications can share one. Default: nothing.
         *
         * @param keyPrefix one or more segments as those of a key, each with {@code /} at its end; or empty
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder keyPrefix(String keyPrefix) {
            this.keyPrefix = BlobKeys.requireValidPrefix(keyPrefix);
            return this;
        }

        /**
         * Where everyone reads public blobs, for example a CDN in front of the bucket. The URL of a blob is this, a
         * slash if it has none at its end, and the blob's key, <em>without</em> the key prefix: name that here if the
         * CDN does not add it. Default: the bucket's own URL.
         *
         * @throws IllegalArgumentException if it is not an {@code http} or {@code https} URL without query and fragment
         */
        public Builder publicBaseUrl(URI publicBaseUrl) {
            this.publicBaseUrl = SignerFactory.requireBaseUrl("publicBaseUrl", publicBaseUrl);
            return this;
        }

        /**
         * Whether a public blob gets the ACL {@code public-read}. Default false: the bucket's policy lets everyone read
         * the keys below {@code public/}. Buckets of Amazon refuse ACLs unless their object ownership says otherwise.
         */
        public Builder objectAcls(boolean objectAcls) {
            this.objectAcls = objectAcls;
            return this;
        }

        /**
         * Adds a header to every request that creates an object: what this store writes and copies, what clients upload
         * directly (signed, so that they must send it), and the beginning of uploads in parts. For
         * {@code x-amz-server-side-encryption} and {@code x-amz-server-side-encryption-aws-kms-key-id} where the
         * bucket's policy wants them, {@code x-amz-storage-class}, {@code x-amz-tagging} and the like. Default: none.
         *
         * @param name begins with {@code x-amz-}; none that this store sets, such as the ACL, or that reads would need
         *     too, such as keys of clients for encryption
         * @param value visible ASCII, up to 1,024 characters; it reaches whoever uploads directly
         * @throws IllegalArgumentException if name or value is anything else
         */
        public Builder requestHeader(String name, String value) {
            requestHeaders.put(ObjectSettings.requireAddable(name, value), value);
            return this;
        }

        /**
         * Lets private blobs be read through a CloudFront distribution in front of the bucket, by URLs with a canned
         * policy; the bucket itself need not be readable for signed requests then. Uploads still go to the bucket. For
         * {@code url(download: true)} the distribution must pass the query parameter
         * {@code response-content-disposition} on to the bucket. Default: URLs of the bucket.
         *
         * @param baseUrl of the distribution; the URL of a blob is this, a slash if it has none at its end, and the
         *     blob's key, <em>without</em> the key prefix: name that here if the distribution does not add it
         * @param keyPairId the id of the public key in the distribution's key group
         * @param key the private one; signing takes about a millisecond
         * @throws IllegalArgumentException if it is not an {@code http} or {@code https} URL without query and
         *     fragment, or the id is malformed
         */
        public Builder cloudFront(URI baseUrl, String keyPairId, RSAPrivateKey key) {
            this.cloudFront = new CloudFrontSigner(baseUrl, keyPairId, requireNonNull(key, "key"));
            return this;
        }

        /**
         * Whose endpoint, region and credentials the signed requests are for: a client of its own where clients of the
         * application reach the server by another name than the application does, or with narrower permissions. It
         * sends nothing. Default: the store's client.
         */
        public Builder signingClient(S3Client signingClient) {
            this.signingClient = requireNonNull(signingClient, "signingClient");
            return this;
        }

        /**
         * The length of the parts of a multipart upload, in bytes, and the most of what is read of one upload before it
         * is sent. A blob of unknown length can have 10,000 of them, so about 80 GB by default. Default: 8 MiB.
         *
         * @param partByteSize 5 MiB to 1 GiB
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder partByteSize(int partByteSize) {
            if (partByteSize < 5 * MIB || partByteSize > 1024 * MIB) {
                throw new IllegalArgumentException(
                        "partByteSize: expected 5 MiB to 1 GiB in bytes, found " + partByteSize);
            }
            this.partByteSize = partByteSize;
            return this;
        }

        /**
         * How many threads of this store send parts, for all uploads together. Uploads that find none idle send their
         * parts in the calling thread. Default: 4.
         *
         * @param uploadThreads 1 or more; a client's pool of connections should have as many and one for each caller
         * @throws IllegalArgumentException if it is less
         */
        public Builder uploadThreads(int uploadThreads) {
            if (uploadThreads < 1) {
                throw new IllegalArgumentException("uploadThreads: expected 1 or more, found " + uploadThreads);
            }
            this.uploadThreads = uploadThreads;
            return this;
        }

        /**
         * How much memory all uploads of this store hold together, in bytes: what their clients have sent of the part
         * that is being read, and the parts that are being sent. More lets more parts be sent at once. Default: a
         * quarter of the heap's largest size, and at least two parts.
         *
         * @param bufferByteSize at least one part; twice the part and more lets reading and sending overlap
         * @throws IllegalArgumentException if it is less than 5 MiB; {@link #build} checks it against the part
         */
        public Builder bufferByteSize(long bufferByteSize) {
            if (bufferByteSize < 5 * MIB) {
                throw new IllegalArgumentException(
                        "bufferByteSize: expected at least 5 MiB in bytes, found " + bufferByteSize);
            }
            this.bufferByteSize = bufferByteSize;
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
                    : Math.max(2L * partByteSize, Runtime.getRuntime().maxMemory() / 4);
        }

        Builder copySizes(CopySizes copySizes) {
            this.copySizes = copySizes;
            return this;
        }

        /**
         * Builds the store. Does no I/O: whether the bucket is there shows when it is used.
         *
         * @throws IllegalArgumentException if the bucket is an ARN or a directory bucket, or the signing client does
         *     not say its region, credentials provider or endpoint, or a part does not fit into the memory
         */
        public S3BlobStore build() {
            if (partByteSize > bufferByteSize()) {
                throw new IllegalArgumentException("bufferByteSize: expected at least a part (" + partByteSize
                        + " bytes), found " + bufferByteSize);
            }
            return new S3BlobStore(this);
        }
    }
}
