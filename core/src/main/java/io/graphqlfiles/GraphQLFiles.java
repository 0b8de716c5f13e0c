package io.graphqlfiles;

import static java.util.Objects.requireNonNull;

import graphql.execution.instrumentation.Instrumentation;
import graphql.scalars.ExtendedScalars;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.graphqlfiles.internal.copyurl.UrlFetcher;
import io.graphqlfiles.internal.token.PathSigner;
import io.graphqlfiles.internal.token.TokenSealer;
import io.graphqlfiles.spi.AttachmentStore;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * File fields for a GraphQL schema: the place to start. One instance serves one application for as long as it runs; it
 * is thread-safe.
 *
 * <pre>{@code
 * GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
 *         .store(FileSystemBlobStore.at(Path.of("var/files")))
 *         .secret(System.getenv("FILES_SECRET"))
 *         .build();
 * TypeDefinitionRegistry types = files.addTypeDefinitions(new SchemaParser().parse(sdl));
 * RuntimeWiring wiring = files.addScalars(RuntimeWiring.newRuntimeWiring()).type(...).build();
 * GraphQLSchema schema = files.apply(new SchemaGenerator().makeExecutableSchema(types, wiring));
 * }</pre>
 */
public final class GraphQLFiles implements AutoCloseable {

    /**
     * Key in the {@link graphql.GraphQLContext} under which a server adapter puts the base URL of the server as the
     * client of this request sees it, a {@link URI} without a slash at its end, for URLs of the library's own endpoint.
     * The configured {@link Builder#baseUrl} wins over it.
     */
    public static final String BASE_URL_KEY = "io.graphqlfiles.baseUrl";

    private static final Logger LOG = LoggerFactory.getLogger(GraphQLFiles.class);
    /**
     * A bucket that is well answers in a fraction of it, with a new connection too; one that hangs must not keep an
     * application from its start until whoever has started it gives it up, after half a minute or so.
     */
    private static final Duration STORE_CHECK_LIMIT = Duration.ofSeconds(5);

    private final FileLimits limits;
    private final FileFieldRegistry registry;
    private final @Nullable FileAuthorizer authorizer;
    private final @Nullable Executor executor;
    private final @Nullable Executor uploadExecutor;
    private final String basePath;
    private final BlobStores stores;
    private final FileUrls urls;
    private final DirectUploads directUploads;
    private final FilePipeline pipeline;
    private final FileThreads fileThreads;
    private final FileDeletion deletion;
    private final @Nullable AttachmentLifecycle lifecycle;
    private final @Nullable AttachmentWiring attachmentWiring;
    private final @Nullable StoreIdentities identities;
    private final @Nullable Attachments attachments;
    private final boolean attachesByDefault;
    private final Clock clock;
    private final UrlFetcher urlFetcher;
    private final FileIngest ingest;
    private final List<GraphQLScalarType> scalars;
    private final LiveUploads uploads = new LiveUploads(new SecureRandom());
    private final UploadTypes uploadTypes = new UploadTypes();
    private final GraphQLMultipartRequest.Settings multipart;
    private final FileListeners listeners;
    private final FileErrors errors;
    private final UnitOfWork unitOfWork;
    private final StagedSweeper sweeper;
    private final FileEndpoint endpoint;
    private final List<String> allowedOrigins;
    private final UploadLife uploadLife;

    private volatile FileFields fields = FileFields.NONE;

