package io.graphqlfiles.internal.wiring;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import io.graphqlfiles.FileAccess;
import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.FileSourceType;
import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.blob.Tenancy;
import io.graphqlfiles.internal.check.Authorization;
import io.graphqlfiles.internal.check.FileChecks;
import io.graphqlfiles.internal.check.RequestBudget;
import io.graphqlfiles.internal.directupload.DirectUploads;
import io.graphqlfiles.internal.directupload.FileUpload;
import io.graphqlfiles.internal.directupload.TusUrls;
import io.graphqlfiles.internal.directupload.UploadTokens;
import io.graphqlfiles.internal.execution.OperationRunner;
import io.graphqlfiles.internal.ingest.IncomingFile;
import io.graphqlfiles.internal.mime.ContentDisposition;
import io.graphqlfiles.internal.mime.FileNames;
import io.graphqlfiles.internal.mime.StoredTypes;
import io.graphqlfiles.internal.schema.FileFields;
import io.graphqlfiles.internal.types.FileTypeNames;
import io.graphqlfiles.internal.url.FileUrls;
import io.graphqlfiles.internal.value.FileId;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The fields that let clients upload directly and look up URLs; they exist only where the application has an
 * authorizer.
 */
public final class FileOperations {

    private final FileAuthorizer authorizer;
    private final DirectUploads directUploads;
    private final BlobStores stores;
    private final FileUrls urls;
    private final FileFields fields;
    private final FileLimits limits;
    private final OperationRunner runner;
    private final Tenancy tenancy;
    private final Predicate<BlobReference> isReleased;
    private final Function<FileField, List<String>> accepted;

    /**
     * @param isReleased whether a blob that is there may be read by whoever knows its id
     * @param accepted what a field takes, as clients are told
     */
    public FileOperations(
            FileAuthorizer authorizer,
            DirectUploads directUploads,
            BlobStores stores,
            FileUrls urls,
            FileFields fields,
            FileLimits limits,
            OperationRunner runner,
            Tenancy tenancy,
            Predicate<BlobReference> isReleased,
            Function<FileField, List<String>> accepted) {
        this.authorizer = authorizer;
        this.directUploads = directUploads;
        this.stores = stores;
        this.urls = urls;
        this.fields = fields;
        this.limits = limits;
        this.runner = runner;
        this.tenancy = tenancy;
        this.isReleased = isReleased;
        this.accepted = accepted;
    }

    void register(GraphQLCodeRegistry.Builder registry, GraphQLSchema schema) {
        register(registry, schema.getMutationType(), FileTypeNames.START_FILE_UPLOAD, this::startFileUpload);
        register(registry, schema.getMutationType(), FileTypeNames.COMPLETE_FILE_UPLOAD, this::completeFileUpload);
        register(registry, schema.getMutationType(), FileTypeNames.ABORT_FILE_UPLOAD, this::abortFileUpload);
        register(registry, schema.getQueryType(), FileTypeNames.FILE_UPLOAD_QUERY, this::fileUpload);
        register(registry, schema.getQueryType(), FileTypeNames.URL_FOR_FILE, this::urlForFile);
        register(registry, schema.getQueryType(), FileTypeNames.TUS_ENDPOINT, this::tusEndpoint);
        register(registry, schema.getQueryType(), FileTypeNames.FILE_FIELDS, environment -> fileFields());
        new FileUploadFetchers(urls, limits, runner).register(registry, schema);
    }

    private void register(
            GraphQLCodeRegistry.Builder registry,
            @Nullable GraphQLObjectType type,
            String field,
            OperationRunner.Operation operation) {
        if (type != null && type.getFieldDefinition(field) != null) {
            // Counted before the executor has to find room for it.
            DataFetcher<@Nullable Object> fetcher = environment ->
                    runner.run(operation, environment, () -> budget(environment).takeCall());
            registry.dataFetcher(FieldCoordinates.coordinates(type.getName(), field), fetcher);
        }
    }

    private FileUpload startFileUpload(DataFetchingEnvironment environment) {
        Map<String, Object> input = environment.getArgumentOrDefault("input", Map.of());
        DirectUploads.Caller caller = caller(environment);
        FileField field = field(String.valueOf(input.get("field")), caller);
        String fileName = String.valueOf(input.get("fileName"));
        String mimeType = IncomingFile.blankToNull((String) input.get("mimeType"));
        budget(environment).takeFile(FileSourceType.DIRECT_UPLOAD);
        Authorization.require(authorizer, FileAccess.toStartUpload(environment, field, fileName, mimeType));
        return directUploads.start(
                field,
                fileName,
                mimeType,
                ((Number) input.getOrDefault("byteSize", 0L)).longValue(),
                (Boolean) input.get("inParts"),
                caller);
    }

    private @Nullable Object tusEndpoint(DataFetchingEnvironment environment) {
        DirectUploads.Caller caller = caller(environment);
        FileField field = field(environment.getArgumentOrDefault("field", ""), caller);
        Authorization.require(authorizer, FileAccess.toStartUpload(environment, field, null, null));
        TusUrls.Url url = directUploads.tusCreation(field, caller);
        if (url == null) {
            return null;
        }
        String absolute = urls.absolute(url.path(), FileUrls.requestBaseUrl(environment));
        return describe(new SignedUrl(absolute, url.expiresAt()));
    }

