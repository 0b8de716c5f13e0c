package io.graphqlfiles.internal.schema;

import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.FileFieldRules;
import io.graphqlfiles.FileSchemaException;
import io.graphqlfiles.FileSourceType;
import io.graphqlfiles.internal.mime.AcceptPatterns;
import io.graphqlfiles.internal.owner.AttachmentPlan;
import io.graphqlfiles.internal.types.FileTypeNames;
import io.graphqlfiles.spi.Visibility;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file fields of a finished schema, from {@code @file} and from the registry, and finds every mistake in
 * them. One use.
 */
public final class FileFieldCollector {

    private static final String DECLARED_TWICE = "declared both with @file and in the registry";

    /** For what core cannot do on its own. */
    static final String ADD_PICTURES = "add graphql-files-pictures and give its parts to the builder";

    private final GraphQLSchema schema;
    private final FileFieldRegistry registry;
    private final Map<String, FileFieldRules> registered;
    private final StoreCapabilities stores;

    private final List<String> problems = new ArrayList<>();
    /** Output fields of type StoredFile, whether they have rules or not: what {@code field:} may name. */
    private final Map<String, FileElement> outputs = new LinkedHashMap<>();
    /** Input fields and arguments of type StoredFileInput. */
    private final Map<String, FileElement> inputs = new LinkedHashMap<>();

    private final Map<String, FileField> declared = new LinkedHashMap<>();
    /** Declared or found wrong. */
    private final Set<String> attempted = new HashSet<>();

    private final Map<String, FileField> fieldOfInput = new LinkedHashMap<>();
    private final AttachmentRules attachments;
    /** Coordinate of an input to the place of the record in what mutations return, where it is said. */
    private final Map<String, String> owners = new LinkedHashMap<>();
    /** The same for the place that says whether its files were taken. */
    private final Map<String, String> conditions = new LinkedHashMap<>();

    public FileFieldCollector(GraphQLSchema schema, FileFieldRegistry registry, StoreCapabilities stores) {
        this.schema = schema;
        this.registry = registry;
        this.registered = registry.rules();
        this.stores = stores;
        this.attachments = new AttachmentRules(schema, stores);
    }

    /**
     * Reads them all.
     *
     * @throws FileSchemaException naming every mistake
     */
    public FileFields collect() {
        checkKind(FileTypeNames.STORED_FILE, GraphQLObjectType.class, "an object type");
        checkKind(FileTypeNames.STORED_FILE_INPUT, GraphQLInputObjectType.class, "an input object type");
        checkKind(FileTypeNames.STORED_FILE_LIST_INPUT, GraphQLInputObjectType.class, "an input object type");
        findElements();
        checkRegistry();
        for (FileElement output : outputs.values()) {
            declareOutput(output);
        }
        for (FileElement input : inputs.values()) {
            resolveInput(input);
        }
        if (!problems.isEmpty()) {
            throw new FileSchemaException(problems);
        }
        Map<String, AttachmentPlan> plans = new AttachmentPlanner(
                        schema, registry, fieldOfInput, attachments.attached(), owners, conditions, problems)
                .plan();
        if (!problems.isEmpty()) {
            throw new FileSchemaException(problems);
        }
        return new FileFields(declared, fieldOfInput, attachments.attached(), plans);
    }

    /** The application may declare the types itself, as what they are. */
    private void checkKind(String typeName, Class<? extends GraphQLType> kind, String expected) {
        GraphQLType type = schema.getType(typeName);
        if (type != null && !kind.isInstance(type)) {
            problems.add(typeName + ": expected " + expected + ", found another kind of type");
        }
    }

    private void findElements() {
        for (FileElement element : FileElement.allOf(schema)) {
            if (element.isForFiles()) {
                (element.isInput() ? inputs : outputs).put(element.coordinate(), element);
            } else if (!element.isInput() && VariantDirectives.areOn(element.container())) {
                problem(
                        element,
                        "@variant: expected on type " + FileTypeNames.STORED_FILE + " or a list of it, found on type "
                                + element.typeName());
            } else if (FileDirective.on(element.container(), problem -> {}) != null) {
                String expected = element.isInput() ? FileTypeNames.STORED_FILE_INPUT : FileTypeNames.STORED_FILE;
                problem(
                        element,
                        "@file: expected on type " + expected + " or a list of it, found on type "
                                + element.typeName());
            }
        }
    }