    private GraphQLFiles(Builder builder) {
        this.limits = builder.limits;
        this.registry = builder.registry;
        this.authorizer = builder.authorizer;
        this.executor = builder.executor;
        this.uploadExecutor = builder.uploadExecutor != null ? builder.uploadExecutor : builder.executor;
        this.basePath = builder.basePath;
        this.multipart = new GraphQLMultipartRequest.Settings(
                limits,
                uploads,
                uploadTypes,
                new SpoolSpace(builder.temporaryDirectory, limits.spooledBytesTogether()),
                builder.preflightRequired,
                builder.batchedOperations,
                System::nanoTime);
        this.clock = builder.clock;
        this.attachesByDefault = builder.attachByDefault;
        this.allowedOrigins = builder.allowedOrigins;
        this.uploadLife = new UploadLife(builder.uploadValidity);
        this.listeners = new FileListeners(builder.listeners);
        this.errors = new FileErrors(listeners);
        this.unitOfWork = builder.unitOfWork;
        this.sweeper = new StagedSweeper(builder.stores, builder.clock, uploadLife);
        PathSigner signer = new PathSigner(builder.secrets);
        this.stores = new BlobStores(
                builder.stores,
                builder.fileEndpoint ? (name, store) -> new EndpointDirectAccess(name, basePath, signer) : null);
        this.urls = new FileUrls(
                stores,
                builder.clock,
                builder.urlValidity,
                builder.urlWindow,
                builder.baseUrl,
                builder.executor,
                new UrlCache(builder.urlCacheSize));
        stores.requireValidity(urls.signedFor(), builder.uploadValidity);
        this.endpoint = new FileEndpoint(
                builder.stores, signer, builder.clock, builder.allowedOrigins, listeners, limits.bytesPerSecond());
        FileKeys keys = new FileKeys();
        FileChecks checks = new FileChecks(limits);
        UploadTokens tokens = new UploadTokens(new TokenSealer(builder.secrets), builder.clock, uploadLife);
        this.lifecycle = builder.attachments == null
                ? null
                : new AttachmentLifecycle(builder.attachments, stores, builder.clock);
        this.identities = builder.attachments == null ? null : new StoreIdentities(builder.attachments, stores, keys);
        this.deletion = new FileDeletion(stores, lifecycle);
        NewBlobs blobs = new NewBlobs(keys, deletion, lifecycle);
        this.attachmentWiring = lifecycle == null
                ? null
                : new AttachmentWiring(lifecycle, builder.unitOfWork, errors, builder.executor);
        this.attachments = lifecycle == null
                ? null
                : new Attachments(() -> fields, lifecycle, builder.unitOfWork, new BlobCopier(stores, blobs));
        this.directUploads =
                new DirectUploads(stores, tokens, keys, checks, builder.clock, uploadLife, builder.uploadInPartsFrom);
        this.fileThreads = new FileThreads(builder.filesAtOnce, builder.threadContext);
        this.pipeline = new FilePipeline(stores, blobs, checks, builder.validators);
        this.urlFetcher = UrlFetcher.newUrlFetcher()
                .allowedNetworks(builder.copyUrl.allowedNetworks())
                .maxRedirects(builder.copyUrl.maxRedirects())
                .connectTimeout(builder.copyUrl.connectTimeout())
                .deadline(builder.copyUrl.totalTimeout())
                .maxConcurrentRequests(builder.copyUrl.maxConcurrentRequests())
                .build();
        this.ingest = new FileIngest(
                pipeline,
                new FilesOfCall(blobs, fileThreads),
                directUploads,
                urlFetcher,
                checks,
                limits,
                authorizer,
                listeners);
        this.scalars = List.of(
                UploadScalar.of(uploads), UrlScalar.create(), ExtendedScalars.GraphQLLong, ExtendedScalars.DateTime);
    }

    /** Starts with the defaults; a store and a secret are required. */
    public static Builder newGraphQLFiles() {
        return new Builder();
    }

    /**
     * The library's types as SDL, for schemas whose root types are called {@code Query} and {@code Mutation} and that
     * declare none of these types themselves; otherwise see {@link #addTypeDefinitions}.
     */
    public String typeDefinitions() {
        return TypeDefinitions.text(authorizer != null, lifecycle != null);
    }

    /**
     * Adds the library's types to an application's. What the application declares under the same name stays as it is
     * and is used.
     *
     * @return the same registry, changed
     */
    public TypeDefinitionRegistry addTypeDefinitions(TypeDefinitionRegistry types) {
        return TypeDefinitions.addTo(types, authorizer != null, lifecycle != null);
    }

    /**
     * Adds the scalars {@code Upload}, {@code URL}, {@code Long} and {@code DateTime}. Those that the application has
     * added under the same name stay; to be called after it has, because graphql-java refuses a scalar that is there
     * already.
     *
     * @return the same builder, changed
     * @throws IllegalArgumentException if there is another {@code Upload}, which would know nothing of the files of a
     *     request
     */
    public RuntimeWiring.Builder addScalars(RuntimeWiring.Builder wiring) {
        Map<String, GraphQLScalarType> present = wiring.build().getScalars();
        for (GraphQLScalarType scalar : scalars) {
            GraphQLScalarType other = present.get(scalar.getName());
            if (other == null) {
                wiring.scalar(scalar);
            } else if (!other.equals(scalar) && scalar.getName().equals(FileTypeNames.UPLOAD)) {
                throw new IllegalArgumentException(
                        "Upload: expected no other scalar of this name, found one; take it out of the runtime wiring");
            }
        }
        return wiring;
    }

