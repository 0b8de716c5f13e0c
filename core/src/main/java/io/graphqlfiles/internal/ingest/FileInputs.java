package io.graphqlfiles.internal.ingest;

import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.FileSourceType;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.Upload;
import io.graphqlfiles.internal.check.RequestBudget;
import io.graphqlfiles.internal.execution.FilesRefusedException;
import io.graphqlfiles.internal.execution.Refusal;
import io.graphqlfiles.internal.owner.AttachmentInput;
import io.graphqlfiles.internal.owner.AttachmentInput.Range;
import io.graphqlfiles.internal.schema.InputPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files in the arguments of one call of a data fetcher: found first, replaced later. What a client may send in any
 * number is counted before anything is made of it.
 */
final class FileInputs {

    private static final String SET = "set";
    private static final String APPEND = "append";
    private static final String REMOVE = "remove";
    private static final String ORDER = "order";

    private final Map<String, InputPlan> plans;
    private final Map<String, Object> arguments;
    private final FileLimits limits;
    private final List<FileInput> files = new ArrayList<>();
    private final List<AttachmentInput> attachments = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    /** Also those of lists that are refused. */
    private int fileCount;

    private int tokenCount;
    private int editCount;

    private FileInputs(Map<String, InputPlan> plans, Map<String, Object> arguments, FileLimits limits) {
        this.plans = plans;
        this.arguments = arguments;
        this.limits = limits;
    }

    /** One StoredFileInput, and where it is in the arguments. */
    record FileInput(FileField field, Map<?, ?> value, List<Object> path) {}

    /**
     * Finds them.
     *
     * @throws FilesRefusedException if there are more than a request may have; of all of them it carries one refusal
     */
    static FileInputs find(Map<String, InputPlan> plans, Map<String, Object> arguments, FileLimits limits) {
        FileInputs inputs = new FileInputs(plans, arguments, limits);
        plans.forEach((name, plan) -> {
            if (arguments.containsKey(name)) {
                inputs.visit(arguments.get(name), plan, new Place(null, name));
            }
        });
        return inputs;
    }

    /** Where something stands. A list is made of it only for those few that are reported. */
    private record Place(@Nullable Place outer, Object segment) {

        Place at(Object inner) {
            return new Place(this, inner);
        }

        List<Object> path() {
            ArrayDeque<Object> path = new ArrayDeque<>();
            for (Place place = this; place != null; place = place.outer) {
                path.addFirst(place.segment);
            }
            return List.copyOf(path);
        }
    }

    /** In the order in which they stand in the arguments. */
    List<FileInput> files() {
        return files;
    }

    /** What is to become of attached files. */
    List<AttachmentInput> attachments() {
        return attachments;
    }

    List<Refusal> refusals() {
        return refusals;
    }

    /** Whether the client must be waited for. */
    boolean hasUpload() {
        return files.stream().anyMatch(file -> file.value().get(FileSourceType.FILE.inputField()) instanceof Upload);
    }

    /** How many changes of attached files these are, for the request's budget. */
    int editCount() {
        return editCount;
    }