    private void checkRegistry() {
        registered.keySet().forEach(coordinate -> {
            if (!outputs.containsKey(coordinate) && !inputs.containsKey(coordinate)) {
                problems.add(coordinate + ": declared in the registry, but the schema has no such file field");
            }
        });
        registry.references().keySet().forEach(coordinate -> {
            if (!inputs.containsKey(coordinate)) {
                problems.add(coordinate + ": declared in the registry, but the schema has no such input for files");
            }
        });
        Stream.concat(registry.owners().keySet().stream(), registry.conditions().keySet().stream())
                .forEach(coordinate -> {
                    if (!inputs.containsKey(coordinate)) {
                        problems.add(
                                coordinate + ": declared in the registry, but the schema has no such input for files");
                    }
                });
        registry.changes().forEach(coordinate -> {
            String[] parts = coordinate.split("\\.", 2);
            if (!(schema.getType(parts[0]) instanceof GraphQLObjectType type)
                    || type.getFieldDefinition(parts[1]) == null) {
                problems.add(coordinate + ": declared in the registry, but the schema has no such field");
            }
        });
    }

    private void declareOutput(FileElement output) {
        FileDirective directive = directiveOn(output);
        if (directive != null && directive.reference() != null) {
            problem(output, "field: expected on inputs only, found on an output field");
        }
        if (directive != null && directive.owner() != null) {
            problem(output, "owner: expected on inputs only, found on an output field");
        }
        if (directive != null && directive.when() != null) {
            problem(output, "when: expected on inputs only, found on an output field");
        }
        FileFieldRules rules = rulesOf(output, directive);
        if (rules != null) {
            declare(output, rules);
        }
    }

    private void resolveInput(FileElement input) {
        FileDirective directive = directiveOn(input);
        String reference = registry.references().get(input.coordinate());
        if (directive != null && reference != null) {
            problem(input, DECLARED_TWICE);
        }
        FileFieldRules rules = rulesOf(input, directive);
        if (directive != null && directive.reference() != null) {
            if (directive.hasRules()) {
                problem(input, "field: expected alone, found next to other arguments of @file");
            }
            reference = directive.reference();
        }
        String owner = directive == null ? null : directive.owner();
        String when = directive == null ? null : directive.when();
        takePlace(input, "owner", owner, registry.owners(), reference, owners);
        takePlace(input, "when", when, registry.conditions(), reference, conditions);
        FileField field = reference != null
                ? referenced(input, reference)
                : declare(input, rules != null ? rules : new FileFieldRules());
        if (field != null) {
            fieldOfInput.put(input.coordinate(), field);
        }
    }

    private void takePlace(
            FileElement input,
            String argument,
            @Nullable String said,
            Map<String, String> registered,
            @Nullable String reference,
            Map<String, String> places) {
        if (said != null && registered.containsKey(input.coordinate())) {
            problem(input, argument + ": " + DECLARED_TWICE);
        }
        String place = said != null ? said : registered.get(input.coordinate());
        if (place == null) {
            return;
        }
        if (reference == null) {
            problem(input, argument + " requires field");
        }
        places.put(input.coordinate(), place);
    }

    private @Nullable FileField referenced(FileElement input, String reference) {
        FileElement output = outputs.get(reference);
        if (output == null) {
            problem(
                    input,
                    "field: expected an output field of type " + FileTypeNames.STORED_FILE + ", found \"" + reference
                            + "\", which is none");
            return null;
        }
        // A field that is only pointed to has the defaults, under its own name; one with mistakes has been reported.
        return attempted.contains(reference)
                ? declared.get(reference)
                : declare(output, new FileFieldRules().attached(false));
    }

    private @Nullable FileDirective directiveOn(FileElement element) {
        return FileDirective.on(element.container(), problem -> problem(element, problem));
    }

    private @Nullable FileFieldRules rulesOf(FileElement element, @Nullable FileDirective directive) {
        FileFieldRules inCode = registered.get(element.coordinate());
        boolean hasVariants = VariantDirectives.areOn(element.container());
        if (directive == null && !hasVariants) {
            return inCode;
        }
        if (inCode != null) {
            problem(element, DECLARED_TWICE);
        }
        FileFieldRules rules = directive == null ? new FileFieldRules() : directive.rules();
        if (hasVariants && element.isInput()) {
            problem(element, "@variant: expected on an output field, found on an input");
        } else if (hasVariants) {
            VariantDirectives.addTo(rules, element.container(), problem -> problem(element, problem));
        }
        return rules;
    }