    /**
     * The library's types for schemas that are built in code: to be given to
     * {@link GraphQLSchema.Builder#additionalTypes}, while fields refer to them by
     * {@link graphql.schema.GraphQLTypeReference}. They refer to each other so too: take out those that the schema has
     * already.
     *
     * @return a new set, to be changed at will
     */
    public Set<GraphQLType> types() {
        return codeFirstTypes().types();
    }

    /**
     * What a query type that is built in code gets: {@code fileUpload}, {@code urlForFile} and {@code fileFields};
     * nothing without an authorizer.
     */
    public List<GraphQLFieldDefinition> queryFields() {
        return codeFirstTypes().fieldsOf("Query");
    }

    /**
     * What a mutation type that is built in code gets: {@code startFileUpload}, {@code completeFileUpload} and
     * {@code abortFileUpload}; nothing without an authorizer.
     */
    public List<GraphQLFieldDefinition> mutationFields() {
        return codeFirstTypes().fieldsOf("Mutation");
    }

    private CodeFirstTypes codeFirstTypes() {
        return new CodeFirstTypes(new SchemaParser().parse(typeDefinitions()), scalars);
    }

    /**
     * Makes the file fields of a finished schema work, however it was built. Schemas are read once, here; requests pay
     * nothing for fields without files.
     *
     * @return the schema to execute; the given one is not changed
     * @throws FileSchemaException if file fields are declared wrongly; names every mistake with its schema coordinate
     * @throws IllegalStateException if this was done to the schema before
     */
    public GraphQLSchema apply(GraphQLSchema schema) {
        FileFields found = new FileFieldCollector(schema, registry, new Capabilities()).collect();
        FileAuthorizer permitting = authorizer;
        FileOperations operations = permitting == null
                ? null
                : new FileOperations(
                        permitting, directUploads, stores, urls, found, limits, new OperationRunner(errors, executor));
        GraphQLSchema applied = new SchemaWiring(
                        schema,
                        found,
                        registry.changes(),
                        ingest,
                        deletion,
                        errors,
                        executor,
                        uploadExecutor,
                        attachmentWiring,
                        unitOfWork)
                .apply(urls, operations);
        fields = found;
        warnOfCounts(found);
        uploadTypes.schema(applied);
        if (permitting == null) {
            LOG.info(
                    "File fields: {}. Direct uploads and URLs by id are off; to have them, say who may use them: give a FileAuthorizer",
                    found.all());
        } else {
            LOG.info("File fields: {}", found.all());
        }
        return applied;
    }

    /** A list that can never be given at once misleads whoever reads its rule. */
    private void warnOfCounts(FileFields found) {
        for (FileField field : found.all()) {
            Integer maxCount = field.maxCount();
            int most =
                    field.sources().stream().mapToInt(limits::perRequest).max().orElse(0);
            if (maxCount != null && maxCount > most) {
                LOG.warn(
                        "{} takes {} files, and a request may bring {}; raise filesPerRequest or directUploadsPerRequest of FileLimits, or lower maxCount",
                        field.coordinate(),
                        maxCount,
                        most);
            }
        }
    }

    /**
     * Stores a file on the application's own behalf, under the rules of a field of the schema that was applied last.
     * One for an attached field is to be given to {@link #attachments()} within a day; the sweep deletes it otherwise.
     * Blocks.
     *
     * @param field schema coordinate, for example {@code Product.image}
     * @throws FileException if the field's rules or a validator refuse it; nothing is stored then
     * @throws IllegalArgumentException if there is no such file field
     * @throws io.graphqlfiles.spi.BlobStoreException if the store fails
     * @throws io.graphqlfiles.spi.AttachmentStoreException if the field is attached and the database fails
     * @throws IOException if the content cannot be read; nothing is stored then
     */
    public StoredFile store(String field, FileSource source) throws IOException {
        FileField found = fields.find(field);
        if (found == null) {
            throw new IllegalArgumentException("field: expected one of " + fields.all() + ", found \"" + field + "\"");
        }
        return listeners.storing(
                found, null, null, () -> pipeline.store(found, source, null, RequestBudget.unlimited()));
    }

