package io.graphqlfiles.internal.schema;

import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedOutputType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import graphql.schema.idl.ScalarInfo;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.internal.owner.ArgumentPath;
import io.graphqlfiles.internal.owner.AttachedField;
import io.graphqlfiles.internal.owner.AttachmentPlan;
import io.graphqlfiles.internal.owner.OwnerArgument;
import io.graphqlfiles.internal.owner.OwnerPath;
import io.graphqlfiles.internal.owner.ResultCondition;
import io.graphqlfiles.internal.owner.ResultPath;
import io.graphqlfiles.internal.types.FileTypeNames;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds whose the files of an input are, and where the result says whether the record took them: where the field or the
 * input says, or the record is the result itself, or the only such field of it.
 */
final class OwnerPlanner {

    private static final String DIRECTIVE = "@" + FileTypeNames.ATTACHES_FILES;

    private final GraphQLSchema schema;
    private final Map<String, String> declaredOwners;
    private final Map<String, String> declaredConditions;
    private final List<String> problems;

    /**
     * Plans one schema.
     *
     * @param declaredOwners coordinates of inputs to what they say of the place of the record
     * @param declaredConditions the same for the place that says whether its files were taken
     * @param problems takes further ones
     */
    OwnerPlanner(
            GraphQLSchema schema,
            Map<String, String> declaredOwners,
            Map<String, String> declaredConditions,
            List<String> problems) {
        this.schema = schema;
        this.declaredOwners = declaredOwners;
        this.declaredConditions = declaredConditions;
        this.problems = problems;
    }

    /**
     * Whose files an input takes.
     *
     * @param coordinate of the field that takes the files
     * @param rule what that field says of this input; null if nothing
     * @return null after a mistake
     */
    AttachmentPlan.@Nullable Place find(
            String coordinate,
            GraphQLFieldDefinition field,
            InputPosition input,
            FileFieldRegistry.@Nullable Owner rule) {
        String intro = coordinate + ": takes files for " + input.target() + " in " + input + ", ";
        if (rule != null && rule.idArgument() != null) {
            return byArgument(intro, field, input, rule, rule.idArgument());
        }
        OwnerPath owner = byResult(intro, field.getType(), input, rule);
        if (owner == null) {
            return null;
        }
        String when = when(input, rule);
        ResultCondition condition = when == null ? null : ResultCondition.parse(field.getType(), when);
        // An input may be shared by a mutation that returns a payload and one that returns the record itself.
        boolean isOfOthers = rule == null && owner.way().fieldCount() == 0 && !owner.isId();
        if (when != null && condition == null && !isOfOthers) {
            problems.add(whenProblem(intro, field.getType(), when));
        }
        return new AttachmentPlan.Place(input.target(), owner, condition);
    }

    private @Nullable String when(InputPosition input, FileFieldRegistry.@Nullable Owner rule) {
        return rule != null && rule.when() != null ? rule.when() : declaredConditions.get(input.coordinate());
    }

    private static String whenProblem(String intro, GraphQLType result, String when) {
        return intro + "whose when: expected a way to a field of " + print(result) + ", found \"" + when + "\"";
    }

    private AttachmentPlan.@Nullable Place byArgument(
            String intro,
            GraphQLFieldDefinition field,
            InputPosition input,
            FileFieldRegistry.Owner rule,
            String path) {
        int before = problems.size();
        AttachedField target = input.target();
        String owner = target.ownerType();
        if (rule.owner() != null) {
            problems.add(intro + "whose record: expected owner or id, found both");
        }
        ArgumentPath id = RecordIdArgument.find(schema, field, path, target, intro, problems);
        if (id != null && !id.isPairedWith(input.names(), input.listDepth())) {
            problems.add(intro + "expected id: to name the id of one " + owner + " for each " + input.place()
                    + ", in the same lists, found \"" + path + "\"");
        }
        GraphQLType result = GraphQLTypeUtil.unwrapNonNull(field.getType());
        ResultCondition condition = null;
        if (isId(result) || !paths(result, target, input.listDepth()).isEmpty()) {
            problems.add(intro + "found id: \"" + path + "\", but the result has the " + owner
                    + " or its id, which is certain; leave id out");
        } else {
            condition = says(intro, result, owner, when(input, rule));
        }
        return id == null || problems.size() > before
                ? null
                : new AttachmentPlan.Place(target, new OwnerArgument(id), condition);
    }

    private @Nullable ResultCondition says(String intro, GraphQLType result, String owner, @Nullable String when) {
        if (when != null) {
            ResultCondition condition = ResultCondition.parse(result, when);
            if (condition == null) {
                problems.add(whenProblem(intro, result, when));
            }
            return condition;
        }
        if (!(result instanceof GraphQLScalarType) && !(result instanceof GraphQLEnumType)) {
            problems.add(intro + "but it cannot be known from " + print(result) + " whether the " + owner
                    + " took them; return Boolean, or say with when: \"...\" which field of the result says so");
        }
        return new ResultCondition(ResultPath.toResult(result), false);
    }

