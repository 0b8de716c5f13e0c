package io.graphqlfiles.internal.schema;

import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLDirectiveContainer;
import io.graphqlfiles.FileFieldRules;
import io.graphqlfiles.internal.types.FileTypeNames;
import io.graphqlfiles.spi.media.VariantRecipe;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads each applied {@code @variant} of a field. */
final class VariantDirectives {

    private VariantDirectives() {}

    static boolean areOn(GraphQLDirectiveContainer element) {
        return !AppliedDirectives.on(element, FileTypeNames.VARIANT_DIRECTIVE).isEmpty();
    }

    static void addTo(FileFieldRules rules, GraphQLDirectiveContainer element, Consumer<String> problems) {
        List<GraphQLAppliedDirective> all = AppliedDirectives.on(element, FileTypeNames.VARIANT_DIRECTIVE);
        for (GraphQLAppliedDirective directive : all) {
            String name = String.valueOf(AppliedDirectives.text(directive, "name"));
            try {
                rules.variant(name, recipe(directive));
            } catch (IllegalArgumentException e) {
                problems.accept("@variant(name: \"" + name + "\"): " + e.getMessage());
            }
        }
    }

    private static VariantRecipe recipe(GraphQLAppliedDirective directive) {
        VariantRecipe recipe =
                size(side(directive, "width"), side(directive, "height"), AppliedDirectives.text(directive, "fit"));
        String format = AppliedDirectives.text(directive, "format");
        if (format != null) {
            recipe = recipe.as(VariantRecipe.Format.valueOf(format));
        }
        return AppliedDirectives.value(directive, "quality") instanceof Number quality
                ? recipe.quality(quality.intValue())
                : recipe;
    }

    private static VariantRecipe size(@Nullable Integer width, @Nullable Integer height, @Nullable String fit) {
        boolean covers = VariantRecipe.Fit.COVER.name().equals(fit);
        if (width != null && height != null) {
            return covers ? VariantRecipe.covering(width, height) : VariantRecipe.within(width, height);
        }
        if (covers) {
            throw new IllegalArgumentException("fit: COVER expected with width and height, found without");
        }
        if (width != null) {
            return VariantRecipe.ofWidth(width);
        }
        if (height != null) {
            return VariantRecipe.ofHeight(height);
        }
        throw new IllegalArgumentException("expected width, height or both, found none");
    }

    private static @Nullable Integer side(GraphQLAppliedDirective directive, String name) {
        return AppliedDirectives.value(directive, name) instanceof Number side ? side.intValue() : null;
    }
}