    /**
     * Opens the bytes of a file. Blocks.
     *
     * @return to be closed by the caller
     * @throws io.graphqlfiles.spi.BlobNotFoundException if it has been deleted
     * @throws io.graphqlfiles.spi.BlobStoreException if the store fails
     */
    public InputStream open(StoredFile file) {
        return stores.store(file.store()).open(file.key(), ByteRange.whole());
    }

    /**
     * Deletes a file now. Inside a data fetcher use {@link FileChanges}, which waits for its success. Repeating is
     * harmless. Blocks.
     *
     * @throws IllegalArgumentException if it was stored for an attached field: use {@link #attachments()}
     * @throws io.graphqlfiles.spi.BlobStoreException if the store fails
     */
    public void delete(StoredFile file) {
        if (lifecycle != null && FileKeys.isAttached(file.key())) {
            throw new IllegalArgumentException(
                    file + ": stored for an attached field; change the field by attachments()");
        }
        stores.store(file.store()).delete(List.of(file.key()));
    }

    /**
     * The URL of a file, outside of GraphQL. No I/O.
     *
     * @return absolute, or relative to the server's base URL if the library's own endpoint serves the file and no base
     *     URL was configured
     */
    public URI url(StoredFile file) {
        return urls.url(FileUrls.Wanted.of(file, null)).url();
    }

    /**
     * For adapters of HTTP servers: one request whose {@code Content-Type} is {@code multipart/form-data}, with its
     * files for the {@code Upload} scalar of this instance. Reads nothing yet.
     *
     * @param contentType the request's header; null if it has none
     * @param headers gives a header of the request by name, null if it is absent
     * @param body stays open; must be usable until the result is closed
     * @return to be closed when the request has been answered, however that went
     */
    public GraphQLMultipartRequest openMultipartRequest(
            @Nullable String contentType, Function<String, @Nullable String> headers, InputStream body) {
        return new GraphQLMultipartRequest(contentType, headers, body, multipart);
    }

    /**
     * Attached files, for the application's own code.
     *
     * @throws IllegalStateException without an attachment store
     */
    public Attachments attachments() {
        if (attachments == null) {
            throw new IllegalStateException("attachments: expected an attachment store in the builder, found none");
        }
        return attachments;
    }

    /**
     * For {@link graphql.GraphQL.Builder#instrumentation}. Makes sure, before a data fetcher is called, that each file
     * of a multipart request has become an {@code Upload} of its own request, also where the operation is persisted and
     * only the engine knows its types; and gives requests without a {@link org.dataloader.DataLoaderRegistry} one, so
     * that attached files are read for all records of a level at once. Files of persisted operations cannot be read
     * without it. Thread-safe; costs nothing for each field.
     */
    public Instrumentation instrumentation() {
        return new FilesInstrumentation(uploads);
    }

    /** {@link #sweep(SweepOptions)} with the defaults. */
    public SweepResult sweep() {
        return sweep(SweepOptions.newSweepOptions().build());
    }

    /**
     * Deletes direct uploads that nobody can claim any more, attached files that no record has any more, and what
     * killed processes have left. To be called now and then, say every hour, by one node or by all. Blocks until every
     * store has been swept; an interrupt ends it early, with the rest left for the next one.
     *
     * @return what was done, and which stores failed
     */
    public SweepResult sweep(SweepOptions options) {
        long start = System.nanoTime();
        SweepTally tally = new SweepTally();
        StagedSweeper.Swept staged = sweeper.sweep(options, tally);
        SweepResult.Attachments swept = lifecycle == null || identities == null
                ? null
                : new AttachmentSweeper(lifecycle.rows(), stores, identities, clock).sweep(options, tally);
        SweepResult result = new SweepResult(staged.deleted(), staged.removed(), swept, tally.failures());
        if (!options.isDryRun()) {
            listeners.swept(new FileListener.Swept(result, FileListeners.since(start)));
        }
        return result;
    }

