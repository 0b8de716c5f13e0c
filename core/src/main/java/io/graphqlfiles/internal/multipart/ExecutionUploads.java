package io.graphqlfiles.internal.multipart;

import graphql.ErrorType;
import graphql.GraphqlErrorBuilder;
import graphql.execution.AbortExecutionException;
import graphql.execution.instrumentation.InstrumentationState;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The uploads that the variables of one execution have, by handle or as they are. They are its own if no other
 * execution has taken them before: until then only the request's adapter knows the handles. They are good if each of
 * them has become a value of the type {@code Upload}; as any other value the handle would reach the application as
 * text.
 */
public final class ExecutionUploads implements InstrumentationState {

    private static final ExecutionUploads NONE = new ExecutionUploads(Set.of(), true);

    private final Set<UploadPart> uploads;
    private final boolean isOwn;

    private ExecutionUploads(Set<UploadPart> uploads, boolean isOwn) {
        this.uploads = uploads;
        this.isOwn = isOwn;
    }

    /** Takes what these variables, not coerced yet, have of them. */
    public static ExecutionUploads take(LiveUploads live, Map<String, Object> variables) {
        if (live.count() == 0) {
            return NONE;
        }
        Set<UploadPart> found = new LinkedHashSet<>();
        find(variables, live, found);
        boolean isOwn = true;
        for (UploadPart upload : found) {
            isOwn &= upload.take();
        }
        return new ExecutionUploads(found, isOwn);
    }

    private static void find(@Nullable Object value, LiveUploads live, Set<UploadPart> found) {
        if (value instanceof UploadPart upload) {
            found.add(upload);
        } else if (value instanceof String text) {
            UploadPart upload = live.find(text);
            if (upload != null) {
                found.add(upload);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(each -> find(each, live, found));
        } else if (value instanceof Collection<?> list) {
            list.forEach(each -> find(each, live, found));
        }
    }

    /**
     * Lets data fetchers read the uploads.
     *
     * @param variables as they are after coercion
     * @throws AbortExecutionException if one of the uploads is another execution's, or is not among the variables
     */
    public void requireCoerced(Map<String, Object> variables) {
        if (uploads.isEmpty()) {
            return;
        }
        if (!isOwn) {
            throw new RefusedUploadException("Expected files of this request alone, found one of another");
        }
        Set<UploadPart> missing = new LinkedHashSet<>(uploads);
        remove(variables, missing);
        if (!missing.isEmpty()) {
            String place = missing.iterator().next().place();
            throw new RefusedUploadException("Expected the type Upload in \"operations\" at "
                    + MultipartRefusals.quote(place) + ", which \"map\" names, found another");
        }
        uploads.forEach(UploadPart::admit);
    }

    private static void remove(@Nullable Object value, Set<UploadPart> missing) {
        if (value instanceof UploadPart upload) {
            missing.remove(upload);
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(each -> remove(each, missing));
        } else if (value instanceof Collection<?> list) {
            list.forEach(each -> remove(each, missing));
        }
    }

    /** A client's mistake, which needs no trace; reported as the adapter reports the same mistake. */
    private static final class RefusedUploadException extends AbortExecutionException {

        private static final long serialVersionUID = 1;

        RefusedUploadException(String message) {
            super(List.of(GraphqlErrorBuilder.newError()
                    .message("%s", message)
                    .errorType(ErrorType.ValidationError)
                    .extensions(Map.of("code", "BAD_REQUEST"))
                    .build()));
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