    private void visit(@Nullable Object value, InputPlan plan, Place place) {
        if (plan instanceof InputPlan.File file) {
            visitFile(value, file, place);
        } else if (plan instanceof InputPlan.FileList list && value instanceof Map<?, ?> map) {
            visitFileList(map, list, place);
        } else if (plan instanceof InputPlan.RawUpload) {
            return; // the data fetcher's own
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                visit(list.get(i), plan, place.at(i));
            }
        } else if (plan instanceof InputPlan.Fields fields && value instanceof Map<?, ?> map) {
            fields.plans().forEach((name, child) -> {
                if (map.containsKey(name)) {
                    visit(map.get(name), child, place.at(name));
                }
            });
        }
    }

    private void visitFile(@Nullable Object value, InputPlan.File plan, Place place) {
        Range range = addFiles(value, plan.field(), place);
        if (plan.field().isAttached()) {
            countEdits(1, place);
            // Null, too: it clears the field. What is absent does not come here.
            attachments.add(AttachmentInput.replacing(plan.field(), plan.coordinate(), place.path(), range));
        }
    }

    private void visitFileList(Map<?, ?> value, InputPlan.FileList plan, Place place) {
        countEdits(1 + size(value.get(REMOVE)) + size(value.get(ORDER)), place);
        List<Object> path = place.path();
        boolean isReplaced = value.get(SET) != null;
        Range set = addFiles(value.get(SET), plan.field(), place.at(SET));
        Range added = addFiles(value.get(APPEND), plan.field(), place.at(APPEND));
        List<String> order = value.get(ORDER) == null ? null : ids(value.get(ORDER));
        AttachmentInput input = new AttachmentInput(
                plan.field(), plan.coordinate(), path, isReplaced ? set : null, added, ids(value.get(REMOVE)), order);
        if (isReplaced && (!input.remove().isEmpty() || order != null || value.get(APPEND) != null)) {
            refusals.add(new Refusal(
                    FileException.invalid("set: expected alone, found next to append, remove or order."), path));
        }
        if (!input.isIdle()) {
            attachments.add(input);
        }
    }

    private static List<String> ids(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static int size(@Nullable Object value) {
        return value instanceof List<?> list ? list.size() : 0;
    }

    private void countEdits(int count, Place place) {
        editCount += Math.min(count, limits.editsPerRequest() + 1 - editCount);
        if (editCount > limits.editsPerRequest()) {
            throw refused(RequestBudget.tooManyEdits(limits), place);
        }
    }

    private Range addFiles(@Nullable Object value, FileField field, Place place) {
        int before = files.size();
        int count = count(value);
        FileException tooLong = value instanceof List<?> ? tooLong(count, field) : null;
        int tokens = countTokens(value);
        fileCount += Math.min(count - tokens, limits.filesPerRequest() + 1 - fileCount);
        tokenCount += Math.min(tokens, limits.directUploadsPerRequest() + 1 - tokenCount);
        if (fileCount > limits.filesPerRequest()) {
            throw refused(tooLong != null ? tooLong : RequestBudget.tooManyFiles(limits), place);
        }
        if (tokenCount > limits.directUploadsPerRequest()) {
            throw refused(tooLong != null ? tooLong : RequestBudget.tooManyDirectUploads(limits), place);
        }
        if (tooLong != null) {
            refusals.add(new Refusal(tooLong, place.path()));
        } else {
            addAll(value, field, place);
        }
        return new Range(before, files.size());
    }

    private static int count(@Nullable Object value) {
        if (value instanceof List<?> list) {
            int count = 0;
            for (Object element : list) {
                count += count(element);
            }
            return count;
        }
        return value instanceof Map<?, ?> ? 1 : 0;
    }

    /** Of what {@link #count} counts: those that are given by a token. */
    private static int countTokens(@Nullable Object value) {
        if (value instanceof List<?> list) {
            int count = 0;
            for (Object element : list) {
                count += countTokens(element);
            }
            return count;
        }
        return value instanceof Map<?, ?> map && map.get(FileSourceType.DIRECT_UPLOAD.inputField()) != null ? 1 : 0;
    }

    private void addAll(@Nullable Object value, FileField field, Place place) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                addAll(list.get(i), field, place.at(i));
            }
        } else if (value instanceof Map<?, ?> map) {
            files.add(new FileInput(field, map, place.path()));
        }
    }

    private static FilesRefusedException refused(FileException exception, Place place) {
        return new FilesRefusedException(List.of(new Refusal(exception, place.path())));
    }

    private static @Nullable FileException tooLong(int count, FileField field) {
        Integer maxCount = field.maxCount();
        if (maxCount == null || count <= maxCount) {
            return null;
        }
        return new FileException(
                        FileErrorCode.FILE_COUNT_EXCEEDED,
                        "The list has " + count + " files; " + field.coordinate() + " takes at most " + maxCount + ".")
                .with("count", count)
                .with("maxCount", maxCount);
    }

    /**
     * The arguments with each file in its place.
     *
     * @param stored for each of {@link #files()}, in the same order
     */
    Map<String, Object> replaceBy(List<StoredFile> stored) {
        Iterator<StoredFile> next = stored.iterator();
        Map<String, Object> replaced = new LinkedHashMap<>(arguments);
        // Only keys that are there: an absent argument stays absent, a null stays null.
        plans.forEach((name, plan) -> replaced.computeIfPresent(name, (key, value) -> replace(value, plan, next)));
        return replaced;
    }

    private static Object replace(Object value, InputPlan plan, Iterator<StoredFile> next) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            for (Object element : list) {
                copy.add(element == null ? null : replace(element, plan, next));
            }
            return copy;
        }
        if (plan instanceof InputPlan.FileList list && value instanceof Map<?, ?> map) {
            InputPlan file = new InputPlan.File(list.field(), list.coordinate());
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            // In the order in which they were found.
            copy.computeIfPresent(SET, (key, each) -> replace(each, file, next));
            copy.computeIfPresent(APPEND, (key, each) -> replace(each, file, next));
            return copy;
        }
        if (plan instanceof InputPlan.File && value instanceof Map<?, ?>) {
            return next.next();
        }
        if (plan instanceof InputPlan.Fields fields && value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            fields.plans()
                    .forEach((name, child) -> copy.computeIfPresent(name, (key, each) -> replace(each, child, next)));
            return copy;
        }
        return value;
    }
}