    /**
     * Makes sure that the stores of attached fields, of the schema that was applied last, are those that the database
     * knows by their names. To be called when an application starts, as the starter does; a sweep does it for each
     * store before it deletes there. A store that is seen for the first time is given an identity, a blob of 32 bytes
     * at {@code private/attached/identity}. Blocks for five seconds at the most; reads that from each store, and the
     * first time writes it and reads it again. A store that cannot be asked, or has not answered by then, is warned of.
     *
     * @throws ForeignStoreException if one is another: nothing must be stored in it, or deleted from it
     * @throws io.graphqlfiles.spi.AttachmentStoreException if the database fails
     */
    public void checkStores() {
        if (identities == null) {
            return;
        }
        Set<String> names = new TreeSet<>();
        fields.allAttached().forEach(field -> names.add(field.field().store()));
        identities.check(names, STORE_CHECK_LIMIT);
    }

    /**
     * Compares attached files with what is in the stores, while both are in use: finds blobs that nothing refers to,
     * files whose blobs are gone and, if the options say whom to ask, files whose records are. The life cycle leaves
     * neither of the first two; they come from outside, or from a write that took effect hours after it was given up.
     * Files that the application keeps in columns are not looked at: their keys are others. Blocks; takes a request for
     * every thousand blobs, and 8 to 16 bytes of memory for each.
     *
     * @param findings is given each as it is found, in the calling thread; what it throws ends the comparison
     * @throws IllegalStateException without an attachment store
     * @throws ForeignStoreException if orphans are to be deleted and a store is not the one that the database knows
     * @throws io.graphqlfiles.spi.AttachmentStoreException if the database fails
     * @throws io.graphqlfiles.spi.BlobStoreException if a store fails; what was deleted before stays deleted
     */
    public ReconcileResult reconcile(ReconcileOptions options, Consumer<ReconcileFinding> findings) {
        if (lifecycle == null || identities == null) {
            throw new IllegalStateException("reconcile: expected an attachment store in the builder, found none");
        }
        if (options.deletesOrphans()) {
            stores.names().forEach(identities::require);
        }
        return new Reconciler(lifecycle.rows(), stores, options, clock.instant(), findings).run();
    }

    /**
     * Tells how the buckets behind the fields of the schema that was applied last are to be set up, and examines them.
     */
    public FileStoreDoctor doctor() {
        return new FileStoreDoctor(stores, urls, fields.all(), allowedOrigins, uploadLife, clock);
    }

    /** How many uploads there are in requests that are being answered. */
    int liveUploads() {
        return uploads.count();
    }

    /**
     * For adapters of HTTP servers: reads what a client is still sending of a body that nobody wants, within
     * {@link FileLimits#drainedBytes()} and {@link FileLimits#drainTime()}, so that it gets to read its answer. Blocks.
     * Never throws: a rest that cannot be read changes nothing about the answer.
     *
     * @param body stays open
     */
    public void drain(InputStream body) {
        Drain.drain(body, limits, System::nanoTime);
    }

    /** For adapters of HTTP servers: serves files and takes direct uploads, below {@link #basePath()}. */
    public FileEndpoint fileEndpoint() {
        return endpoint;
    }

    /** Where the file endpoint is to be mapped, for example {@code /files}. */
    public String basePath() {
        return basePath;
    }

    /** The server-wide limits. */
    public FileLimits limits() {
        return limits;
    }

    /** The fields that take or give files in the schema that was applied last, in its order; empty before. */
    public Collection<FileField> fields() {
        return fields.all();
    }

    /**
     * Ends the connections that are kept for {@code copyURL}, and the threads that help to store the files of a
     * mutation, or still wait for a store to be checked. Requests that are under way fail.
     */
    @Override
    public void close() {
        if (identities != null) {
            identities.close();
        }
        fileThreads.close();
        urlFetcher.close();
    }

    @Override
    public String toString() {
        return "GraphQLFiles[stores " + stores.names() + "]";
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
        public @Nullable String obstacleToDirectUpload(String store) {
            if (!stores.isReachable(store)) {
                return "store \"" + store + "\" signs no requests itself, and the file endpoint is off";
            }
            return authorizer == null ? "no FileAuthorizer says who may" : null;
        }
    }

    /** Builds {@link GraphQLFiles}. Not thread-safe; usable again after {@link #build()}. */
    public static final class Builder {

        private static final Pattern STORE_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
        private static final Pattern BASE_PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

        private final Map<String, BlobStore> stores = new LinkedHashMap<>();
        private final List<FileValidator> validators = new ArrayList<>();
        private final List<FileListener> listeners = new ArrayList<>();
        private List<String> secrets = List.of();
        private @Nullable FileAuthorizer authorizer;
        private FileFieldRegistry registry = FileFieldRegistry.newRegistry().build();
        private FileLimits limits = FileLimits.defaults();

