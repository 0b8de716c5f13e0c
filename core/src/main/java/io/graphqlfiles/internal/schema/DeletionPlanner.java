package io.graphqlfiles.internal.schema;

import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.internal.owner.ArgumentPath;
import io.graphqlfiles.internal.owner.AttachedField;
import io.graphqlfiles.internal.owner.RecordDeletion;
import io.graphqlfiles.internal.owner.ResultCondition;
import io.graphqlfiles.internal.owner.ResultPath;
import io.graphqlfiles.internal.types.FileTypeNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the records that fields delete, and where their results say whether they have. One use. */
final class DeletionPlanner {

    private static final String DIRECTIVE = "@" + FileTypeNames.DELETES_FILES;

    private final GraphQLSchema schema;
    private final Map<String, List<FileFieldRegistry.Deletion>> declared;
    private final Collection<AttachedField> attached;
    private final List<String> problems;

    /** @param problems takes further ones */
    DeletionPlanner(
            GraphQLSchema schema,
            Map<String, List<FileFieldRegistry.Deletion>> declared,
            Collection<AttachedField> attached,
            List<String> problems) {
        this.schema = schema;
        this.declared = declared;
        this.attached = attached;
        this.problems = problems;
    }

    /** What the field deletes; empty if nothing. */
    List<RecordDeletion> find(String coordinate, GraphQLFieldDefinition field) {
        List<RecordDeletion> deletions = new ArrayList<>();
        Set<List<String>> said = new HashSet<>();
        for (FileFieldRegistry.Deletion rule : rules(coordinate, field)) {
            if (!said.add(List.of(rule.recordType(), rule.idArgument()))) {
                problems.add(coordinate + ": " + DIRECTIVE + ": found twice for the " + rule.recordType() + " in \""
                        + rule.idArgument() + "\"");
                continue;
            }
            RecordDeletion deletion = deletion(coordinate + ": " + DIRECTIVE + ": ", field, rule);
            if (deletion != null) {
                deletions.add(deletion);
            }
        }
        return List.copyOf(deletions);
    }

    private @Nullable RecordDeletion deletion(
            String intro, GraphQLFieldDefinition field, FileFieldRegistry.Deletion rule) {
        AttachedField record = AttachedField.ofType(rule.recordType(), attached);
        if (record == null) {
            problems.add(
                    intro + "expected of: to name a type with attached files, found \"" + rule.recordType() + "\"");
            return null;
        }
        ArgumentPath id = RecordIdArgument.find(schema, field, rule.idArgument(), record, intro, problems);
        if (id == null) {
            return null;
        }
        ResultCondition when;
        if (rule.when() == null) {
            when = new ResultCondition(ResultPath.toTheOnly(record.ownerType(), field.getType(), id.isList()), false);
        } else {
            when = ResultCondition.parse(field.getType(), rule.when());
            if (when == null) {
                problems.add(intro + "expected when: to lead to a field of " + print(field.getType()) + ", found \""
                        + rule.when() + "\"");
                return null;
            }
        }
        GraphQLType saying = when.isNegated() ? null : when.said().type();
        if (saying != null && !says(saying, id.isList(), record.ownerType())) {
            problems.add(intro + "cannot be known from " + print(saying)
                    + (id.isList() ? " which of the records were deleted" : " whether the record was deleted")
                    + "; return Boolean, the " + record.ownerType() + " or its id" + (id.isList() ? ", in a list" : "")
                    + ", or say with when: \"...\" which field of the result has it");
            return null;
        }
        return new RecordDeletion(record, id, when, says(saying));
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

    private List<FileFieldRegistry.Deletion> rules(String coordinate, GraphQLFieldDefinition field) {
        List<FileFieldRegistry.Deletion> rules = declared.getOrDefault(coordinate, List.of());
        List<GraphQLAppliedDirective> directives = AppliedDirectives.on(field, FileTypeNames.DELETES_FILES);
        if (directives.isEmpty()) {
            return rules;
        }
        if (!rules.isEmpty()) {
            problems.add(coordinate + ": declared both with " + DIRECTIVE + " and in the registry");
        }
        return directives.stream()
                .map(directive -> new FileFieldRegistry.Deletion(
                        String.valueOf(AppliedDirectives.text(directive, "of")),
                        Objects.requireNonNullElse(AppliedDirectives.text(directive, "id"), "id"),
                        AppliedDirectives.text(directive, "when")))
                .toList();
    }

    /**
     * Whether a value of the type says what was deleted: one that is null, false or 0 nothing, a list what it names,
     * anything else all.
     */
    private static boolean says(GraphQLType type, boolean several, String recordType) {
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