    private @Nullable FileField declare(FileElement element, FileFieldRules rules) {
        attempted.add(element.coordinate());
        int before = problems.size();
        Set<FileSourceType> sources = rules.sources();
        String store = rules.store() != null ? rules.store() : StoreCapabilities.DEFAULT_STORE;
        if (!stores.names().contains(store)) {
            problem(element, "store: expected one of " + stores.names() + ", found \"" + store + "\"");
        } else if (!stores.isReachable(store)) {
            problem(element, "store: \"" + store + "\" signs no URLs itself, and the file endpoint is off");
        } else {
            sources = possibleSources(element, rules, store);
        }
        if (rules.maxSize() != null && rules.maxSize().compareTo(rules.minSize()) < 0) {
            problem(element, "minSize: expected at most maxSize, " + rules.maxSize() + ", found " + rules.minSize());
        }
        if (rules.maxCount() != null && rules.maxCount() < 1) {
            problem(element, "maxCount: expected 1 or more, found " + rules.maxCount());
        }
        if (rules.maxCount() != null && !element.isList()) {
            problem(element, "maxCount: expected on a list only, found on a single file");
        }
        checkMedia(element, rules, store);
        boolean isAttached = attachments.isAttached(element, rules, problem -> problem(element, problem));
        checkAccept(element, rules);
        if (rules.review()) {
            checkReview(element, rules, isAttached);
        }
        if (problems.size() > before) {
            return null;
        }
        FileField field = new FileField(element.coordinate(), store, rules, sources, isAttached);
        if (isAttached) {
            attachments.add(element, rules, field);
        }
        declared.put(element.coordinate(), field);
        return field;
    }

    private void checkMedia(FileElement element, FileFieldRules rules, String store) {
        if (!rules.pictures().isEmpty() && !stores.analyzesPictures()) {
            problem(
                    element,
                    "maxPixels, minWidth, maxWidth, minHeight, maxHeight, aspectRatio: expected a FileAnalyzer, which"
                            + " finds the size of pictures, found none; " + ADD_PICTURES);
        }
        if (rules.stripMetadata() && !stores.stripsMetadata()) {
            problem(element, "stripMetadata: expected a MetadataStripper, found none; " + ADD_PICTURES);
        }
        String obstacle = rules.variants().isEmpty() ? null : stores.obstacleToVariants(store);
        if (obstacle != null) {
            problem(element, "@variant: " + obstacle);
        }
    }

    private void checkReview(FileElement element, FileFieldRules rules, boolean isAttached) {
        if (!isAttached) {
            problem(
                    element,
                    "review: expected on attached fields only, whose rows can say what was decided; files in columns are"
                            + " checked by a FileValidator before they are given out");
        }
        if (rules.visibility() != Visibility.PRIVATE) {
            problem(
                    element,
                    "review: expected visibility PRIVATE, found " + rules.visibility()
                            + ", whose files can be read by whoever knows their ids");
        }
        if (schema.getType(FileTypeNames.STORED_FILE) instanceof GraphQLObjectType type
                && type.getFieldDefinition("url") != null
                && GraphQLTypeUtil.isNonNull(type.getFieldDefinition("url").getType())) {
            problem(
                    element,
                    "review: expected StoredFile.url to be URL, found URL!; a file that waits has none. Add status:"
                            + " StoredFileStatus! to it, too");
        }
    }

    private Set<FileSourceType> possibleSources(FileElement element, FileFieldRules rules, String store) {
        String obstacle = stores.obstacleToDirectUpload(store);
        if (obstacle == null || !rules.sources().contains(FileSourceType.DIRECT_UPLOAD)) {
            return rules.sources();
        }
        if (rules.hasSources()) {
            problem(element, "sources: DIRECT_UPLOAD is not possible: " + obstacle);
        }
        return EnumSet.complementOf(EnumSet.of(FileSourceType.DIRECT_UPLOAD));
    }

    private void checkAccept(FileElement element, FileFieldRules rules) {
        try {
            AcceptPatterns.parse(rules.accept());
        } catch (IllegalArgumentException e) {
            problem(element, String.valueOf(e.getMessage()));
        }
    }

    private void problem(FileElement element, String problem) {
        problems.add(element.coordinate() + ": " + problem);
    }
}
