package io.graphqlfiles.spring;

import io.graphqlfiles.maintenance.MaintenanceProgress;
import io.graphqlfiles.maintenance.MigrateOptions;
import io.graphqlfiles.maintenance.SweepOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings under {@code graphql.files}.
 *
 * @param store Kind of store to keep files in: "fs", "s3", "gcs" or "azure". "fs" when "graphql.files.fs.root" is set.
 *     Not looked at when the application has a BlobStore bean.
 * @param secret Secrets of at least 32 characters that sign URLs and encrypt upload tokens. The first is used for new
 *     ones, the others are still accepted, so that a secret can be replaced without breaking what is in progress.
 *     Required.
 * @param basePath Path below the context path at which files are served and direct uploads are received.
 * @param baseUrl URL of this application as clients see it, with its context path and without the base path. By default
 *     it is taken from each request.
 * @param earlyRules Whether rules of Spring Security on controllers' methods that look at no argument are asked before
 *     files are read, and again when the method is called. On servlet containers.
 * @param migrateFrom Name of the store, of those under "stores" or of the application's beans, that the files of the
 *     default store have been in until now. It is read as long as this is set, and not used otherwise.
 * @param mirrorTo Name of the store, of those under "stores" or of the application's beans, that what is stored in the
 *     default store is copied to. It is not used otherwise.
 * @param stores Further stores by their names, for fields that say "store". Each is a kind and its settings, as the
 *     default store has them: "graphql.files.stores.archive.store=s3", "graphql.files.stores.archive.s3.bucket=old".
 * @param doctor Whether to write how the stores should be set up, examine them and end, with exit code 1 if something
 *     does not work. For the command line.
 * @param makeVariants Whether to make the variants of all attached files that are not there yet, show how far it is,
 *     and end. For the command line.
 * @param relocate Whether to move attached files to where their fields say now, show how far it is, and end: after a
 *     field was made public or private, or was given another store. For the command line.
 * @param reconcile For the command line. When set, the application compares attached files with what is in the stores,
 *     prints what does not agree, and ends: "report" changes nothing, "fix" deletes files that have no row.
 */
