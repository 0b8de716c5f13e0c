package io.graphqlfiles.internal.types;

import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.ObjectField;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a schema links <a href="https://specs.apollo.dev/federation/v2.5">federation 2</a>. There a type that several
 * subgraphs have must say that it is the same in all of them, or the subgraphs do not compose.
 */
final class FederationLink {

    private static final String FEDERATION_2 = "https://specs.apollo.dev/federation/v2";
    private static final String SHAREABLE = "@shareable";

    private final String shareable;

    private FederationLink(String shareable) {
        this.shareable = shareable;
    }

    /** Null if the schema is no subgraph of federation 2. */
    static @Nullable FederationLink find(TypeDefinitionRegistry registry) {
        List<DirectivesContainer<?>> schemas = new ArrayList<>(registry.getSchemaExtensionDefinitions());
        registry.schemaDefinition().ifPresent(schemas::add);
        for (DirectivesContainer<?> schema : schemas) {
            for (Directive link : schema.getDirectives("link")) {
                if (text(link, "url", "").startsWith(FEDERATION_2)) {
                    return new FederationLink(nameOfShareable(link));
                }
            }
        }
        return null;
    }

    /** The same type, which other subgraphs may have too. */
    ObjectTypeDefinition share(ObjectTypeDefinition type) {
        return type.transform(builder ->
                builder.directive(Directive.newDirective().name(shareable).build()));
    }

    /** What is not imported goes by the name of the link, what is may go by another. */
    private static String nameOfShareable(Directive link) {
        Argument imports = link.getArgument("import");
        if (imports != null && imports.getValue() instanceof ArrayValue list) {
            for (Value<?> each : list.getValues()) {
                if (each instanceof StringValue name && name.getValue().equals(SHAREABLE)) {
                    return "shareable";
                }
                if (each instanceof ObjectValue renamed) {
                    Map<String, String> names = texts(renamed);
                    if (SHAREABLE.equals(names.get("name"))) {
                        return names.getOrDefault("as", SHAREABLE).substring(1);
                    }
                }
            }
        }
        return text(link, "as", "federation") + "__shareable";
    }

    private static String text(Directive link, String argument, String absent) {
        Argument given = link.getArgument(argument);
        return given != null && given.getValue() instanceof StringValue text ? text.getValue() : absent;
    }

    private static Map<String, String> texts(ObjectValue value) {
        return value.getObjectFields().stream()
                .filter(field -> field.getValue() instanceof StringValue)
                .collect(Collectors.toMap(ObjectField::getName, field -> ((StringValue) field.getValue()).getValue()));
    }
}
