package io.graphqlfiles.engine;

import graphql.execution.instrumentation.Instrumentation;
import graphql.schema.GraphQLSchema;
import io.graphqlfiles.Attachments;
import io.graphqlfiles.CopyUrlOptions;
import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.FileFieldRules;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.internal.attachments.AttachmentWiring;
import io.graphqlfiles.internal.attachments.FileReviews;
import io.graphqlfiles.internal.attachments.StoredAttachments;
import io.graphqlfiles.internal.blob.AttachmentLifecycle;
import io.graphqlfiles.internal.blob.BlobCopier;
import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.blob.FileDeletion;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.blob.NewBlobs;
import io.graphqlfiles.internal.blob.Tenancy;
import io.graphqlfiles.internal.body.SpoolSpace;
import io.graphqlfiles.internal.check.FileChecks;
import io.graphqlfiles.internal.check.FileInspection;
import io.graphqlfiles.internal.check.RequestBudget;
import io.graphqlfiles.internal.copyurl.FetchSessions;
import io.graphqlfiles.internal.copyurl.UrlFetcher;
import io.graphqlfiles.internal.directupload.DirectUploads;
import io.graphqlfiles.internal.directupload.TusUrls;
import io.graphqlfiles.internal.directupload.UploadLifetime;
import io.graphqlfiles.internal.directupload.UploadTokens;
import io.graphqlfiles.internal.doctor.FieldStoreDoctor;
import io.graphqlfiles.internal.endpoint.EndpointDirectAccess;
import io.graphqlfiles.internal.endpoint.EndpointVariants;
import io.graphqlfiles.internal.endpoint.SignedFileEndpoint;
import io.graphqlfiles.internal.execution.FileErrors;
import io.graphqlfiles.internal.execution.FileListeners;
import io.graphqlfiles.internal.execution.FileThreads;
import io.graphqlfiles.internal.execution.OperationRunner;
import io.graphqlfiles.internal.ingest.CallFiles;
import io.graphqlfiles.internal.ingest.FileIngest;
import io.graphqlfiles.internal.ingest.FilePipeline;
import io.graphqlfiles.internal.ingest.OwnFiles;
import io.graphqlfiles.internal.maintenance.Migrations;
import io.graphqlfiles.internal.maintenance.StagedSweeper;
import io.graphqlfiles.internal.maintenance.StatusCheck;
import io.graphqlfiles.internal.maintenance.StoreIdentities;
import io.graphqlfiles.internal.maintenance.StoreMaintenance;
import io.graphqlfiles.internal.multipart.LiveUploads;
import io.graphqlfiles.internal.multipart.StreamedMultipartRequest;
import io.graphqlfiles.internal.multipart.UploadScalar;
import io.graphqlfiles.internal.multipart.UploadTypes;
import io.graphqlfiles.internal.schema.FileFieldCollector;
import io.graphqlfiles.internal.schema.FileFields;
import io.graphqlfiles.internal.schema.StoreCapabilities;
import io.graphqlfiles.internal.token.PathSigner;
import io.graphqlfiles.internal.token.TokenSealer;
import io.graphqlfiles.internal.tus.TusFileEndpoint;
import io.graphqlfiles.internal.types.LibraryTypes;
import io.graphqlfiles.internal.url.FileUrls;
import io.graphqlfiles.internal.url.UrlCache;
import io.graphqlfiles.internal.variant.FileVariants;
import io.graphqlfiles.internal.variant.VariantChoice;
import io.graphqlfiles.internal.variant.VariantMaking;
import io.graphqlfiles.internal.wiring.FileOperations;
import io.graphqlfiles.internal.wiring.FilesInstrumentation;
import io.graphqlfiles.internal.wiring.SchemaWiring;
import io.graphqlfiles.maintenance.FileMaintenance;
import io.graphqlfiles.server.FileEndpoint;
import io.graphqlfiles.server.ServerSupport;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.DirectAccess;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the parts of one instance and fits them together: the one place that knows all of them. They know of each other
 * what they are given here.
 */
final class Assembly {

    private static final Logger LOG = LoggerFactory.getLogger(GraphQLFiles.class);

