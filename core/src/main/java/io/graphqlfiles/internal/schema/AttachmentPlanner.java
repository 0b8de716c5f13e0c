package io.graphqlfiles.internal.schema;

import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.internal.owner.ArgumentPath;
import io.graphqlfiles.internal.owner.AttachedField;
import io.graphqlfiles.internal.owner.AttachmentPlan;
import io.graphqlfiles.internal.types.FileTypeNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds, for every field that takes attached files or deletes records, whose files they are. One use. */
final class AttachmentPlanner {

    private static final String DIRECTIVE = "@" + FileTypeNames.ATTACHES_FILES;

    private final GraphQLSchema schema;
    private final FileFieldRegistry registry;
    private final Map<String, FileField> fieldOfInput;
    private final Map<String, AttachedField> attached;
    private final Map<String, String> declaredOwners;
    private final Map<String, String> declaredConditions;
    private final OwnerPlanner owners;
    private final DeletionPlanner deletions;
    private final List<String> problems;

    /**
     * Without mistakes so far.
     *
     * @param declaredOwners coordinates of inputs to what they say of the place of the record
     * @param declaredConditions the same for the place that says whether its files were taken
     * @param problems takes further ones
     */
    AttachmentPlanner(
            GraphQLSchema schema,
            FileFieldRegistry registry,
            Map<String, FileField> fieldOfInput,
            Map<String, AttachedField> attached,
            Map<String, String> declaredOwners,
            Map<String, String> declaredConditions,
            List<String> problems) {
        this.schema = schema;
        this.registry = registry;
        this.fieldOfInput = fieldOfInput;
        this.attached = attached;
        this.declaredOwners = declaredOwners;
        this.declaredConditions = declaredConditions;
        this.owners = new OwnerPlanner(schema, declaredOwners, declaredConditions, problems);
        this.deletions = new DeletionPlanner(schema, registry.deletions(), attached.values(), problems);
        this.problems = problems;
    }

    Map<String, AttachmentPlan> plan() {
        checkOwnerIds();
        checkInputs();
        checkDeclared();
        Map<String, AttachmentPlan> plans = new LinkedHashMap<>();
        for (GraphQLNamedType type : schema.getAllTypesAsList()) {
            if (type instanceof GraphQLInterfaceType shared) {
                shared.getFieldDefinitions().forEach(field -> refuseDirectives(type.getName(), field));
            }
            if (type instanceof GraphQLObjectType object && !type.getName().startsWith("__")) {
                for (GraphQLFieldDefinition field : object.getFieldDefinitions()) {
                    String coordinate = type.getName() + "." + field.getName();
                    AttachmentPlan plan = plan(coordinate, field);
                    if (!plan.isEmpty()) {
                        plans.put(coordinate, plan);
                    }
                }
            }
        }
        return plans;
    }

    /** Files of one record that are kept under two ids would not all be deleted with it. Functions may agree. */
    private void checkOwnerIds() {
        Map<String, AttachedField> ofType = new LinkedHashMap<>();
        for (AttachedField field : attached.values()) {
            AttachedField other = field.idField() == null ? null : ofType.putIfAbsent(field.ownerType(), field);
            if (other != null && !Objects.equals(other.idField(), field.idField())) {
                problems.add(field + ": ownerId: expected the same for all attached fields of " + field.ownerType()
                        + ", as for " + other + ", found another");
            }
        }
    }

    private void refuseDirectives(String interfaceName, GraphQLFieldDefinition field) {
        for (String directive : List.of(FileTypeNames.ATTACHES_FILES, FileTypeNames.DELETES_FILES)) {
            if (!AppliedDirectives.on(field, directive).isEmpty()) {
                problems.add(interfaceName + "." + field.getName() + ": @" + directive
                        + ": expected on fields of object types, found on that of an interface");
            }
        }
    }

