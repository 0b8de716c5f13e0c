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
 * Rules of file fields in code, for schemas that are built in code or whose SDL must not contain {@code @file}.
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
    private final Map<String, List<Owner>> fileOwners;
    private final Map<String, List<Deletion>> deletions;
    private final Set<String> changes;

    private FileFieldRegistry(Builder builder) {
        this.rules = copyOf(builder.rules);
        this.references = Collections.unmodifiableMap(new LinkedHashMap<>(builder.references));
        this.owners = Collections.unmodifiableMap(new LinkedHashMap<>(builder.owners));
        this.conditions = Collections.unmodifiableMap(new LinkedHashMap<>(builder.conditions));
        this.fileOwners = copy(builder.fileOwners);
        this.deletions = copy(builder.deletions);
        this.changes = Collections.unmodifiableSet(new LinkedHashSet<>(builder.changes));
    }

    private static Map<String, FileFieldRules> copyOf(Map<String, FileFieldRules> rules) {
        Map<String, FileFieldRules> copy = new LinkedHashMap<>();
        rules.forEach((coordinate, ofField) -> copy.put(coordinate, new FileFieldRules(ofField)));
        return Collections.unmodifiableMap(copy);
    }

    private static <T> Map<String, List<T>> copy(Map<String, List<T>> lists) {
        Map<String, List<T>> copy = new LinkedHashMap<>();
        lists.forEach((coordinate, list) -> copy.put(coordinate, List.copyOf(list)));
        return Collections.unmodifiableMap(copy);
    }

    /** Starts an empty registry. */
    public static Builder newRegistry() {
        return new Builder();
    }

    /** Rules by the coordinate they are declared at; copies. */
    public Map<String, FileFieldRules> rules() {
        return copyOf(rules);
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

    /** Coordinates of fields that attach files, to what they say of the records. */
    public Map<String, List<Owner>> fileOwners() {
        return fileOwners;
    }

    /** Coordinates of fields that delete records. */
    public Map<String, List<Deletion>> deletions() {
        return deletions;
    }

    /** Coordinates of fields outside the mutation type that can mark files as no longer needed. */
    public Set<String> changes() {
        return changes;
    }

    /**
     * A field that deletes records.
     *
     * @param recordType name of the records' type
     * @param idArgument the argument with the id, with dots into input objects and lists of them
     * @param when where in its result it says whether the record was deleted; null for the result itself
     */
    public record Deletion(
            String recordType, String idArgument, @Nullable String when) {}

    /**
     * Whose the files are that a field attaches. Null where it says nothing.
     *
     * @param recordType name of the records' type
     * @param input the argument it holds for, with dots into input objects; null for all that take files of the type
     * @param owner where in the result the record is, or its id
     * @param idArgument the argument with the id, with dots into input objects and lists of them
     * @param when where in the result it says that the record took the files
     */
    public record Owner(
            String recordType,
            @Nullable String input,
            @Nullable String owner,
            @Nullable String idArgument,
            @Nullable String when) {}

    /** Builds a {@link FileFieldRegistry}. Not thread-safe; usable again after {@link #build()}. */
    public static final class Builder {

        private final Map<String, FileFieldRules> rules = new LinkedHashMap<>();
        private final Map<String, String> references = new LinkedHashMap<>();
        private final Map<String, String> owners = new LinkedHashMap<>();
        private final Map<String, String> conditions = new LinkedHashMap<>();
        private final Map<String, List<Owner>> fileOwners = new LinkedHashMap<>();
        private final Map<String, List<Deletion>> deletions = new LinkedHashMap<>();
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
         * Says where the record of an attached file is, or its id, in what mutations return, where it is not found by
         * itself; like {@code owner} of {@code @file}. For one mutation alone it is said by {@link #attachesFiles}.
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
         * @param path names of fields, joined by dots, for example {@code success}; null, false, 0 and empty count as
         *     false. A leading exclamation mark inverts this: {@code !userErrors}
         */
        public Builder when(String coordinate, String path) {
            conditions.put(coordinate, path);
            return this;
        }

        /**
         * Says whose the files are that a field attaches, where that is not found on its own; like
         * {@code @attachesFiles}, and before what {@link #owner} and {@link #when} say of its inputs. To be repeated
         * for records of several types, and for several inputs.
         *
         * @param recordType name of the record's type, for example {@code Product}
         * @param rules is called at once
         */
        public Builder attachesFiles(String type, String field, String recordType, Consumer<FileOwnerRules> rules) {
            FileOwnerRules said = new FileOwnerRules();
            rules.accept(said);
            fileOwners
                    .computeIfAbsent(type + "." + field, coordinate -> new ArrayList<>())
                    .add(said.rule(recordType));
            return this;
        }

        /**
         * Declares that a field deletes records, and so their attached files; like {@code @deletesFiles}. They are
         * deleted unless its result says no: null, false or 0. A list says which ones. To be repeated for records of
         * several types.
         *
         * @param recordType name of the record's type, for example {@code Product}
         * @param idArgument the argument that holds its id or a list of ids; with dots into input objects, and lists of
         *     them: {@code input.id}
         * @throws IllegalArgumentException if it was declared before, of this type with this argument
         */
        public Builder deletesFiles(String type, String field, String recordType, String idArgument) {
            return deletesFiles(type, field, recordType, idArgument, null);
        }

        /**
         * {@link #deletesFiles(String, String, String, String)} for a field whose result says somewhere inside whether
         * the record was deleted.
         *
         * @param when names of fields, joined by dots, that lead to a Boolean, to the record or its id, or to a list of
         *     those that were deleted; or, after an exclamation mark, to a list of errors that must be empty; null for
         *     the result itself, or the only record in it, or the only list of records
         * @throws IllegalArgumentException if it was declared before, of this type with this argument
         */
        public Builder deletesFiles(
                String type, String field, String recordType, String idArgument, @Nullable String when) {
            String coordinate = type + "." + field;
            List<Deletion> rules = deletions.computeIfAbsent(coordinate, added -> new ArrayList<>());
            if (rules.stream()
                    .anyMatch(rule -> rule.recordType().equals(recordType)
                            && rule.idArgument().equals(idArgument))) {
                throw new IllegalArgumentException(coordinate + ": declared twice");
            }
            rules.add(new Deletion(recordType, idArgument, when));
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
