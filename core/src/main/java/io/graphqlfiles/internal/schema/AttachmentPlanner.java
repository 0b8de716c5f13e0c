package io.graphqlfiles.internal.schema;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.internal.types.FileTypeNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds, for every field that takes attached files or deletes records, whose files they are. One use. */
final class AttachmentPlanner {

    private final GraphQLSchema schema;
    private final Map<String, FileField> fieldOfInput;
    private final Map<String, AttachedField> attached;
    private final OwnerPaths owners;
    private final Map<String, String> conditions;
    private final DeletionPlanner deletions;
    private final List<String> problems;

    /**
     * Without mistakes so far.
     *
     * @param ownerPaths coordinates of inputs to what they say of the place of the record
     * @param conditions likewise to the place that says whether its files were taken
     * @param problems takes further ones
     */
    AttachmentPlanner(
            GraphQLSchema schema,
            FileFieldRegistry registry,
            Map<String, FileField> fieldOfInput,
            Map<String, AttachedField> attached,
            Map<String, String> ownerPaths,
            Map<String, String> conditions,
            List<String> problems) {
        this.schema = schema;
        this.fieldOfInput = fieldOfInput;
        this.attached = attached;
        this.owners = new OwnerPaths(schema, ownerPaths);
        this.conditions = conditions;
        this.deletions = new DeletionPlanner(schema, registry.deletions(), attached.values(), problems);
        this.problems = problems;
    }

    /**
     * An input that takes attached files, as one field of the schema has it.
     *
     * @param coordinate of the input
     * @param type its type
     * @param listDepth in how many lists of input objects it stands
     */
    private record Position(String coordinate, GraphQLType type, int listDepth) {}

    Map<String, AttachmentPlan> plan() {
        checkInputs();
        deletions.checkDeclared();
        Map<String, AttachmentPlan> plans = new LinkedHashMap<>();
        for (GraphQLNamedType type : schema.getAllTypesAsList()) {
            if (type instanceof GraphQLObjectType object && !type.getName().startsWith("__")) {
                for (GraphQLFieldDefinition field : object.getFieldDefinitions()) {
                    String coordinate = type.getName() + "." + field.getName();
                    AttachmentPlan plan = plan(coordinate, field);
                    if (!plan.places().isEmpty() || plan.deletion() != null) {
                        plans.put(coordinate, plan);
                    }
                }
            }
        }
        return plans;
    }

    /** What does not depend on the field that takes the input. */
    private void checkInputs() {
        for (FileElement input : FileElement.allOf(schema)) {
            FileField field = input.isInput() && input.isForFiles() ? fieldOfInput.get(input.coordinate()) : null;
            if (field == null) {
                continue;
            }
            AttachedField target = attached.get(field.coordinate());
            if (input.isListEdit() && (target == null || !target.isList() || input.isList())) {
                problems.add(input.coordinate() + ": " + FileTypeNames.STORED_FILE_LIST_INPUT
                        + ": expected for a list of attached files, one for each list; found for " + field.coordinate()
                        + (target == null ? ", whose files are kept in a column" : ""));
            } else if (target != null && !input.isListEdit() && target.isList() != input.isList()) {
                problems.add(input.coordinate() + ": "
                        + (target.isList()
                                ? field.coordinate() + " is a list: expected [" + FileTypeNames.STORED_FILE_INPUT
                                        + "!] or " + FileTypeNames.STORED_FILE_LIST_INPUT
                                : field.coordinate() + " is one file: expected " + FileTypeNames.STORED_FILE_INPUT)
                        + ", found " + GraphQLTypeUtil.simplePrint(input.type()));
            }
        }
    }

    private AttachmentPlan plan(String coordinate, GraphQLFieldDefinition field) {
        List<Position> positions = new ArrayList<>();
        for (GraphQLArgument argument : field.getArguments()) {
            String position = coordinate + "(" + argument.getName() + ":)";
            visit(coordinate, position, argument.getType(), 0, List.of(), positions);
        }
        Map<String, AttachmentPlan.Place> places = new LinkedHashMap<>();
        Map<String, String> inputOfSlot = new LinkedHashMap<>();
        for (Position position : positions) {
            AttachedField target = target(position.coordinate());
            if (target == null) {
                continue;
            }
            OwnerPath path = owners.find(
                    coordinate, field.getType(), target, position.coordinate(), position.listDepth(), problems);
            if (path == null) {
                continue;
            }
            String slot = target + " of " + path.properties();
            String other = inputOfSlot.put(slot, position.coordinate());
            if (other != null) {
                problems.add(coordinate + ": takes files for " + target + " of the same record at two places, " + other
                        + " and " + position.coordinate() + "; keep one, or say with owner: where each record is");
            }
            places.put(
                    position.coordinate(),
                    new AttachmentPlan.Place(
                            target, path, condition(coordinate, field.getType(), position.coordinate())));
        }
        return new AttachmentPlan(places, deletions.find(coordinate, field));
    }

    private @Nullable ResultCondition condition(String field, GraphQLType result, String input) {
        String text = conditions.get(input);
        ResultCondition condition = text == null ? null : ResultCondition.parse(result, text);
        // An input may be shared by a mutation that returns a payload and one that returns the record itself.
        if (text != null
                && condition == null
                && !(GraphQLTypeUtil.unwrapNonNull(result) instanceof GraphQLObjectType object
                        && attached.values().stream()
                                .anyMatch(each -> each.ownerType().equals(object.getName())))) {
            problems.add(field + ": takes files in " + input + ", whose when: expected a way to a field of "
                    + GraphQLTypeUtil.simplePrint(result) + ", found \"" + text + "\"");
        }
        return condition;
    }

    private @Nullable AttachedField target(String inputCoordinate) {
        FileField field = fieldOfInput.get(inputCoordinate);
        return field == null ? null : attached.get(field.coordinate());
    }

    private void visit(
            String field,
            String coordinate,
            GraphQLType type,
            int listDepth,
            List<String> typesAbove,
            List<Position> found) {
        if (target(coordinate) != null) {
            found.add(new Position(coordinate, type, listDepth));
            return;
        }
        if (!(GraphQLTypeUtil.unwrapAll(type) instanceof GraphQLInputObjectType input)) {
            return;
        }
        if (typesAbove.contains(input.getName())) {
            if (takesAttachedFiles(input, new HashSet<>())) {
                problems.add(
                        field + ": " + input.getName() + " takes attached files and contains itself, so that it "
                                + "cannot be told whose they are; say attached: false at the field, or use an input without files inside");
            }
            return;
        }
        List<String> types = new ArrayList<>(typesAbove);
        types.add(input.getName());
        int depth = listDepth + lists(type);
        for (GraphQLInputObjectField each : input.getFieldDefinitions()) {
            visit(field, input.getName() + "." + each.getName(), each.getType(), depth, types, found);
        }
    }

    private boolean takesAttachedFiles(GraphQLInputObjectType type, Set<String> seen) {
        return seen.add(type.getName())
                && type.getFieldDefinitions().stream()
                        .anyMatch(each -> target(type.getName() + "." + each.getName()) != null
                                || (GraphQLTypeUtil.unwrapAll(each.getType()) instanceof GraphQLInputObjectType inner
                                        && takesAttachedFiles(inner, seen)));
    }

    private static int lists(GraphQLType type) {
        GraphQLType rest = GraphQLTypeUtil.unwrapNonNull(type);
        return GraphQLTypeUtil.isList(rest) ? 1 + lists(GraphQLTypeUtil.unwrapOne(rest)) : 0;
    }
}
