package io.graphqlfiles.internal.schema;

import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLDirectiveContainer;
import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileFieldRules;
import io.graphqlfiles.FileSourceType;
import io.graphqlfiles.internal.types.FileTypeNames;
import io.graphqlfiles.internal.value.PixelCount;
import io.graphqlfiles.spi.Visibility;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Reads an applied {@code @file}. Mistakes are handed to a collector, so that all of a schema are reported at once. */
final class FileDirective {

    private static final Set<String> OF_REFERENCES = Set.of("field", "owner", "when");

    private final GraphQLAppliedDirective directive;
    private final Consumer<String> problems;

    private FileDirective(GraphQLAppliedDirective directive, Consumer<String> problems) {
        this.directive = directive;
        this.problems = problems;
    }

    /** The {@code @file} of an element; null if it has none. */
    static @Nullable FileDirective on(GraphQLDirectiveContainer element, Consumer<String> problems) {
        List<GraphQLAppliedDirective> applied = AppliedDirectives.on(element, FileTypeNames.DIRECTIVE);
        return applied.isEmpty() ? null : new FileDirective(applied.get(0), problems);
    }

    /** The {@code field} argument; null if it is absent. */
    @Nullable
    String reference() {
        return text("field");
    }

    boolean hasRules() {
        return directive.getArguments().stream()
                .anyMatch(argument -> !OF_REFERENCES.contains(argument.getName()) && value(argument.getName()) != null);
    }

    /** The {@code owner} argument; null if it is absent. */
    @Nullable
    String owner() {
        return text("owner");
    }

    /** The {@code when} argument; null if it is absent. */
    @Nullable
    String when() {
        return text("when");
    }

    FileFieldRules rules() {
        FileFieldRules rules = new FileFieldRules();
        String store = text("store");
        if (store != null) {
            rules.store(store);
        }
        ByteSize maxSize = size("maxSize");
        if (maxSize != null) {
            rules.maxSize(maxSize);
        }
        ByteSize minSize = size("minSize");
        if (minSize != null) {
            rules.minSize(minSize);
        }
        String visibility = text("visibility");
        if (visibility != null) {
            constants("visibility", Visibility.class, List.of(visibility)).forEach(rules::visibility);
        }
        if (value("accept") != null) {
            rules.accept(texts("accept").toArray(String[]::new));
        }
        if (value("maxCount") instanceof Number count) {
            rules.maxCount(count.intValue());
        }
        if (value("attached") instanceof Boolean attached) {
            rules.attached(attached);
        }
        String ownerId = text("ownerId");
        if (ownerId != null) {
            rules.ownerId(ownerId);
        }
        if (value("sources") != null) {
            takeSources(rules);
        }
        if (value("review") instanceof Boolean review) {
            rules.review(review);
        }
        takePictureRules(rules);
        return rules;
    }

    private void takePictureRules(FileFieldRules rules) {
        String maxPixels = text("maxPixels");
        if (maxPixels != null) {
            attempt("maxPixels: ", () -> rules.maxPixels(PixelCount.parse(maxPixels)));
        }
        takeSide("minWidth", rules::minWidth);
        takeSide("maxWidth", rules::maxWidth);
        takeSide("minHeight", rules::minHeight);
        takeSide("maxHeight", rules::maxHeight);
        String aspectRatio = text("aspectRatio");
        if (aspectRatio != null) {
            attempt("aspectRatio: ", () -> rules.aspectRatio(aspectRatio));
        }
        if (value("stripMetadata") instanceof Boolean stripMetadata) {
            rules.stripMetadata(stripMetadata);
        }
    }

    private void takeSide(String name, IntConsumer rule) {
        if (value(name) instanceof Number side) {
            attempt("", () -> rule.accept(side.intValue()));
        }
    }

    private void attempt(String intro, Runnable rule) {
        try {
            rule.run();
        } catch (IllegalArgumentException e) {
            problems.accept(intro + e.getMessage());
        }
    }

    private void takeSources(FileFieldRules rules) {
        List<String> names = texts("sources");
        if (names.isEmpty()) {
            problems.accept(
                    "sources: expected at least one of " + EnumSet.allOf(FileSourceType.class) + ", found none");
        }
        List<FileSourceType> sources = constants("sources", FileSourceType.class, names);
        if (!sources.isEmpty()) {
            rules.sources(sources.get(0), sources.toArray(FileSourceType[]::new));
        }
    }

    /** Schemas that declare the directive themselves may declare other values for it. */
    private <E extends Enum<E>> List<E> constants(String name, Class<E> type, List<String> texts) {
        List<E> constants = new ArrayList<>();
        for (String text : texts) {
            try {
                constants.add(Enum.valueOf(type, text));
            } catch (IllegalArgumentException e) {
                problems.accept(name + ": expected one of " + EnumSet.allOf(type) + ", found \"" + text + "\"");
            }
        }
        return constants;
    }

    private @Nullable ByteSize size(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            problems.accept(name + ": " + e.getMessage());
            return null;
        }
    }

    private @Nullable String text(String name) {
        return AppliedDirectives.text(directive, name);
    }

    private List<String> texts(String name) {
        Object value = value(name);
        List<String> texts = new ArrayList<>();
        if (value instanceof Collection<?> values) {
            values.forEach(each -> texts.add(String.valueOf(each)));
        } else {
            texts.add(String.valueOf(value));
        }
        return texts;
    }

    private @Nullable Object value(String name) {
        return AppliedDirectives.value(directive, name);
    }
}
