package io.graphqlfiles.internal.schema;

import io.graphqlfiles.FileField;
import io.graphqlfiles.internal.owner.AttachedField;
import io.graphqlfiles.internal.owner.AttachmentPlan;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file fields of a schema, or of several: which rules hold where. Immutable. */
public final class FileFields {

    public static final FileFields NONE = new FileFields(Map.of(), Map.of(), Map.of(), Map.of());

    private final Map<String, FileField> declared;
    private final Map<String, FileField> inputs;
    private final Map<String, AttachedField> attached;
    private final Map<String, AttachmentPlan> attachmentPlans;

    /**
     * @param declared fields by the coordinate at which their rules stand
     * @param inputs for the coordinate of each input field and argument that takes files, the field whose rules it
     *     follows
     * @param attached those whose files the library keeps, by the same coordinates
     * @param attachmentPlans what becomes of attached files in the fields that change them, by coordinate
     */
    FileFields(
            Map<String, FileField> declared,
            Map<String, FileField> inputs,
            Map<String, AttachedField> attached,
            Map<String, AttachmentPlan> attachmentPlans) {
        this.attached = Collections.unmodifiableMap(new LinkedHashMap<>(attached));
        this.attachmentPlans = Collections.unmodifiableMap(new LinkedHashMap<>(attachmentPlans));
        this.declared = Collections.unmodifiableMap(new LinkedHashMap<>(declared));
        this.inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /** These and those of another schema, which count where both have one at the same coordinate. */
    public FileFields and(FileFields other) {
        Map<String, AttachedField> stillAttached = new LinkedHashMap<>(attached);
        stillAttached.keySet().removeAll(other.declared.keySet());
        return new FileFields(
                united(declared, other.declared),
                united(inputs, other.inputs),
                united(stillAttached, other.attached),
                united(attachmentPlans, other.attachmentPlans));
    }

    private static <T> Map<String, T> united(Map<String, T> one, Map<String, T> other) {
        Map<String, T> united = new LinkedHashMap<>(one);
        united.putAll(other);
        return united;
    }

    /** The field whose rules stand at this coordinate; null if none do. */
    public @Nullable FileField find(String coordinate) {
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

    /** The field at this coordinate if it is attached, null otherwise. */
    public @Nullable AttachedField findAttached(String coordinate) {
        return attached.get(coordinate);
    }

    /** Every attached field. */
    public Collection<AttachedField> allAttached() {
        return attached.values();
    }

    /** What becomes of attached files in a field that changes them; null if it changes none. */
    public @Nullable AttachmentPlan attachmentPlan(String coordinate) {
        return attachmentPlans.get(coordinate);
    }

    /** Every field that has rules, in the order of the schema. */
    public Collection<FileField> all() {
        return declared.values();
    }
}
