package io.graphqlfiles;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file fields of one schema: which rules hold where. Immutable. */
final class FileFields {

    static final FileFields NONE = new FileFields(Map.of(), Map.of());

    private final Map<String, FileField> declared;
    private final Map<String, FileField> inputs;

    /**
     * @param declared fields by the coordinate at which their rules stand
     * @param inputs for the coordinate of each input field and argument that takes files, the field whose rules it
     *     follows
     */
    FileFields(Map<String, FileField> declared, Map<String, FileField> inputs) {
        this.declared = Collections.unmodifiableMap(new LinkedHashMap<>(declared));
        this.inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /** The field whose rules stand at this coordinate; null if none do. */
    @Nullable
    FileField find(String coordinate) {
        return declared.get(coordinate);
    }

    /** The rules that an input field or argument follows. */
    FileField ofInput(String coordinate) {
        FileField field = inputs.get(coordinate);
        if (field == null) {
            throw new IllegalStateException(coordinate + ": takes files but was not seen when the schema was read");
        }
        return field;
    }

    /** Every field that has rules, in the order of the schema. */
    Collection<FileField> all() {
        return declared.values();
    }
}