    final FileLimits limits;
    final BlobStores stores;
    final FileUrls urls;
    final FileListeners listeners;
    final OwnFiles ownFiles;
    final @Nullable AttachmentLifecycle lifecycle;
    final @Nullable Attachments attachments;
    private final BlobCopier copier;
    final LibraryTypes types;
    final ServerSupport server;
    final Instrumentation instrumentation;
    final FileMaintenance maintenance;

    private final FileFieldRegistry registry;
    private final @Nullable FileAuthorizer authorizer;
    private final @Nullable Executor executor;
    private final @Nullable Executor uploadExecutor;
    private final boolean attachesByDefault;
    private final UnitOfWork unitOfWork;
    final Tenancy tenancy;
    private final FileErrors errors;
    private final FileDeletion deletion;
    private final @Nullable AttachmentWiring attachmentWiring;
    private final @Nullable StoreIdentities identities;
    private final @Nullable FileReviews reviews;
    private final StatusCheck status;
    private final DirectUploads directUploads;
    private final FileThreads fileThreads;
    private final FetchSessions fetchSessions;
    private final VariantChoice variantChoice;
    private final VariantMaking variantMaking;
    private final FileVariants variants;
    private final FileInspection inspection;
    private final FileIngest ingest;
    private final UploadTypes uploadTypes = new UploadTypes();

    private volatile FileFields fields = FileFields.NONE;