    private void checkDeclared() {
        Stream.concat(registry.deletions().keySet().stream(), registry.fileOwners().keySet().stream())
                .forEach(coordinate -> {
                    String[] parts = coordinate.split("\\.", 2);
                    if (!(schema.getType(parts[0]) instanceof GraphQLObjectType type)
                            || type.getFieldDefinition(parts[1]) == null) {
                        problems.add(coordinate + ": declared in the registry, but the schema has no such field");
                    }
                });
    }

    /** What does not depend on the field that takes the input. */
    private void checkInputs() {
        for (FileElement input : FileElement.allOf(schema)) {
            FileField field = input.isInput() && input.isForFiles() ? fieldOfInput.get(input.coordinate()) : null;
            if (field == null) {
                continue;
            }
            AttachedField target = attached.get(field.coordinate());
            if (target == null) {
                refuseOwners(input, field);
            }
            if (input.isListEdit() && (target == null || !target.isList() || input.isList())) {
                problems.add(input.coordinate() + ": " + FileTypeNames.STORED_FILE_LIST_INPUT
                        + ": expected for a list of attached files, one for each list; found for " + field.coordinate()
                        + (target == null ? ", whose files are kept in a column" : ""));
            } else if (target != null
                    && !input.isListEdit()
                    && ArgumentPath.listDepth(input.type()) != (target.isList() ? 1 : 0)) {
                problems.add(input.coordinate() + ": "
                        + (target.isList()
                                ? field.coordinate() + " is a list: expected [" + FileTypeNames.STORED_FILE_INPUT
                                        + "!] or " + FileTypeNames.STORED_FILE_LIST_INPUT
                                : field.coordinate() + " is one file: expected " + FileTypeNames.STORED_FILE_INPUT)
                        + ", found " + GraphQLTypeUtil.simplePrint(input.type()));
            }
        }
    }

    private void refuseOwners(FileElement input, FileField field) {
        for (String said : List.of("owner", "when")) {
            Map<String, String> declared = said.equals("owner") ? declaredOwners : declaredConditions;
            if (declared.containsKey(input.coordinate())) {
                problems.add(input.coordinate() + ": " + said + ": expected for attached files only, found for "
                        + field.coordinate() + ", whose files are kept in a column");
            }
        }
    }

    private AttachmentPlan plan(String coordinate, GraphQLFieldDefinition field) {
        List<InputPosition> inputs = new ArrayList<>();
        for (GraphQLArgument argument : field.getArguments()) {
            String position = coordinate + "(" + argument.getName() + ":)";
            visit(coordinate, position, argument.getType(), List.of(argument.getName()), 0, List.of(), inputs);
        }
        List<FileFieldRegistry.Owner> rules = rules(coordinate, field);
        checkRules(coordinate, rules, inputs);
        Map<String, AttachmentPlan.Place> places = new LinkedHashMap<>();
        Map<String, String> inputOfSlot = new LinkedHashMap<>();
        for (InputPosition input : inputs) {
            AttachmentPlan.Place place = owners.find(coordinate, field, input, ruleOf(coordinate, rules, input));
            if (place == null) {
                continue;
            }
            String other =
                    inputOfSlot.put(place.field() + " of " + place.owner().place(), input.place());
            if (other != null) {
                problems.add(coordinate + ": takes files for " + place.field() + " of the same record at two places, "
                        + other + " and " + input.place() + "; keep one, or say with " + DIRECTIVE
                        + "(of: \"" + place.field().ownerType()
                        + "\", input: \"...\", owner: \"...\") where the record of each is");
            }
            places.put(input.place(), place);
        }
        return new AttachmentPlan(places, deletions.find(coordinate, field));
    }

    private List<FileFieldRegistry.Owner> rules(String coordinate, GraphQLFieldDefinition field) {
        List<FileFieldRegistry.Owner> rules = registry.fileOwners().getOrDefault(coordinate, List.of());
        List<GraphQLAppliedDirective> directives = AppliedDirectives.on(field, FileTypeNames.ATTACHES_FILES);
        if (directives.isEmpty()) {
            return rules;
        }
        if (!rules.isEmpty()) {
            problems.add(coordinate + ": declared both with " + DIRECTIVE + " and in the registry");
        }
        return directives.stream()
                .map(directive -> new FileFieldRegistry.Owner(
                        String.valueOf(AppliedDirectives.text(directive, "of")),
                        AppliedDirectives.text(directive, "input"),
                        AppliedDirectives.text(directive, "owner"),
                        AppliedDirectives.text(directive, "id"),
                        AppliedDirectives.text(directive, "when")))
                .toList();
    }