    private FileField field(String coordinate, DirectUploads.Caller caller) {
        FileField field = fields.find(coordinate);
        if (field == null) {
            throw FileException.invalid("Unknown file field. Query fileFields for the valid ones.");
        }
        return directUploads.field(field, caller);
    }

    private FileUpload fileUpload(DataFetchingEnvironment environment) {
        return directUploads.resume(
                permitted(directUploads.openWhileItLives(token(environment), caller(environment)), environment));
    }

    private FileUpload completeFileUpload(DataFetchingEnvironment environment) {
        budget(environment).takeFile(FileSourceType.DIRECT_UPLOAD);
        UploadTokens.Claims claims =
                permitted(directUploads.open(token(environment), caller(environment)), environment);
        return directUploads.complete(claims);
    }

    /** Most fields are a request to the store, and some make something in it: aliases would multiply it. */
    private RequestBudget budget(DataFetchingEnvironment environment) {
        return RequestBudget.of(environment.getGraphQlContext(), limits);
    }

    /** Asked again: permissions may have changed since the upload was started. */
    private UploadTokens.Claims permitted(UploadTokens.Claims claims, DataFetchingEnvironment environment) {
        FileField declared = fields.find(claims.field());
        FileField field = declared == null ? null : directUploads.field(declared, caller(environment));
        if (field == null || !field.store().equals(claims.store())) {
            throw UploadTokens.invalid("The upload token was given for a field that this server no longer has.");
        }
        Authorization.require(
                authorizer, FileAccess.toStartUpload(environment, field, claims.fileName(), claims.mimeType()));
        return claims;
    }

    private Object abortFileUpload(DataFetchingEnvironment environment) {
        directUploads.abort(token(environment), caller(environment));
        return true;
    }

    private static String token(DataFetchingEnvironment environment) {
        return environment.getArgumentOrDefault("token", "");
    }

    private DirectUploads.Caller caller(DataFetchingEnvironment environment) {
        return new DirectUploads.Caller(authorizer.subject(environment), tenancy.of(environment.getGraphQlContext()));
    }

    private @Nullable Object urlForFile(DataFetchingEnvironment environment) {
        String id = environment.getArgumentOrDefault("id", "");
        Authorization.require(authorizer, FileAccess.toRead(environment, id));
        FileId file = FileId.parse(id);
        // Only what a field has accepted has a URL to read: not what is staged.
        if (file == null
                || !stores.names().contains(file.store())
                || !FileKeys.isPermanent(file.key())
                || tenancy.isForeign(file.key(), tenancy.of(environment.getGraphQlContext()))) {
            return null;
        }
        BlobInfo blob = stores.store(file.store()).stat(file.key());
        if (blob == null || !isReleased.test(new BlobReference(file.store(), file.key()))) {
            return null;
        }
        Visibility visibility = FileKeys.visibilityOf(file.key());
        boolean download = Boolean.TRUE.equals(environment.getArgument("download"));
        FileUrls.Wanted wanted =
                new FileUrls.Wanted(file.store(), file.key(), visibility, download ? asAttachment(blob) : null);
        return urls.of(wanted, environment, FileOperations::describe);
    }

    private static Object describe(SignedUrl url) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("url", url.text());
        answer.put("expiresAt", StoredFileFetchers.dateTime(url.expiresAt()));
        return answer;
    }

    private static String asAttachment(BlobInfo blob) {
        String disposition = blob.contentDisposition();
        int parameters = disposition.indexOf(';');
        return parameters < 0
                ? ContentDisposition.attachment(FileNames.defaultName(StoredTypes.typeOf(blob.contentType())))
                : "attachment" + disposition.substring(parameters);
    }

    private Object fileFields() {
        return fields.all().stream()
                .sorted(Comparator.comparing(FileField::coordinate))
                .map(this::describe)
                .toList();
    }

    private Map<String, @Nullable Object> describe(FileField field) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("field", field.coordinate());
        answer.put("accept", accepted.apply(field));
        answer.put("minByteSize", field.minByteSize());
        answer.put(
                "maxByteSize",
                field.sources().stream()
                        .mapToLong(source -> FileChecks.maxByteSize(field, source, limits))
                        .max()
                        .orElse(0));
        answer.put("maxCount", field.maxCount());
        answer.put("sources", field.sources().stream().map(Enum::name).toList());
        answer.put(
                "limits",
                field.sources().stream()
                        .map(source -> Map.of(
                                "source", source.name(),
                                "maxByteSize", FileChecks.maxByteSize(field, source, limits),
                                "maxCount", RequestBudget.filesFrom(source, limits)))
                        .toList());
        answer.put("visibility", field.visibility().name());
        answer.put("maxPixels", field.pictures().maxPixels());
        answer.put("minWidth", field.pictures().minWidth());
        answer.put("maxWidth", field.pictures().maxWidth());
        answer.put("minHeight", field.pictures().minHeight());
        answer.put("maxHeight", field.pictures().maxHeight());
        answer.put("aspectRatio", field.pictures().aspectRatio());
        answer.put("stripsMetadata", field.stripsMetadata());
        return answer;
    }
}
