package io.graphqlfiles.quarkus;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.Upload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arguments whose input objects have, in the place of files, what stands for them in JSON. */
final class InputObjects {

    private final FilesInHand files;

    InputObjects(FilesInHand files) {
        this.files = files;
    }

    /** Files outside of input objects stay as they are. */
    @Nullable
    Object withoutFiles(@Nullable Object argument) {
        if (argument instanceof Map<?, ?> object) {
            return member(object);
        }
        if (argument instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
            return member(list);
        }
        return argument;
    }

    private @Nullable Object member(@Nullable Object value) {
        if (value instanceof StoredFile || value instanceof Upload) {
            return files.add(value);
        }
        if (value instanceof Map<?, ?> object) {
            Map<Object, @Nullable Object> members = new LinkedHashMap<>();
            object.forEach((name, each) -> members.put(name, member(each)));
            return members;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(each -> elements.add(member(each)));
            return elements;
        }
        return value;
    }
}