    private void checkRules(String coordinate, List<FileFieldRegistry.Owner> rules, List<InputPosition> inputs) {
        for (FileFieldRegistry.Owner rule : rules) {
            String intro = coordinate + ": " + DIRECTIVE + ": ";
            if (AttachedField.ofType(rule.recordType(), attached.values()) == null) {
                problems.add(
                        intro + "expected of: to name a type with attached files, found \"" + rule.recordType() + "\"");
            } else if (inputs.stream().noneMatch(input -> isFor(rule, input))) {
                problems.add(intro + "expected an input that takes files of a " + rule.recordType() + ", found none"
                        + (rule.input() == null ? "" : " in \"" + rule.input() + "\""));
            }
        }
    }

    private static boolean isFor(FileFieldRegistry.Owner rule, InputPosition input) {
        String only = rule.input();
        return input.target().ownerType().equals(rule.recordType())
                && (only == null || input.place().equals(only) || input.place().startsWith(only + "."));
    }

    /** What the field says of an input; null if nothing. */
    private FileFieldRegistry.@Nullable Owner ruleOf(
            String coordinate, List<FileFieldRegistry.Owner> rules, InputPosition input) {
        List<FileFieldRegistry.Owner> ofInput =
                rules.stream().filter(rule -> isFor(rule, input)).toList();
        if (ofInput.size() > 1) {
            problems.add(coordinate + ": " + DIRECTIVE + ": expected once for " + input.place() + ", found "
                    + ofInput.size() + "; say with input: which each is for");
        }
        return ofInput.isEmpty() ? null : ofInput.get(0);
    }

    private @Nullable AttachedField target(String inputCoordinate) {
        FileField field = fieldOfInput.get(inputCoordinate);
        return field == null ? null : attached.get(field.coordinate());
    }

    private void visit(
            String field,
            String coordinate,
            GraphQLType type,
            List<String> names,
            int listDepth,
            List<String> typesAbove,
            List<InputPosition> found) {
        AttachedField target = target(coordinate);
        if (target != null) {
            found.add(new InputPosition(coordinate, names, listDepth, target));
            return;
        }
        if (!(GraphQLTypeUtil.unwrapAll(type) instanceof GraphQLInputObjectType input)) {
            return;
        }
        if (typesAbove.contains(input.getName())) {
            if (takesAttachedFiles(input, new HashSet<>())) {
                problems.add(
                        field + ": " + input.getName() + " takes attached files and contains itself, so that it "
                                + "cannot be known whose they are; say attached: false at the field, or use an input without files inside");
            }
            return;
        }
        List<String> types = with(typesAbove, input.getName());
        int depth = listDepth + ArgumentPath.listDepth(type);
        for (GraphQLInputObjectField each : input.getFieldDefinitions()) {
            visit(
                    field,
                    input.getName() + "." + each.getName(),
                    each.getType(),
                    with(names, each.getName()),
                    depth,
                    types,
                    found);
        }
    }

    private static List<String> with(List<String> names, String last) {
        List<String> all = new ArrayList<>(names);
        all.add(last);
        return List.copyOf(all);
    }

    private boolean takesAttachedFiles(GraphQLInputObjectType type, Set<String> seen) {
        return seen.add(type.getName())
                && type.getFieldDefinitions().stream()
                        .anyMatch(each -> target(type.getName() + "." + each.getName()) != null
                                || (GraphQLTypeUtil.unwrapAll(each.getType()) instanceof GraphQLInputObjectType inner
                                        && takesAttachedFiles(inner, seen)));
    }
}