        private CopyUrlOptions copyUrl = CopyUrlOptions.newCopyUrlOptions().build();

        private boolean preflightRequired = true;
        private boolean batchedOperations;
        private Path temporaryDirectory = Path.of(System.getProperty("java.io.tmpdir"));
        private boolean fileEndpoint = true;
        private String basePath = "/files";
        private @Nullable URI baseUrl;

        private List<String> allowedOrigins = List.of("*");

        private Duration urlValidity = Duration.ofHours(3);
        private Duration urlWindow = Duration.ofHours(1);
        private int urlCacheSize = 10_000;
        private Duration uploadValidity = Duration.ofHours(3);
        private ByteSize uploadInPartsFrom = ByteSize.megabytes(100);
        private Clock clock = Clock.systemUTC();
        private @Nullable Executor executor;
        private int filesAtOnce = 8;
        private UnaryOperator<Runnable> threadContext = UnaryOperator.identity();
        private @Nullable Executor uploadExecutor;
        private @Nullable AttachmentStore attachments;
        private UnitOfWork unitOfWork = new NoUnitOfWork();
        private boolean attachByDefault = true;

        private Builder() {}

        /** The store for fields that name none. */
        public Builder store(BlobStore store) {
            return store(StoreCapabilities.DEFAULT_STORE, store);
        }

        /**
         * A store for fields that name it. Names are kept with every file: they must not change.
         *
         * @param name lower-case letters, digits and hyphens, at most 32
         * @throws IllegalArgumentException if the name is anything else, or taken
         */
        public Builder store(String name, BlobStore store) {
            if (!STORE_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "store: expected a name of at most 32 lower-case letters, digits and hyphens, found \"" + name
                                + "\"");
            }
            if (stores.putIfAbsent(name, requireNonNull(store, "store")) != null) {
                throw new IllegalArgumentException("store: there is one named \"" + name + "\" already");
            }
            return this;
        }

        /**
         * What signs URLs and seals upload tokens: random text of at least 32 characters, the same on every node, for
         * example from {@code openssl rand -base64 32}. The first signs, all are accepted: to change the secret, put
         * the new one second everywhere, then first, and drop the old one once its last URL and token have expired.
         * Required.
         */
        public Builder secret(String first, String... others) {
            List<String> all = new ArrayList<>(List.of(others));
            all.add(0, requireNonNull(first, "secret: expected random text of at least 32 characters, found null"));
            this.secrets = List.copyOf(all);
            return this;
        }

        /** Who may do what with files. Default: none; direct uploads and look-ups by id do not exist then. */
        public Builder authorizer(@Nullable FileAuthorizer authorizer) {
            this.authorizer = authorizer;
            return this;
        }

        /**
         * Adds a check of the application's own for the files of all fields; they run in the order in which they were
         * added.
         */
        public Builder validator(FileValidator validator) {
            this.validators.add(requireNonNull(validator, "validator"));
            return this;
        }

        /** Adds one that is told what happens to files; they are told in the order in which they were added. */
        public Builder listener(FileListener listener) {
            this.listeners.add(requireNonNull(listener, "listener"));
            return this;
        }

        /** Rules in code. Default: none; {@code @file} says everything. */
        public Builder registry(FileFieldRegistry registry) {
            this.registry = requireNonNull(registry, "registry");
            return this;
        }

        /** Server-wide limits; they apply even if a field allows more. Default: {@link FileLimits#defaults()}. */
        public Builder limits(FileLimits limits) {
            this.limits = requireNonNull(limits, "limits");
            return this;
        }

        /**
         * Where parts of multipart requests wait that are asked for out of order, or are for several places; others
         * never touch the disk. Must exist. Default: the JVM's {@code java.io.tmpdir}.
         */
        public Builder temporaryDirectory(Path temporaryDirectory) {
            this.temporaryDirectory = requireNonNull(temporaryDirectory, "temporaryDirectory");
            return this;
        }

        /** How {@code copyURL} fetches. Default: from public addresses only. */
        public Builder copyUrl(CopyUrlOptions copyUrl) {
            this.copyUrl = requireNonNull(copyUrl, "copyUrl");
            return this;
        }

