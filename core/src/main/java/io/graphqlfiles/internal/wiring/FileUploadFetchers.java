package io.graphqlfiles.internal.wiring;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.internal.check.RequestBudget;
import io.graphqlfiles.internal.directupload.FileUpload;
import io.graphqlfiles.internal.directupload.PartPlan;
import io.graphqlfiles.internal.execution.OperationRunner;
import io.graphqlfiles.internal.types.FileTypeNames;
import io.graphqlfiles.internal.url.FileUrls;
import io.graphqlfiles.spi.SignedRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Data fetchers of the types {@code FileUpload} and {@code FileUploadPart}. */
final class FileUploadFetchers {

    private static final int MAX_PAGE = 1000;

    private final FileUrls urls;
    private final FileLimits limits;
    private final OperationRunner runner;

    FileUploadFetchers(FileUrls urls, FileLimits limits, OperationRunner runner) {
        this.urls = urls;
        this.limits = limits;
        this.runner = runner;
    }

    void register(GraphQLCodeRegistry.Builder registry, GraphQLSchema schema) {
        Map<String, DataFetcher<?>> upload = new LinkedHashMap<>();
        upload.put("token", new PropertyFetcher<>(FileUpload.class, FileUpload::token));
        upload.put(
                "expiresAt",
                new PropertyFetcher<>(FileUpload.class, each -> StoredFileFetchers.dateTime(each.expiresAt())));
        upload.put("partCount", new PropertyFetcher<>(FileUpload.class, each -> ofPlan(each, PartPlan::count)));
        upload.put(
                "partByteSize", new PropertyFetcher<>(FileUpload.class, each -> ofPlan(each, PartPlan::partByteSize)));
        upload.put("complete", asking(FileUpload.class, (each, environment) -> each.isComplete()));
        upload.put("uploadedByteSize", asking(FileUpload.class, (each, environment) -> each.uploadedByteSize()));
        upload.put("request", asking(FileUpload.class, (each, environment) -> request(each.request(), environment)));
        upload.put("tusUrl", asking(FileUpload.class, this::tusUrl));
        upload.put("parts", asking(FileUpload.class, this::parts));
        register(registry, schema.getObjectType(FileTypeNames.FILE_UPLOAD), upload);

        Map<String, DataFetcher<?>> part = new LinkedHashMap<>();
        part.put("number", new PropertyFetcher<>(FileUpload.Part.class, FileUpload.Part::number));
        part.put("byteOffset", new PropertyFetcher<>(FileUpload.Part.class, FileUpload.Part::byteOffset));
        part.put("byteSize", new PropertyFetcher<>(FileUpload.Part.class, FileUpload.Part::byteSize));
        part.put("uploaded", asking(FileUpload.Part.class, (each, environment) -> each.isUploaded()));
        part.put("request", asking(FileUpload.Part.class, (each, environment) -> request(each.request(), environment)));
        register(registry, schema.getObjectType(FileTypeNames.FILE_UPLOAD_PART), part);
    }

    private static void register(
            GraphQLCodeRegistry.Builder registry,
            @Nullable GraphQLObjectType type,
            Map<String, DataFetcher<?>> fetchers) {
        if (type == null) {
            return;
        }
        fetchers.forEach((field, fetcher) -> {
            // The application may declare the type with fewer fields, or with more of its own.
            if (type.getFieldDefinition(field) != null) {
                registry.dataFetcher(FieldCoordinates.coordinates(type.getName(), field), fetcher);
            }
        });
    }

    private interface Question<S> {
        @Nullable
        Object answer(S source, DataFetchingEnvironment environment);
    }

    /** For what may need the store, which may fail. */
    private <S extends OperationRunner.Source> DataFetcher<@Nullable Object> asking(
            Class<S> type, Question<S> question) {
        return environment -> {
            S source = PropertyFetcher.source(type, environment);
            OperationRunner.Operation answering = each -> question.answer(source, each);
            return source.mayBlock() ? runner.run(answering, environment) : runner.runHere(answering, environment);
        };
    }

    private static @Nullable Object ofPlan(FileUpload upload, Function<PartPlan, Object> property) {
        PartPlan plan = upload.plan();
        return plan == null ? null : property.apply(plan);
    }

    private @Nullable Object tusUrl(FileUpload upload, DataFetchingEnvironment environment) {
        String url = upload.tusUrl();
        return url == null ? null : urls.absolute(url, FileUrls.requestBaseUrl(environment));
    }

    private Object parts(FileUpload upload, DataFetchingEnvironment environment) {
        int first = number("first", 100, environment);
        int after = number("after", 0, environment);
        if (first < 0 || first > MAX_PAGE) {
            throw FileException.invalid("first: expected 0 to " + MAX_PAGE + ", found " + first + ".");
        }
        if (after < 0) {
            throw FileException.invalid("after: expected 0 or more, found " + after + ".");
        }
        // Each may be signed, under any number of aliases.
        RequestBudget.of(environment.getGraphQlContext(), limits).takeParts(upload.countParts(first, after));
        return upload.parts(first, after, environment.getArgument("uploaded"));
    }

    /** A client may give null for what it leaves to us. */
    private static int number(String argument, int ifNone, DataFetchingEnvironment environment) {
        Integer given = environment.getArgument(argument);
        return given == null ? ifNone : given;
    }

    private @Nullable Object request(@Nullable SignedRequest request, DataFetchingEnvironment environment) {
        if (request == null) {
            return null;
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("url", urls.absolute(request.url().toString(), FileUrls.requestBaseUrl(environment)));
        answer.put("method", request.method());
        answer.put(
                "headers",
                request.headers().entrySet().stream()
                        .map(header -> Map.of("name", header.getKey(), "value", header.getValue()))
                        .toList());
        answer.put("expiresAt", StoredFileFetchers.dateTime(request.expiresAt()));
        return answer;
    }
}
