package io.graphqlfiles.internal.schema;

import static java.util.Objects.requireNonNull;

import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLAppliedDirectiveArgument;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.internal.types.FileTypeNames;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the records that fields delete, and where their results say whether they have. One use. */
final class DeletionPlanner {

    private final GraphQLSchema schema;
    private final Map<String, FileFieldRegistry.Deletion> declared;
    private final Collection<AttachedField> attached;
    private final List<String> problems;

    /** @param problems takes further ones */
    DeletionPlanner(
            GraphQLSchema schema,
            Map<String, FileFieldRegistry.Deletion> declared,
            Collection<AttachedField> attached,
            List<String> problems) {
        this.schema = schema;
        this.declared = declared;
        this.attached = attached;
        this.problems = problems;
    }

    void checkDeclared() {
        declared.keySet().forEach(coordinate -> {
            String[] parts = coordinate.split("\\.", 2);
            if (!(schema.getType(parts[0]) instanceof GraphQLObjectType type)
                    || type.getFieldDefinition(parts[1]) == null) {
                problems.add(coordinate + ": declared in the registry, but the schema has no such field");
            }
        });
    }

    /** What the field deletes; null if nothing. */
    @Nullable
    RecordDeletion find(String coordinate, GraphQLFieldDefinition field) {
        FileFieldRegistry.Deletion rule = rule(coordinate, field);
        if (rule == null) {
            return null;
        }
        String intro = coordinate + ": @deletesFiles: ";
        AttachedField record = attached.stream()
                .filter(each -> each.ownerType().equals(rule.recordType()))
                .findFirst()
                .orElse(null);
        if (record == null) {
            problems.add(
                    intro + "expected of: to name a type with attached files, found \"" + rule.recordType() + "\"");
            return null;
        }
        List<String> idPath = List.of(rule.idArgument().split("\\.", -1));
        GraphQLType id = input(field, idPath);
        if (id == null) {
            problems.add(intro + "expected id: to name an argument, or with dots a field of one, found \""
                    + rule.idArgument() + "\"");
            return null;
        }
        String last = idPath.get(idPath.size() - 1);
        if (record.idField() != null
                && !last.equals(record.idField())
                && schema.getObjectType(record.ownerType()).getFieldDefinition(last) != null) {
            problems.add(intro + "expected id: to name an argument with the " + record.idField() + " of the "
                    + record.ownerType() + ", found \"" + rule.idArgument() + "\", which is another field of it");
            return null;
        }
        ResultCondition when;
        GraphQLType saying;
        if (rule.when() == null) {
            ResultWay way = ResultWay.toTheOnly(record.ownerType(), field.getType());
            when = new ResultCondition(new OwnerPath(record.ownerType(), way.properties(), false), false);
            saying = way.type();
        } else {
            when = ResultCondition.parse(field.getType(), rule.when());
            if (when == null) {
                problems.add(intro + "expected when: to lead to a field of " + print(field.getType()) + ", found \""
                        + rule.when() + "\"");
                return null;
            }
            saying = when.isNegated()
                    ? null
                    : requireNonNull(ResultWay.follow(field.getType(), rule.when()))
                            .type();
        }
        if (saying != null && !tells(saying, isList(id), record.ownerType())) {
            problems.add(intro + "cannot be told from " + print(saying)
                    + (isList(id) ? " which of the records were deleted" : " whether the record was deleted")
                    + "; return Boolean, the " + record.ownerType() + " or its id" + (isList(id) ? ", in a list" : "")
                    + ", or say with when: \"...\" which field of the result has it");
            return null;
        }
        return new RecordDeletion(record, idPath, when, says(saying));
    }

    private static RecordDeletion.Says says(@Nullable GraphQLType saying) {
        if (saying == null || isBoolean(GraphQLTypeUtil.unwrapNonNull(saying))) {
            return RecordDeletion.Says.YES_OR_NO;
        }
        GraphQLNamedType named = GraphQLTypeUtil.unwrapAll(saying);
        if (named instanceof GraphQLObjectType) {
            return RecordDeletion.Says.RECORDS;
        }
        // A number alone may be how many there were.
        boolean isCount = !isList(saying)
                && (named.getName().equals("Int") || named.getName().equals("Float"));
        return isCount ? RecordDeletion.Says.YES_OR_NO : RecordDeletion.Says.IDS;
    }

    private FileFieldRegistry.@Nullable Deletion rule(String coordinate, GraphQLFieldDefinition field) {
        FileFieldRegistry.Deletion rule = declared.get(coordinate);
        GraphQLAppliedDirective directive = field.getAppliedDirective(FileTypeNames.DELETES_FILES);
        if (directive == null) {
            return rule;
        }
        if (rule != null) {
            problems.add(coordinate + ": declared both with @deletesFiles and in the registry");
        }
        // The application may have declared the directive itself, without an argument that it does not use.
        GraphQLAppliedDirectiveArgument when = directive.getArgument("when");
        return new FileFieldRegistry.Deletion(
                String.valueOf(directive.getArgument("of").<Object>getValue()),
                String.valueOf(directive.getArgument("id").<Object>getValue()),
                when == null ? null : when.getValue());
    }

    private static @Nullable GraphQLType input(GraphQLFieldDefinition field, List<String> path) {
        GraphQLArgument argument = field.getArgument(path.get(0));
        GraphQLType type = argument == null ? null : argument.getType();
        for (String name : path.subList(1, path.size())) {
            if (type == null
                    || !(GraphQLTypeUtil.unwrapNonNull(type) instanceof GraphQLInputObjectType input)
                    || input.getFieldDefinition(name) == null) {
                return null;
            }
            type = input.getFieldDefinition(name).getType();
        }
        return type == null || GraphQLTypeUtil.unwrapAll(type) instanceof GraphQLInputObjectType ? null : type;
    }

    /**
     * Whether a value of the type tells what was deleted: one that is null, false or 0 nothing, a list what it names,
     * anything else all.
     */
    private static boolean tells(GraphQLType type, boolean several, String recordType) {
        GraphQLType bare = GraphQLTypeUtil.unwrapNonNull(type);
        if (isBoolean(bare)) {
            return true;
        }
        if (GraphQLTypeUtil.isList(bare)) {
            GraphQLType element = GraphQLTypeUtil.unwrapNonNull(GraphQLTypeUtil.unwrapOne(bare));
            return several && !isBoolean(element) && isIdOrRecord(element, recordType);
        }
        return !several && isIdOrRecord(bare, recordType);
    }

    private static boolean isBoolean(GraphQLType type) {
        return type instanceof GraphQLScalarType scalar && scalar.getName().equals("Boolean");
    }

    private static boolean isIdOrRecord(GraphQLType type, String recordType) {
        return type instanceof GraphQLScalarType
                || type instanceof GraphQLEnumType
                || (type instanceof GraphQLObjectType object && object.getName().equals(recordType));
    }

    private static boolean isList(GraphQLType type) {
        return GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(type));
    }

    private static String print(GraphQLType type) {
        return GraphQLTypeUtil.simplePrint(type);
    }
}