        /**
         * Whether the application maps the library's own file endpoint, for stores that sign no requests themselves.
         * Default true. Without it a field that needs it is an error when the schema is built.
         */
        public Builder fileEndpoint(boolean fileEndpoint) {
            this.fileEndpoint = fileEndpoint;
            return this;
        }

        /**
         * Where the application maps the file endpoint, below its base URL. Default {@code /files}.
         *
         * @throws IllegalArgumentException if it is not one or more segments, each after a slash
         */
        public Builder basePath(String basePath) {
            if (!BASE_PATH.matcher(basePath).matches()) {
                throw new IllegalArgumentException(
                        "basePath: expected a path such as /files, found \"" + basePath + "\"");
            }
            this.basePath = basePath;
            return this;
        }

        /**
         * The server as clients see it, with its context path and without a slash at its end, for example
         * {@code https://shop.example.com/app}. Default: what the server adapter sees of each request; URLs of the
         * library's own endpoint are relative where there is none.
         *
         * @throws IllegalArgumentException if it is not an absolute http or https URL, or has a query or fragment
         */
        public Builder baseUrl(@Nullable URI baseUrl) {
            if (baseUrl != null) {
                try {
                    UrlScalar.parse(baseUrl.toString());
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("baseUrl: " + e.getMessage(), e);
                }
                if (baseUrl.getRawQuery() != null
                        || baseUrl.getRawFragment() != null
                        || baseUrl.toString().endsWith("/")) {
                    throw new IllegalArgumentException(
                            "baseUrl: expected neither query nor fragment nor a slash at the end, found " + baseUrl);
                }
            }
            this.baseUrl = baseUrl;
            return this;
        }

        /**
         * Whether multipart requests must carry a header that pages of other origins cannot send unasked. Default true.
         * Set it to false only if no browser ever sends credentials to this server by itself: no cookies, no client
         * certificates, no trusted network.
         */
        public Builder preflightRequired(boolean preflightRequired) {
            this.preflightRequired = preflightRequired;
            return this;
        }

        /**
         * Whether the server behind the upload adapter executes JSON arrays of GraphQL requests, so that a multipart
         * request may have one for its {@code operations}. Default false: such a request is refused with status 400.
         * The limits of a multipart request hold for all its operations together, those for other files for each.
         */
        public Builder batchedOperations(boolean batchedOperations) {
            this.batchedOperations = batchedOperations;
            return this;
        }

        /**
         * Origins whose pages may use the file endpoint from scripts; {@code *} for all. Default {@code *}: the
         * signature decides.
         */
        public Builder allowedOrigins(List<String> allowedOrigins) {
            this.allowedOrigins = List.copyOf(allowedOrigins);
            return this;
        }

        /**
         * How long a signed URL is good for at the least. Default 3 hours.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder urlValidity(Duration urlValidity) {
            this.urlValidity = Durations.requirePositive("urlValidity", urlValidity);
            return this;
        }

        /**
         * For how long the URL of a file stays the same, so that caches can keep what it gives. Counted from the epoch,
         * in whole seconds, at least one. Default 1 hour.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder urlWindow(Duration urlWindow) {
            this.urlWindow = Durations.requirePositive("urlWindow", urlWindow);
            return this;
        }

        /**
         * How many URLs are kept for as long as they stay the same, so that they need not be signed again; about 1 KB
         * each. Default 10,000.
         *
         * @param urlCacheSize 0 to keep none
         * @throws IllegalArgumentException if it is negative
         */
        public Builder urlCacheSize(int urlCacheSize) {
            if (urlCacheSize < 0) {
                throw new IllegalArgumentException("urlCacheSize: expected 0 or more, found " + urlCacheSize);
            }
            this.urlCacheSize = urlCacheSize;
            return this;
        }

        /**
         * From which size on, inclusive, direct uploads go up in parts, where the store takes parts and the client has
         * not said what it wants. Default 100 MB.
         */
        public Builder uploadInPartsFrom(ByteSize uploadInPartsFrom) {
            this.uploadInPartsFrom = requireNonNull(uploadInPartsFrom, "uploadInPartsFrom");
            return this;
        }

