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
import io.graphqlfiles.internal.check.Authorization;
import io.graphqlfiles.internal.check.FileChecks;
import io.graphqlfiles.internal.check.RequestBudget;
import io.graphqlfiles.internal.directupload.DirectUploads;
import io.graphqlfiles.internal.directupload.FileUpload;
import io.graphqlfiles.internal.directupload.UploadTokens;
import io.graphqlfiles.internal.execution.OperationRunner;
import io.graphqlfiles.internal.ingest.IncomingFile;
import io.graphqlfiles.internal.mime.ContentDisposition;
import io.graphqlfiles.internal.mime.FileNames;
import io.graphqlfiles.internal.schema.FileFields;
import io.graphqlfiles.internal.types.FileTypeNames;
import io.graphqlfiles.internal.url.FileUrls;
import io.graphqlfiles.internal.value.FileId;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
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

    public FileOperations(
            FileAuthorizer authorizer,
            DirectUploads directUploads,
            BlobStores stores,
            FileUrls urls,
            FileFields fields,
            FileLimits limits,
            OperationRunner runner) {
        this.authorizer = authorizer;
        this.directUploads = directUploads;
        this.stores = stores;
        this.urls = urls;
        this.fields = fields;
        this.limits = limits;
        this.runner = runner;
    }

    void register(GraphQLCodeRegistry.Builder registry, GraphQLSchema schema) {
        register(registry, schema.getMutationType(), FileTypeNames.START_FILE_UPLOAD, this::startFileUpload);
        register(registry, schema.getMutationType(), FileTypeNames.COMPLETE_FILE_UPLOAD, this::completeFileUpload);
        register(registry, schema.getMutationType(), FileTypeNames.ABORT_FILE_UPLOAD, this::abortFileUpload);
        register(registry, schema.getQueryType(), FileTypeNames.FILE_UPLOAD_QUERY, this::fileUpload);
        register(registry, schema.getQueryType(), FileTypeNames.URL_FOR_FILE, this::urlForFile);
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
        String coordinate = String.valueOf(input.get("field"));
        FileField field = fields.find(coordinate);
        if (field == null) {
            throw FileException.invalid("Unknown file field. Query fileFields for the valid ones.");
        }
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
                subject(environment));
    }

    private FileUpload fileUpload(DataFetchingEnvironment environment) {
        return directUploads.resume(
                permitted(directUploads.openWhileItLives(token(environment), subject(environment)), environment));
    }

    private FileUpload completeFileUpload(DataFetchingEnvironment environment) {
        budget(environment).takeFile(FileSourceType.DIRECT_UPLOAD);
        UploadTokens.Claims claims =
                permitted(directUploads.open(token(environment), subject(environment)), environment);
        return directUploads.complete(claims);
    }

    /** Most fields are a request to the store, and some make something in it: aliases would multiply it. */
    private RequestBudget budget(DataFetchingEnvironment environment) {
        return RequestBudget.of(environment.getGraphQlContext(), limits);
    }

    /** Asked again: permissions may have changed since the upload was started. */
    private UploadTokens.Claims permitted(UploadTokens.Claims claims, DataFetchingEnvironment environment) {
        FileField field = fields.find(claims.field());
        if (field == null || !field.store().equals(claims.store())) {
            throw UploadTokens.invalid("The upload token was given for a field that this server no longer has.");
        }
        Authorization.require(
                authorizer, FileAccess.toStartUpload(environment, field, claims.fileName(), claims.mimeType()));
        return claims;
    }

    private Object abortFileUpload(DataFetchingEnvironment environment) {
        directUploads.abort(token(environment), subject(environment));
        return true;
    }

    private static String token(DataFetchingEnvironment environment) {
        return environment.getArgumentOrDefault("token", "");
    }

    private String subject(DataFetchingEnvironment environment) {
        return authorizer.subject(environment);
    }

    private @Nullable Object urlForFile(DataFetchingEnvironment environment) {
        String id = environment.getArgumentOrDefault("id", "");
        Authorization.require(authorizer, FileAccess.toRead(environment, id));
        FileId file = FileId.parse(id);
        // Only what a field has accepted has a URL to read: not what is staged.
        if (file == null || !stores.names().contains(file.store()) || !FileKeys.isPermanent(file.key())) {
            return null;
        }
        BlobInfo blob = stores.store(file.store()).stat(file.key());
        if (blob == null) {
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
                ? ContentDisposition.attachment(FileNames.defaultName(blob.contentType()))
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
        answer.put("accept", field.accept());
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
