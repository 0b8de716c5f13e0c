package io.graphqlfiles.spring.app;

import graphql.GraphQLError;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileChanges;
import io.graphqlfiles.StoredFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.springframework.graphql.data.ArgumentValue;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.GraphQlExceptionHandler;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.execution.ErrorType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

@Controller
class RecordController {

    private final Records records = new Records();

    @QueryMapping
    RecordData record(@Argument String id) {
        return records.get(id);
    }

    @QueryMapping
    List<RecordData> records() {
        return records.all();
    }

    @MutationMapping
    RecordData createRecord(@Argument RecordInput record, Locale locale) {
        return records.add(record, locale);
    }

    @MutationMapping
    @SuppressWarnings("unchecked")
    RecordData createFromMap(@Argument Map<String, Object> record, Locale locale) {
        return records.add(
                new RecordInput(
                        (String) record.get("title"),
                        (StoredFile) record.get("image"),
                        (StoredFile) record.get("document"),
                        (List<StoredFile>) record.get("pictures"),
                        null),
                locale);
    }

    @MutationMapping
    CompletableFuture<RecordData> createLaterByFuture(@Argument RecordInput record, Locale locale) {
        return CompletableFuture.supplyAsync(() -> records.add(record, locale));
    }

    @MutationMapping
    Mono<RecordData> createLaterByMono(@Argument RecordInput record, Locale locale) {
        return Mono.fromSupplier(() -> records.add(record, locale));
    }

    @MutationMapping
    Callable<RecordData> createLaterByCallable(@Argument RecordInput record, Locale locale) {
        return () -> records.add(record, locale);
    }

    @MutationMapping
    String patchRecord(@Argument RecordPatch patch) {
        return "document " + describe(patch.document()) + ", pictures " + describe(patch.pictures());
    }

    private static String describe(ArgumentValue<?> value) {
        if (value.isOmitted()) {
            return "omitted";
        }
        if (value.value() == null) {
            return "null";
        }
        return value.value() instanceof List<?> files
                ? "list of " + files.size()
                : ((StoredFile) value.value()).fileName();
    }

    @MutationMapping
    RecordData replaceDocument(
            @Argument String id, @Argument StoredFile document, DataFetchingEnvironment environment) {
        StoredFile old = records.get(id).document();
        RecordData changed = records.withDocument(id, document);
        FileChanges.of(environment).deleteOnSuccess(old);
        return changed;
    }

    @MutationMapping
    RecordData failByException(@Argument RecordInput record) {
        throw new IllegalStateException("internals of " + record.title());
    }

    @MutationMapping
    CompletableFuture<RecordData> failByFuture(@Argument RecordInput record) {
        return CompletableFuture.supplyAsync(() -> {
            throw new IllegalStateException("internals of " + record.title());
        });
    }

    @MutationMapping
    Mono<RecordData> failByMono(@Argument RecordInput record) {
        return Mono.error(() -> new IllegalStateException("internals of " + record.title()));
    }

    @MutationMapping
    RecordData failByHandledException(@Argument RecordInput record) {
        throw new RefusedRecordException(record.title());
    }

    @MutationMapping
    @PreAuthorize("hasRole('NOBODY')")
    RecordData failByDeniedAccess(@Argument RecordInput record) {
        throw new AssertionError("reached without permission");
    }

    @MutationMapping
    DataFetcherResult<RecordData> failByResult(@Argument RecordInput record, DataFetchingEnvironment environment) {
        return DataFetcherResult.<RecordData>newResult()
                .error(GraphQLError.newError()
                        .message("not today")
                        .path(environment.getExecutionStepInfo().getPath())
                        .build())
                .build();
    }

    @GraphQlExceptionHandler
    GraphQLError refuse(RefusedRecordException e, DataFetchingEnvironment environment) {
        return GraphQLError.newError()
                .errorType(ErrorType.BAD_REQUEST)
                .message("refused: " + e.getMessage())
                .path(environment.getExecutionStepInfo().getPath())
                .build();
    }

    private static final class RefusedRecordException extends RuntimeException {

        private static final long serialVersionUID = 1;

        RefusedRecordException(String message) {
            super(message);
        }
    }
}
