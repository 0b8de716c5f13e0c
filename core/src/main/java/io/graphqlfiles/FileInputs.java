package io.graphqlfiles;

import io.graphqlfiles.AttachmentInput.Range;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files in the arguments of one call of a data fetcher: found first, replaced later. */
final class FileInputs {

    private static final String SET = "set";
    private static final String APPEND = "append";
    private static final String REMOVE = "remove";
    private static final String ORDER = "order";

    private final Map<String, InputPlan> plans;
    private final Map<String, Object> arguments;
    private final List<FileInput> files = new ArrayList<>();
    private final List<AttachmentInput> attachments = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    private FileInputs(Map<String, InputPlan> plans, Map<String, Object> arguments) {
        this.plans = plans;
        this.arguments = arguments;
    }

    /** One StoredFileInput, and where it stands in the arguments. */
    record FileInput(FileField field, Map<?, ?> value, List<Object> path) {}

    /** A mistake that shows before any byte is read. */
    record Refusal(FileException exception, List<Object> path) {}

    static FileInputs find(Map<String, InputPlan> plans, Map<String, Object> arguments) {
        FileInputs inputs = new FileInputs(plans, arguments);
        plans.forEach((name, plan) -> {
            if (arguments.containsKey(name)) {
                inputs.visit(arguments.get(name), plan, List.of(name));
            }
        });
        return inputs;
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

    private void visit(@Nullable Object value, InputPlan plan, List<Object> path) {
        if (plan instanceof InputPlan.File file) {
            visitFile(value, file, path);
        } else if (plan instanceof InputPlan.FileList list && value instanceof Map<?, ?> map) {
            visitFileList(map, list, path);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                visit(list.get(i), plan, append(path, i));
            }
        } else if (plan instanceof InputPlan.Fields fields && value instanceof Map<?, ?> map) {
            fields.plans().forEach((name, child) -> {
                if (map.containsKey(name)) {
                    visit(map.get(name), child, append(path, name));
                }
            });
        }
    }

    private void visitFile(@Nullable Object value, InputPlan.File plan, List<Object> path) {
        Range range = addFiles(value, plan.field(), path);
        if (plan.field().isAttached()) {
            // Null, too: it clears the field. What is absent does not come here.
            attachments.add(AttachmentInput.replacing(plan.field(), plan.coordinate(), path, range));
        }
    }

    private void visitFileList(Map<?, ?> value, InputPlan.FileList plan, List<Object> path) {
        boolean isReplaced = value.get(SET) != null;
        Range set = addFiles(value.get(SET), plan.field(), append(path, SET));
        Range added = addFiles(value.get(APPEND), plan.field(), append(path, APPEND));
        List<String> order = value.get(ORDER) == null ? null : ids(value.get(ORDER));
        AttachmentInput input = new AttachmentInput(
                plan.field(), plan.coordinate(), path, isReplaced ? set : null, added, ids(value.get(REMOVE)), order);
        if (isReplaced && (!input.remove().isEmpty() || order != null || value.get(APPEND) != null)) {
            refusals.add(new Refusal(
                    FileException.invalid("set: expected alone, found beside append, remove or order."), path));
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

    private Range addFiles(@Nullable Object value, FileField field, List<Object> path) {
        int before = files.size();
        addAll(value, field, path);
        if (value instanceof List<?>) {
            checkCount(files.size() - before, field, path);
        }
        return new Range(before, files.size());
    }

    private void addAll(@Nullable Object value, FileField field, List<Object> path) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                addAll(list.get(i), field, append(path, i));
            }
        } else if (value instanceof Map<?, ?> map) {
            files.add(new FileInput(field, map, path));
        }
    }

    private void checkCount(int count, FileField field, List<Object> path) {
        Integer maxCount = field.maxCount();
        if (maxCount != null && count > maxCount) {
            refusals.add(new Refusal(
                    new FileException(
                            FileErrorCode.FILE_COUNT_EXCEEDED,
                            "The list has " + count + " files; " + field.coordinate() + " takes at most " + maxCount
                                    + "."),
                    path));
        }
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

    private static List<Object> append(List<Object> path, Object segment) {
        List<Object> longer = new ArrayList<>(path.size() + 1);
        longer.addAll(path);
        longer.add(segment);
        return longer;
    }
}