    Assembly(GraphQLFiles.Builder builder) {
        this.limits = builder.limits;
        this.registry = builder.registry;
        this.authorizer = builder.authorizer;
        this.executor = builder.executor;
        this.uploadExecutor = builder.uploadExecutor != null ? builder.uploadExecutor : builder.executor;
        this.attachesByDefault = builder.attachByDefault;
        this.unitOfWork = builder.unitOfWork;
        this.listeners = new FileListeners(builder.listeners);
        this.errors = new FileErrors(listeners);
        Clock clock = builder.clock;
        Supplier<FileFields> allFields = this::fields;
        this.tenancy = new Tenancy(builder.tenants);
        UploadLifetime uploadLifetime = new UploadLifetime(builder.uploadValidity);

        PathSigner signer = new PathSigner(builder.secrets);
        BiFunction<String, BlobStore, DirectAccess> served =
                builder.fileEndpoint ? (name, store) -> new EndpointDirectAccess(name, builder.basePath, signer) : null;
        Map<String, BlobStore> paired = builder.pairedStores();
        this.stores = new BlobStores(paired, served);
        BlobStores examined = new BlobStores(builder.stores, served);
        this.urls = new FileUrls(
                stores,
                clock,
                builder.urlValidity,
                builder.urlWindow,
                builder.baseUrl,
                executor,
                new UrlCache(builder.urlCacheSize),
                tenancy);
        stores.requireValidity(urls.signedFor(), builder.uploadValidity);
        this.variantChoice = new VariantChoice(builder.variantMakers, builder.variantUrls);
        this.variantMaking = new VariantMaking(stores, variantChoice, builder.variantOptions, clock);
        this.variants = new FileVariants(stores, variantChoice, variantMaking);

        FileKeys keys = new FileKeys();
        this.lifecycle = builder.attachments == null
                ? null
                : new AttachmentLifecycle(builder.attachments, stores, clock, builder.attachmentRetention, tenancy);
        this.identities = lifecycle == null ? null : new StoreIdentities(lifecycle.rows(), stores, keys, tenancy);
        this.deletion = new FileDeletion(stores, lifecycle, tenancy);
        NewBlobs blobs = new NewBlobs(keys, deletion, lifecycle);
        this.attachmentWiring =
                lifecycle == null ? null : new AttachmentWiring(lifecycle, unitOfWork, errors, executor, tenancy);
        this.copier = new BlobCopier(stores, blobs, tenancy);
        this.reviews = lifecycle == null ? null : new FileReviews(allFields, lifecycle);
        this.attachments = lifecycle == null || reviews == null
                ? null
                : new StoredAttachments(allFields, lifecycle, unitOfWork, copier, deletion, reviews);

        FileChecks checks = new FileChecks(limits);
        TokenSealer sealer = new TokenSealer(builder.secrets);
        UploadTokens tokens = new UploadTokens(sealer, clock, uploadLifetime);
        TusUrls tusUrls = builder.tus
                ? new TusUrls(
                        builder.basePath,
                        sealer,
                        clock,
                        uploadLifetime,
                        limits.spooledBytes().bytes())
                : null;
        this.inspection = new FileInspection(builder.analyzers, builder.strippers);
        this.directUploads = new DirectUploads(
                stores,
                tokens,
                keys,
                checks,
                inspection,
                clock,
                uploadLifetime,
                builder.uploadInPartsFrom,
                tusUrls,
                tenancy);
        this.fileThreads = new FileThreads(builder.filesAtOnce, builder.threadContext);
        FilePipeline pipeline =
                new FilePipeline(stores, blobs, checks, inspection, builder.validators, variantMaking::stored);
        this.ownFiles = new OwnFiles(allFields, pipeline, listeners, tenancy);
        this.fetchSessions = new FetchSessions(urlFetcher(builder.copyUrl));
        this.ingest = new FileIngest(
                pipeline,
                new CallFiles(blobs, fileThreads, tenancy),
                directUploads,
                fetchSessions,
                checks,
                limits,
                authorizer,
                listeners,
                tenancy);

        LiveUploads uploads = new LiveUploads(new SecureRandom());
        this.instrumentation = new FilesInstrumentation(uploads);
        this.types = new LibraryTypes(
                UploadScalar.of(uploads),
                authorizer != null,
                lifecycle != null,
                registry.rules().values().stream().anyMatch(FileFieldRules::review));
        SpoolSpace spoolSpace = new SpoolSpace(builder.temporaryDirectory, limits.spooledBytesTogether());
        FileEndpoint endpoint = new SignedFileEndpoint(
                stores.served(),
                new EndpointVariants(stores, variantMaking, urls),
                signer,
                clock,
                builder.allowedOrigins,
                listeners,
                limits.bytesPerSecond());
        if (tusUrls != null) {
            endpoint = new TusFileEndpoint(
                    endpoint,
                    directUploads,
                    allFields,
                    tusUrls,
                    limits,
                    spoolSpace,
                    builder.allowedOrigins,
                    listeners,
                    builder.baseUrl == null ? "" : builder.baseUrl + builder.basePath);
        }
        this.server = new AssembledServer(
                new StreamedMultipartRequest.Settings(
                        limits,
                        uploads,
                        uploadTypes,
                        spoolSpace,
                        builder.preflightRequired,
                        builder.batchedOperations,
                        System::nanoTime),
                endpoint,
                builder.basePath);

        List<String> allowedOrigins = builder.allowedOrigins;
        this.status = new StatusCheck(stores, tenancy.hasTenants() ? null : builder.attachments);
        this.maintenance = new StoreMaintenance(
                stores,
                new StagedSweeper(paired, clock, uploadLifetime),
                lifecycle == null || identities == null || reviews == null || attachments == null
                        ? null
                        : new StoreMaintenance.AttachedStores(
                                lifecycle, identities, attachments, reviews, builder.reviewer),
                variantMaking,
                status,
                new Migrations(stores, keys),
                listeners,
                allFields,
                () -> new FieldStoreDoctor(examined, urls, fields().all(), allowedOrigins, uploadLifetime, clock),
                clock,
                tenancy);
    }

    private static UrlFetcher.Builder urlFetcher(CopyUrlOptions options) {
        return FetchSessions.newSettings()
                .allowedNetworks(options.allowedNetworks())
                .maxRedirects(options.maxRedirects())
                .connectTimeout(options.connectTimeout())
                .deadline(options.totalTimeout())
                .maxConcurrentRequests(options.maxConcurrentRequests());
    }

    /** Of all schemas that were applied. */
    FileFields fields() {
        return fields;
    }

    private synchronized void add(FileFields found) {
        fields = fields.and(found);
    }

    /** Asks the database of whoever has the file, whatever thread the request is in. */
    private boolean mayBeRead(BlobReference blob) {
        return reviews == null || tenancy.call(FileKeys.tenantOf(blob.key()), () -> reviews.mayBeRead(blob));
    }