@ConfigurationProperties("graphql.files")
record GraphQLFilesProperties(
        @Nullable StoreKind store,
        @DefaultValue List<String> secret,
        @DefaultValue("/files") String basePath,
        @Nullable URI baseUrl,
        @DefaultValue("true") boolean earlyRules,
        @Nullable Boolean doctor,
        @Nullable Boolean makeVariants,
        @Nullable Boolean relocate,
        Fs fs,
        S3 s3,
        Gcs gcs,
        Azure azure,
        @Nullable String migrateFrom,
        @Nullable String mirrorTo,
        @DefaultValue Map<String, NamedStore> stores,
        Limits limits,
        CopyUrl copyUrl,
        Url url,
        Upload upload,
        Multipart multipart,
        Cors cors,
        Sweep sweep,
        Review review,
        Attachments attachments,
        @Nullable Reconcile reconcile,
        Migrate migrate,
        Reactive reactive) {

    /**
     * A group of which nothing is set is not bound, which would cost each start tens of milliseconds, but given as
     * null. Its {@code DEFAULTS} say the same as its annotations.
     */
    GraphQLFilesProperties {
        fs = fs == null ? Fs.DEFAULTS : fs;
        s3 = s3 == null ? S3.DEFAULTS : s3;
        gcs = gcs == null ? Gcs.DEFAULTS : gcs;
        azure = azure == null ? Azure.DEFAULTS : azure;
        limits = limits == null ? Limits.DEFAULTS : limits;
        copyUrl = copyUrl == null ? CopyUrl.DEFAULTS : copyUrl;
        url = url == null ? Url.DEFAULTS : url;
        upload = upload == null ? Upload.DEFAULTS : upload;
        multipart = multipart == null ? Multipart.DEFAULTS : multipart;
        cors = cors == null ? Cors.DEFAULTS : cors;
        sweep = sweep == null ? Sweep.DEFAULTS : sweep;
        review = review == null ? Review.DEFAULTS : review;
        attachments = attachments == null ? Attachments.DEFAULTS : attachments;
        migrate = migrate == null ? Migrate.DEFAULTS : migrate;
        reactive = reactive == null ? Reactive.DEFAULTS : reactive;
    }

    /**
     * Path of the GraphQL endpoint. Read as a property: the class that binds it has moved with Boot 4. The second name
     * is the one before Boot 3.5, which still takes it.
     */
    static final String GRAPHQL_PATH = "${spring.graphql.http.path:${spring.graphql.path:/graphql}}";

    /** The stores that properties can name. */
    enum StoreKind {
        FS,
        S3,
        GCS,
        AZURE;

        /** What an application must add to have it. */
        String dependencies() {
            String ours = "io.graphqlfiles:graphql-files-storage-" + name().toLowerCase(Locale.ROOT);
            return this == S3 ? ours + " and Amazon's SDK, software.amazon.awssdk:s3" : ours;
        }
    }

    /** Never the secrets. */
    @Override
    public String toString() {
        return "GraphQLFilesProperties[store=" + store + ", basePath=" + basePath + "]";
    }

    /**
     * A store next to the default one.
     *
     * @param store Its kind.
     * @param migrateFrom Name of the store that its files have been in until now, as with the default store.
     * @param mirrorTo Name of the store that what is stored in it is copied to, as with the default store.
     */
    record NamedStore(
            @Nullable StoreKind store,
            @Nullable String migrateFrom,
            @Nullable String mirrorTo,
            @DefaultValue Fs fs,
            @DefaultValue S3 s3,
            @DefaultValue Gcs gcs,
            @DefaultValue Azure azure) {}

    /**
     * The store in a directory.
     *
     * @param root Directory that files are kept in. Made if it does not exist.
     * @param attributes Whether what is known of a file may be an extended attribute of it. Switch off where the
     *     directory is backed up by something that loses attributes; small files then cost twice as much.
     */
    record Fs(@Nullable Path root, @DefaultValue("true") boolean attributes) {

        static final Fs DEFAULTS = new Fs(null, true);

        Path requireRoot() {
            if (root == null) {
                throw new MissingSettingException(
                        "graphql.files.fs.root is empty.", "Set graphql.files.fs.root to a directory.");
            }
            return root;
        }
    }

    /**
     * The store in a bucket of Amazon S3, or of a server that speaks its protocol. Credentials come from where the
     * vendor's client looks for them: environment, profiles, the machine's role. The settings from region to
     * attemptTimeout are not looked at when the application has an S3Client bean.
     *
     * @param bucket Name of a bucket that exists. Required for this store.
     * @param keyPrefix What the names of all objects begin with, such as "shop/", so that applications can share a
     *     bucket.
     * @param publicBaseUrl Where everyone reads public files, for example a CDN in front of the bucket.
     * @param objectAcls Whether public files get the ACL "public-read". By default the bucket's policy lets everyone
     *     read them.
     * @param region Region of the bucket. By default that of the environment.
     * @param endpoint URL of a server other than Amazon's.
     * @param publicEndpoint URL by which clients reach that server, if it is another.
     * @param pathStyle Whether the bucket's name is in the path of URLs rather than in the host's name, as most servers
     *     other than Amazon's want it.
     * @param compatible Whether to leave out checksums and chunks that servers other than Amazon's may refuse.
     * @param callTimeout Time for one call to the server with all its attempts. What is asked after a failure, to find
     *     out what became of it, gets a quarter of it.
     * @param attemptTimeout Time for one attempt of a call. A part of 8 MB must be sent in it.
     * @param bufferMemory Memory that all uploads together may take. By default a quarter of the heap.
     * @param requestHeaders Headers of every request that creates an object, by their names, for example
     *     "x-amz-server-side-encryption". Clients that upload directly must send them, and are told so.
     * @param cloudFront CloudFront distribution through which private files are read.
     */
    record S3(
            @Nullable String bucket,
            @DefaultValue("") String keyPrefix,
            @Nullable URI publicBaseUrl,
            @DefaultValue("false") boolean objectAcls,
            @Nullable String region,
            @Nullable URI endpoint,
            @Nullable URI publicEndpoint,
            @DefaultValue("false") boolean pathStyle,
            @DefaultValue("false") boolean compatible,
            @DefaultValue("60s") Duration callTimeout,
            @DefaultValue("30s") Duration attemptTimeout,
            @Nullable DataSize bufferMemory,
            @DefaultValue Map<String, String> requestHeaders,
            @Nullable CloudFront cloudFront) {

        static final S3 DEFAULTS = new S3(
                null,
                "",
                null,
                false,
                null,
                null,
                null,
                false,
                false,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                null,
                Map.of(),
                null);
    }

    /**
     * A CloudFront distribution.
     *
     * @param baseUrl Its URL.
     * @param keyPairId ID of the public key in its key group.
     * @param privateKey The RSA key that signs, as PEM: the text between and with "BEGIN PRIVATE KEY" and "END PRIVATE
     *     KEY".
     */
    record CloudFront(
            @Nullable URI baseUrl,
            @Nullable String keyPairId,
            @Nullable String privateKey) {

        /** Never the key. */
        @Override
        public String toString() {
            return "CloudFront[" + baseUrl + ", " + keyPairId + "]";
        }
    }

    /**
     * The store in a bucket of Google Cloud Storage. Credentials come from where the vendor's client looks for them:
     * GOOGLE_APPLICATION_CREDENTIALS, the machine's service account. Project, endpoint and the timeouts are not looked
     * at when the application has a Storage bean.
     *
     * @param bucket Name of a bucket that exists. Required for this store.
     * @param keyPrefix What the names of all objects begin with, such as "shop/", so that applications can share a
     *     bucket.
     * @param publicBaseUrl Where everyone reads public files, for example a CDN in front of the bucket.
     * @param objectAcls Whether public files get an access list of their own. By default the bucket's policy lets
     *     everyone read them.
     * @param project Project of the bucket. By default that of the credentials.
     * @param endpoint URL of a server other than Google's.
     * @param hmac Key of a service account that signs URLs, where the credentials have no private key or it is too
     *     slow.
     * @param callTimeout Time for one call to the service with all its attempts. What is asked after a failure, to find
     *     out what became of it, gets a quarter of it.
     * @param attemptTimeout Time without a byte of an answer after which an attempt of a call is abandoned.
     * @param bufferMemory Memory that all uploads together may take. By default a quarter of the heap.
     * @param cloudCdn Cloud CDN through which private files are read.
     */
    record Gcs(
            @Nullable String bucket,
            @DefaultValue("") String keyPrefix,
            @Nullable URI publicBaseUrl,
            @DefaultValue("false") boolean objectAcls,
            @Nullable String project,
            @Nullable URI endpoint,
            @Nullable HmacKey hmac,
            @DefaultValue("60s") Duration callTimeout,
            @DefaultValue("20s") Duration attemptTimeout,
            @Nullable DataSize bufferMemory,
            @Nullable CloudCdn cloudCdn) {

        static final Gcs DEFAULTS = new Gcs(
                null, "", null, false, null, null, null, Duration.ofSeconds(60), Duration.ofSeconds(20), null, null);
    }

    /**
     * Cloud CDN in front of a bucket.
     *
     * @param baseUrl URL of the load balancer.
     * @param keyName Name of the key that was added to the backend bucket.
     * @param key The key, 16 bytes in the base64 of URLs.
     */
    record CloudCdn(
            @Nullable URI baseUrl,
            @Nullable String keyName,
            @Nullable String key) {

        /** Never the key. */
        @Override
        public String toString() {
            return "CloudCdn[" + baseUrl + ", " + keyName + "]";
        }
    }

    /**
     * The store in a container of Azure Blob Storage. The settings from connection string to endpoint are not looked at
     * when the application has a BlobServiceClient bean.
     *
     * @param container Name of an existing container. Required.
     * @param publicContainer Name of an existing container that everyone may read, for files that are public. By
     *     default they are in the same container as all others.
     * @param keyPrefix What all keys begin with, ending in a slash, where several applications share the container.
     * @param publicBaseUrl Where everyone reads public files, a CDN for example, without the key prefix. By default the
     *     container's own URL.
     * @param connectionString Connection string of the account, with its key.
     * @param accountName Name of the account, in place of a connection string.
     * @param accountKey Key of the account, in place of a connection string.
     * @param endpoint Endpoint of the account, if it is not that of Azure's public cloud.
     * @param userDelegation Whether URLs are signed with user delegation keys, for a BlobServiceClient bean with a
     *     token credential. They are fetched at the start and renewed each day.
     * @param callTimeout Time that one request to the service may take with all its attempts.
     * @param bufferMemory Memory that all uploads together may take. By default a quarter of the heap.
     */
    record Azure(
            @Nullable String container,
            @Nullable String publicContainer,
            @DefaultValue("") String keyPrefix,
            @Nullable URI publicBaseUrl,
            @Nullable String connectionString,
            @Nullable String accountName,
            @Nullable String accountKey,
            @Nullable URI endpoint,
            @DefaultValue("false") boolean userDelegation,
            @DefaultValue("60s") Duration callTimeout,
            @Nullable DataSize bufferMemory) {

        static final Azure DEFAULTS =
                new Azure(null, null, "", null, null, null, null, null, false, Duration.ofSeconds(60), null);

        /** Never the keys. */
        @Override
        public String toString() {
            return "Azure[" + container + "]";
        }
    }

    /**
     * An HMAC key of a service account.
     *
     * @param accessId Identifier of the key.
     * @param secret Secret of the key.
     */
    record HmacKey(@Nullable String accessId, @Nullable String secret) {

        /** Never the secret. */
        @Override
        public String toString() {
            return "HmacKey[" + accessId + "]";
        }
    }

    /**
     * Server-wide limits; they apply even if a field allows more.
     *
     * @param base64 One file given as base64, counted decoded.
     * @param file One file given as a part of a multipart request.
     * @param copyUrl One file fetched from a URL.
     * @param directUpload One file uploaded directly to the store.
     * @param filesPerRequest Files in one request whose bytes pass through this server, over base64, file and copyURL.
     * @param directUploadsPerRequest Direct uploads that one request starts, completes, or gives the tokens of.
     * @param bytesPerRequest Bytes of files that pass through this server in one request. By default the number of
     *     files a request times the largest of the limits for base64, file and copyURL.
     * @param callsPerRequest Calls of the library's own fields, such as startFileUpload and urlForFile, in one request.
     * @param editsPerRequest Attached fields that one request may set, clear or edit, and ids in its lists "remove" and
     *     "order", all together.
     * @param operations The "operations" field of a multipart request.
     * @param map The "map" field of a multipart request.
     * @param operationsTime How long "operations" and "map" may take to arrive.
     * @param bytesPerSecond How many bytes a second a client must send of a body at least, but for half a minute. 0 if
     *     clients may be as slow as they like.
     * @param spooled Temporary files of one multipart request, for parts that are asked for out of order or mapped to
     *     several places.
     * @param spooledTogether Temporary files of all multipart requests that are being answered.
     * @param drained How much of a body that nobody wants is read so that the client gets to read the answer.
     * @param drainTime How long such a rest is read.
     */
    record Limits(
            @DefaultValue("10MB") DataSize base64,
            @DefaultValue("100MB") DataSize file,
            @DefaultValue("100MB") DataSize copyUrl,
            @DefaultValue("10GB") DataSize directUpload,
            @DefaultValue("10") int filesPerRequest,
            @DefaultValue("100") int directUploadsPerRequest,
            @Nullable DataSize bytesPerRequest,
            @DefaultValue("100") int callsPerRequest,
            @DefaultValue("1000") int editsPerRequest,
            @DefaultValue("1MB") DataSize operations,
            @DefaultValue("64KB") DataSize map,
            @DefaultValue("30s") Duration operationsTime,
            @DefaultValue("1KB") DataSize bytesPerSecond,
            @DefaultValue("1GB") DataSize spooled,
            @DefaultValue("10GB") DataSize spooledTogether,
            @DefaultValue("64MB") DataSize drained,
            @DefaultValue("10s") Duration drainTime) {

        static final Limits DEFAULTS = new Limits(
                DataSize.ofMegabytes(10),
                DataSize.ofMegabytes(100),
                DataSize.ofMegabytes(100),
                DataSize.ofGigabytes(10),
                10,
                100,
                null,
                100,
                1000,
                DataSize.ofMegabytes(1),
                DataSize.ofKilobytes(64),
                Duration.ofSeconds(30),
                DataSize.ofKilobytes(1),
                DataSize.ofGigabytes(1),
                DataSize.ofGigabytes(10),
                DataSize.ofMegabytes(64),
                Duration.ofSeconds(10));
    }

    /**
     * Fetching files from URLs that clients give.
     *
     * @param allowedNetworks Networks in CIDR notation that may be fetched from although they are not public, for
     *     example "10.1.0.0/16".
     * @param connectTimeout Time to look up a server, and to connect to it.
     * @param totalTimeout Time for all files of a request to arrive, with all redirects.
     * @param maxRedirects Redirects that are followed.
     * @param maxConcurrentRequests Requests that may fetch files at once. Each holds a thread: stay well below what the
     *     server has.
     */
    record CopyUrl(
            @DefaultValue List<String> allowedNetworks,
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("60s") Duration totalTimeout,
            @DefaultValue("3") int maxRedirects,
            @DefaultValue("32") int maxConcurrentRequests) {

        static final CopyUrl DEFAULTS = new CopyUrl(List.of(), Duration.ofSeconds(5), Duration.ofSeconds(60), 3, 32);
    }

    /**
     * URLs to read private files.
     *
     * @param validity Time that a signed URL is valid at least.
     * @param window Time for which the same file has the same signed URL, so that caches work.
     */
    record Url(
            @DefaultValue("3h") Duration validity,
            @DefaultValue("1h") Duration window) {

        static final Url DEFAULTS = new Url(Duration.ofHours(3), Duration.ofHours(1));
    }

    /**
     * Direct uploads.
     *
     * @param validity Time that an upload URL and its token are valid.
     * @param tus Whether the file endpoint also speaks tus 1.0.0, so that uploads resume where they broke off, to every
     *     store that takes parts. Their bytes pass through this server.
     */
    record Upload(
            @DefaultValue("3h") Duration validity,
            @DefaultValue("false") boolean tus) {

        static final Upload DEFAULTS = new Upload(Duration.ofHours(3), false);
    }

    /**
     * Multipart requests.
     *
     * @param preflightRequired Whether a multipart request needs a header that a form on another site cannot send, such
     *     as "GraphQL-Preflight: 1". Switch off only if no user of this server is known by cookie or network.
     * @param temporaryDirectory Directory for the temporary files of parts that are asked for out of order or mapped to
     *     several places. By default that of the system.
     */
    record Multipart(
            @DefaultValue("true") boolean preflightRequired,
            @Nullable Path temporaryDirectory) {

        static final Multipart DEFAULTS = new Multipart(true, null);
    }

    /**
     * Direct uploads and reads by scripts of other origins.
     *
     * @param allowedOrigins Origins that may upload and read files by script, for example "https://shop.example". "*",
     *     the default, for all: the signature of each URL decides.
     */
    record Cors(@DefaultValue("*") List<String> allowedOrigins) {

        static final Cors DEFAULTS = new Cors(List.of("*"));
    }

    /**
     * Removal of direct uploads that nobody claimed, of attached files that no record has any more, and of what killed
     * processes have left.
     *
     * @param enabled Whether this application removes them. Switch off where another process does.
     * @param interval Time from the end of one sweep to the next.
     * @param batchSize Rows or files that are worked on at a time, 1 to 1000.
     * @param pause Rest after each batch. With a batch size of 100 and a pause of 1s at most 100 files are deleted a
     *     second.
     * @param once For the command line. When set, the application sweeps once, prints what it did, and ends: "run"
     *     deletes, "dry-run" only counts.
     */
    record Sweep(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("1h") Duration interval,
            @DefaultValue("1000") int batchSize,
            @DefaultValue("0s") Duration pause,
            @Nullable SweepOnce once) {

        static final Sweep DEFAULTS = new Sweep(true, Duration.ofHours(1), 1000, Duration.ZERO, null);

        Duration requireInterval() {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException(
                        "graphql.files.sweep.interval: expected a positive duration, found " + interval);
            }
            return interval;
        }

        SweepOptions options(boolean isDryRun) {
            return options(isDryRun, null);
        }

        SweepOptions options(boolean isDryRun, @Nullable Consumer<MaintenanceProgress> progress) {
            return SweepOptions.newSweepOptions()
                    .batchSize(batchSize)
                    .pause(pause)
                    .dryRun(isDryRun)
                    .progress(progress)
                    .build();
        }
    }

    /**
     * Reviews of files that wait for a decision. Looked at where there is a FileReviewer bean.
     *
     * @param enabled Whether this application reviews. Switch off where another process does.
     * @param interval Time from the end of one review to the next.
     */
    record Review(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("10s") Duration interval) {

        static final Review DEFAULTS = new Review(true, Duration.ofSeconds(10));

        Duration requireInterval() {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException(
                        "graphql.files.review.interval: expected a positive duration, found " + interval);
            }
            return interval;
        }
    }

    /** What a sweep from the command line may do. */
    enum SweepOnce {
        /** Delete. Also if no value is given. */
        RUN,
        /** Count what would be deleted. */
        DRY_RUN
    }

    /**
     * Attached files: those whose records are known to the library, and not to columns of the application.
     *
     * @param enabled Whether attached files are kept in the application's database. Looked at where the module
     *     "graphql-files-attachments-jdbc" is on the class path and there is a DataSource.
     * @param createTables Whether missing tables are made when the application starts. Switch off where Flyway or
     *     Liquibase makes them.
     * @param schema Schema with the tables. By default that of the connection.
     * @param byDefault Whether a field with "@file" is attached if it does not say and the application has no data
     *     fetcher for it. Switch off in an application whose fields are kept in columns, and say "attached: true" where
     *     they are not.
     * @param retention How long files are kept that were replaced, cleared or deleted with their record, so that they
     *     can be restored; the first sweep after that deletes them. Zero deletes them at once.
     */
    record Attachments(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("true") boolean createTables,
            @Nullable String schema,
            @DefaultValue("true") boolean byDefault,
            @DefaultValue("0s") Duration retention) {

        static final Attachments DEFAULTS = new Attachments(true, true, null, true, Duration.ZERO);
    }

    /**
     * Copying files to the stores that they move to, and to mirrors.
     *
     * @param once For the command line. When set, the application copies what is left, shows how far it is, and ends:
     *     "run" copies, "dry-run" only counts.
     * @param threads Files that are copied at once, 1 to 64.
     * @param bytesPerSecond Bytes that are copied a second at most. By default there is no limit.
     * @param readsBack Whether copies are read again, and compared, where their store keeps no checksum.
     */
    record Migrate(
            @Nullable MigrateOnce once,
            @DefaultValue("8") int threads,
            @Nullable DataSize bytesPerSecond,
            @DefaultValue("true") boolean readsBack) {

        static final Migrate DEFAULTS = new Migrate(null, 8, null, true);

        MigrateOptions.Builder options() {
            return MigrateOptions.newMigrateOptions()
                    .threads(threads)
                    .bytesPerSecond(bytesPerSecond == null ? 0 : bytesPerSecond.toBytes())
                    .readsBack(readsBack);
        }
    }

    /** What a migration from the command line may do. */
    enum MigrateOnce {
        /** Copy. Also if no value is given. */
        RUN,
        /** Count what would be copied. */
        DRY_RUN
    }

    /** What a comparison of attached files with the stores may do. */
    enum Reconcile {
        /** Tell what does not agree. Also if no value is given. */
        REPORT,
        /** Delete what nothing refers to. */
        FIX
    }

    /**
     * Applications on WebFlux.
     *
     * @param threads Threads in which files are received, at most: a thread for each file that is being uploaded.
     *     Further uploads wait. As many again work on other mutations with files and the library's own operations, and
     *     as many read files for downloads.
     * @param maxWaiting Requests that wait for one of these threads, at most. Further ones are answered with status
     *     503.
     * @param readTimeout How long a client may send nothing of a body before its request is broken off; up to twice
     *     that.
     */
    record Reactive(
            @DefaultValue("64") int threads,
            @DefaultValue("1000") int maxWaiting,
            @DefaultValue("30s") Duration readTimeout) {

        static final Reactive DEFAULTS = new Reactive(64, 1000, Duration.ofSeconds(30));
    }
}
