package io.graphqlfiles.engine;

import static java.util.Objects.requireNonNull;

import graphql.execution.instrumentation.Instrumentation;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.graphqlfiles.Attachments;
import io.graphqlfiles.ByteSize;
import io.graphqlfiles.CopyUrlOptions;
import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.FileListener;
import io.graphqlfiles.FileReviewer;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.FileTenants;
import io.graphqlfiles.FileValidator;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.VariantOptions;
import io.graphqlfiles.internal.attachments.NoUnitOfWork;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.pair.MigratingBlobStore;
import io.graphqlfiles.internal.pair.MirroredBlobStore;
import io.graphqlfiles.internal.schema.StoreCapabilities;
import io.graphqlfiles.internal.types.UrlScalar;
import io.graphqlfiles.internal.url.FileUrls;
import io.graphqlfiles.internal.value.Durations;
import io.graphqlfiles.maintenance.FileMaintenance;
import io.graphqlfiles.server.ServerSupport;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.spi.media.FileAnalyzer;
import io.graphqlfiles.spi.media.MetadataStripper;
import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.spi.media.VariantUrlSigner;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    private final Assembly parts;

    private GraphQLFiles(Builder builder) {
        this.parts = new Assembly(builder);
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
        return parts.types.text();
    }

    /**
     * Adds the library's types to an application's. What the application declares under the same name stays as it is
     * and is used.
     *
     * @return the same registry, changed
     */
    public TypeDefinitionRegistry addTypeDefinitions(TypeDefinitionRegistry types) {
        return parts.types.addTo(types);
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
        return parts.types.addScalars(wiring);
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
        return parts.types.types();
    }

    /**
     * What a query type that is built in code gets: {@code fileUpload}, {@code urlForFile} and {@code fileFields};
     * nothing without an authorizer.
     */
    public List<GraphQLFieldDefinition> queryFields() {
        return parts.types.queryFields();
    }

    /**
     * What a mutation type that is built in code gets: {@code startFileUpload}, {@code completeFileUpload} and
     * {@code abortFileUpload}; nothing without an authorizer.
     */
    public List<GraphQLFieldDefinition> mutationFields() {
        return parts.types.mutationFields();
    }

    /**
     * Makes the file fields of a finished schema work, however it was built. Schemas are read once, here; requests pay
     * nothing for fields without files.
     *
     * <p>Several schemas can share an instance, as those of an application that reloads its schema do. Where calls
     * outside of a request name a field, such as {@link #store}, it may be of any of them.
     *
     * @return the schema to execute; the given one is not changed
     * @throws io.graphqlfiles.FileSchemaException if file fields are declared wrongly; names every mistake with its
     *     schema coordinate
     * @throws IllegalStateException if this was done to the schema before
     */
    public GraphQLSchema apply(GraphQLSchema schema) {
        return parts.apply(schema);
    }

    /**
     * Stores a file on the application's own behalf, under the rules of a field of a schema that was applied. Inside a
     * data fetcher use {@link io.graphqlfiles.FileChanges#store}, which deletes it again if that fails. One for an
     * attached field must be given to {@link #attachments()} within a day; the sweep deletes it otherwise. Blocks.
     *
     * @param field schema coordinate, for example {@code Product.image}
     * @throws io.graphqlfiles.FileException if the field's rules or a validator refuse it; nothing is stored then
     * @throws IllegalArgumentException if there is no such file field
     * @throws io.graphqlfiles.spi.BlobStoreException if the store fails
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the field is attached and the database fails
     * @throws IOException if the content cannot be read; nothing is stored then
     */
    public StoredFile store(String field, FileSource source) throws IOException {
        return parts.ownFiles.store(field, source, null);
    }

    /**
     * Opens the bytes of a file. Blocks.
     *
     * @return to be closed by the caller
     * @throws io.graphqlfiles.spi.BlobNotFoundException if it has been deleted
     * @throws io.graphqlfiles.spi.BlobStoreException if the store fails
     */
    public InputStream open(StoredFile file) {
        return parts.stores.store(file.store()).open(file.key(), ByteRange.whole());
    }

    /**
     * Deletes a file now. Inside a data fetcher use {@link io.graphqlfiles.FileChanges}, which waits for its success.
     * Repeating is harmless. Blocks.
     *
     * @throws IllegalArgumentException if it was stored for an attached field: use {@link #attachments()}
     * @throws IllegalStateException if it is of another tenant than the one that this thread works for
     * @throws io.graphqlfiles.spi.BlobStoreException if the store fails
     */
    public void delete(StoredFile file) {
        if (parts.lifecycle != null && FileKeys.isAttached(file.key())) {
            throw new IllegalArgumentException(
                    file + ": stored for an attached field; change the field by attachments()");
        }
        parts.tenancy.requireOwn(file.key());
        parts.stores.delete(file.store(), List.of(file.key()));
    }

    /**
     * The URL of a file, outside of GraphQL. No I/O.
     *
     * @return absolute, or relative to the server's base URL if the library's own endpoint serves the file and no base
     *     URL was configured
     */
    public URI url(StoredFile file) {
        return parts.urls.url(FileUrls.Wanted.of(file, null)).url();
    }

    /**
     * Makes the variants of a file that are not there yet, for example ahead of a release that declares new ones; for
     * attached files there is {@link FileMaintenance#makeVariants}. Blocks until they are made; those that cannot be
     * are logged. A file that waits for a review, or was rejected, has none.
     *
     * @param field schema coordinate of the field that declares them, for example {@code Product.image}
     * @return how many the file has now
     * @throws IllegalArgumentException if there is no such file field
     * @throws io.graphqlfiles.spi.BlobStoreException if the store fails
     */
    public int makeVariants(String field, StoredFile file) {
        return parts.makeVariants(field, file);
    }

    /**
     * Makes a copy of a file where new files of a field go: in its store, and as public or private as its rules say
     * now, for example after one of these was changed. For fields in columns: put the copy into the column in place of
     * the file, and {@link #delete} the file after the commit. Attached files are moved by
     * {@link FileMaintenance#relocate}. Rules of type and size are not asked again. Blocks; within a store the bytes do
     * not pass through this process.
     *
     * @param field schema coordinate, for example {@code Product.image}
     * @throws IllegalArgumentException if there is no such file field, or it is attached, or the file is not
     *     {@linkplain StoredFile#status ready}
     * @throws io.graphqlfiles.spi.BlobNotFoundException if the file has been deleted
     * @throws io.graphqlfiles.spi.BlobStoreException if the store fails
     * @throws IOException if the file cannot be read; nothing is left after any of these
     */
    public StoredFile copyOf(String field, StoredFile file) throws IOException {
        return parts.copyOf(field, file);
    }

    /** For adapters of HTTP servers, and for whoever maps the file endpoint by hand. */
    public ServerSupport server() {
        return parts.server;
    }

    /** For operators and their jobs: sweeping, comparing, and examining what is set up. */
    public FileMaintenance maintenance() {
        return parts.maintenance;
    }

    /**
     * Attached files, for the application's own code.
     *
     * @throws IllegalStateException without an attachment store
     */
    public Attachments attachments() {
        if (parts.attachments == null) {
            throw new IllegalStateException("attachments: expected an attachment store in the builder, found none");
        }
        return parts.attachments;
    }

    /**
     * For {@link graphql.GraphQL.Builder#instrumentation}. Makes sure, before a data fetcher is called, that each file
     * of a multipart request has become an {@code Upload} of its own request, also where the operation is persisted and
     * only the engine knows its types; and gives requests without a {@link org.dataloader.DataLoaderRegistry} one, so
     * that attached files are read for all records of a level at once. Files of persisted operations cannot be read
     * without it. Thread-safe; costs nothing for each field.
     */
    public Instrumentation instrumentation() {
        return parts.instrumentation;
    }

    /** The server-wide limits. */
    public FileLimits limits() {
        return parts.limits;
    }

    /**
     * The fields that take or give files in the schemas that were applied, in their order; empty before. If one
     * coordinate is in several of them, that of the last.
     */
    public Collection<FileField> fields() {
        return parts.fields().all();
    }

    /**
     * Ends the connections that are kept for {@code copyURL}, and the threads that help to store the files of a
     * mutation, make variants, or still wait for a store to be checked. Requests that are in progress fail.
     */
    @Override
    public void close() {
        parts.close();
    }

    @Override
    public String toString() {
        return "GraphQLFiles[stores " + parts.stores.names() + "]";
    }

    /** Builds {@link GraphQLFiles}. Not thread-safe; usable again after {@link #build()}. */
    public static final class Builder {

        private static final Pattern STORE_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
        private static final Duration LONGEST_RETENTION = Duration.ofDays(36_500);
        private static final Pattern BASE_PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

        final Map<String, BlobStore> stores = new LinkedHashMap<>();
        final Map<String, BlobStore> oldStores = new LinkedHashMap<>();
        final Map<String, BlobStore> mirrors = new LinkedHashMap<>();
        final List<FileValidator> validators = new ArrayList<>();
        final List<FileListener> listeners = new ArrayList<>();
        final List<FileAnalyzer> analyzers = new ArrayList<>();
        final List<MetadataStripper> strippers = new ArrayList<>();
        final List<VariantMaker> variantMakers = new ArrayList<>();

        @Nullable
        VariantUrlSigner variantUrls;

        VariantOptions variantOptions = VariantOptions.newVariantOptions().build();
        List<String> secrets = List.of();

        @Nullable
        FileAuthorizer authorizer;

        FileFieldRegistry registry = FileFieldRegistry.newRegistry().build();
        FileLimits limits = FileLimits.defaults();

        CopyUrlOptions copyUrl = CopyUrlOptions.newCopyUrlOptions().build();

        boolean preflightRequired = true;
        boolean batchedOperations;
        Path temporaryDirectory = Path.of(System.getProperty("java.io.tmpdir"));
        boolean fileEndpoint = true;
        boolean tus;
        String basePath = "/files";

        @Nullable
        URI baseUrl;

        List<String> allowedOrigins = List.of("*");

        Duration urlValidity = Duration.ofHours(3);
        Duration urlWindow = Duration.ofHours(1);
        int urlCacheSize = 10_000;
        Duration uploadValidity = Duration.ofHours(3);
        ByteSize uploadInPartsFrom = ByteSize.megabytes(100);
        Clock clock = Clock.systemUTC();

        @Nullable
        Executor executor;

        int filesAtOnce = 8;
        UnaryOperator<Runnable> threadContext = UnaryOperator.identity();

        @Nullable
        Executor uploadExecutor;

        @Nullable
        AttachmentStore attachments;

        UnitOfWork unitOfWork = new NoUnitOfWork();
        boolean attachByDefault = true;
        Duration attachmentRetention = Duration.ZERO;

        @Nullable
        FileReviewer reviewer;

        @Nullable
        FileTenants tenants;

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

        /** {@link #migrateFrom(String, BlobStore)} for the store of fields that name none. */
        public Builder migrateFrom(BlobStore old) {
            return migrateFrom(StoreCapabilities.DEFAULT_STORE, old);
        }

        /**
         * Where the files of a store have been until now: they can be read, copied and deleted there while
         * {@link FileMaintenance#migrate} copies them to the store that has the name now. New files go to that. Rows,
         * columns and tokens name files by store and key, and both stay. As long as this is set, files are read by URLs
         * of the file endpoint, which leads on to the store that has them: it must be on.
         *
         * @param name of a store that is given, too
         * @param old where its files have been; to be left in place until they are copied and the last URL and upload
         *     that was begun there has expired
         */
        public Builder migrateFrom(String name, BlobStore old) {
            oldStores.put(name, requireNonNull(old, "old"));
            return this;
        }

        /** {@link #mirror(String, BlobStore)} for the store of fields that name none. */
        public Builder mirror(BlobStore mirror) {
            return mirror(StoreCapabilities.DEFAULT_STORE, mirror);
        }

        /**
         * A second store for what is written to a store: it is copied there soon after, by threads of the library's
         * own, and deleted there too. An upload succeeds with the store alone; what the mirror has missed, and what was
         * there before, {@link FileMaintenance#migrate} copies. While the store fails, what the library reads it reads
         * from the mirror; URLs that the store has signed lead to the store.
         *
         * @param name of a store that is given, too
         */
        public Builder mirror(String name, BlobStore mirror) {
            mirrors.put(name, requireNonNull(mirror, "mirror"));
            return this;
        }

        /** The stores as the library uses them. */
        Map<String, BlobStore> pairedStores() {
            Map<String, BlobStore> paired = new LinkedHashMap<>(stores);
            oldStores.forEach(
                    (name, old) -> paired.put(name, MigratingBlobStore.of(require("migrateFrom", name, old), old)));
            mirrors.forEach((name, mirror) -> {
                if (oldStores.containsKey(name)) {
                    throw new IllegalArgumentException("mirror: expected a store whose files do not move, found \""
                            + name + "\", which has migrateFrom");
                }
                paired.put(name, MirroredBlobStore.of(require("mirror", name, mirror), mirror));
            });
            return paired;
        }

        private BlobStore require(String setting, String name, BlobStore second) {
            BlobStore store = stores.get(name);
            if (store == null) {
                throw new IllegalArgumentException(setting + ": expected the name of one of the stores "
                        + stores.keySet() + ", found \"" + name + "\"");
            }
            if (store == second) {
                throw new IllegalArgumentException(
                        setting + ": expected another store than \"" + name + "\", found the same");
            }
            return store;
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

        /**
         * Adds what finds the size of pictures and other facts of files. The first that knows a type analyzes files of
         * it. Default: none; files have no facts, and rules about them are an error when the schema is built.
         */
        public Builder analyzer(FileAnalyzer analyzer) {
            this.analyzers.add(requireNonNull(analyzer, "analyzer"));
            return this;
        }

        /**
         * Adds what removes metadata, for fields with {@code stripMetadata}. The first that knows a type strips files
         * of it. Default: none; such a field is an error when the schema is built.
         */
        public Builder metadataStripper(MetadataStripper stripper) {
            this.strippers.add(requireNonNull(stripper, "stripper"));
            return this;
        }

        /**
         * Adds what makes variants. The first that makes one of a type makes it. Default: none; a field with variants
         * is an error when the schema is built.
         */
        public Builder variantMaker(VariantMaker maker) {
            this.variantMakers.add(requireNonNull(maker, "maker"));
            return this;
        }

        /**
         * A service that makes variants on its own; the library makes only those that it does not sign. Default: none.
         */
        public Builder variantUrls(@Nullable VariantUrlSigner variantUrls) {
            this.variantUrls = variantUrls;
            return this;
        }

        /** How variants are made. Default: as {@link VariantOptions} says. */
        public Builder variantOptions(VariantOptions variantOptions) {
            this.variantOptions = requireNonNull(variantOptions, "variantOptions");
            return this;
        }

        /**
         * Adds one that is notified of what happens to files; they are notified in the order in which they were added.
         */
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
         * Whether the library's own file endpoint also speaks tus 1.0.0 (https://tus.io), for direct uploads that go on
         * after a broken connection where they were, to any store that takes parts; their bytes pass through this
         * server. Clients find its URLs in {@code FileUpload.tusUrl} and {@code tusEndpoint}. Default false. Of no
         * effect without an {@link #authorizer}.
         */
        public Builder tus(boolean tus) {
            this.tus = tus;
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
         * Set it to false only if no browser ever sends credentials to this server on its own: no cookies, no client
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
         * How long a signed URL is valid for at least. Default 3 hours.
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
         * longer; an hour later {@link FileMaintenance#sweep} deletes what has been received. Default 3 hours.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder uploadValidity(Duration uploadValidity) {
            this.uploadValidity = Durations.requirePositive("uploadValidity", uploadValidity);
            return this;
        }

        /**
         * Who decides about files of fields with review; asked by {@link FileMaintenance#review}. Default: nobody, only
         * {@link Attachments#release} and {@link Attachments#reject}.
         */
        public Builder reviewer(@Nullable FileReviewer reviewer) {
            this.reviewer = reviewer;
            return this;
        }

        /**
         * For how long attached files are kept that are replaced, cleared or deleted with their record, so that
         * {@link Attachments#restore} can bring them back; the first sweep after that deletes them. Files that were
         * never attached, or were refused, are not kept. Default: zero, they are deleted after the commit.
         *
         * @throws IllegalArgumentException if it is negative, or longer than 36,500 days
         */
        public Builder attachmentRetention(Duration attachmentRetention) {
            // What is kept longer than that would be kept until a date that databases cannot hold.
            if (attachmentRetention.isNegative() || attachmentRetention.compareTo(LONGEST_RETENTION) > 0) {
                throw new IllegalArgumentException(
                        "attachmentRetention: expected zero to 36,500 days, found " + attachmentRetention);
            }
            this.attachmentRetention = attachmentRetention;
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
         * the thread that stores the file; see {@link #threadContext}. The files are returned, and the first error is
         * reported, as if they were stored one after the other. Default 8.
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
         * attached in one of their own, after that. What {@link io.graphqlfiles.FileChanges} marks as no longer needed
         * in a transaction that is around the data fetcher is deleted after its commit, and what was stored for the
         * call after its rollback. Default: none; files are attached after the data fetcher has returned, whatever it
         * has committed.
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
         * Parts the files of the application's tenants. Default: there are none. Files that are there before keep their
         * keys, and can be read in the requests of every tenant whose records have them.
         */
        public Builder tenants(@Nullable FileTenants tenants) {
            this.tenants = tenants;
            return this;
        }

        /**
         * Builds the instance.
         *
         * @throws IllegalStateException if no store or no secret was given
         * @throws IllegalArgumentException if a secret is too short, a network of {@link CopyUrlOptions} cannot be
         *     read, or a store does not sign for as long as {@link #urlValidity} and {@link #urlWindow} together, or
         *     {@link #uploadValidity}, want it (7 days in buckets), or {@link #migrateFrom} or {@link #mirror} name no
         *     store, or both the same one, or files are to move, or {@link #tus} is on, while the file endpoint is off
         */
        public GraphQLFiles build() {
            if (stores.isEmpty()) {
                throw new IllegalStateException("store: expected at least one, found none");
            }
            if (secrets.isEmpty()) {
                throw new IllegalStateException(
                        "secret: expected random text of at least 32 characters, for example from \"openssl rand -base64 32\", found none");
            }
            if (tus && !fileEndpoint) {
                throw new IllegalArgumentException("tus: expected the file endpoint, which speaks it, found it off");
            }
            return new GraphQLFiles(this);
        }
    }
}
