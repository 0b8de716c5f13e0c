package io.graphqlfiles.internal.owner;

import static java.util.stream.Collectors.toSet;

import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileField;
import io.graphqlfiles.StoredFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one input says is to become of the attached files of a field of a record.
 *
 * @param coordinate of the input
 * @param path where it is in the arguments
 * @param set which of the call's new files are the new list; null if the files that are there stay
 * @param append which of the call's new files are added at the end
 * @param remove ids of files to take out
 * @param order ids of what is left then, in the order they are to have; null if the order stays
 */
public record AttachmentInput(
        FileField field,
        String coordinate,
        List<Object> path,
        @Nullable Range set,
        Range append,
        List<String> remove,
        @Nullable List<String> order) {

    /**
     * Some of the files of {@link io.graphqlfiles.internal.ingest.FileInputs#files()}, which come one after the other.
     */
    public record Range(int from, int to) {

        static final Range NONE = new Range(0, 0);

        <T> List<T> of(List<T> all) {
            return all.subList(from, to);
        }
    }

    /** A list that is replaced; of one file or none where the field is not a list. */
    public static AttachmentInput replacing(FileField field, String coordinate, List<Object> path, Range set) {
        return new AttachmentInput(field, coordinate, path, set, Range.NONE, List.of(), null);
    }

    /** The new files that it brings, of {@link io.graphqlfiles.internal.ingest.FileInputs#files()}. */
    public <T> List<T> files(List<T> all) {
        List<T> files = new ArrayList<>(set == null ? List.of() : set.of(all));
        files.addAll(append.of(all));
        return files;
    }

    /** Whether it leaves everything as it is. */
    public boolean isIdle() {
        return set == null && append.from() == append.to() && remove.isEmpty() && order == null;
    }

    /** Where it is, without places in lists: names joined by dots, {@code orders.lines.attachment}. */
    public String place() {
        return path.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .collect(Collectors.joining("."));
    }

    /**
     * One of the elements of a list.
     *
     * @param size of the list
     */
    record ListPlace(int index, int size) {}

    /** At which places of lists of input objects it stands, from outside to inside. */
    List<ListPlace> inLists(Map<String, Object> arguments) {
        List<ListPlace> places = new ArrayList<>();
        Object value = arguments;
        for (Object segment : path) {
            if (segment instanceof Integer index && value instanceof List<?> list) {
                places.add(new ListPlace(index, list.size()));
                value = list.get(index);
            } else {
                value = value instanceof Map<?, ?> map ? map.get(segment) : null;
            }
        }
        return places;
    }

    /**
     * The list as it must become.
     *
     * @param stored for each of {@link io.graphqlfiles.internal.ingest.FileInputs#files()}
     * @throws FileException if it does not fit the present list any more, or has too many files
     */
    public List<StoredFile> edit(List<StoredFile> present, List<StoredFile> stored) {
        List<StoredFile> result = new ArrayList<>(inOrder(without(set == null ? present : set.of(stored))));
        result.addAll(append.of(stored));
        Integer maxCount = field.maxCount();
        if (maxCount != null && result.size() > maxCount && result.size() > present.size()) {
            throw new FileException(
                            FileErrorCode.FILE_COUNT_EXCEEDED,
                            "The list would have " + result.size() + " files; " + field.coordinate() + " takes at most "
                                    + maxCount + ".")
                    .with("count", result.size())
                    .with("maxCount", maxCount);
        }
        return result;
    }

    private List<StoredFile> without(List<StoredFile> files) {
        Set<String> gone = new HashSet<>(remove);
        List<StoredFile> rest =
                files.stream().filter(file -> !gone.contains(file.id())).toList();
        if (files.size() - rest.size() != gone.size()) {
            throw conflict("remove: expected ids of files that are in the list, found another");
        }
        return rest;
    }

    private List<StoredFile> inOrder(List<StoredFile> files) {
        if (order == null) {
            return files;
        }
        Map<String, StoredFile> byId = new LinkedHashMap<>();
        files.forEach(file -> byId.put(file.id(), file));
        if (order.size() != files.size() || !order.stream().collect(toSet()).equals(byId.keySet())) {
            throw conflict("order: expected the ids of exactly the files that are in the list");
        }
        return order.stream().<StoredFile>map(byId::get).toList();
    }

    private static FileException conflict(String problem) {
        return new FileException(
                FileErrorCode.FILE_CONFLICT, problem + ". The list may have changed; read it again, and try again.");
    }
}
