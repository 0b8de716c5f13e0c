package io.graphqlfiles;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rules of file fields in code, for schemas that are built in code or whose SDL shall not carry {@code @file}.
 * Immutable. What is declared here must not be declared with {@code @file} too.
 *
 * <pre>{@code
 * FileFieldRegistry registry = FileFieldRegistry.newRegistry()
 *         .field("Product", "image", rules -> rules.accept("image/*").maxSize(ByteSize.megabytes(5)))
 *         .input("ProductInput", "image", "Product.image")
 *         .build();
 * }</pre>
 */
public final class FileFieldRegistry {

    private final Map<String, FileFieldRules> rules;
    private final Map<String, String> references;
    private final Map<String, String> owners;
    private final Map<String, String> conditions;
    private final Map<String, Deletion> deletions;
    private final Set<String> changes;

    private FileFieldRegistry(Builder builder) {
        this.rules = Collections.unmodifiableMap(new LinkedHashMap<>(builder.rules));
        this.references = Collections.unmodifiableMap(new LinkedHashMap<>(builder.references));
        this.owners = Collections.unmodifiableMap(new LinkedHashMap<>(builder.owners));
        this.conditions = Collections.unmodifiableMap(new LinkedHashMap<>(builder.conditions));
        this.deletions = Collections.unmodifiableMap(new LinkedHashMap<>(builder.deletions));
        this.changes = Collections.unmodifiableSet(new LinkedHashSet<>(builder.changes));
    }

    /** Starts an empty registry. */
    public static Builder newRegistry() {
        return new Builder();
    }

    /** Rules by the coordinate they are declared at. */
    public Map<String, FileFieldRules> rules() {
        return rules;
    }

    /** Coordinate of an input field or argument to the coordinate of the field whose rules it takes. */
    public Map<String, String> references() {
        return references;
    }

    /** Coordinate of an input field or argument to the place of the record in what the mutation returns. */
    public Map<String, String> owners() {
        return owners;
    }

    /** Coordinate of an input field or argument to the place in the result that says whether its files were taken. */
    public Map<String, String> conditions() {
        return conditions;
    }

    /** Coordinates of fields that delete records. */
    public Map<String, Deletion> deletions() {
        return deletions;
    }

    /** Coordinates of fields, outside the mutation type, that make files unneeded. */
    public Set<String> changes() {
        return changes;
    }

    /**
     * A field that deletes records.
     *
     * @param recordType name of the record's type
     * @param idArgument the argument that holds its id or a list of ids, with dots into an input object
     * @param when where in its result it says whether the record was deleted; null for the result itself
     */
    public record Deletion(
            String recordType, String idArgument, @Nullable String when) {}

    /** Builds a {@link FileFieldRegistry}. Not thread-safe; usable again after {@link #build()}. */
    public static final class Builder {

        private final Map<String, FileFieldRules> rules = new LinkedHashMap<>();
        private final Map<String, String> references = new LinkedHashMap<>();
        private final Map<String, String> owners = new LinkedHashMap<>();
        private final Map<String, String> conditions = new LinkedHashMap<>();
        private final Map<String, Deletion> deletions = new LinkedHashMap<>();
        private final Set<String> changes = new LinkedHashSet<>();
        private final List<String> declared = new ArrayList<>();

        private Builder() {}

        /**
         * Declares the rules of a field: an output field of type {@code StoredFile} or a list of it, or an input field
         * of type {@code StoredFileInput} or a list of it that has rules of its own.
         *
         * @throws IllegalArgumentException if the field was declared before
         */
        public Builder field(String type, String field, Consumer<FileFieldRules> rules) {
            FileFieldRules declaredRules = new FileFieldRules();
            rules.accept(declaredRules);
            this.rules.put(declare(type + "." + field), declaredRules);
            return this;
        }

        /**
         * Declares the rules of an argument.
         *
         * @throws IllegalArgumentException if the argument was declared before
         */
        public Builder argument(String type, String field, String argument, Consumer<FileFieldRules> rules) {
            FileFieldRules declaredRules = new FileFieldRules();
            rules.accept(declaredRules);
            this.rules.put(declare(type + "." + field + "(" + argument + ":)"), declaredRules);
            return this;
        }

        /**
         * Gives an input field the rules of an output field.
         *
         * @param target schema coordinate of the output field, for example {@code Product.image}
         * @throws IllegalArgumentException if the input field was declared before
         */
        public Builder input(String type, String field, String target) {
            references.put(declare(type + "." + field), target);
            return this;
        }

        /**
         * Gives an argument the rules of an output field.
         *
         * @param target schema coordinate of the output field, for example {@code Product.image}
         * @throws IllegalArgumentException if the argument was declared before
         */
        public Builder argument(String type, String field, String argument, String target) {
            references.put(declare(type + "." + field + "(" + argument + ":)"), target);
            return this;
        }

        /**
         * Says where the record of an attached file is in what mutations return, where it is not found by itself; like
         * {@code owner} of {@code @file}.
         *
         * @param coordinate of an input field or argument that takes the rules of an attached field:
         *     {@code ProductInput.image}, {@code Mutation.setImage(image:)}
         * @param path names of fields, joined by dots, for example {@code product}
         */
        public Builder owner(String coordinate, String path) {
            owners.put(coordinate, path);
            return this;
        }

        /**
         * Says where in what mutations return it says whether the record took its files; like {@code when} of
         * {@code @file}. Default: it did if it is in the result.
         *
         * @param coordinate as for {@link #owner}
         * @param path names of fields, joined by dots, for example {@code success}; what is null, false, 0 or empty
         *     there is a no. After an exclamation mark it is a yes: {@code !userErrors}
         */
        public Builder when(String coordinate, String path) {
            conditions.put(coordinate, path);
            return this;
        }

        /**
         * Declares that a field deletes records, and so their attached files; like {@code @deletesFiles}. They are
         * deleted unless its result says no: null, false or 0. A list says which ones.
         *
         * @param recordType name of the record's type, for example {@code Product}
         * @param idArgument the argument that holds its id or a list of ids; with dots into an input object:
         *     {@code input.id}
         * @throws IllegalArgumentException if it was declared before
         */
        public Builder deletesFiles(String type, String field, String recordType, String idArgument) {
            return deletesFiles(type, field, recordType, idArgument, null);
        }

        /**
         * {@link #deletesFiles(String, String, String, String)} for a field whose result says somewhere inside whether
         * the record was deleted.
         *
         * @param when names of fields, joined by dots, that lead to a Boolean, to the record or its id, or to a list of
         *     those that were deleted; or, after an exclamation mark, to errors, of which there are to be none; null
         *     for the result itself, or the only record in it
         * @throws IllegalArgumentException if it was declared before
         */
        public Builder deletesFiles(
                String type, String field, String recordType, String idArgument, @Nullable String when) {
            String coordinate = type + "." + field;
            if (deletions.putIfAbsent(coordinate, new Deletion(recordType, idArgument, when)) != null) {
                throw new IllegalArgumentException(coordinate + ": declared twice");
            }
            return this;
        }

        /**
         * Lets the data fetcher of a field say through {@link FileChanges} which files are no longer needed. Fields of
         * the mutation type, and fields that take files, may do so without this.
         */
        public Builder changes(String type, String field) {
            changes.add(type + "." + field);
            return this;
        }

        /** The registry as declared. */
        public FileFieldRegistry build() {
            return new FileFieldRegistry(this);
        }

        private String declare(String coordinate) {
            if (declared.contains(coordinate)) {
                throw new IllegalArgumentException(coordinate + ": declared twice");
            }
            declared.add(coordinate);
            return coordinate;
        }
    }
}