        /**
         * How long a client has for a direct upload and for the use of its token. Clients can renew the token by
         * {@code fileUpload}, also one that has expired, until 24 hours after the start, or until this, if this is
         * longer; an hour later {@link GraphQLFiles#sweep} deletes what has arrived. Default 3 hours.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder uploadValidity(Duration uploadValidity) {
            this.uploadValidity = Durations.requirePositive("uploadValidity", uploadValidity);
            return this;
        }

        /** Where the time comes from. Default {@link Clock#systemUTC()}. */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Where files are stored, and stores are asked for the library's own fields, for servers whose threads must not
         * block. The data fetcher is then called there too, so the executor must carry whatever context it needs; one
         * of a field that can change attached files always is, whether files are given or not. Stores that are slow to
         * sign sign the URLs of a page there too, in several threads at once. Default: none; everything happens in the
         * thread that executes the field.
         */
        public Builder executor(@Nullable Executor executor) {
            this.executor = executor;
            return this;
        }

        /**
         * How many files of one mutation are stored at once. Parts of a multipart request are always stored one after
         * the other, in the thread of the mutation; files from {@code base64}, {@code copyURL} and
         * {@code directUploadToken} side by side with them, in this thread and in some of the library's own, which
         * start when needed and end when they are idle. {@link FileValidator}s and {@link FileListener}s are called in
         * the thread that stores the file; see {@link #threadContext}. The files come out, and the first error is told,
         * as if they were stored one after the other. Default 8.
         *
         * @param filesAtOnce 1 to 64; 1 for one after the other, always in the thread of the mutation
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder filesAtOnce(int filesAtOnce) {
            if (filesAtOnce < 1 || filesAtOnce > 64) {
                throw new IllegalArgumentException("filesAtOnce: expected 1 to 64, found " + filesAtOnce);
            }
            this.filesAtOnce = filesAtOnce;
            return this;
        }

        /**
         * What takes the context that is bound to a thread (security, logging, locale) into the threads that help to
         * store the files of a mutation. It is called in the thread of the mutation, captures there, and returns work
         * that restores what it has captured, runs what it was given and clears up. Default: the work as it is.
         */
        public Builder threadContext(UnaryOperator<Runnable> threadContext) {
            this.threadContext = requireNonNull(threadContext, "threadContext");
            return this;
        }

        /**
         * Where files of multipart requests are stored, in place of {@link #executor}: there clients are waited for,
         * and slow ones need not keep other work from its threads. Of no effect without an executor. Default: the same.
         */
        public Builder uploadExecutor(@Nullable Executor uploadExecutor) {
            this.uploadExecutor = uploadExecutor;
            return this;
        }

        /**
         * Where it is kept which files belong to which records. With one, fields of type {@code StoredFile} need
         * neither a column nor a data fetcher: mutations attach what they are given to the record that they return.
         * Default: none; the application keeps each {@link StoredFile} itself.
         */
        public Builder attachments(@Nullable AttachmentStore attachments) {
            this.attachments = attachments;
            return this;
        }

        /**
         * Transactions of the application's database, so that files are attached with the record or not at all:
         * mutations that change attached files are called in one. A data fetcher whose result comes later has its files
         * attached in one of their own, after that. What {@link FileChanges} leaves unneeded in a transaction that is
         * around the data fetcher is deleted after its commit, and what was stored for the call after its rollback.
         * Default: none; files are attached after the data fetcher has returned, whatever it has committed.
         */
        public Builder unitOfWork(UnitOfWork unitOfWork) {
            this.unitOfWork = requireNonNull(unitOfWork, "unitOfWork");
            return this;
        }

        /**
         * Whether a field of an object type with {@code @file}, or declared in the registry, is attached if it does not
         * say and the application has no data fetcher for it. Default true; of no effect without {@link #attachments}.
         */
        public Builder attachByDefault(boolean attachByDefault) {
            this.attachByDefault = attachByDefault;
            return this;
        }

        /**
         * Builds the instance.
         *
         * @throws IllegalStateException if no store or no secret was given
         * @throws IllegalArgumentException if a secret is too short, a network of {@link CopyUrlOptions} cannot be
         *     read, or a store does not sign for as long as {@link #urlValidity} and {@link #urlWindow} together, or
         *     {@link #uploadValidity}, want it (7 days in buckets)
         */
        public GraphQLFiles build() {
            if (stores.isEmpty()) {
                throw new IllegalStateException("store: expected at least one, found none");
            }
            if (secrets.isEmpty()) {
                throw new IllegalStateException(
                        "secret: expected random text of at least 32 characters, for example from \"openssl rand -base64 32\", found none");
            }
            return new GraphQLFiles(this);
        }
    }
}
