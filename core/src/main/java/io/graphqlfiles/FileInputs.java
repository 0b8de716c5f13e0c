package io.graphqlfiles;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files in the arguments of one call of a data fetcher: found first, replaced later. */
final class FileInputs {

    private final Map<String, InputPlan> plans;
    private final Map<String, Object> arguments;
    private final List<FileInput> files = new ArrayList<>();
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
        plans.forEach((name, plan) -> inputs.visit(arguments.get(name), plan, List.of(name)));
        return inputs;
    }

    /** In the order in which they stand in the arguments. */
    List<FileInput> files() {
        return files;
    }

    List<Refusal> refusals() {
        return refusals;
    }

    private void visit(@Nullable Object value, InputPlan plan, List<Object> path) {
        if (value == null) {
            return;
        }
        if (value instanceof List<?> list) {
            int before = files.size();
            for (int i = 0; i < list.size(); i++) {
                visit(list.get(i), plan, append(path, i));
            }
            if (plan instanceof InputPlan.File file) {
                checkCount(files.size() - before, file.field(), path);
            }
        } else if (plan instanceof InputPlan.File file && value instanceof Map<?, ?> map) {
            files.add(new FileInput(file.field(), map, path));
        } else if (plan instanceof InputPlan.Fields fields && value instanceof Map<?, ?> map) {
            fields.plans().forEach((name, child) -> visit(map.get(name), child, append(path, name)));
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