    private @Nullable OwnerPath byResult(
            String intro, GraphQLType result, InputPosition input, FileFieldRegistry.@Nullable Owner rule) {
        AttachedField target = input.target();
        int depth = input.listDepth();
        String said = rule == null ? null : rule.owner();
        String path = said != null ? said : declaredOwners.get(input.coordinate());
        ResultPath whole = ResultPath.toResult(result).throughLists();
        boolean isRecord = whole.listDepth() == depth && canBe(whole.type(), target.ownerType());
        // An input may be shared by a mutation that returns a payload and one that returns the record itself.
        boolean isOfOthers =
                path != null && said == null && ResultPath.followThroughLists(result, path.split("\\.", -1)[0]) == null;
        if (isRecord && (path == null || isOfOthers)) {
            return toRecord(whole, target);
        }
        if (path != null) {
            ResultPath way = ResultPath.followThroughLists(result, path);
            if (way != null && way.listDepth() == depth) {
                if (canBe(way.type(), target.ownerType())) {
                    return toRecord(way, target);
                }
                if (isId(way.type())) {
                    return new OwnerPath(target, way, true, null);
                }
            }
            problems.add(intro + "whose owner: expected a way to a field of type " + inLists(target.ownerType(), depth)
                    + ", or to its id, in " + print(result) + ", found \"" + path + "\"");
            return null;
        }
        List<ResultPath> paths = paths(result, target, depth);
        if (paths.size() == 1) {
            return toRecord(paths.get(0), target);
        }
        if (rule != null && paths.isEmpty() && whole.listDepth() == depth && isId(whole.type())) {
            return new OwnerPath(target, whole, true, null);
        }
        problems.add(intro + "but returns " + print(result) + ", which "
                + (paths.isEmpty()
                        ? "is no " + inLists(target.ownerType(), depth) + " and has no field of that type"
                        : "has " + paths.stream().map(ResultPath::path).collect(Collectors.joining(" and ")))
                + "; return the " + inLists(target.ownerType(), depth) + ", or say with " + DIRECTIVE + "(of: \""
                + target.ownerType() + "\", owner: \"...\") where in the result it is, or its id, or with id: \"...\""
                + " which argument has that, or say attached: false at " + target);
        return null;
    }

    private static OwnerPath toRecord(ResultPath way, AttachedField target) {
        GraphQLType type = GraphQLTypeUtil.unwrapNonNull(way.type());
        return new OwnerPath(
                target, way, false, type instanceof GraphQLObjectType ? null : (GraphQLNamedOutputType) type);
    }

    /**
     * The shortest paths to records, through so many lists and along not more than one field before each of them: first
     * to what is of the type itself, or else to unions and interfaces that it may be of.
     */
    private List<ResultPath> paths(GraphQLType result, AttachedField target, int depth) {
        ResultPath whole = ResultPath.toResult(result);
        List<ResultPath> paths = paths(whole, type -> isNamed(type, target.ownerType()), depth, true);
        if (paths.isEmpty()) {
            paths = paths(whole, type -> canBe(type, target.ownerType()), depth, true);
        }
        int shortest = paths.stream().mapToInt(ResultPath::fieldCount).min().orElse(0);
        return paths.stream().filter(way -> way.fieldCount() == shortest).toList();
    }

    private static List<ResultPath> paths(
            ResultPath way, Predicate<GraphQLType> isRecord, int depth, boolean mayTakeField) {
        GraphQLType type = GraphQLTypeUtil.unwrapNonNull(way.type());
        if (GraphQLTypeUtil.isList(type)) {
            return depth == 0 ? List.of() : paths(way.intoList(), isRecord, depth - 1, true);
        }
        if (depth == 0 && isRecord.test(type)) {
            return List.of(way);
        }
        if (!mayTakeField || !(type instanceof GraphQLObjectType object)) {
            return List.of();
        }
        return way.alongEach(object).stream()
                .flatMap(next -> paths(next, isRecord, depth, false).stream())
                .toList();
    }

    private static boolean isNamed(GraphQLType type, String name) {
        return GraphQLTypeUtil.unwrapNonNull(type) instanceof GraphQLNamedType named
                && named.getName().equals(name);
    }

    /** Whether what is of this type may be a record. */
    private boolean canBe(GraphQLType type, String ownerType) {
        GraphQLType bare = GraphQLTypeUtil.unwrapNonNull(type);
        if (bare instanceof GraphQLUnionType union) {
            return union.getTypes().stream().anyMatch(member -> isNamed(member, ownerType));
        }
        return bare instanceof GraphQLInterfaceType shared
                ? schema.getImplementations(shared).stream().anyMatch(member -> isNamed(member, ownerType))
                : isNamed(bare, ownerType);
    }

    /** Whether a value of this type, in a result, is an id; text may be a message or a name, a number a count. */
    private static boolean isId(GraphQLType type) {
        return GraphQLTypeUtil.unwrapNonNull(type) instanceof GraphQLScalarType scalar
                && (scalar.getName().equals("ID") || !ScalarInfo.isGraphqlSpecifiedScalar(scalar));
    }

    private static String inLists(String type, int depth) {
        return switch (depth) {
            case 0 -> type;
            case 1 -> "[" + type + "]";
            default -> type + " in " + depth + " lists";
        };
    }

    private static String print(GraphQLType type) {
        return GraphQLTypeUtil.simplePrint(type);
    }
}
