package io.graphqlfiles.quarkus;

import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLSchema;
import io.quarkus.arc.Arc;
import io.quarkus.security.spi.runtime.SecurityCheckStorage;
import io.smallrye.graphql.schema.model.NamespaceContainer;
import io.smallrye.graphql.schema.model.Operation;
import io.smallrye.graphql.schema.model.Schema;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the rules of Quarkus Security on a method before what reads the files of its arguments. */
final class GuardedFields {

    private final SecurityCheckStorage rules;
    private final Map<FieldCoordinates, MethodRule> found = new HashMap<>();

    private GuardedFields(SecurityCheckStorage rules) {
        this.rules = rules;
    }

    /**
     * @param schema one that file fields have been applied to
     * @param model of whose methods it is made
     */
    static GraphQLSchema of(GraphQLSchema schema, Schema model) {
        SecurityCheckStorage rules =
                Arc.container().instance(SecurityCheckStorage.class).get();
        if (rules == null) {
            return schema; // an application without security
        }
        GuardedFields fields = new GuardedFields(rules);
        fields.addRoot("Query", model.getQueries(), model.getNamespacedQueries());
        fields.addRoot("Mutation", model.getMutations(), model.getNamespacedMutations());
        return fields.guard(schema);
    }

    private void addRoot(String type, Collection<Operation> operations, Map<String, NamespaceContainer> namespaces) {
        add(type, operations);
        namespaces.values().forEach(namespace -> addNamespace("", namespace, type));
    }

    /** SmallRye makes a type for each namespace, and names it after those around it. */
    private void addNamespace(String prefix, NamespaceContainer namespace, String root) {
        String name = namespace.getName();
        String nested = prefix + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        add(nested + root, namespace.getOperations());
        namespace.getContainer().values().forEach(inner -> addNamespace(nested, inner, root));
    }

    private void add(String type, Collection<Operation> operations) {
        for (Operation operation : operations) {
            MethodRule rule = MethodRule.of(operation, rules);
            if (rule != null) {
                found.put(FieldCoordinates.coordinates(type, operation.getName()), rule);
            }
        }
    }

    private GraphQLSchema guard(GraphQLSchema schema) {
        GraphQLCodeRegistry code = schema.getCodeRegistry();
        GraphQLCodeRegistry guarded = code.transform(changed -> found.forEach((field, rule) -> {
            DataFetcher<?> fetcher = fetcher(schema, field);
            // Otherwise it is called as it is, without files: the library has put nothing around it.
            if (fetcher != null && !(fetcher instanceof ApplicationDataFetcher)) {
                changed.dataFetcher(field, new GuardedDataFetcher(rule, fetcher));
            }
        }));
        return schema.transformWithoutTypes(changed -> changed.codeRegistry(guarded));
    }

    private static @Nullable DataFetcher<?> fetcher(GraphQLSchema schema, FieldCoordinates field) {
        GraphQLFieldDefinition definition = schema.containsType(field.getTypeName())
                ? schema.getObjectType(field.getTypeName()).getFieldDefinition(field.getFieldName())
                : null;
        return definition == null || definition.getArguments().isEmpty()
                ? null
                : schema.getCodeRegistry().getDataFetcher(field, definition);
    }
}