    /** See {@link GraphQLFiles#makeVariants}. */
    int makeVariants(String field, StoredFile file) {
        FileField found = fields.find(field);
        if (found == null) {
            throw new IllegalArgumentException("field: expected a file field, found \"" + field + "\"");
        }
        return file.status() == StoredFile.Status.READY
                ? variantMaking.makeAll(found, AttachmentLifecycle.reference(file))
                : 0;
    }

    /** See {@link GraphQLFiles#copyOf}. */
    StoredFile copyOf(String field, StoredFile file) throws IOException {
        FileField found = fields.find(field);
        if (found == null || found.isAttached()) {
            throw new IllegalArgumentException(
                    "field: expected a file field that is not attached, found \"" + field + "\"");
        }
        tenancy.requireOwn(file.key());
        if (file.status() != StoredFile.Status.READY) {
            throw new IllegalArgumentException("file: expected one that is READY, found " + file.status());
        }
        return copier.copy(found, file);
    }

    /** See {@link GraphQLFiles#apply}. */
    GraphQLSchema apply(GraphQLSchema schema) {
        FileFields found = new FileFieldCollector(schema, registry, new Capabilities()).collect();
        FileOperations operations = authorizer == null
                ? null
                : new FileOperations(
                        authorizer,
                        directUploads,
                        stores,
                        urls,
                        found,
                        limits,
                        new OperationRunner(errors, executor),
                        tenancy,
                        this::mayBeRead,
                        inspection::accepted);
        GraphQLSchema applied = new SchemaWiring(
                        schema,
                        found,
                        registry.changes(),
                        ingest,
                        ownFiles,
                        deletion,
                        errors,
                        executor,
                        uploadExecutor,
                        attachmentWiring,
                        unitOfWork)
                .apply(urls, variants, operations);
        variantMaking.add(found.all());
        add(found);
        reportCounts(found);
        uploadTypes.add(applied);
        if (authorizer == null) {
            LOG.info(
                    "File fields: {}. Direct uploads and URLs by id are off; to have them, say who may use them: give a FileAuthorizer",
                    found.all());
        } else {
            LOG.info("File fields: {}", found.all());
        }
        return applied;
    }

    /** A list that cannot be given at once may still be filled by several requests, so this is no mistake. */
    private void reportCounts(FileFields found) {
        for (FileField field : found.all()) {
            Integer maxCount = field.maxCount();
            int most = field.sources().stream()
                    .mapToInt(source -> RequestBudget.filesFrom(source, limits))
                    .max()
                    .orElse(0);
            if (maxCount != null && maxCount > most) {
                LOG.info(
                        "{} takes {} files, and a request may bring {}; raise filesPerRequest or directUploadsPerRequest of FileLimits, or lower maxCount",
                        field.coordinate(),
                        maxCount,
                        most);
            }
        }
    }

    void close() {
        if (identities != null) {
            identities.close();
        }
        status.close();
        fileThreads.close();
        variantMaking.close();
        fetchSessions.close();
        stores.close();
    }

    private final class Capabilities implements StoreCapabilities {

        @Override
        public Set<String> names() {
            return stores.names();
        }

        @Override
        public boolean isReachable(String store) {
            return stores.isReachable(store);
        }

        @Override
        public boolean keepsAttachments() {
            return lifecycle != null;
        }

        @Override
        public boolean attachesByDefault() {
            return attachesByDefault;
        }

        @Override
        public boolean analyzesPictures() {
            return inspection.analyzes();
        }

        @Override
        public boolean stripsMetadata() {
            return inspection.strips();
        }

        @Override
        public @Nullable String obstacleToVariants(String store) {
            boolean isServed = variantChoice.signer() != null || stores.endpoint(store) != null;
            if (!variantChoice.hasMakers() && variantChoice.signer() == null) {
                return "expected a VariantMaker, found none; add graphql-files-pictures and give its parts to the builder";
            }
            return isServed ? null : "expected the file endpoint, where they are made, found it off";
        }

        @Override
        public @Nullable String obstacleToDirectUpload(String store) {
            if (!stores.isReachable(store)) {
                return "store \"" + store + "\" signs no requests itself, and the file endpoint is off";
            }
            return authorizer == null ? "no FileAuthorizer says who may" : null;
        }
    }
}
