package io.graphqlfiles.internal.schema;

import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLAppliedDirectiveArgument;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLDirectiveContainer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads directives where they are applied, in either of the forms that schemas have them in. */
final class AppliedDirectives {

    private AppliedDirectives() {}

    /** Those of this name on an element, in their order. */
    @SuppressWarnings("deprecation") // the older form is deprecated, not gone
    static List<GraphQLAppliedDirective> on(GraphQLDirectiveContainer element, String name) {
        List<GraphQLAppliedDirective> applied = element.getAppliedDirectives(name);
        // Schemas built in code may still use the directive's definition itself.
        return applied.isEmpty()
                ? element.getDirectives(name).stream()
                        .map(GraphQLDirective::toAppliedDirective)
                        .toList()
                : applied;
    }

    /** What an argument has; null if it is absent, or the application has declared the directive without it. */
    static @Nullable Object value(GraphQLAppliedDirective directive, String name) {
        GraphQLAppliedDirectiveArgument argument = directive.getArgument(name);
        return argument == null ? null : argument.getValue();
    }

    /** What an argument has, as text; null like {@link #value}. */
    static @Nullable String text(GraphQLAppliedDirective directive, String name) {
        Object value = value(directive, name);
        return value == null ? null : value.toString();
    }
}
